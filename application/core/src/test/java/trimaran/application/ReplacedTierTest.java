package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
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
import trimaran.record.BatchPath;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.Session;

/** Data fell and has new keys. Its successor cannot have placed that before it serves, and drafts are filed with it at once. */
class ReplacedTierTest {

    private static final StandInKey SUCCESSOR = StandInKey.named("data after its fall");

    private final Hospital hospital = new Hospital(5);
    private final ManualLoop loop = new ManualLoop();
    private final FakeCells cells = new FakeCells();

    private Outcome<Response> approvalOf(StandInKey signer) {
        NewCell quarter = hospital.cell(CellKind.QUARTER);
        cells.add(quarter);
        Session session = hospital.session("physician", List.of("physician"), List.of());
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        "Observation",
                        Draft.Action.CREATE,
                        0,
                        Bytes.EMPTY)),
                List.of());
        Request.Approve filed =
                hospital.request(hospital.part(session, List.of(), draft), Hospital.sessionKey("physician"), draft);
        Request.Approve request = new Request.Approve(
                filed.authorBytes(), filed.signature(), filed.draft(), receipt(filed.receipt(), draft, signer));
        List<Outcome<Response>> answers = new ArrayList<>();
        office().approve(request, answers::add);
        loop.turn();
        return answers.getFirst();
    }

    private Receipt receipt(Receipt real, Draft draft, StandInKey signer) {
        RecordTime time = new RecordTime(ManualLoop.START_MILLIS);
        Digest leaf =
                Receipt.leaf(Party.DATA, real.entry(), real.draft(), draft.shown(List.of()), draft.reads(), 3, time);
        return new Receipt(
                Party.DATA,
                real.entry(),
                real.draft(),
                3,
                time,
                BatchPath.ALONE,
                signer.sign(Receipt.signedBytes(hospital.registry.origin(), leaf)));
    }

    private Office office() {
        return new Office(new Office.Setting(
                loop,
                () -> hospital.registry,
                party -> party == Party.DATA ? successor() : hospital.registry.party(party),
                StandInKey.VERIFIER,
                Hospital.key(Party.APPLICATION),
                cells,
                List.of(FakeApplication.saying(Decision.accepted())),
                Runnable::run));
    }

    private PartyKeys successor() {
        PartyKeys before = hospital.registry.party(Party.DATA);
        return new PartyKeys(
                Party.DATA, before.cosigner(), before.log(), SUCCESSOR.publicKey(), before.line(), before.sealing(), 2);
    }

    private static Code refusal(Outcome<Response> answer) {
        return ((Outcome.Refused<Response>) answer).refusal().code();
    }

    @Test
    void aReceiptOfTheSuccessorCountsBeforeTheLogKnowsIt() {
        assertThat(approvalOf(SUCCESSOR)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aReceiptOfTheReplacedTierIsToBeFiledAgainRatherThanRefusedForGood() {
        assertThat(refusal(approvalOf(Hospital.key(Party.DATA)))).isEqualTo(Code.STALE);
    }

    @Test
    void aReceiptOfNobodyIsRefusedForGood() {
        assertThat(refusal(approvalOf(StandInKey.named("nobody")))).isEqualTo(Code.BAD_SIGNATURE);
    }
}
