package trimaran.keeper;

import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/**
 * Visits every row between two keys of a space, a page at a time; a page sees one moment of the space, and ends earlier where
 * looking at its rows means looking up much else.
 */
final class SpaceCheck implements Checking {

    /** Rows between two breaths of the loop: small ones, read in order. */
    static final int PAGE = 4096;

    private static final Bytes EVERYTHING = Key.after(Bytes.of((byte) 0xff));

    private final Store store;
    private final CheckSlice slice;
    private final Space space;
    private final Bytes to;
    private final Row row;
    private final Runnable end;
    private Bytes from;

    /** Looks at one row. An IllegalStateException says that it cannot be read. */
    @FunctionalInterface
    interface Row {
        void look(Bytes key, Bytes value);
    }

    /** @param end done once after the last row */
    SpaceCheck(Store store, CheckSlice slice, Space space, Bytes from, Bytes to, Row row, Runnable end) {
        this.store = store;
        this.slice = slice;
        this.space = space;
        this.from = from;
        this.to = to;
        this.row = row;
        this.end = end;
    }

    static SpaceCheck whole(Store store, CheckSlice slice, Space space, Row row, Runnable end) {
        return new SpaceCheck(store, slice, space, Bytes.EMPTY, EVERYTHING, row, end);
    }

    @Override
    public boolean goOn() {
        slice.begin();
        int[] rows = {0};
        Bytes[] next = {from};
        store.scan(space, from, to, (key, value) -> {
            if (rows[0] == PAGE || slice.isOver()) {
                next[0] = key;
                return false;
            }
            rows[0]++;
            row.look(key, value);
            return true;
        });
        boolean done = next[0].equals(from);
        from = next[0];
        if (done) {
            end.run();
        }
        return done;
    }
}
