package trimaran.keeper;

import java.util.HashMap;
import java.util.Map;

/** What each has staged or hands in to be staged, in bytes and items, and all lines together. */
final class StagedLoads {

    private final Map<StagedBy, Load> loads = new HashMap<>();
    private final Load lines = new Load();

    private static final class Load {
        private long bytes;
        private int items;

        void add(long moreBytes, int moreItems) {
            bytes += moreBytes;
            items += moreItems;
        }

        boolean bears(int size, int fresh, long bytesMax, int itemsMax) {
            return bytes + size <= bytesMax && items + fresh <= itemsMax;
        }
    }

    void add(StagedBy by, long bytes, int items) {
        Load load = loads.computeIfAbsent(by, fresh -> new Load());
        load.add(bytes, items);
        if (load.bytes == 0 && load.items == 0) {
            loads.remove(by);
        }
        if (!(by instanceof StagedBy.Fetch)) {
            lines.add(bytes, items);
        }
    }

    /** Whether there is room for so many more bytes, and items that are not under way yet. */
    boolean bears(StagedBy by, int bytes, int items) {
        boolean own = loads.getOrDefault(by, new Load()).bears(bytes, items, by.bytesMax(), by.itemsMax());
        return own
                && (by instanceof StagedBy.Fetch
                        || lines.bears(bytes, items, Staging.STAGED_BYTES_MAX, Staging.STAGED_ITEMS_MAX));
    }
}
