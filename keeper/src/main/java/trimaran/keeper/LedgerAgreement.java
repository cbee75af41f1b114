package trimaran.keeper;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Asks the third tier how far its copy of a tier's release ledger reaches, and holds the answer against the copy kept here. A tier that
 * tells each of the others a history of its own contradicts neither: only the two of them together can see it.
 */
final class LedgerAgreement {

    /** As often as the copies grow and once more: people are to know within seconds. */
    static final long LOOK_MILLIS = 1000;

    private final LedgerCopies copies;
    private final Peers peers;
    private final List<Party> others;
    private final Set<Party> parted = EnumSet.noneOf(Party.class);
    private Consumer<Party> told = ledger -> {};

    LedgerAgreement(Party own, LedgerCopies copies, Peers peers) {
        this.copies = copies;
        this.peers = peers;
        this.others = Party.TIERS.stream().filter(party -> party != own).toList();
    }

    /** Has somebody told, once each time it begins. */
    void tell(Consumer<Party> who) {
        told = who;
    }

    void look() {
        for (Party ledger : others) {
            for (Party third : others) {
                if (third != ledger && peers.isUp(third)) {
                    peers.ask(third, new Request.CopyLedger(ledger, List.of()), outcome -> {
                        // Of the longer copy nothing is known here; its keeper asks, too.
                        if (outcome instanceof Outcome.Done<Response>(Response.LedgerKept kept)) {
                            judge(ledger, copies.compare(ledger, third, kept.lines(), kept.chain()));
                        }
                    });
                }
            }
        }
    }

    private void judge(Party ledger, boolean agrees) {
        if (agrees) {
            parted.remove(ledger);
        } else if (parted.add(ledger)) {
            told.accept(ledger);
        }
    }

    /** The tiers of whose ledger the two copies are not one, in words. */
    List<String> alarms() {
        return parted.stream()
                .map(ledger -> "the copy of " + ledger.word()
                        + "'s release ledger kept here and the third tier's are of two histories")
                .toList();
    }
}
