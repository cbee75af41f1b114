package trimaran.keeper;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Copies this tier's release ledger to the two others, each from where its copy ends; and, in a tier that was rebuilt, first
 * brings back what they kept of it (DESIGN §6).
 */
final class LedgerSpread {

    /**
     * A copy that lacks this many lines is sent more at once. Fewer wait for the next look, so that under load a message and a synced
     * write at each of the two others carry half a second's lines and not the one or two that came meanwhile.
     */
    static final int BEHIND_LINES = 256;

    private final KeeperSetting setting;
    private final ReleaseLedger ledger;
    private final Peers peers;
    private final List<Party> others;
    private final Map<Party, Long> kept = new EnumMap<>(Party.class);
    private final Set<Party> busy = EnumSet.noneOf(Party.class);
    private final Set<Party> rejoining = EnumSet.noneOf(Party.class);
    /** Who has taken lines since its line opened. */
    private final Set<Party> shown = EnumSet.noneOf(Party.class);

    private final Set<Party> contradicting = EnumSet.noneOf(Party.class);
    private long contradictions;
    private boolean returning;

    LedgerSpread(KeeperSetting setting, ReleaseLedger ledger, Peers peers) {
        this.setting = setting;
        this.ledger = ledger;
        this.peers = peers;
        this.others =
                Party.TIERS.stream().filter(party -> party != setting.party()).toList();
    }

    /** A tier that started anew, or was rebuilt, is asked how far its copy reaches. */
    void lineUp(Party party) {
        kept.remove(party);
        busy.remove(party);
        rejoining.remove(party);
        shown.remove(party);
    }

    void look() {
        if (ledger.isBack()) {
            others.forEach(this::copy);
        } else if (!returning && others.stream().allMatch(peers::isUp)) {
            returning = true;
            new LedgerReturn(setting.party(), ledger, peers, this::returned).ask();
        }
    }

    /** An attempt to bring the ledger back came to its end. */
    private void returned(boolean back) {
        returning = false;
        if (back) {
            kept.clear();
            look();
        }
    }

    /** Sends the next lines, or asks how many there are; a tier that contradicts is asked again when its line opens anew. */
    private void copy(Party party) {
        Long from = kept.get(party);
        List<LedgerLine> lines = from == null ? List.of() : ledger.from(from);
        if (!peers.isUp(party) || (from != null && lines.isEmpty()) || !busy.add(party)) {
            return;
        }
        peers.ask(party, new Request.CopyLedger(setting.party(), lines), outcome -> {
            busy.remove(party);
            switch (outcome) {
                case Outcome.Done<Response>(Response.LedgerKept answer) -> kept(party, lines, answer);
                case Outcome.Refused<Response>(Refusal refusal)
                when refusal.code() == Code.EQUIVOCATION -> contradicts(party);
                default -> {
                    kept.remove(party);
                    rejoining.remove(party);
                }
            }
        });
    }

    private void kept(Party party, List<LedgerLine> sent, Response.LedgerKept copy) {
        if (!ledger.beginsWith(copy.lines(), copy.chain())) {
            OptionalLong anew = anew(party, sent);
            if (anew.isPresent()) {
                kept.put(party, anew.getAsLong());
                copy(party);
            } else {
                rejoining.remove(party);
                contradicts(party);
            }
            return;
        }
        rejoining.remove(party);
        contradicting.remove(party);
        if (!sent.isEmpty()) {
            shown.add(party);
        }
        // Its own last line once more: until it heard a successor out to there, it would take other lines from whoever
        // has the key.
        boolean isLast = copy.lines() > 0 && !shown.contains(party);
        kept.put(party, isLast ? copy.lines() - 1 : copy.lines());
        if (isLast || ledger.lines() - copy.lines() >= BEHIND_LINES) {
            copy(party);
        }
    }

    /**
     * From where on lines are sent to a copy of one of two histories, while this ledger has both: it takes the numbers from there on anew.
     * Pages that are the same in both leave it where it was.
     */
    private OptionalLong anew(Party party, List<LedgerLine> sent) {
        if (ledger.joined().isEmpty() || rejoining.add(party)) {
            return ledger.joined();
        }
        return sent.isEmpty() || sent.getLast().number() + 1 >= ledger.lines()
                ? OptionalLong.empty()
                : OptionalLong.of(sent.getLast().number() + 1);
    }

    private void contradicts(Party party) {
        contradictions++;
        contradicting.add(party);
        kept.put(party, Long.MAX_VALUE);
    }

    /** How often another tier's copy turned out not to be of this ledger, since the start. */
    long contradictions() {
        return contradictions;
    }

    /** The tiers whose copy contradicts this ledger, in words. */
    List<String> alarms() {
        return contradicting.stream()
                .map(party -> "the copy " + party.word() + " keeps contradicts this tier's release ledger")
                .toList();
    }
}
