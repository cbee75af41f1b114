package trimaran.simulator;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Approval;
import trimaran.record.EntryKind;
import trimaran.record.Held;
import trimaran.record.Sanction;
import trimaran.record.SignedRefusal;

/** Brings an outbox's entries to the record: receipt, approval, place; and if no checkpoint comes, two tiers' word. */
final class Delivery {

    /** DESIGN §5 Acknowledged: without a quorum after this, the entry is held. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    /** A placed entry that no checkpoint covers is brought again. */
    private static final long AGAIN_NANOS = 2_000_000_000L;

    private final Station station;

    Delivery(Station station) {
        this.station = station;
    }

    void steps(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!station.outbox().containsKey(entry.digest())) {
                continue;
            }
            if (entry.sanction().isEmpty()) {
                approve(entry);
            } else {
                append(entry, entry.sanction().get());
                hold(entry, entry.sanction().get());
            }
        }
    }

    private long now() {
        return station.loop().monotonicNanos();
    }

    private boolean impatient(Entry entry) {
        return station.hospital().loops().nowNanos() - entry.startedNanos() > PATIENCE_NANOS;
    }

    private void approve(Entry entry) {
        if (entry.isApproving()) {
            return;
        }
        entry.sanction(station.hospital().plants().ground(entry));
        if (entry.sanction().isPresent()) {
            return;
        }
        Optional<StationLine> ledger = station.line(Party.DATA)
                .filter(StationLine::isJoined)
                .or(() -> station.line(Party.ACCESS).filter(StationLine::isJoined));
        if (ledger.isEmpty() || station.line(Party.APPLICATION).isEmpty()) {
            unanswered(entry);
            return;
        }
        entry.approving(true);
        Draft draft = entry.signed().draft();
        Request.FileDraft file = new Request.FileDraft(
                entry.digest(), draft.digest(), draft.shown(entry.author().newCells()), draft.reads());
        ledger.get().askAsSession(file, filed -> {
            if (filed instanceof Outcome.Done<Response>(Response.Filed(Receipt receipt))) {
                ask(entry, receipt);
            } else {
                entry.approving(false);
                unanswered(entry);
            }
        });
    }

    private void ask(Entry entry, Receipt receipt) {
        Optional<StationLine> application = station.line(Party.APPLICATION);
        if (application.isEmpty()) {
            entry.approving(false);
            return;
        }
        Request request = new Request.Approve(
                entry.signed().authorBytes(),
                entry.signed().signature(),
                entry.signed().draft(),
                receipt);
        application.get().ask(request, outcome -> {
            entry.approving(false);
            switch (outcome) {
                case Outcome.Done<Response>(Response.Approved(Approval approval)) ->
                    entry.sanction(Optional.of(new Sanction.Approved(approval)));
                case Outcome.Done<Response>(Response.Denied denied) -> denied(entry, denied.refusal());
                default -> unanswered(entry);
            }
        });
    }

    private void denied(Entry entry, SignedRefusal refusal) {
        if (entry.author().mayContinue()) {
            entry.sanction(Optional.of(new Sanction.Overruled(refusal)));
        } else if (!entry.isAcknowledged()) {
            station.dropped(entry);
        }
    }

    private void unanswered(Entry entry) {
        if (entry.author().mayContinue() && impatient(entry)) {
            entry.sanction(Optional.of(new Sanction.Unanswered(PATIENCE_NANOS / 1_000_000)));
        }
    }

    private void append(Entry entry, Sanction sanction) {
        Optional<StationLine> data = station.line(Party.DATA);
        if (data.isEmpty() || entry.isAppending() || now() < entry.appendAgainNanos()) {
            return;
        }
        entry.appending(true);
        data.get().ask(new Request.Append(entry.sealed(sanction)), outcome -> {
            entry.appending(false);
            switch (outcome) {
                case Outcome.Done<Response> done -> entry.appendAgain(now() + AGAIN_NANOS);
                case Outcome.Refused<Response>(Refusal refusal) -> refused(entry, refusal);
            }
        });
    }

    private void refused(Entry entry, Refusal refusal) {
        entry.said(refusal.toString());
        switch (refusal.code()) {
            case UNAVAILABLE, BUSY, SESSION_UNKNOWN -> {
                // Later: data is away or catching up, or the session has no place yet.
            }
            case BAD_REFERENCE -> {
                if (!leansOnOutbox(entry)) {
                    giveUp(entry);
                }
            }
            case PREMISE_MOVED, APPROVAL_EXPIRED -> entry.sanction(Optional.empty());
            default -> giveUp(entry);
        }
    }

    /** Whether an entry not yet placed opens a cell this one writes to. */
    private boolean leansOnOutbox(Entry entry) {
        return entry.author().parts().stream()
                .anyMatch(part -> station.hospital().oracle().isUnderWay(part.cell()));
    }

    private void giveUp(Entry entry) {
        boolean statement = entry.author().kind() == EntryKind.REGISTRY;
        if (!entry.isAcknowledged() && !statement) {
            station.dropped(entry);
        }
    }

    private void hold(Entry entry, Sanction sanction) {
        boolean wanted = impatient(entry) || station.line(Party.DATA).isEmpty();
        if (!wanted || entry.isAcknowledged()) {
            return;
        }
        for (StationLine line : station.linesUp()) {
            Party tier = line.tier();
            if (entry.held().containsKey(tier) || !entry.holding().add(tier)) {
                continue;
            }
            line.ask(new Request.Hold(entry.sealed(sanction)), outcome -> {
                entry.holding().remove(tier);
                if (outcome instanceof Outcome.Done<Response>(Response.HeldAnswer(Held held)) && stands(entry, held)) {
                    entry.held().put(held.tier(), held);
                    if (entry.held().size() >= 2 && station.outbox().containsKey(entry.digest())) {
                        station.acknowledged(entry);
                        tell(entry);
                    }
                } else if (outcome instanceof Outcome.Refused<Response>(Refusal refusal)
                        && refusal.code() == Code.APPROVAL_EXPIRED) {
                    entry.sanction(Optional.empty());
                }
            });
        }
    }

    /** As the real one: each of those that hold it hears of the other. */
    private void tell(Entry entry) {
        for (StationLine line : station.linesUp()) {
            if (entry.held().containsKey(line.tier())) {
                entry.held().values().stream()
                        .filter(word -> word.tier() != line.tier())
                        .forEach(word -> line.ask(new Request.TellHeld(word), outcome -> {}));
            }
        }
    }

    private boolean stands(Entry entry, Held held) {
        Founded founded = station.hospital().founded();
        return held.tier().isTier()
                && held.entry().equals(entry.digest())
                && station.members()
                        .partyAt(held.tier(), held.epoch())
                        .filter(keys -> station.verifier()
                                .verify(keys.statements(), held.signedBytes(founded.origin()), held.signature()))
                        .isPresent();
    }
}
