package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/** A keeper that was stopped leaves its disk to whoever comes after it. */
class StoppedTest {

    private long touched;

    @Test
    void nothingTouchesTheDiskOnceAKeeperIsStopped() {
        PlacingTier tier = new PlacingTier();
        tier.seen = CountedStore::new;
        tier.restart(0);
        // The rarest of its works has had its turn, too.
        tier.loops.runMillis(900_000);
        tier.keeper().stop();
        touched = 0;
        tier.loops.runMillis(900_000);
        assertThat(touched).isZero();
    }

    private final class CountedStore implements Store {
        private final Store disk;

        CountedStore(Store disk) {
            this.disk = disk;
        }

        @Override
        public void write(List<Change> batch) {
            touched++;
            disk.write(batch);
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            touched++;
            return disk.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            touched++;
            disk.scan(space, from, to, visitor);
        }

        @Override
        public long sizeOnDisk() {
            return disk.sizeOnDisk();
        }

        @Override
        public void close() {
            disk.close();
        }
    }
}
