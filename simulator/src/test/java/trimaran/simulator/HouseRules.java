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
 * Rules beside those of the real applications, so that a run sees noes and stale yeses often: refuses procedures, and relies
 * for a condition on the cells it writes to being as they are, so that approvals are used up by what others write.
 */
final class HouseRules implements Application {

    private final Keeper keeper;

    HouseRules(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public String name() {
        return "house rules";
    }

    @Override
    public boolean concerns(DraftItem item) {
        return item.type().equals("Procedure") || item.type().equals("Condition");
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
