package trimaran.application.movements;

import java.util.Optional;
import trimaran.application.CellState;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.JsonValue;
import trimaran.application.StateView;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;

/** What may become of an Encounter. */
final class EncounterRules {

    static final String TYPE = "Encounter";

    private final DraftView draft;
    private final StateView state;

    EncounterRules(DraftView draft, StateView state) {
        this.draft = draft;
        this.state = state;
    }

    /** Dates in order, for every Encounter, finished ones of an import too. */
    static Optional<Refusal> ofDates(DraftView draft) {
        for (DraftItem item : draft.items(TYPE)) {
            Optional<Refusal> wrong = item.content().flatMap(content -> dates(item, content));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> dates(DraftItem item, JsonValue encounter) {
        if (!Span.of(encounter).inOrder()) {
            return refuse(Code.RULE, item.place("period"), "the stay ends before it begins");
        }
        for (JsonValue location : encounter.items("location")) {
            if (!Span.of(location).inOrder()) {
                return refuse(Code.RULE, item.place("location.period"), "the time in a place ends before it begins");
            }
        }
        return Optional.empty();
    }

    Optional<Refusal> refusal() throws MalformedException {
        for (DraftItem item : draft.items(TYPE)) {
            if (item.action() == Draft.Action.UPDATE && Movements.isStay(draft, item)) {
                Optional<Refusal> wrong = update(item);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> update(DraftItem item) throws MalformedException {
        Optional<CellState.Current> current = state.resource(item.id());
        if (state.cell(item.id().cell()).isEmpty()) {
            return refuse(Code.RULE, item.place(""), "this change needs the stay to be read");
        }
        if (current.isEmpty() || item.content().isEmpty()) {
            // What it replaces is gone: a conflict of versions, which the place tells, not a rule.
            return Optional.empty();
        }
        return step(
                item, Stay.of(current.get().content()), Stay.of(item.content().get()));
    }

    private static Optional<Refusal> step(DraftItem item, Stay was, Stay is) {
        return switch (was.phase()) {
            case UNKNOWN -> Optional.empty();
            case EXPECTED ->
                is.phase() == Phase.LEFT
                        ? refuse(Code.NOT_ADMITTED, item.place("status"), "nobody is discharged who was not admitted")
                        : Optional.empty();
            case PRESENT ->
                is.phase() == Phase.LEFT && is.span().end().isEmpty()
                        ? refuse(Code.RULE, item.place("period.end"), "a discharge says when")
                        : Optional.empty();
            case LEFT -> afterDischarge(item, was, is);
            case NEVER ->
                is.phase() == Phase.NEVER
                        ? Optional.empty()
                        : refuse(Code.NOT_ADMITTED, item.place("status"), "a cancelled stay is not taken up again");
        };
    }

    private static Optional<Refusal> afterDischarge(DraftItem item, Stay was, Stay is) {
        return switch (is.phase()) {
            case LEFT ->
                was.end().equals(is.end())
                        ? Optional.empty()
                        : refuse(
                                Code.ALREADY_DISCHARGED,
                                item.place("period.end"),
                                "this stay is discharged; cancel the discharge to change its time");
            case PRESENT ->
                is.end().isEmpty()
                        ? Optional.empty()
                        : refuse(Code.RULE, item.place("period.end"), "a cancelled discharge leaves no end");
            case NEVER ->
                is.status().equals("entered-in-error")
                        ? Optional.empty()
                        : refuse(Code.ALREADY_DISCHARGED, item.place("status"), "a stay that ended is not cancelled");
            case EXPECTED ->
                refuse(Code.ALREADY_DISCHARGED, item.place("status"), "a stay that ended is not expected again");
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Refusal> refuse(Code code, String place, String sentence) {
        return Optional.of(Refusal.at(code, place, sentence));
    }
}
