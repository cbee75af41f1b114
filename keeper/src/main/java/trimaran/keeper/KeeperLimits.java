package trimaran.keeper;

/** Bounds of what a keeper does or answers at once that show outside it, where what runs on a keeper may go by them. */
public final class KeeperLimits {

    /** Cells one answer carries; a patient with more is opened in pages by naming cells. */
    public static final int ANSWER_CELLS_MAX = 2048;

    /** Parts erased in one synced write, so that nobody waits behind a large one. */
    public static final int ERASED_PARTS_MAX = 64;

    /** Envelopes swept in one synced write, likewise. */
    public static final int SWEPT_ENVELOPES_MAX = 512;

    private KeeperLimits() {}
}
