package trimaran.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.Statement;
import trimaran.record.Statement.Target;

/** What a cut names, and the card it leaves behind. What it does is shown on a whole hospital, by the drills. */
class CutTest {

    private static final Digest LINE = Digest.sha256(Bytes.ofText("line"));
    private static final Digest BADGE = Digest.sha256(Bytes.ofText("badge"));

    private static final CutNames NAMES = new CutNames() {
        @Override
        public Outcome<Map<String, Digest>> stations() {
            return Outcome.done(Map.of("urgences", LINE));
        }

        @Override
        public Outcome<Map<String, Digest>> clients() {
            return Outcome.done(Map.of("labo", BADGE));
        }
    };

    private static final List<CutTarget> ALL = List.of(
            CutTarget.tier(Party.ACCESS),
            CutTarget.tier(Party.APPLICATION),
            CutTarget.tier(Party.DATA),
            CutTarget.everything(),
            CutTarget.application("care"),
            new CutTarget(Target.STATION, LINE, "urgences"),
            new CutTarget(Target.CLIENT, BADGE, "labo"));

    @Test
    void whatIsNamedIsFoundAndSaysItsName() {
        for (CutTarget one : ALL) {
            assertThat(CutTarget.of(one.words(), NAMES)).isEqualTo(Outcome.done(one));
            Statement.Cut cut = new Statement.Cut(one.target(), one.subject(), 0, RecordTime.ZERO);
            assertThat(CutTarget.closedBy(cut, NAMES)).isEqualTo(one);
            assertThat(ALL.stream().filter(other -> other.isClosedBy(cut))).containsExactly(one);
        }
    }

    @Test
    void whatHasNoNameHereIsSaidByItsKey() {
        for (Target target : List.of(Target.STATION, Target.CLIENT, Target.APPLICATION)) {
            Digest other = Digest.sha256(Bytes.ofText("elsewhere"));
            CutTarget closed = CutTarget.closedBy(new Statement.Cut(target, other, 0, RecordTime.ZERO), NAMES);
            assertThat(closed.name()).hasSize(8).isEqualTo(other.hex().substring(0, 8));
            assertThat(closed.subject()).isEqualTo(other);
        }
    }

    @Test
    void whatNobodyCanCutIsSaid() {
        for (List<String> words : List.of(
                List.of("witness"),
                List.of("everything"),
                List.of("application", "caring"),
                List.of("station", "nowhere"),
                List.of("client", "nobody"),
                List.of("tier", "data"),
                List.of("data", "access", "application"))) {
            assertThat(CutTarget.of(words, NAMES) instanceof Outcome.Refused<CutTarget>(var refusal)
                            && refusal.code() == Code.USAGE)
                    .as(words.toString())
                    .isTrue();
        }
    }

    @Test
    void whatIsNotKnownIsSaidWithWhatIs() {
        assertThat(sentence(List.of("station", "nowhere")))
                .isEqualTo("no station nowhere is enrolled in this hospital; name one of: urgences");
        assertThat(sentence(List.of("client", "nobody")))
                .isEqualTo("no client nobody came with the station's card; name one of: labo");
        assertThat(CutTarget.oneOf(Set.of("urgences", "accueil"))).isEqualTo("name one of: accueil, urgences");
        assertThat(CutTarget.oneOf(Set.of())).isEqualTo("there is none");
    }

    private static String sentence(List<String> words) {
        return CutTarget.of(words, NAMES) instanceof Outcome.Refused<CutTarget>(var refusal) ? refusal.sentence() : "";
    }

    @Test
    void theCardSaysWhatStopsAndGoesOnForEachTargetInBothLanguages() {
        for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH, Locale.UK)) {
            for (CutTarget one : ALL) {
                String card = card(one, List.of(), locale).text();
                assertThat(card.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(CutCard.WIDTH));
                assertThat(card)
                        .contains("écran rouge")
                        .contains("01/01/1970 01:00:00")
                        .contains("trimaran reopen " + String.join(" ", one.words()))
                        .contains("......")
                        .doesNotContain("{0}");
                if (one.target() == Target.STATION || one.target() == Target.CLIENT) {
                    assertThat(card).contains(one.name());
                }
            }
        }
    }

    @Test
    void whomToCallIsWhatTheHospitalWroteDown() {
        List<String> calls = CutCard.calls("\n Direction de crise\t46 00 \n\nInformatique 46 17\n");
        assertThat(calls).containsExactly("Direction de crise 46 00", "Informatique 46 17");
        String card = card(CutTarget.everything(), calls, Locale.FRENCH).text();
        assertThat(card)
                .contains("- Informatique 46 17")
                .doesNotContain("......")
                .contains("CERT Santé");
        String many = IntStream.rangeClosed(1, CutCard.CALLS_MAX + 1)
                .mapToObj(number -> "line " + number)
                .collect(Collectors.joining("\n"));
        assertThat(CutCard.calls(many)).hasSize(CutCard.CALLS_MAX).doesNotContain("line " + (CutCard.CALLS_MAX + 1));
    }

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(keys(Locale.ENGLISH)).isNotEmpty().isEqualTo(keys(Locale.FRENCH));
        for (String application : CutTarget.APPLICATIONS) {
            assertThat(keys(Locale.FRENCH)).contains("name." + application);
        }
        assertThatThrownBy(() -> CutTarget.of(List.of(), NAMES)).isInstanceOf(RuntimeException.class);
    }

    private static CutCard card(CutTarget target, List<String> calls, Locale locale) {
        return new CutCard(
                target, new RecordTime(0), "écran rouge", List.of("dir"), calls, ZoneId.of("Europe/Paris"), locale);
    }

    private static java.util.Set<String> keys(Locale locale) {
        return ResourceBundle.getBundle("trimaran.cut.card", locale).keySet();
    }
}
