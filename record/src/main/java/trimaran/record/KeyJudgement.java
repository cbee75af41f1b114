package trimaran.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;

/**
 * Judges under which keys an entry is sealed (DESIGN §6 After a fall). An entry under an older key counts although a newer one has
 * its place: it may have been written before, and nothing acknowledged is lost. Whoever means harm could show what they write to
 * anybody anyway.
 */
final class KeyJudgement {

    private KeyJudgement() {}

    /** What speaks against the cells of kind {@link CellKind#KEY} an entry opens, or is sealed under. */
    static Optional<Refusal> judge(AuthorPart author, LogView log, Registry registry, boolean acknowledged) {
        Map<CellId, NewCell> fresh = new HashMap<>();
        author.newCells().forEach(cell -> fresh.put(cell.cell(), cell));
        Set<CellId> used = new HashSet<>();
        for (CellPart part : author.parts()) {
            Optional<Refusal> reason = part(part, fresh, log);
            if (reason.isPresent()) {
                return reason;
            }
            used.add(part.under());
        }
        for (NewCell cell : author.newCells()) {
            if (cell.kind() != CellKind.KEY) {
                continue;
            }
            Optional<Refusal> reason = key(cell, used, fresh, log);
            if (reason.isPresent()) {
                return reason;
            }
            // What was acknowledged was judged by whoever held it, and is never lost for what the record says by now.
            if (!acknowledged) {
                reason = order(author.session(), cell, log, registry);
                if (reason.isPresent()) {
                    return reason;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> part(CellPart part, Map<CellId, NewCell> fresh, LogView log) {
        if (find(part.cell(), fresh, log)
                .filter(cell -> cell.kind() == CellKind.KEY)
                .isPresent()) {
            return refuse(Code.MALFORMED, "a part lies in a cell that holds a key and nothing else");
        }
        if (!part.isRolled()) {
            return Optional.empty();
        }
        Optional<NewCell> key = find(part.under(), fresh, log);
        if (key.isEmpty()) {
            return refuse(Code.BAD_REFERENCE, "a part is sealed under a key nobody opened");
        }
        boolean fits = key.get().kind() == CellKind.KEY && key.get().subject().equals(part.cell());
        return fits ? Optional.empty() : refuse(Code.MALFORMED, "a part is sealed under the key of another cell");
    }

    /** Used at once, so that whoever reads all parts of a cell knows all its keys. */
    private static Optional<Refusal> key(NewCell key, Set<CellId> used, Map<CellId, NewCell> fresh, LogView log) {
        if (fresh.containsKey(key.subject())) {
            return refuse(Code.MALFORMED, "a cell is given a later key as it is opened");
        }
        if (find(key.subject(), fresh, log)
                .filter(cell -> cell.kind().mayRoll())
                .isEmpty()) {
            return refuse(Code.MALFORMED, "a cell of this kind is given no later key");
        }
        return used.contains(key.cell())
                ? Optional.empty()
                : refuse(Code.MALFORMED, "an entry draws a later key and seals nothing under it");
    }

    /**
     * A key is drawn where officers ordered it, and so often by one station: a hostile one could else give a cell keys without end, which
     * all who open it would have to be handed. Which cells an order means stands on the ledgers, of which each tier knows its own first
     * and which may be behind: tiers would judge one entry differently. That there is an order, and who drew which keys, all read from the
     * same log.
     */
    private static Optional<Refusal> order(Digest session, NewCell key, LogView log, Registry registry) {
        int orders = registry.rolls().size();
        if (orders == 0) {
            return refuse(Code.BAD_REFERENCE, "a later key is drawn and no order to roll stands");
        }
        Digest author = drawer(session, registry);
        long drawn = log.drawers(key.subject()).stream()
                .filter(one -> drawer(one, registry).equals(author))
                .count();
        return drawn < (long) orders * RecordLimits.KEYS_OF_ORDER_MAX
                ? Optional.empty()
                : refuse(Code.NOT_ALLOWED, "this station gave the cell more later keys than orders asked for");
    }

    /** The station of a session; of one the record has forgotten nobody can tell, and it counts for itself. */
    private static Digest drawer(Digest session, Registry registry) {
        return registry.session(session).map(Session::station).orElse(session);
    }

    private static Optional<NewCell> find(CellId cell, Map<CellId, NewCell> fresh, LogView log) {
        NewCell own = fresh.get(cell);
        return own != null ? Optional.of(own) : log.opened(cell);
    }

    private static Optional<Refusal> refuse(Code code, String sentence) {
        return Optional.of(Refusal.of(code, sentence));
    }
}
