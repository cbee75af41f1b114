package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.process.FileDisk;
import trimaran.record.JdkKeys;
import trimaran.record.PublicKey;
import trimaran.record.Suite;

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

    /** An office has no station's folder: it keeps the card the station brought to the founding. */
    @Test
    void anOfficeKnowsConnectedSystemsByName() throws IOException {
        Home office = new Home(folder);
        HomeNames names = new HomeNames(office);
        assertThat(names.clients() instanceof Outcome.Refused<Map<String, Digest>>(Refusal refusal)
                        && refusal.sentence().contains("enrolment.card"))
                .isTrue();
        PublicKey badge =
                JdkKeys.generate(Suite.P256, new SecureRandom()).signer().publicKey();
        Files.createDirectories(office.card());
        FileDisk.in(office.card())
                .replace("station", new StationCard(Digest.ZERO, badge, Map.of("imagerie", badge)).encode());
        assertThat(names.clients()).isEqualTo(Outcome.done(Map.of("imagerie", badge.id())));
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
