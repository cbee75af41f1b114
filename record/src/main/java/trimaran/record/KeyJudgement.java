package trimaran.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * Judges under which keys an entry is sealed (DESIGN §6 After a fall). An entry under an older key counts although a newer one has
 * its place: it may have been written before, and nothing acknowledged is lost. Whoever means harm could show what they write to
 * anybody anyway.
 */
final class KeyJudgement {

    private KeyJudgement() {}

    /** What speaks against the cells of kind {@link CellKind#KEY} an entry opens, or is sealed under. */
    static Optional<Refusal> judge(AuthorPart author, LogView log) {
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
            Optional<Refusal> reason = cell.kind() == CellKind.KEY ? key(cell, used, fresh, log) : Optional.empty();
            if (reason.isPresent()) {
                return reason;
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
        if (find(key.subject(), fresh, log)
                .filter(cell -> cell.kind().mayRoll())
                .isEmpty()) {
            return refuse(Code.MALFORMED, "a cell of this kind is given no later key");
        }
        return used.contains(key.cell())
                ? Optional.empty()
                : refuse(Code.MALFORMED, "an entry draws a later key and seals nothing under it");
    }

    private static Optional<NewCell> find(CellId cell, Map<CellId, NewCell> fresh, LogView log) {
        NewCell own = fresh.get(cell);
        return own != null ? Optional.of(own) : log.opened(cell);
    }

    private static Optional<Refusal> refuse(Code code, String sentence) {
        return Optional.of(Refusal.of(code, sentence));
    }
}
