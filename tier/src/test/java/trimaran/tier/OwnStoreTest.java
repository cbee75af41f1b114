package trimaran.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.party.FirstStart;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;

/** A tier begins with an empty store under new keys, and under keys that served never. */
class OwnStoreTest {

    private static final Bytes KEY = Bytes.ofText("key");

    @TempDir
    private Path home;

    private Path folder = Path.of("");

    @BeforeEach
    void makeKeys() {
        folder = home.resolve("access");
        assertThat(OwnKeys.make(Party.ACCESS, folder, new SystemEntropy()).isDone())
                .isTrue();
    }

    @Test
    void keysThatWereJustMadeBeginWithAnEmptyStoreAndGoOnWithIt() {
        assertThat(kept()).isEmpty();
        keep();
        assertThat(kept()).contains(KEY);
        assertThat(folder.resolve(FirstStart.MARK)).doesNotExist();
    }

    /** As it may be killed in its first start. */
    @Test
    void aFirstStartThatBrokeOffIsMadeAgain() throws IOException {
        Files.createDirectory(folder.resolve("store"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void keysThatServedDoNotBeginAnewWhereTheirStoreIsMissing() throws IOException {
        keep();
        remove(folder.resolve("store"));
        refusesHalfAFolder();
        Files.createDirectory(folder.resolve("store"));
        refusesHalfAFolder();
    }

    @Test
    void keysThatServedDoNotBeginAnewWhereWhatNamesTheStoresPartsIsMissing() throws IOException {
        keep();
        for (Path file : files()) {
            if (file.endsWith("CURRENT") || file.toString().endsWith(".log")) {
                Files.delete(file);
            }
        }
        List<Path> left = files();
        refusesHalfAFolder();
        assertThat(files()).isEqualTo(left).isNotEmpty();
    }

    @Test
    void aStoreThatLostAPartSaysTheWayOnToo() throws IOException {
        keep();
        for (Path file : files()) {
            if (file.toString().endsWith(".sst")) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(this::kept).isInstanceOf(Store.StoreFailure.class).hasMessageContaining("rebuild");
    }

    private void refusesHalfAFolder() {
        assertThat(OwnStore.open(Party.ACCESS, folder)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            Refusal refusal = refused.refusal();
            assertThat(refusal.code()).isEqualTo(Code.HOME_DAMAGED);
            assertThat(refusal.sentence())
                    .contains(folder.toString(), "its store is missing", "put back", "trimaran rebuild access")
                    .doesNotContain("\n");
        });
        assertThat(folder.resolve("store/CURRENT")).doesNotExist();
    }

    private void keep() {
        try (Store store = open()) {
            store.write(List.of(new Store.Change.Put(Space.STATE, KEY, KEY)));
        }
    }

    private Optional<Bytes> kept() {
        try (Store store = open()) {
            return store.get(Space.STATE, KEY);
        }
    }

    private Store open() {
        return ((Outcome.Done<Store>) OwnStore.open(Party.ACCESS, folder)).value();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.sorted().toList();
        }
    }

    private static void remove(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
