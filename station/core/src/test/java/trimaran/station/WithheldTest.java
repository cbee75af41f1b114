package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;

/** One tier keeps something back; the station takes it from the third by itself. */
class WithheldTest extends StationBench {

    /** Access is preferred for reading, so what it withholds is missed first; application is asked last. */
    private final FakeTier miser = hospital.tier(Party.ACCESS);

    private final FakeTier third = hospital.tier(Party.APPLICATION);

    @Test
    void noShareAtAll() {
        ResourceId patient = patient();
        opened(cell -> Optional.of(with(cell, List.of())));
        assertReadWith(third, Request.Open.class, patient);
        assertThat(heard(event -> event instanceof StationEvent.NoShare none && none.tier() == Party.ACCESS))
                .isTrue();
    }

    /** It beats as ever and answers when it is asked for its name, and opens nothing for anybody. */
    @Test
    void aTierThatSaysNoToEveryOpeningGivesNoShare() {
        for (Code no : List.of(Code.NOT_ALLOWED, Code.UNAVAILABLE, Code.MALFORMED)) {
            assertThat(isNamed(no)).as(no.name()).isTrue();
        }
    }

    @Test
    void whatOneTierMaySayAloneIsNoShareWithheld() {
        for (Code no : List.of(Code.OVER_BUDGET, Code.CUT, Code.SESSION_ENDED, Code.BUSY)) {
            assertThat(isNamed(no)).as(no.name()).isFalse();
        }
    }

    private boolean isNamed(Code no) {
        ResourceId patient = patient();
        hospital.loops.runMillis(StationLimits.SETTLED_MILLIS + 1);
        hospital.events.clear();
        miser.silentTo = Request.Open.class;
        miser.silentWith = no;
        assertReadWith(third, Request.Open.class, patient);
        miser.silentTo = null;
        assertThat(heard(event -> event instanceof StationEvent.NoShare none && none.tier() != Party.ACCESS))
                .isFalse();
        return heard(event -> event instanceof StationEvent.NoShare none && none.tier() == Party.ACCESS);
    }

