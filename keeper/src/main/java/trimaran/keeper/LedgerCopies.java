package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Response;

/**
 * The copies this tier keeps of the two other tiers' release ledgers. Each is one chain from its first line and only grows
 * along it, so a tier that later rewrites its own is found out.
 */
final class LedgerCopies {

    private final Store store;
    private final LedgerIndex index;
    private final Map<Party, Head> heads = new EnumMap<>(Party.class);
    private final Map<Party, Long> contradicted = new EnumMap<>(Party.class);
    private long contradictions;

    /** How far a copy reaches: lines kept, and the hash the next one names. */
    record Head(long lines, Digest chain) {
        private static final Head EMPTY = new Head(0, Digest.ZERO);

        static Head read(Bytes bytes) {
            return Copy.own(bytes, reader -> new Head(reader.count(), reader.digest()));
        }

        Bytes encode() {
            return new Writer(40).i64(lines).digest(chain).toBytes();
        }
    }

    LedgerCopies(Store store, LedgerIndex index) {
        this.store = store;
        this.index = index;
    }

    Head head(Party party) {
        return heads.computeIfAbsent(
                party,
                one -> store.get(Space.STATE, Key.ledgerCopyHead(one))
                        .map(Head::read)
                        .orElse(Head.EMPTY));
    }

    /** Lines kept of another tier's ledger, from a number on, as many as a frame takes. */
    List<LedgerLine> from(Party party, long number) {
        return ReleaseLedger.page(
                store,
                Space.LEDGER_COPIES,
                Key.ledgerCopy(party, number),
                Key.ledgerCopy(party, head(party).lines()));
    }

    /**
     * Takes lines of another tier's ledger in, all or none, and answers how far the copy reaches. Lines that leave a gap are
     * refused as unknown; lines that contradict the copy, or the chain it ends in, as equivocation: their tier rewrote what it
     * once said, and the copy stays as it is.
     */
    Outcome<Response> take(Party party, List<LedgerLine> news) {
        Head kept = head(party);
        Head head = kept;
        List<Store.Change> batch = new ArrayList<>();
        for (LedgerLine line : news) {
            if (line.number() < kept.lines()) {
                if (!isKept(party, line)) {
                    return contradiction(party, line);
                }
                continue;
            }
            if (line.number() != head.lines()) {
                return Outcome.refused(Code.UNKNOWN_ENTRY, "the lines before these are not kept here");
            }
            if (!line.previous().equals(head.chain())) {
                return contradiction(party, line);
            }
            batch.add(new Put(Space.LEDGER_COPIES, Key.ledgerCopy(party, line.number()), line.encode()));
            index.add(batch, party, line);
            head = new Head(line.number() + 1, line.chain());
        }
        if (!batch.isEmpty()) {
            batch.add(new Put(Space.STATE, Key.ledgerCopyHead(party), head.encode()));
            store.write(batch);
            heads.put(party, head);
        }
        if (!news.isEmpty()) {
            contradicted.remove(party);
        }
        return Outcome.done(new Response.LedgerKept(head.lines(), head.chain()));
    }

    private boolean isKept(Party party, LedgerLine line) {
        return line(party, line.number()).filter(line::equals).isPresent();
    }

    /** A line kept of another tier's ledger. */
    Optional<LedgerLine> line(Party party, long number) {
        return store.get(Space.LEDGER_COPIES, Key.ledgerCopy(party, number))
                .map(bytes -> Copy.own(bytes, LedgerLine::read));
    }

    private Outcome<Response> contradiction(Party party, LedgerLine line) {
        contradictions++;
        contradicted.put(party, line.number());
        return Outcome.refused(Code.EQUIVOCATION, "these lines contradict the copy of this ledger kept here");
    }

    /** Messages refused since the start because they contradict a copy. */
    long contradictions() {
        return contradictions;
    }

    /** The tiers whose last lines contradict their copy, in words. */
    List<String> alarms() {
        return contradicted.entrySet().stream()
                .map(one -> "the release ledger of " + one.getKey().word() + " contradicts the copy kept here at line "
                        + one.getValue())
                .toList();
    }
}
