package trimaran.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.conformance.StoreConformance;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.StoreFailure;
import trimaran.kernel.Bytes;

/** RocksDB passes what every engine must, and says clearly why it will not open. */
class RocksStoreTest extends StoreConformance {

    static final Path LIBRARIES = Path.of("target", "libraries");

    private static final Bytes KEY = Bytes.of((byte) 1);

    @TempDir
    Path temporary = Path.of("");

    private int next;
    private Path folder = Path.of("");

    @Override
    protected Store create() {
        folder = temporary.resolve("store" + next++);
        return RocksStore.open(folder, LIBRARIES);
    }

    /** Every write was synced before it returned, so a copy of the files at this moment is what a crash leaves. */
    @Override
    protected Store afterCrash(Store running) throws IOException {
        Path copy = temporary.resolve("store" + next++);
        copy(folder, copy);
        folder = copy;
        return RocksStore.open(copy, LIBRARIES);
    }

    @Override
    protected Store afterClose(Store closed) {
        return RocksStore.open(folder, LIBRARIES);
    }

    @Test
    void aStoreThatIsOpenIsRefusedToOthersWithAClearSentence() {
        try (Store store = create()) {
            assertThatThrownBy(() -> RocksStore.open(folder, LIBRARIES))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("is open in another process");
            store.write(List.of(new Put(Space.STATE, KEY, KEY)));
        }
    }

    @Test
    void aFileWhereTheFolderBelongsIsAFailure() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "not a store");
        assertThatThrownBy(() -> RocksStore.open(file, LIBRARIES)).isInstanceOf(StoreFailure.class);
    }

    @Test
    void aScanMayNotCloseItsStore() {
        Store store = create();
        store.write(List.of(new Put(Space.STATE, KEY, KEY)));
        assertThatThrownBy(() -> store.scan(Space.STATE, Bytes.EMPTY, Bytes.of((byte) 2), (_, _) -> {
                    store.close();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.get(Space.STATE, KEY)).contains(KEY);
        store.close();
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.toFile().getName()));
            }
        }
    }
}
