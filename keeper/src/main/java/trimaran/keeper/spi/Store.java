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

        /**
         * Removes what the law has taken out of the record, and nothing else. Refused with IllegalArgumentException in a space
         * without anything to erase.
         */
        record Erase(Space space, Bytes key) implements Change {}

        /**
         * Removes what an entry brought whose place no quorum signed, since a quorum signed another tree, and nothing else.
         * Refused with IllegalArgumentException in a space that does not follow the log.
         */
        record TakeBack(Space space, Bytes key) implements Change {}

        /** @throws IllegalArgumentException if this space does not lose keys in this way */
        static void requireAllowed(Change change) {
            boolean allowed = switch (change) {
                case Put put -> true;
                case Remove remove -> remove.space().removable();
                case Erase erase -> erase.space().erasable();
                case TakeBack back -> back.space().followsTheLog();
            };
            if (!allowed) {
                throw new IllegalArgumentException("keys do not leave this space so: " + change);
            }
        }
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
