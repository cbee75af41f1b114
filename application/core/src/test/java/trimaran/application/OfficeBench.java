package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.PlacedPart;
import trimaran.record.Session;

/** An office with its hospital, its loop and what it may open, for tests that ask it. */
abstract class OfficeBench {

    final Hospital hospital = new Hospital(7);
    final ManualLoop loop = new ManualLoop();
    final FakeCells cells = new FakeCells();
    final List<Outcome<Response>> answers = new ArrayList<>();
    final Session physician = hospital.session("physician", List.of("physician"), List.of());
    final NewCell quarter = known(hospital.cell(CellKind.QUARTER));
    final Application yes = FakeApplication.saying(Decision.accepted());

    static Application reading(
            Set<CellKind> kinds, java.util.function.BiFunction<DraftView, StateView, Decision> rule) {
        return new FakeApplication("reading", item -> true, kinds, rule);
    }

    NewCell known(NewCell opening) {
        cells.add(opening);
        return opening;
    }

    NewCell stayWithEncounter(String status) {
        NewCell stay = hospital.cell(CellKind.STAY);
        PartContent.Item item = new PartContent.Item(
                1, "Encounter", Bytes.ofText("{\"resourceType\":\"Encounter\",\"status\":\"" + status + "\"}"));
        cells.add(
                stay,
                new OpenCell.Part(
                        new CellPart(stay.cell(), Digest.ZERO, 0, List.of(new Change(1, 0, false))),
                        new PlacedPart(0, Digest.ZERO, List.of(1L)),
                        new PartContent("", List.of(item)),
                        true));
        return stay;
    }

    static Draft encounterUpdate(NewCell stay, List<CellId> reads) {
        Bytes content = Bytes.ofText("{\"resourceType\":\"Encounter\",\"status\":\"in-progress\"}");
        return new Draft(
                List.of(new Draft.Item(new ResourceId(stay.cell(), 1), "Encounter", Draft.Action.UPDATE, 1, content)),
                reads);
    }

    Draft draft(String type) {
        return new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        type,
                        Draft.Action.CREATE,
                        0,
                        Bytes.EMPTY)),
                List.of());
    }

    Request.Approve observation() {
        return request(draft("Observation"));
    }

    Request.Approve request(Draft draft) {
        return hospital.request(hospital.part(physician, List.of(), draft), Hospital.sessionKey("physician"), draft);
    }

    Request.Approve authored(long millis) {
        Draft draft = draft("Observation");
        AuthorPart part = hospital.part(
                physician, List.of(), hospital.part(physician, List.of(), draft).parts(), new WallTime(millis));
        Request.Approve request = hospital.request(part, Hospital.sessionKey("physician"), draft);
        RecordTime now = new RecordTime(loop.wallTime().millis());
        return with(request, hospital.receipt(Party.DATA, part, draft, now));
    }

    Request.Approve receiptOf(Party ledger, long ageMillis) {
        Draft draft = draft("Observation");
        AuthorPart part = hospital.part(physician, List.of(), draft);
        Request.Approve good = hospital.request(part, Hospital.sessionKey("physician"), draft);
        RecordTime time = new RecordTime(loop.wallTime().millis() - ageMillis);
        return with(good, hospital.receipt(ledger, part, draft, time));
    }

    static Request.Approve with(Request.Approve request, Receipt receipt) {
        return new Request.Approve(request.authorBytes(), request.signature(), request.draft(), receipt);
    }

    Office office(Application... applications) {
        return new Office(new Office.Setting(
                loop,
                () -> hospital.registry,
                StandInKey.VERIFIER,
                Hospital.key(Party.APPLICATION),
                cells,
                List.of(applications)));
    }

    Outcome<Response> ask(Request.Approve request, Application... applications) {
        List<Outcome<Response>> mine = new ArrayList<>();
        office(applications).approve(request, mine::add);
        loop.turn();
        assertThat(mine).hasSize(1);
        return mine.getFirst();
    }

    boolean signedByApplication(Approval approval) {
        return StandInKey.VERIFIER.verify(
                hospital.registry.party(Party.APPLICATION).statements(),
                approval.signedBytes(hospital.registry.origin()),
                approval.signature());
    }

    static Response response(Outcome<Response> answer) {
        return switch (answer) {
            case Outcome.Done<Response>(Response response) -> response;
            case Outcome.Refused<Response>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    static Approval approval(Outcome<Response> answer) {
        return Optional.of(response(answer))
                .filter(Response.Approved.class::isInstance)
                .map(response -> ((Response.Approved) response).approval())
                .orElseThrow(() -> new AssertionError(response(answer).toString()));
    }

    static Code code(Outcome<Response> answer) {
        return switch (answer) {
            case Outcome.Refused<Response>(Refusal refusal) -> refusal.code();
            case Outcome.Done<Response>(Response.Denied denied) -> denied.code();
            case Outcome.Done<Response>(Response other) -> throw new AssertionError(other.toString());
        };
    }
}
