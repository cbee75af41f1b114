package trimaran.simulator;

/** What is wrong with the one fallen party of a seed, if any is. */
enum Fault {
    NONE,
    /** It lies over the lines whenever that pays. */
    LIES,
    /** A crash loses its last synced batch. */
    LOSES_LAST_BATCH,
    /** Its machine is set back to what it was some time before. */
    IS_SET_BACK,
    /** A bit on its disk flips; whoever reads it dies. */
    BIT_FLIP
}
