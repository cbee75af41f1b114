package trimaran.exposure;

/** How sure it is that a cell was readable to the fallen party. In growing order. */
public enum Certainty {
    /** Handed out before the window to somebody who could still have had it, or at its edge, or by one hull alone, or only named. */
    POSSIBLE,
    /** Handed out, shown or written within the window. */
    CERTAIN
}
