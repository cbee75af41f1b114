package trimaran.application.care;

import java.util.Set;
import trimaran.application.Application;
import trimaran.application.Author;
import trimaran.application.Decision;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.kernel.RecordTime;
import trimaran.model.Placement;
import trimaran.record.CellKind;

/**
 * Accepts every clinical resource, and the house's own, whose author may write it, tombstones included: the office has asked
 * {@link trimaran.application.Roles} before. It reads no cell, so no finding is released to application for its sake.
 */
public final class Care implements Application {

    @Override
    public String name() {
        return "care";
    }

    /** Every FHIR type but identities and Encounters. Trimaran's own types each have their application. */
    @Override
    public boolean concerns(DraftItem item) {
        String type = item.type();
        return !type.startsWith("Trimaran.") && !type.equals("Encounter") && !Placement.IDENTITY.contains(type);
    }

    @Override
    public Set<CellKind> reads(DraftView draft) {
        return Set.of();
    }

    @Override
    public Decision decide(DraftView draft, StateView state, Author author, RecordTime now) {
        return Decision.accepted();
    }
}
