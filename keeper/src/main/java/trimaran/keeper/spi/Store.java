package trimaran.keeper.spi;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;

/**
 * Where a keeper's state rests: a few ordered maps from bytes to bytes, changed by atomic, durable batches. An engine
 * MUST pass {@code StoreConformance} (test-jar of the keeper). Used from one thread, the keeper's loop, except that
 * {@link #get} and {@link #scan} MAY be called from others at the same time.
 *
 * <p>Broken disks are unchecked {@link StoreFailure}s: the keeper stops, it never answers from a store it cannot trust.
 */
public interface Store extends AutoCloseable {

    Optional<Bytes> get(Space space, Bytes key);

    /**
     * Visits the pairs with {@code from <= key < to}, in ascending unsigned byte order, until the visitor returns false.
     * Sees one moment of the map, whatever is written meanwhile.
     */
    void scan(Space space, Bytes from, Bytes to, Visitor visitor);

    /** Applies all changes or none. After return they survive a crash and a power cut. Later changes of one key win. */
    void write(List<Change> batch);

    /** Bytes on disk, for status and measurements. */
    long sizeOnDisk();

    @Override
    void close();

    /** One key set or removed. */
    sealed interface Change {

        record Put(Space space, Bytes key, Bytes value) implements Change {}

        /** Removes a key. Refused with IllegalArgumentException in a space that only grows. */
        record Remove(Space space, Bytes key) implements Change {}
    }

    /** Receives one pair of a scan; false ends it. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(Bytes key, Bytes value);
    }

    /** The engine could not read or write. */
    final class StoreFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public StoreFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
