package trimaran.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;
import trimaran.keeper.spi.Space;

/**
 * How RocksDB is set up for a keeper, and the native objects the setting needs. All limits stand here, with their reasons.
 */
final class Settings implements AutoCloseable {

    /** Native memory for blocks, indexes, filters and write buffers together: four keepers share 1.2 GB with five others. */
    static final long MEMORY_BYTES = 24L << 20;

    /** The part of {@link #MEMORY_BYTES} that what is written and not yet in a table may take. */
    static final long WRITE_BUFFERS_BYTES = 12L << 20;

    /** What one space may buffer before it is written to a table; two large spaces fit in the whole. */
    static final long SPACE_BUFFER_BYTES = 5L << 20;

    /** The step in which a space takes memory: the default of an eighth would take 9 MB for 14 spaces with one key each. */
    static final long ARENA_BLOCK_BYTES = 32L << 10;

    /** The log to be read again after a crash: about 0.1 s. */
    static final long LOG_BYTES = 16L << 20;

    /** Tables held open: without a bound, opening a store opens all of them first. */
    static final int OPEN_FILES = 512;

    /** RocksDB's own account of what it does, warnings only. */
    static final long REPORT_BYTES = 1L << 20;

    static final int REPORT_FILES = 2;

    /** One thread to flush, one to compact. */
    static final int BACKGROUND_JOBS = 2;

    /** A wrong yes in a hundred for a key that is not there, at 1.25 bytes a key. */
    static final double FILTER_BITS = 10;

    final DBOptions database;
    final WriteOptions synced;

    private final List<RocksObject> owned = new ArrayList<>();
    private final Cache cache;
    private final BloomFilter filter;

    Settings() {
        cache = own(new LRUCache(MEMORY_BYTES));
        WriteBufferManager buffers = own(new WriteBufferManager(WRITE_BUFFERS_BYTES, cache));
        filter = own(new BloomFilter(FILTER_BITS, false));
        synced = own(new WriteOptions().setSync(true));
        database = own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // A record cut off at the end of the log was never acknowledged; any other damage is a fault to be
                // told, where point-in-time recovery would silently go back to before it.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(LOG_BYTES)
                // With recycled logs the end of a log cannot be told from old bytes, and each would keep its full size.
                .setRecycleLogFileNum(0)
                .setWriteBufferManager(buffers)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(REPORT_FILES)
                .setMaxLogFileSize(REPORT_BYTES));
    }

    ColumnFamilyOptions of(Space space) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(false)
                .setFormatVersion(6);
        if (askedByKey(space)) {
            table.setFilterPolicy(filter);
        }
        return plain().setTableFormatConfig(table).setCompressionType(compression(space));
    }

    /** For the column family RocksDB insists on and the store leaves empty. */
    ColumnFamilyOptions plain() {
        return own(new ColumnFamilyOptions()
                .setWriteBufferSize(SPACE_BUFFER_BYTES)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setCompressionType(CompressionType.NO_COMPRESSION));
    }

    /** Ciphertext, signatures and digests do not shrink; ids, counters and names repeat. */
    private static CompressionType compression(Space space) {
        return switch (space) {
            case CELLS, SUBJECTS, VERSIONS, LEDGER, LEDGER_COPIES, LEDGER_INDEX -> CompressionType.LZ4_COMPRESSION;
            case ENTRIES, POSITIONS, BLOBS, PACKED, TREE, SHARES, ESCROW, HELD, ANNEXES, TOKENS, STAGED, STATE ->
                CompressionType.NO_COMPRESSION;
        };
    }

    /** Whether keys are often asked for that are not there, so that a filter saves reads. */
    private static boolean askedByKey(Space space) {
        return switch (space) {
            case POSITIONS, BLOBS, PACKED, CELLS, VERSIONS, SHARES, ESCROW, HELD, ANNEXES, TOKENS, STAGED -> true;
            case ENTRIES, SUBJECTS, TREE, LEDGER, LEDGER_COPIES, LEDGER_INDEX, STATE -> false;
        };
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        owned.reversed().forEach(RocksObject::close);
    }
}
