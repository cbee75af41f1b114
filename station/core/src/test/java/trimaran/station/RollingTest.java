package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Writing into a cell whose keys a party that fell was handed, and reading it afterwards. */
class RollingTest extends StationBench {

    private OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final ResourceId first = create(session, observation(patient));
    private final CellId cell = first.cell();

    private void order() {
        RecordTime from = new RecordTime(VirtualLoops.START_MILLIS);
        RecordTime now = hospital.now();
        Statement roll = new Statement.Roll(Statement.Holder.PARTY, Statement.Target.EVERYTHING, from, now, now);
        List<Signer> officers = List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2"));
        int before = station.registry().rolls().size();
        hospital.record(SignedStatement.signed(hospital.origin, roll, officers));
        assertThat(hospital.loops.runUntil(() -> station.registry().rolls().size() > before, 20_000))
                .isTrue();
    }

    /** The part of the last entry in the cell. */
    private CellPart written() {
        return header().author().parts().stream()
                .filter(part -> part.cell().equals(cell))
                .findFirst()
                .orElseThrow();
    }

    private Header header() {
        return hospital.record.entries.getLast().header();
    }

    private List<NewCell> keys() {
        return hospital.record.openings.values().stream()
                .filter(one -> one.kind() == CellKind.KEY)
                .toList();
    }

    @Test
    void theNextWriterDrawsANewKeyAndThoseAfterUseIt() {
        assertThat(written().isRolled()).isFalse();
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(1);
        NewCell key = keys().getFirst();
        assertThat(key.subject()).isEqualTo(cell);
        assertThat(header().author().newCells()).containsExactly(key);
        assertThat(written().under()).isEqualTo(key.cell());
        create(session, observation(patient));
        assertThat(keys()).containsExactly(key);
        assertThat(written().under()).isEqualTo(key.cell());
    }

    @Test
    void whatIsSealedUnderBothKeysIsReadTogether() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        ResourceId second = create(session, observation(patient));
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(3);
        assertThat(versions(session, first)).hasSize(1);
        assertThat(versions(session, second)).hasSize(1);
    }

    /** Somebody else may roll a cell that is open here. */
    @Test
    void aKeyDrawnSinceTheCellWasOpenedIsAskedFor() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        ResourceId second = create(session, observation(patient));
        hospital.record.bringsKeys = false;
        session = afresh(session);
        assertThat(versions(session, second)).hasSize(1);
        create(session, observation(patient));
        assertThat(written().under()).isEqualTo(keys().getFirst().cell());
    }

    /** A tier that lies about it has a key drawn once for each order, and none before there is one. */
    @Test
    void aTierAloneCannotHaveACellRolledAgainAndAgain() {
        hospital.record.toRoll.add(cell);
        session = afresh(session);
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).isEmpty();
        order();
        for (int i = 0; i < 3; i++) {
            session = afresh(session);
            folder(session, patient.cell());
            create(session, observation(patient));
        }
        assertThat(keys()).hasSize(1);
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(2);
        assertThat(written().under()).isEqualTo(keys().getLast().cell());
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(7);
    }

    @Test
    void anOrderAboutOthersChangesNothing() {
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).isEmpty();
        assertThat(written().isRolled()).isFalse();
    }
}
