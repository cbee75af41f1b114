package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellHead;
import trimaran.record.CellKind;

/** One tier keeps back what a quorum covers, and another has not come so far: what those two agree on is not all there is. */
class LaggingTierTest extends StationBench {

    private final FakeTier lagging = hospital.tier(Party.ACCESS);
    private final FakeTier liar = hospital.tier(Party.DATA);
    private final OwnSession author = ready();
    private final ResourceId patient = create(author, PATIENT);

    private static Response withoutQuarters(Response response) {
        return response instanceof Response.Opened(List<OpenedCell> cells)
                ? new Response.Opened(cells.stream()
                        .filter(cell -> cell.opening().kind() != CellKind.QUARTER)
                        .toList())
                : response;
    }

    private static Response withoutSecondParts(Response response) {
        return response instanceof Response.Opened(List<OpenedCell> cells)
                ? new Response.Opened(
                        cells.stream().map(LaggingTierTest::withOnePart).toList())
                : Bent.cells(
                        response,
                        cell -> new Response.CellParts(
                                cell.parts().subList(0, Math.min(1, cell.parts().size())),
                                withOnePart(cell.head()),
                                false));
    }

    private static OpenedCell withOnePart(OpenedCell cell) {
        return new OpenedCell(cell.opening(), cell.openedAt(), withOnePart(cell.head()), cell.shares());
    }

    private static CellHead withOnePart(CellHead head) {
        return new CellHead(head.cell(), Math.min(1, head.parts()), head.chain());
    }

    private void bothSay(UnaryOperator<Response> less) {
        lagging.lie = less;
        liar.lie = less;
    }

    private PatientFolder read(OwnSession reader) {
        return folder(reader, patient.cell());
    }

    private static List<String> types(PatientFolder folder) {
        return folder.resources().stream().map(ResourceVersion::type).toList();
    }

    @Test
    void aPartBothLackIsReadFromWhoHasIt() {
        create(author, observation(patient));
        lagging.silentFeed = true;
        create(author, observation(patient));
        station.close(author);
        bothSay(LaggingTierTest::withoutSecondParts);
        assertThat(types(read(hospital.session(station, hospital.machine))))
                .containsExactlyInAnyOrder("Patient", "Observation", "Observation");
    }

    /** Two are needed for its key. That it is missing is said until one that has come so far can say whether it is there. */
    @Test
    void aCellBothLackIsMissedAndThenRead() {
        lagging.silentFeed = true;
        create(author, observation(patient));
        station.close(author);
        bothSay(LaggingTierTest::withoutQuarters);
        OwnSession reader = hospital.session(station, hospital.machine);
        assertThat(types(read(reader))).containsExactlyInAnyOrder("Patient", "Basic");

        lagging.lie = UnaryOperator.identity();
        lagging.silentFeed = false;
        lagging.feed();
        hospital.loops.runMillis(1_000);
        assertThat(types(read(reader))).containsExactlyInAnyOrder("Patient", "Observation");
    }

    /** Else one that lies would have every record say that something of it is missing. */
    @Test
    void aCellTwoDenyWhoHaveComeSoFarIsNotMissed() {
        create(author, observation(patient));
        station.close(author);
        bothSay(LaggingTierTest::withoutQuarters);
        OwnSession reader = hospital.session(station, hospital.machine);
        assertThat(types(read(reader))).containsExactly("Patient");
    }

    /** What nobody besides could say is no reason to ask at every reading. */
    @Test
    void whereNoThirdIsReachedARecordIsOpenedOnce() {
        create(author, observation(patient));
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        lagging.silentFeed = true;
        create(author, observation(patient));
        OwnSession reader = hospital.session(station, hospital.machine);
        read(reader);
        int before = liar.asked(Request.Open.class);
        assertThat(types(read(reader))).hasSize(3);
        assertThat(liar.asked(Request.Open.class)).isEqualTo(before);
    }
}
