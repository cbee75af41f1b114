package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.record.Statement;
import trimaran.station.ReviewCounts;
import trimaran.station.StationState;
import trimaran.station.StationState.Ailment;
import trimaran.station.chart.Language;

/** A hull that answers and is ill is told of on each page, under what is worse. */
class HullsLineTest {

    private static final Map<Party, Ailment> NONE = Map.of();

    private static HullsLine line(boolean applicationUp, Map<Party, Ailment> ailments) {
        return line(applicationUp, ailments, List.of());
    }

    private static HullsLine line(boolean applicationUp, Map<Party, Ailment> ailments, List<StationState.Cut> cuts) {
        Map<Party, StationState.TierState> tiers = new EnumMap<>(Party.class);
        for (Party party : Party.TIERS) {
            boolean up = party != Party.APPLICATION || applicationUp;
            tiers.put(
                    party,
                    new StationState.TierState(
                            up, new WallTime(OpenWeb.NOW - 300_000), up, Optional.ofNullable(ailments.get(party))));
        }
        StationState state =
                new StationState(tiers, 7, 400, true, 0, 0, 0, 0, true, false, false, ReviewCounts.NONE, cuts);
        Clock clock = new Clock(ZoneId.of("Europe/Paris"), Words.of(Language.FRENCH));
        return HullsLine.of(state, clock, Instant.ofEpochMilli(OpenWeb.NOW));
    }

    private static Ailment ill(Ailment.Kind kind) {
        return new Ailment(kind, new WallTime(OpenWeb.NOW - 120_000));
    }

    @Test
    void whereAllIsWellNothingIsSaid() {
        assertThat(line(true, NONE).strip()).isEmpty();
        assertThat(line(true, NONE).bad()).isFalse();
    }

    @Test
    void aHullThatAnswersLateIsNamed() {
        HullsLine line = line(true, Map.of(Party.DATA, ill(Ailment.Kind.LATE)));

        assertThat(line.words()).isEqualTo("Trois coques sur trois");
        assertThat(line.bad()).isTrue();
        assertThat(line.strip())
                .isEqualTo("La coque Données répond lentement, ou pas à tout, depuis 08:10. Le service continue.");
        assertThat(line.advice()).isNotEmpty();
    }

    @Test
    void aHullThatLiesIsWorseThanOneThatIsLate() {
        assertThat(line(true, Map.of(Party.ACCESS, ill(Ailment.Kind.LATE), Party.DATA, ill(Ailment.Kind.LIES)))
                        .strip())
                .isEqualTo("La coque Données ne dit pas la même chose que les autres depuis 08:10."
                        + " Ce poste ne croit que ce qui est prouvé.");
    }

    /** A connected system may stay cut for weeks after a fall. */
    @Test
    void aHullThatLiesIsNamedAlsoWhileAnApplicationIsCut() {
        StationState.Cut cut = new StationState.Cut(
                new CutTarget(Statement.Target.APPLICATION, Digest.ZERO, "laboratoire"),
                new RecordTime(OpenWeb.NOW - 600_000),
                "",
                List.of(),
                false);
        assertThat(line(true, Map.of(Party.DATA, ill(Ailment.Kind.LIES)), List.of(cut))
                        .strip())
                .contains("laboratoire", "La coque Données ne dit pas la même chose");
    }

    @Test
    void aHullThatIsSilentIsWorstOfAll() {
        assertThat(line(false, Map.of(Party.DATA, ill(Ailment.Kind.LIES))).strip())
                .startsWith("La coque Application ne répond plus depuis 08:07.");
    }
}