    /** A line that falls says no to all that waits for it, and the tier behind it to nothing. */
    @Test
    void aTierWhoseLineFellMeanwhileIsNotSaidToGiveNoShare() {
        ResourceId patient = patient();
        hospital.loops.runMillis(StationLimits.SETTLED_MILLIS + 1);
        OwnSession reader = hospital.session(station, hospital.machine);
        hospital.tardy(Party.ACCESS).neverOneIn = 1;
        List<Outcome<PatientFolder>> read = new ArrayList<>();
        station.patient(reader, patient.cell(), Request.Purpose.CARE, read::add);
        hospital.loops.runMillis(10);
        assertThat(read).isEmpty();
        hospital.down(Party.ACCESS);
        hospital.loops.runMillis(5_000);
        assertThat(read)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.isDone()).isTrue());
        assertThat(heard(event -> event instanceof StationEvent.NoShare)).isFalse();
    }

    @Test
    void oneShareOfTwo() {
        ResourceId patient = patient();
        opened(cell -> Optional.of(with(cell, cell.shares().subList(0, 1))));
        assertReadWith(third, Request.Open.class, patient);
    }

    /** Data places first: who asks meanwhile for what was looked up there is told "not now", and comes again. */
    @Test
    void aCellTwoTiersHaveNotHeardOfYetIsNotDeniedWhereTheThirdHasIt() {
        ResourceId patient = patient();
        OwnSession reader = hospital.session(station, hospital.machine);
        hospital.record.behind.addAll(List.of(Party.ACCESS, Party.APPLICATION));
        assertThat(code(hospital.<Outcome<PatientFolder>>await(
                        then -> station.patient(reader, patient.cell(), Request.Purpose.CARE, then))))
                .isEqualTo(Code.UNAVAILABLE);
        hospital.record.behind.add(Party.DATA);
        assertThat(code(hospital.<Outcome<PatientFolder>>await(
                        then -> station.patient(reader, patient.cell(), Request.Purpose.CARE, then))))
                .isEqualTo(Code.NOT_FOUND);
        hospital.record.behind.clear();
        assertThat(folder(reader, patient.cell()).resources()).hasSize(2);
    }

    @Test
    void aCellLeftOut() {
        ResourceId patient = patient();
        opened(cell ->
                cell.opening().kind() == trimaran.record.CellKind.QUARTER ? Optional.empty() : Optional.of(cell));
        assertReadWith(third, Request.Open.class, patient);
    }

    @Test
    void anotherCellsOpening() {
        ResourceId patient = patient();
        lie(response -> response instanceof Response.Opened opened
                ? new Response.Opened(opened.cells().stream()
                        .map(cell -> new OpenedCell(
                                opened.cells().getFirst().opening(), cell.openedAt(), cell.head(), cell.shares()))
                        .toList())
                : response);
        assertReadWith(third, Request.Open.class, patient);
    }

    @Test
    void theBlobOfALargePart() {
        ResourceId patient = large();
        lie(response -> response instanceof Response.Piece ? new Response.Piece(Bytes.EMPTY, 1) : response);
        assertReadWith(hospital.tier(Party.DATA), Request.FetchBlob.class, patient);
    }

    @Test
    void theEndOfTheBlobOfALargePart() {
        ResourceId patient = large();
        lie(response -> response instanceof Response.Piece(Bytes piece, long total) && piece.size() < total
                ? new Response.Piece(piece, piece.size())
                : response);
        assertReadWith(hospital.tier(Party.DATA), Request.FetchBlob.class, patient);
        assertThat(heard(event -> event instanceof StationEvent.BadParts bad && bad.tier() == Party.ACCESS))
                .isTrue();
    }

    @Test
    void theBlobOfASmallPart() {
        ResourceId patient = patient();
        lie(response -> response instanceof Response.Piece
                ? new Response.Piece(Bytes.EMPTY, 1)
                : Bent.eachPart(
                        response,
                        part -> new Response.SealedPart(
                                part.header(),
                                part.place(),
                                part.part(),
                                SealedEntry.Item.staged(part.blob().digest()))));
        assertReadWith(hospital.tier(Party.DATA), Request.Fetch.class, patient);
    }

    @Test
    void everyPart() {
        ResourceId patient = patient();
        lie(response -> Bent.cells(response, cell -> new Response.CellParts(List.of(), cell.head(), false)));
        assertReadWith(hospital.tier(Party.DATA), Request.Fetch.class, patient);
        assertThat(heard(event -> event instanceof StationEvent.TierBehind behind && behind.tier() == Party.ACCESS))
                .isTrue();
    }

    @Test
    void everyPartForEver() {
        ResourceId patient = patient();
        lie(response -> Bent.cells(response, cell -> new Response.CellParts(List.of(), cell.head(), true)));
        assertReadWith(hospital.tier(Party.DATA), Request.Fetch.class, patient);
    }

    @Test
    void oneCellOfThoseAskedFor() {
        ResourceId patient = patient();
        lie(response -> response instanceof Response.Parts(List<Response.CellParts> cells)
                ? new Response.Parts(cells.subList(1, cells.size()))
                : response);
        assertReadWith(hospital.tier(Party.DATA), Request.Fetch.class, patient);
    }

    private ResourceId patient() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        station.close(session);
        return patient;
    }

    private ResourceId large() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        StringBuilder note = new StringBuilder();
        java.util.Random random = new java.util.Random(5);
        while (note.length() < 400_000) {
            note.append((char) ('a' + random.nextInt(26)));
        }
        create(session, """
            {"resourceType":"Observation","status":"final","code":{"text":"%s"},
             "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-03-01T10:00:00Z","valueInteger":70}\
            """.formatted(note, patient));
        station.close(session);
        return patient;
    }

    private void lie(UnaryOperator<Response> lie) {
        miser.lie = lie;
    }

    private void opened(java.util.function.Function<OpenedCell, Optional<OpenedCell>> change) {
        lie(response -> response instanceof Response.Opened(List<OpenedCell> cells)
                ? new Response.Opened(cells.stream()
                        .flatMap(cell -> change.apply(cell).stream())
                        .toList())
                : response);
    }

    private static OpenedCell with(OpenedCell cell, List<OpenedCell.NumberedShare> shares) {
        return new OpenedCell(cell.opening(), cell.openedAt(), cell.head(), shares);
    }

    /** All of it is read, and this tier was asked for what the other kept back. */
    private void assertReadWith(FakeTier other, Class<? extends Request> request, ResourceId patient) {
        OwnSession reader = hospital.session(station, hospital.machine);
        int before = other.asked(request);
        assertThat(folder(reader, patient.cell()).resources()).hasSize(2);
        assertThat(other.asked(request)).isGreaterThan(before);
    }
}
