package trimaran.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.party.FirstStart;
import trimaran.store.RocksStore;

/** The store in a tier's own folder: the one it has, and a new one only where its keys have never served. */
final class OwnStore {

    private static final String FOLDER = "store";

    private OwnStore() {}

    /**
     * Refused if keys that served lie here without their store: an empty one would have them say that there is no record.
     *
     * @throws Store.StoreFailure if the store is damaged, or open elsewhere
     */
    static Outcome<Store> open(Party party, Path folder) {
        Path store = folder.resolve(FOLDER);
        return FirstStart.require(party, folder, "its " + FOLDER, RocksStore.isThere(store))
                .map(whole -> {
                    Store open = RocksStore.open(store, libraries(folder));
                    FirstStart.isOver(folder);
                    return open;
                });
    }

    /** The native library lies beside the parties' folders, once for all of them. */
    private static Path libraries(Path folder) {
        Path home = folder.toAbsolutePath().normalize().getParent();
        Path libraries = (home == null ? folder : home).resolve("native");
        try {
            Files.createDirectories(libraries);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return libraries;
    }
}
