package trimaran.keeper;

/**
 * What a check has read since the loop breathed last. Rows and bytes are counted, not time: a check reads the same on every
 * machine, and the tier goes on serving on a slow one, too.
 */
final class CheckSlice {

    /** Rows looked up between two breaths of the loop: some 10 ms from a disk's cache. */
    static final int ROWS = 1_000;

    /** Bytes reread and hashed between two breaths: some 10 ms. */
    static final long BYTES = 4 << 20;

    private int rows;
    private long bytes;

    void begin() {
        rows = 0;
        bytes = 0;
    }

    /** One row was looked up, of this size. */
    void row(long size) {
        rows++;
        bytes += size;
    }

    /** Whether it is the others' turn now. */
    boolean isOver() {
        return rows >= ROWS || bytes >= BYTES;
    }
}
