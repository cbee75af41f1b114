package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.store.RocksStore;
import trimaran.trial.TrialHospital;

/** What lies in the store of a tier that is stopped, looked at in a copy. */
final class Snapshots {

    private static final int KEY_BYTES_MAX = 64;

    private Snapshots() {}

    /** Entries that have their place there. */
    static long size(Path tier, Path scratch) throws IOException {
        Path copy = scratch.resolve("looked-at");
        Folders.copy(tier.resolve("store"), copy);
        try (RocksStore store = RocksStore.open(copy, scratch.resolve("native"))) {
            long[] count = {0};
            store.scan(Space.ENTRIES, Bytes.EMPTY, end(), (key, value) -> {
                count[0]++;
                return true;
            });
            return count[0];
        } finally {
            TrialHospital.remove(copy);
        }
    }

    /** Behind every key. */
    static Bytes end() {
        byte[] last = new byte[KEY_BYTES_MAX];
        java.util.Arrays.fill(last, (byte) 0xff);
        return Bytes.wrap(last);
    }
}
