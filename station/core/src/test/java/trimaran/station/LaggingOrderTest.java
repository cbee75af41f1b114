package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellPart;

/** Of two that say that no order means a cell one may lie: the other must have come to the order. */
class LaggingOrderTest extends StationBench {

    private final OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final ResourceId first = create(session, observation(patient));

    private boolean isWrittenUnderANewKey() {
        create(session, observation(patient));
        return hospital.record.entries.getLast().header().author().parts().stream()
                .filter(part -> part.cell().equals(first.cell()))
                .allMatch(CellPart::isRolled);
    }

    private void lag(Party... tiers) {
        List.of(tiers).forEach(tier -> hospital.tier(tier).silentFeed = true);
    }

    private int asked() {
        return Party.TIERS.stream()
                .mapToInt(tier -> hospital.tier(tier).asked(Request.FindToRoll.class))
                .sum();
    }

    @Test
    void oneThatHasComeToItIsNotEnough() {
        folder(session, patient.cell());
        lag(Party.ACCESS, Party.APPLICATION);
        order();
        hospital.loops.runMillis(5_000);
        assertThat(isWrittenUnderANewKey()).isTrue();
    }

    /** What they could say would be believed of no cell. */
    @Test
    void nobodyIsAskedWhileTooFewHaveComeToIt() {
        folder(session, patient.cell());
        lag(Party.ACCESS, Party.APPLICATION);
        int before = asked();
        order();
        hospital.loops.runMillis(60_000);
        assertThat(asked()).isEqualTo(before);

        hospital.tier(Party.ACCESS).silentFeed = false;
        hospital.tier(Party.ACCESS).feed();
        hospital.loops.runMillis(2 * LaterKeys.AGAIN_MILLIS);
        assertThat(asked()).isGreaterThan(before);
        assertThat(isWrittenUnderANewKey()).as("two say that it is not meant").isFalse();
    }

    /** The copies of ledgers come a moment later than the log: who handed the cell out may have told nobody yet. */
    @Test
    void whoAloneKnowsThatItWasHandedOutIsAsked() {
        folder(session, patient.cell());
        hospital.record.toRoll.add(first.cell());
        List.of(Party.ACCESS, Party.DATA)
                .forEach(tier -> hospital.tier(tier).lie = response ->
                        response instanceof Response.Cells ? new Response.Cells(List.of(), false) : response);
        order();
        hospital.loops.runMillis(5_000);
        assertThat(isWrittenUnderANewKey()).isTrue();
    }

    /** Else a fallen tier that keeps its feed to itself would have a key drawn for every cell of the house. */
    @Test
    void twoThatHaveComeToItAreEnough() {
        folder(session, patient.cell());
        lag(Party.ACCESS);
        order();
        hospital.loops.runMillis(5_000);
        assertThat(isWrittenUnderANewKey()).isFalse();
    }

    @Test
    void whoOpensACellWhileOneLagsAsksNobodyAgain() {
        lag(Party.ACCESS);
        order();
        OwnSession other = afresh(session);
        int before = asked();
        folder(other, patient.cell());
        hospital.loops.runMillis(60_000);
        assertThat(asked() - before).isLessThanOrEqualTo(3);
        create(other, observation(patient));
        assertThat(hospital.record.entries.getLast().header().author().parts())
                .filteredOn(part -> part.cell().equals(first.cell()))
                .noneMatch(CellPart::isRolled);
    }

    @Test
    void theSecondOfThoseWhoAnswerSaysHowFarTheyKnow() {
        OrderReach reach = new OrderReach(9, Map.of(Party.ACCESS, 9L, Party.APPLICATION, 4L, Party.DATA, 9L));
        assertThat(reach.knownTo(Set.of(Party.ACCESS, Party.APPLICATION))).isEqualTo(4);
        assertThat(reach.knownTo(Set.of(Party.ACCESS, Party.DATA))).isEqualTo(9);
        assertThat(reach.knownTo(Set.of(Party.TIERS.toArray(Party[]::new)))).isEqualTo(9);
        assertThat(reach.knownTo(Set.of(Party.ACCESS))).isEqualTo(OrderReach.NONE);
        assertThat(reach.isEnough()).isTrue();
    }
}
