package trimaran.application.movements;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import trimaran.application.Application;
import trimaran.application.Author;
import trimaran.application.Decision;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.model.Placement;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/**
 * Identity and movements: admit, transfer, discharge and their cancellations, after IHE PAM (France 2.11) as far as FHIR
 * says the same. A history of finished stays claims no bed and is held to its own dates only.
 */
public final class Movements implements Application {

    @Override
    public String name() {
        return "movements";
    }

    @Override
    public boolean concerns(DraftItem item) {
        return Placement.IDENTITY.contains(item.type()) || isMovement(item) || Standing.isReviewOfAStay(item);
    }

    private static boolean isMovement(DraftItem item) {
        return item.type().equals(EncounterRules.TYPE) || item.type().equals(BedLine.TYPE);
    }

    /** Nothing for a new Encounter alone; otherwise the stay, and the wards the draft names. */
    @Override
    public Set<CellKind> reads(DraftView draft) {
        boolean looksBack = draft.items().stream()
                .anyMatch(item -> item.type().equals(BedLine.TYPE)
                        || Standing.isReviewOfAStay(item)
                        || (item.type().equals(EncounterRules.TYPE)
                                && item.action() != Draft.Action.CREATE
                                && isStay(draft, item)));
        return looksBack ? EnumSet.of(CellKind.STAY, CellKind.WARD) : EnumSet.noneOf(CellKind.class);
    }

    /** Whether an Encounter lies in a cell of its own: inpatient, emergency. Others claim no bed and have no phases. */
    static boolean isStay(DraftView draft, DraftItem item) {
        NewCell cell = draft.touched().get(item.id().cell());
        return cell != null && cell.kind() == CellKind.STAY;
    }

    @Override
    public Decision decide(DraftView draft, StateView state, Author author, RecordTime now) {
        Optional<Refusal> refusal;
        try {
            Optional<Refusal> early = IdentityRules.refusal(draft).or(() -> EncounterRules.ofDates(draft));
            refusal = early.isPresent() ? early : withState(draft, state, now);
            if (refusal.isEmpty()) {
                refusal = standing(draft, state, now);
            }
        } catch (MalformedException malformed) {
            refusal = Optional.of(Refusal.of(Code.RULE, "a stay or bed line in the record cannot be read"));
        }
        return refusal.<Decision>map(Decision.Refused::new)
                .orElseGet(() -> Decision.accepted(state.premises(draft.fresh())));
    }

    /** A review is judged as the movement that made what stands there now, over what stood there before. */
    private static Optional<Refusal> standing(DraftView draft, StateView state, RecordTime now)
            throws MalformedException {
        Standing standing = new Standing(draft, state);
        Optional<Refusal> unread = standing.unread();
        if (unread.isPresent()) {
            return unread;
        }
        DraftView made = standing.asMade();
        Optional<Refusal> dates = EncounterRules.ofDates(made);
        return dates.isPresent() ? dates : withState(made, standing.before(), now);
    }

    private static Optional<Refusal> withState(DraftView draft, StateView state, RecordTime now)
            throws MalformedException {
        Optional<Refusal> encounters = new EncounterRules(draft, state).refusal();
        return encounters.isPresent() ? encounters : new BedRules(draft, state, now).refusal();
    }
}
