package trimaran.exposure;

/** How the fallen party came by a cell. */
public enum Way {
    /** It was given the key: shares were handed out. */
    OPENED,
    /** It was given the key against a reason, without being in charge of the patient. */
    BROKE_GLASS,
    /** A draft of whose text application was shown something. */
    SHOWN,
    /** A draft that told application that something of a kind is written there, and not what. */
    NAMED,
    /** It drew the key itself, for a cell that was new. */
    DREW,
    /** It wrote into the cell, and so had before it what was written. */
    WROTE,
    PRINTED,
    EXPORTED
}
