package trimaran.simulator;

import java.util.List;
import java.util.Set;
import trimaran.application.Application;
import trimaran.application.Author;
import trimaran.application.Decision;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.keeper.Keeper;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;
import trimaran.record.Premise;

/**
 * The smallest application: accepts observations, refuses procedures, and relies for a condition on the cells it writes to
 * being as they are, so that approvals with premises are used up by what others write.
 */
final class Care implements Application {

    private final Keeper keeper;

    Care(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public String name() {
        return "care";
    }

    @Override
    public boolean concerns(DraftItem item) {
        return true;
    }

    @Override
    public Set<CellKind> reads(DraftView draft) {
        return Set.of();
    }

    @Override
    public Decision decide(DraftView draft, StateView state, Author author, RecordTime now) {
        if (draft.has("Procedure")) {
            return Decision.refused(Code.RULE, "procedures are refused here", "Procedure");
        }
        if (!draft.has("Condition")) {
            return Decision.accepted();
        }
        List<Premise> premises = draft.touched().keySet().stream()
                .filter(cell -> !draft.fresh().contains(cell))
                .sorted()
                .map(cell -> new Premise(cell, keeper.copy().head(cell).parts()))
                .toList();
        return Decision.accepted(premises);
    }
}
