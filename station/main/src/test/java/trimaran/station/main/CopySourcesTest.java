package trimaran.station.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.process.FileDisk;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Suite;
import trimaran.station.WardCopies;
import trimaran.station.WardCopyFile;
import trimaran.station.chart.Language;
import trimaran.station.web.SealedCopies;

/** A station that fell forges no paper of its buddy's own ward. */
class CopySourcesTest {

    private static final ResourceId MINE = new ResourceId(new CellId(0, 1), 1);
    private static final ResourceId THEIRS = new ResourceId(new CellId(0, 2), 1);
    private static final ResourceId INVENTED = new ResourceId(new CellId(0, 3), 1);

    @TempDir
    Path folder = Path.of("");

    private CopySources sources = new CopySources(List.of());

    private static PublicKey key(String name) {
        return new PublicKey(Suite.P256, Bytes.ofText(name));
    }

    private void lies(String where, ResourceId ward, String name, long made) {
        WardCopyFile file = new WardCopyFile(
                new WallTime(made),
                ward,
                List.of(name),
                name,
                name,
                Digest.sha256(Bytes.ofText("badge")),
                Bytes.ofText("sealed"),
                Signature.NONE);
        FileDisk.in(folder.resolve(where)).replace("ward-copies/" + ward + "." + made, file.encode());
    }

    @BeforeEach
    void someCopies() {
        lies("own", MINE, "Étage", 1_000);
        lies("other", MINE, "Étage", 9_000);
        lies("other", MINE, "Étage", 1_000);
        lies("other", THEIRS, "Accueil", 2_000);
        lies("other", INVENTED, "Étage", 9_500);
        sources = new CopySources(List.of(
                new CopySource(
                        new WardCopies(FileDisk.in(folder.resolve("own"))), List.of(key("own")), Optional.empty()),
                new CopySource(
                        new WardCopies(FileDisk.in(folder.resolve("other"))),
                        List.of(key("other")),
                        Optional.of("accueil"))));
    }

    private static List<Long> made(Outcome<List<CopySources.Found>> outcome) {
        return ((Outcome.Done<List<CopySources.Found>>) outcome)
                .value().stream().map(found -> found.file().made().millis()).toList();
    }

    @Test
    void ofAWardOfItsOwnItsOwnCopyIsReadAndNoNewerOne() {
        assertThat(made(sources.called(MINE.toString()))).containsExactly(1_000L);
        assertThat(made(sources.called("Étage")))
                .as("nor another ward called so")
                .containsExactly(1_000L);
    }

    @Test
    void aWardOfTheOtherStationIsReadUnderItsName() {
        assertThat(made(sources.called("Accueil"))).containsExactly(2_000L);
        assertThat(sources.called("Nowhere"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(Code.NOT_FOUND));
    }

    @Test
    void thePageListsItsOwnAndSaysWhoseTheOthersAre() {
        CopyShelf shelf = new CopyShelf(folder, () -> sources, Optional.empty(), () -> new WallTime(10_000));

        // Twice: what was read of one folder is not taken for what lies in another.
        for (int i = 0; i < 2; i++) {
            assertThat(shelf.newest())
                    .containsExactlyInAnyOrder(
                            new SealedCopies.Copy(MINE, "Étage", new WallTime(1_000), Optional.empty()),
                            new SealedCopies.Copy(THEIRS, "Accueil", new WallTime(2_000), Optional.of("accueil")),
                            new SealedCopies.Copy(INVENTED, "Étage", new WallTime(9_500), Optional.of("accueil")));
        }
    }

    @Test
    void thePaperSaysWhichStationMadeTheCopy() {
        assertThat(CopyPress.where("etage", Optional.of("accueil"), Language.FRENCH))
                .isEqualTo("sur etage, copie faite par le poste accueil");
        assertThat(CopyPress.where("etage", Optional.empty(), Language.ENGLISH)).isEqualTo("at etage");
    }
}
