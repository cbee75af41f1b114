package trimaran.station.web.check;

/**
 * What a check found.
 *
 * @param about what it is about, as the record words it: an allergy, a prescription; empty where it is about the record itself
 */
public record Finding(Kind kind, String about) {

    /** What sort of finding; the grave first. */
    public enum Kind {
        /** The patient does not bear this drug or its family. */
        ALLERGY(true),
        /** The patient does not bear a family this one may cross-react with. */
        CROSS(true),
        /** The same drug is prescribed already. */
        SAME_DRUG(true),
        /** A drug of the same chemical subgroup is prescribed already. */
        SAME_GROUP(true),
        /** What the patient does not bear could not be read: nothing was compared for sure. */
        UNAVAILABLE(false),
        /** Nobody wrote down whether there are allergies. */
        NOT_RECORDED(false),
        /** A known allergy these tables do not know: a person compares. */
        NOT_COMPARED(false);

        private final boolean confirmed;

        Kind(boolean confirmed) {
            this.confirmed = confirmed;
        }

        /** Whether a prescription goes on only with a reason. */
        public boolean isConfirmed() {
            return confirmed;
        }
    }
}
