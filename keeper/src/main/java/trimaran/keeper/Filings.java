package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Batch;
import trimaran.record.Session;
import trimaran.record.Signature;

/**
 * Takes drafts down on the ledger before application is shown them, and gives receipts (DESIGN §6). Drafts that come together
 * share one sync and one signature.
 */
final class Filings {

    private final KeeperSetting setting;
    private final Copy copy;
    private final ReleaseLedger ledger;
    private final Drafts drafts;
    private List<Filing> waiting = new ArrayList<>();

    private record Filing(Digest session, Request.FileDraft draft, Consumer<Outcome<Response>> answer) {

        /** Of the cells of which it shows a text, and of those it only names; where there are none at all, a line all the same. */
        List<ReleaseLedger.Act> acts(Digest recipient) {
            List<CellId> texts = draft.shown().texts();
            List<CellId> named = draft.shown().named();
            List<ReleaseLedger.Act> acts = new ArrayList<>();
            if (!texts.isEmpty()) {
                acts.add(act(LedgerLine.Act.SHOWN_TO_APPLICATION, recipient, texts));
            }
            if (!named.isEmpty() || texts.isEmpty()) {
                acts.add(act(LedgerLine.Act.NAMED_TO_APPLICATION, recipient, named));
            }
            return acts;
        }

        private ReleaseLedger.Act act(LedgerLine.Act act, Digest recipient, List<CellId> cells) {
            return new ReleaseLedger.Act(act, session, recipient, draft.entry(), draft.draft(), cells);
        }
    }

    Filings(KeeperSetting setting, Copy copy, ReleaseLedger ledger, Drafts drafts) {
        this.setting = setting;
        this.copy = copy;
        this.ledger = ledger;
        this.drafts = drafts;
    }

    void file(Session session, Request.FileDraft file, Consumer<Outcome<Response>> answer) {
        if (waiting.isEmpty()) {
            // Whatever is filed before this runs goes along.
            setting.loop().run(this::write);
        }
        waiting.add(new Filing(session.id(), file, answer));
    }

    private void write() {
        List<Filing> filings = waiting;
        waiting = new ArrayList<>();
        RecordTime now = setting.now();
        Digest recipient = Digest.sha256(Bytes.ofText(Party.APPLICATION.word()));
        List<ReleaseLedger.Act> acts = new ArrayList<>();
        List<Integer> lasts = new ArrayList<>();
        for (Filing filing : filings) {
            acts.addAll(filing.acts(recipient));
            lasts.add(acts.size() - 1);
        }
        List<LedgerLine> lines = ledger.write(now, acts);
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < filings.size(); i++) {
            Request.FileDraft draft = filings.get(i).draft();
            drafts.filed(draft.entry(), draft.readable(), now);
            leaves.add(Receipt.leaf(
                    setting.party(),
                    draft.entry(),
                    draft.draft(),
                    draft.shown(),
                    draft.readable(),
                    lines.get(lasts.get(i)).number(),
                    now));
        }
        Batch batch = new Batch(leaves);
        Signature signature = setting.keys()
                .statements()
                .sign(Receipt.signedBytes(copy.registry().origin(), batch.root()));
        for (int i = 0; i < filings.size(); i++) {
            Request.FileDraft draft = filings.get(i).draft();
            Receipt receipt = new Receipt(
                    setting.party(),
                    draft.entry(),
                    draft.draft(),
                    lines.get(lasts.get(i)).number(),
                    now,
                    batch.path(i),
                    signature);
            filings.get(i).answer().accept(Outcome.done(new Response.Filed(receipt)));
        }
    }
}
