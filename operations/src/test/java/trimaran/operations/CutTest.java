package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Response;
import trimaran.record.Statement.Target;

/** What a cut names, and the card it leaves behind. What it does is shown on a whole hospital, by the drills. */
class CutTest {

    @TempDir
    Path folder;

    private CutTarget target(String... words) throws RefusedException {
        return CutTarget.of(new Home(folder), List.of(words));
    }

    @Test
    void aTierIsNamedByItsWordAndEverythingByNothing() throws RefusedException {
        assertThat(target("data")).isEqualTo(new CutTarget(Target.TIER, Target.subjectOf(Party.DATA), "data"));
        assertThat(target("all")).isEqualTo(new CutTarget(Target.ALL, Digest.ZERO, "all"));
        assertThat(target("application", "care"))
                .isEqualTo(new CutTarget(Target.APPLICATION, Target.subjectOfApplication("care"), "care"));
    }

    @Test
    void whatNobodyCanCutIsSaid() {
        for (List<String> words : List.of(
                List.of("witness"),
                List.of("everything"),
                List.of("application", "caring"),
                List.of("tier", "data"),
                List.of("data", "access", "application"))) {
            assertThatThrownBy(() -> CutTarget.of(new Home(folder), words))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(Code.USAGE));
        }
    }

    @Test
    void noTierAloneSaysHowManyReopeningsThereWere() {
        assertThat(Announcing.agreed(List.of(3L, 1_000_000_000_000L, 3L))).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(0L, 3L, 3L))).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(1_000_000_000_000L, 2L))).isEqualTo(2);
        assertThat(Announcing.agreed(List.of(5L))).isEqualTo(5);
    }

    @Test
    void theWordOfTheTierThatIsCutIsNotEnough() throws RefusedException {
        Announcing.Told done = new Announcing.Told(Outcome.done(new Response.Done()), 1);
        Announcing.Told silent = new Announcing.Told(Outcome.refused(Code.UNAVAILABLE, "no answer"), 3_000);
        Announcing.Told refused = new Announcing.Told(Outcome.refused(Code.CUT, "older than the last reopening"), 1);
        CutTarget data = target("data");
        Announcing.requireTaken(Map.of(Party.ACCESS, done, Party.APPLICATION, silent, Party.DATA, refused), data);
        assertThatThrownBy(() -> Announcing.requireTaken(
                        Map.of(Party.ACCESS, silent, Party.APPLICATION, silent, Party.DATA, done), data))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Announcing.requireTaken(
                        Map.of(Party.ACCESS, done, Party.APPLICATION, refused, Party.DATA, done), data))
                .hasMessageContaining("older");
    }

    @Test
    void theCardSaysWhatStopsAndGoesOnForEachTargetInBothLanguages() throws RefusedException {
        for (String language : List.of("fr", "en")) {
            Locale locale = CutCard.language(language);
            for (CutTarget one : List.of(
                    target("access"),
                    target("application"),
                    target("data"),
                    target("all"),
                    target("application", "care"),
                    new CutTarget(Target.STATION, Digest.ZERO, "urgences"),
                    new CutTarget(Target.CLIENT, Digest.ZERO, "labo"))) {
                String card = new CutCard(one, new RecordTime(0), "écran rouge", List.of("dir"), locale).text();
                assertThat(card.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
                assertThat(card)
                        .contains("écran rouge")
                        .contains("trimaran reopen")
                        .doesNotContain("{0}");
                if (one.target() != Target.TIER && one.target() != Target.ALL) {
                    assertThat(card).contains(one.name());
                }
            }
        }
    }

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(keys(Locale.ENGLISH)).isNotEmpty().isEqualTo(keys(Locale.FRENCH));
        assertThatThrownBy(() -> CutCard.language("de")).isInstanceOf(RefusedException.class);
    }

    private static java.util.Set<String> keys(Locale locale) {
        return ResourceBundle.getBundle("trimaran.operations.card", locale).keySet();
    }
}
