package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.cut.CutTarget;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;

/** What a cut finds in a home. What it does is shown on a whole hospital, by the drills. */
class CutTest {

    @TempDir
    Path folder;

    @Test
    void aTierIsCutWhateverBecameOfTheHomesLists() {
        HomeNames names = new HomeNames(new Home(folder));
        assertThat(CutTarget.of(List.of("data"), names)).isEqualTo(Outcome.done(CutTarget.tier(Party.DATA)));
        for (String kind : List.of("station", "client")) {
            assertThat(CutTarget.of(List.of(kind, "urgences"), names).isDone())
                    .as(kind)
                    .isFalse();
        }
    }

    @Test
    void whomToCallIsReadAtEachCard() throws IOException {
        Home home = new Home(folder);
        assertThat(home.calls()).isEmpty();
        Files.createDirectories(home.cuts());
        Files.writeString(home.cuts().resolve("calls.txt"), "Informatique 46 17\n");
        assertThat(home.calls()).containsExactly("Informatique 46 17");
    }

    @Test
    void aCardIsWrittenInALanguageThereIs() throws RefusedException {
        assertThat(CutCommand.language("en").getLanguage()).isEqualTo("en");
        assertThatThrownBy(() -> CutCommand.language("de")).isInstanceOf(RefusedException.class);
    }
}
