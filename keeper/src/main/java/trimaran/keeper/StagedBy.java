package trimaran.keeper;

import trimaran.kernel.Digest;
import trimaran.kernel.Party;

/** Who brings pieces to be staged. None of them believes another: each has a share of the room, and items of its own. */
sealed interface StagedBy {

    /** How many bytes it may have staged and not used. */
    long bytesMax();

    /** How many items. */
    int itemsMax();

    /** Whoever speaks on a line, by its key. */
    record Line(Digest peer) implements StagedBy {

        @Override
        public long bytesMax() {
            return Staging.LINE_BYTES_MAX;
        }

        @Override
        public int itemsMax() {
            return Staging.LINE_ITEMS_MAX;
        }
    }

    /** This tier itself, which fetches from another. Nothing that lines stage takes room from it. */
    record Fetch(Party from) implements StagedBy {

        @Override
        public long bytesMax() {
            return Staging.FETCHED_BYTES_MAX;
        }

        @Override
        public int itemsMax() {
            return Staging.FETCHED_ITEMS_MAX;
        }
    }

    /** Whoever it was before this keeper started: the first to come goes on with it. */
    record Before() implements StagedBy {

        @Override
        public long bytesMax() {
            return Staging.STAGED_BYTES_MAX;
        }

        @Override
        public int itemsMax() {
            return Staging.STAGED_ITEMS_MAX;
        }
    }
}
