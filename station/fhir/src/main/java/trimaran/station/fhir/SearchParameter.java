package trimaran.station.fhir;

import java.util.List;

/**
 * One search parameter of one resource type (R4 search).
 *
 * @param text its name in a URL
 * @param paths the elements it looks at; empty for {@code _id} and {@code _lastUpdated}, which are not in what an author wrote
 */
record SearchParameter(String text, Kind kind, List<Path> paths) {

    /** As in R4 search-param-type. */
    enum Kind {
        TOKEN("token"),
        REFERENCE("reference"),
        DATE("date"),
        STRING("string");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * An element of a resource.
     *
     * @param steps the names from the resource to it
     * @param type its data type, as {@code CodeableConcept}; primitives in lower case
     */
    record Path(List<String> steps, String type) {

        Path {
            steps = List.copyOf(steps);
        }

        /** The path of an element inside. */
        String[] below(String... more) {
            String[] all = steps.toArray(new String[steps.size() + more.length]);
            System.arraycopy(more, 0, all, steps.size(), more.length);
            return all;
        }
    }

    SearchParameter {
        paths = List.copyOf(paths);
    }
}
