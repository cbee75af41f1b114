package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.Shown;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.RecordLimits;
import trimaran.record.Session;
import trimaran.record.SignedRefusal;
import trimaran.record.Statement;

final class OfficeTest extends OfficeBench {

    @Test
    void anEntryEveryApplicationAcceptsIsApprovedUnderTheTiersSignature() {
        Request.Approve request = observation();
        Approval approval = approval(ask(request, yes));
        assertThat(approval.entry()).isEqualTo(AuthorPart.digest(request.authorBytes()));
        assertThat(approval.policyVersion()).isEqualTo(1);
        assertThat(approval.expiry().millis()).isEqualTo(ManualLoop.START_MILLIS + RecordLimits.APPROVAL_MILLIS);
        assertThat(signedByApplication(approval)).isTrue();
    }

    @Test
    void fiveApprovalsOfOneTurnStandUnderOneSignature() {
        Office office = office(yes);
        for (int i = 0; i < 5; i++) {
            office.approve(observation(), answers::add);
        }
        assertThat(answers).isEmpty();
        loop.turn();
        List<Approval> approvals = answers.stream().map(OfficeBench::approval).toList();
        assertThat(approvals).hasSize(5).allMatch(this::signedByApplication);
        assertThat(approvals.stream().map(Approval::signature).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(approvals.stream().map(Approval::entry).collect(Collectors.toSet()))
                .hasSize(5);
    }

    @Test
    void anApprovalOfABatchDoesNotFitAnotherEntry() {
        Office office = office(yes);
        office.approve(observation(), answers::add);
        office.approve(observation(), answers::add);
        loop.turn();
        Approval one = approval(answers.getFirst());
        Approval other = approval(answers.getLast());
        Approval swapped = new Approval(
                other.entry(), one.premises(), one.policyVersion(), one.expiry(), one.path(), one.signature());
        assertThat(signedByApplication(swapped)).isFalse();
    }

    @Test
    void oneApplicationsNoIsTheAnswerSigned() {
        Application no = FakeApplication.saying(Decision.refused(Code.RULE, "not like this", "Observation.status"));
        Request.Approve request = observation();
        Outcome<Response> answer = ask(request, yes, no);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.value()).isInstanceOfSatisfying(Response.Denied.class, denied -> {
                            assertThat(denied.code()).isEqualTo(Code.RULE);
                            assertThat(denied.place()).isEqualTo("Observation.status");
                            SignedRefusal refusal = denied.refusal();
                            assertThat(refusal.entry()).isEqualTo(AuthorPart.digest(request.authorBytes()));
                            byte[] signed = SignedRefusal.signedBytes(
                                    hospital.registry.origin(), refusal.entry(), refusal.code(), refusal.time());
                            assertThat(refusal.signature())
                                    .isEqualTo(Hospital.key(Party.APPLICATION).sign(signed));
                        }));
    }

    @Test
    void anApplicationThatFailsTakesDownOnlyTheRequest() {
        Application broken = new FakeApplication("broken", item -> true, Set.of(), (draft, state) -> {
            throw new IllegalStateException("planted");
        });
        Office office = office(broken);
        office.approve(observation(), answers::add);
        loop.turn();
        assertThat(code(answers.getFirst())).isEqualTo(Code.BROKEN);
        assertThat(office.underWay()).isZero();
    }

    @Test
    void anEntrySignedByAnotherSessionIsRefused() {
        Draft draft = draft("Observation");
        Request.Approve forged = hospital.request(
                hospital.part(physician, List.of(), draft), Hospital.sessionKey("somebody else"), draft);
        assertThat(code(ask(forged, yes))).isEqualTo(Code.BAD_SIGNATURE);
    }

    @Test
    void anEntryOfAnotherHospitalIsRefused() {
        Draft draft = draft("Observation");
        AuthorPart part = hospital.part(physician, List.of(), draft);
        AuthorPart foreign = new AuthorPart(
                Digest.sha256(Bytes.ofText("elsewhere")),
                part.nonce(),
                part.session(),
                part.kind(),
                part.authored(),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                part.statement(),
                part.annex(),
                part.escrow(),
                part.checkpointSeen());
        assertThat(code(ask(hospital.request(foreign, Hospital.sessionKey("physician"), draft), yes)))
                .isEqualTo(Code.WRONG_ORIGIN);
    }

    @Test
    void bytesThatAreNoAuthorPartAreRefused() {
        Request.Approve good = observation();
        Request.Approve bad = new Request.Approve(Bytes.of((byte) 9), good.signature(), good.draft(), good.receipt());
        assertThat(code(ask(bad, yes))).isEqualTo(Code.MALFORMED);
    }

    @Test
    void anUnknownSessionIsRefused() {
        Session stranger = new Hospital(8).session("stranger", List.of("physician"), List.of());
        Draft draft = draft("Observation");
        assertThat(code(ask(
                        hospital.request(
                                hospital.part(stranger, List.of(), draft), Hospital.sessionKey("stranger"), draft),
                        yes)))
                .isEqualTo(Code.SESSION_UNKNOWN);
    }

    @Test
    void whatWasWrittenAfterTheSessionExpiredIsRefused() {
        long late = Hospital.EXPIRY.millis() + 1;
        loop.pass(late - ManualLoop.START_MILLIS);
        assertThat(code(ask(authored(late), yes))).isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void whatWasWrittenWithinTheSessionAndArrivesLateIsApproved() {
        loop.pass(Hospital.EXPIRY.millis() + 1 - ManualLoop.START_MILLIS);
        assertThat(signedByApplication(approval(ask(authored(ManualLoop.START_MILLIS), yes))))
                .isTrue();
    }

    @Test
    void whatSaysItWasWrittenInTheFutureIsNotJudgedNow() {
        long ahead = ManualLoop.START_MILLIS + RecordLimits.AHEAD_MILLIS_MAX + 1;
        assertThat(code(ask(authored(ahead), yes))).isEqualTo(Code.STALE);
    }

    @Test
    void anEntryFromACutStationIsRefused() {
        hospital.registry.apply(
                new Statement.Cut(Statement.Target.STATION, Hospital.STATION, 0, Hospital.OPENED), Hospital.OPENED);
        assertThat(code(ask(observation(), yes))).isEqualTo(Code.CUT);
    }

    @Test
    void whatAClosedApplicationWouldAnswerForIsDenied() {
        Digest subject = Statement.Target.subjectOfApplication(yes.name());
        hospital.registry.apply(
                new Statement.Cut(Statement.Target.APPLICATION, subject, 0, Hospital.OPENED), Hospital.OPENED);
        assertThat(code(ask(observation(), yes))).isEqualTo(Code.CUT);
        hospital.registry.apply(
                new Statement.Reopening(Statement.Target.APPLICATION, subject, Hospital.OPENED), Hospital.OPENED);
        assertThat(signedByApplication(approval(ask(observation(), yes)))).isTrue();
    }

    @Test
    void aReceiptForAnotherEntryIsRefused() {
        Request.Approve good = observation();
        assertThat(code(ask(with(good, observation().receipt()), yes))).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void anotherDraftThanTheFiledOneIsNotLookedAt() {
        Request.Approve good = observation();
        Draft.Item item = good.draft().items().getFirst();
        Draft.Item fuller =
                new Draft.Item(item.id(), item.type(), item.action(), item.replaces(), Bytes.ofText("{\"more\":1}"));
        Draft other = new Draft(List.of(fuller), good.draft().reads());
        Request.Approve swapped = new Request.Approve(good.authorBytes(), good.signature(), other, good.receipt());
        assertThat(code(ask(swapped, yes))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(cells.asked).isEmpty();
    }

    @Test
    void aDraftOfWhichTheLedgerNamesNotEveryCellIsNotLookedAt() {
        RecordTime now = new RecordTime(ManualLoop.START_MILLIS);
        CellId patient = new CellId(0, hospital.entropy.nextLong());
        NewCell stay = hospital.cell(CellKind.STAY, patient);
        Draft.Item item =
                new Draft.Item(new ResourceId(stay.cell(), 1), "Observation", Draft.Action.CREATE, 0, Bytes.EMPTY);
        Draft draft = new Draft(List.of(item), List.of());
        AuthorPart part = hospital.part(physician, List.of(stay), draft);
        Request.Approve good = hospital.request(part, Hospital.sessionKey("physician"), draft);
        // The entry may never be placed: whose stay it would have been the line says itself.
        List<CellId> both = draft.shown(part.newCells()).named();
        assertThat(both).containsExactlyInAnyOrder(stay.cell(), patient);
        for (List<CellId> line : List.of(List.<CellId>of(), List.of(stay.cell()), List.of(patient))) {
            Shown less = new Shown(List.of(), line);
            Request.Approve hidden = with(good, hospital.receipt(Party.DATA, part, draft, less, now));
            assertThat(code(ask(hidden, yes))).isEqualTo(Code.BAD_SIGNATURE);
        }
        assertThat(signedByApplication(approval(ask(good, yes)))).isTrue();
    }

    /** Who fell would have read a stay, and the report would say that they heard of one. */
    @Test
    void aDraftWhoseTextTheLedgerSaysWasOnlyNamedIsNotLookedAt() {
        RecordTime now = new RecordTime(ManualLoop.START_MILLIS);
        CellId patient = new CellId(0, hospital.entropy.nextLong());
        NewCell stay = hospital.cell(CellKind.STAY, patient);
        ResourceId id = new ResourceId(stay.cell(), 1);
        Bytes text = Bytes.ofText("{\"resourceType\":\"Encounter\",\"id\":\"" + id + "\"}");
        Draft draft = new Draft(List.of(new Draft.Item(id, "Encounter", Draft.Action.CREATE, 0, text)), List.of());
        AuthorPart part = hospital.part(physician, List.of(stay), draft);
        Request.Approve good = hospital.request(part, Hospital.sessionKey("physician"), draft);
        Shown both = draft.shown(part.newCells());
        assertThat(both).isEqualTo(new Shown(List.of(stay.cell()), List.of(patient)));
        List<CellId> cells = Stream.of(stay.cell(), patient).sorted().toList();
        for (Shown said : List.of(new Shown(List.of(), cells), new Shown(cells, List.of()))) {
            Request.Approve hidden = with(good, hospital.receipt(Party.DATA, part, draft, said, now));
            assertThat(code(ask(hidden, yes))).isEqualTo(Code.BAD_SIGNATURE);
        }
        assertThat(signedByApplication(approval(ask(good, yes)))).isTrue();
    }

    @Test
    void aReceiptByApplicationItselfIsRefused() {
        assertThat(code(ask(receiptOf(Party.APPLICATION, 0), yes))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(code(ask(receiptOf(Party.WITNESS, 0), yes))).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void aReceiptByAccessWillDoWhenDataIsSilent() {
        assertThat(signedByApplication(approval(ask(receiptOf(Party.ACCESS, 0), yes))))
                .isTrue();
    }

    @Test
    void aReceiptSignedByAnotherThanTheTierItNamesIsRefused() {
        Request.Approve good = observation();
        Receipt real = good.receipt();
        Receipt forged = new Receipt(
                Party.ACCESS, real.entry(), real.draft(), real.line(), real.time(), real.path(), real.signature());
        assertThat(code(ask(with(good, forged), yes))).isEqualTo(Code.BAD_SIGNATURE);
    }

    @Test
    void anOldReceiptIsRefusedAndOneJustYoungEnoughIsNot() {
        assertThat(code(ask(receiptOf(Party.DATA, OfficeLimits.RECEIPT_MILLIS + 1), yes)))
                .isEqualTo(Code.STALE);
        assertThat(code(ask(receiptOf(Party.DATA, -RecordLimits.AHEAD_MILLIS_MAX - 1), yes)))
                .isEqualTo(Code.STALE);
        assertThat(approval(ask(receiptOf(Party.DATA, OfficeLimits.RECEIPT_MILLIS), yes)))
                .isNotNull();
    }

    @Test
    void anAuthorWithoutTheRoleIsDeniedBeforeAnyCellIsAskedFor() {
        Session nurse = hospital.session("nurse", List.of("nurse"), List.of());
        Draft draft = draft("MedicationRequest");
        Application curious =
                new FakeApplication("curious", item -> true, Set.of(CellKind.STAY), (d, s) -> Decision.accepted());
        Outcome<Response> answer = ask(
                hospital.request(hospital.part(nurse, List.of(), draft), Hospital.sessionKey("nurse"), draft), curious);
        assertThat(code(answer)).isEqualTo(Code.ROLE_MISSING);
        assertThat(cells.asked).isEmpty();
    }

    @Test
    void onlyWhoKeepsTheHouseOpensAnEmptyCell() {
        Draft nothing = new Draft(List.of(), List.of());
        List<NewCell> fresh = List.of(hospital.cell(CellKind.HOUSE));
        assertThat(code(ask(
                        hospital.request(
                                hospital.part(physician, fresh, nothing), Hospital.sessionKey("physician"), nothing),
                        yes)))
                .isEqualTo(Code.ROLE_MISSING);
        Session officer = hospital.session("officer", List.of("officer"), List.of());
        assertThat(approval(ask(
                        hospital.request(
                                hospital.part(officer, fresh, nothing), Hospital.sessionKey("officer"), nothing),
                        yes)))
                .isNotNull();
    }

    @Test
    void anEntryInACellApplicationDoesNotKnowWaits() {
        Draft.Item item = new Draft.Item(
                ResourceId.random(new CellId(0, hospital.entropy.nextLong()), hospital.entropy),
                "Observation",
                Draft.Action.CREATE,
                0,
                Bytes.EMPTY);
        assertThat(code(ask(request(new Draft(List.of(item), List.of())), yes))).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aTypeNoApplicationAnswersForIsRefused() {
        Application other = new FakeApplication("other", item -> false, Set.of(), (d, s) -> Decision.accepted());
        assertThat(code(ask(observation(), other))).isEqualTo(Code.NOT_SUPPORTED);
    }

    @Test
    void oneRequestTooManyIsRefusedBusyAndPlaceComesFreeWithAnAnswer() {
        Office office = office(yes);
        Request.Approve request = observation();
        for (int i = 0; i < OfficeLimits.UNDER_WAY_MAX; i++) {
            office.approve(request, answers::add);
        }
        assertThat(answers).isEmpty();
        office.approve(request, answers::add);
        assertThat(code(answers.getFirst())).isEqualTo(Code.BUSY);
        loop.turn();
        assertThat(office.underWay()).isZero();
        assertThat(answers).hasSize(OfficeLimits.UNDER_WAY_MAX + 1);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(run(11)).isEqualTo(run(11)).isNotEqualTo(run(12));
    }

    private static List<Bytes> run(long seed) {
        Hospital hospital = new Hospital(seed);
        Session session = hospital.session("physician", List.of("physician"), List.of());
        FakeCells cells = new FakeCells();
        NewCell quarter = hospital.cell(CellKind.QUARTER);
        cells.add(quarter);
        ManualLoop loop = new ManualLoop();
        Office office = new Office(new Office.Setting(
                loop,
                () -> hospital.registry,
                StandInKey.VERIFIER,
                Hospital.key(Party.APPLICATION),
                cells,
                List.of(FakeApplication.saying(Decision.accepted()))));
        List<Bytes> bytes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Draft draft = new Draft(
                    List.of(new Draft.Item(
                            ResourceId.random(quarter.cell(), hospital.entropy),
                            "Observation",
                            Draft.Action.CREATE,
                            0,
                            Bytes.EMPTY)),
                    List.of());
            office.approve(
                    hospital.request(hospital.part(session, List.of(), draft), Hospital.sessionKey("physician"), draft),
                    answer -> bytes.add(ResponseCodec.encode(response(answer))));
        }
        loop.turn();
        return bytes;
    }
}
