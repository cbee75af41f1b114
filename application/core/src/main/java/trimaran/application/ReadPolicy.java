package trimaran.application;

import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.CellId;
import trimaran.record.NewCell;

/**
 * Which cells a rule may read for an entry (DESIGN §6, "Shown to application"): same patient, same ward, and only for an
 * entry that moves somebody, or has it judged how somebody was moved: what a person confirms with a sentence nobody judges, so nothing
 * is read for it. Identity, dossier and quarters are never read: names and findings decide nothing here.
 */
public final class ReadPolicy {

    /** The types whose rules look at what is there already. */
    private static final Set<String> MOVEMENTS = Set.of("Encounter", "Trimaran.Bed");

    private ReadPolicy() {}

    /** Whether this cell may be opened for this draft. */
    public static boolean permits(DraftView draft, Author author, NewCell cell) {
        boolean moves = draft.items().stream().anyMatch(item -> MOVEMENTS.contains(item.type()))
                || draft.reviewed().stream().anyMatch(one -> !one.nonetheless() && MOVEMENTS.contains(one.type()));
        if (!moves) {
            return false;
        }
        return switch (cell.kind()) {
            case STAY -> subjects(draft).contains(cell.subject());
            case WARD ->
                draft.touched().containsKey(cell.cell())
                        || subjects(draft).contains(cell.subject())
                        || author.wards().contains(cell.cell())
                        || author.wards().contains(cell.subject());
            case IDENTITY, DOSSIER, QUARTER, HOUSE, SEARCH, LOOKUP, KEY -> false;
        };
    }

    /** The patients and wards the entry writes about. A ward's cells of several weeks share one subject. */
    private static Set<CellId> subjects(DraftView draft) {
        return draft.touched().values().stream().map(NewCell::subject).collect(Collectors.toSet());
    }
}
