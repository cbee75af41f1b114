package trimaran.model;

/** What placement must know of the resources a resource points to; answered by who holds them. */
public interface Surroundings {

    /** The type a reference leads to: from its own text, or for a {@code urn:uuid:} from the Bundle. Empty if not known. */
    String typeOf(String reference);

    /** Whether the Encounter behind the reference has (or is to have) a stay cell. */
    boolean isStay(String encounter);

    /** Knows only what a reference itself says, and no stays. */
    Surroundings NONE = new Surroundings() {
        @Override
        public String typeOf(String reference) {
            return literalType(reference);
        }

        @Override
        public boolean isStay(String encounter) {
            return false;
        }
    };

    /** The type in {@code Type/id}, {@code Type?query} or {@code http…/Type/id}; empty if the text does not say. */
    static String literalType(String reference) {
        int query = reference.indexOf('?');
        String path = query < 0 ? reference : reference.substring(0, query);
        int history = path.indexOf("/_history/");
        path = history < 0 ? path : path.substring(0, history);
        int slash = path.lastIndexOf('/');
        String head = query >= 0 ? path : slash < 0 ? "" : path.substring(0, slash);
        String type = head.substring(head.lastIndexOf('/') + 1);
        return ElementTable.r4().isResourceType(type) ? type : "";
    }
}
