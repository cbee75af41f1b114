package trimaran.keeper;

import trimaran.kernel.Digest;

/** A bug for the simulator to plant: a keeper lets go of what it promised to hold. */
public final class HeldLoss {

    private HeldLoss() {}

    /** Lets go of a held entry, on disk and in memory. */
    public static void of(HeldUnion union, Digest entry) {
        union.held().drop(entry);
    }
}
