package trimaran.drills;

/**
 * A promise that was not kept.
 *
 * @param what a sentence for whoever looks into it
 */
record Breach(Kind kind, String what) {

    /** Which promise. */
    enum Kind {
        /** Acknowledged and not there any more. */
        LOST,
        /** Taken for true although nobody who may wrote it. */
        FORGED,
        /** There, and not shown. */
        OMITTED,
        /** Read by who must not. */
        READABLE,
        /** Read, and not in the exposure report; or in it without reason. */
        UNREPORTED,
        /** Something that had to be noticed or refused and was not, or a hospital that did not get whole. */
        UNDEFENDED,
        /** The ward could not read or not write for longer than is promised while one party is ill. */
        STANDSTILL,
        /** The drill itself did not come to its end: it says nothing, whatever was expected of it. */
        BROKEN_OFF
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
