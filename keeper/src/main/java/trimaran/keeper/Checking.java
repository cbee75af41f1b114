package trimaran.keeper;

/** One part of the check of a copy, done a little at a time, so that the tier goes on serving. */
interface Checking {

    /** Goes on for a few milliseconds. True once there is nothing left to do. */
    boolean goOn();
}
