package trimaran.application.movements;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.application.CellState;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.model.ContinuityReview;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/**
 * Stays that a review names, told as the movement that made them so, over what stood before it: then the rules of movements judge
 * them, and know nothing of reviews. Where somebody has the same bed by now that is found as well: it is what a person must see.
 * What cannot be judged, because nobody here may look at it, is refused with {@code UNREAD} and waits for a person's sentence.
 */
final class Standing {

    private final DraftView review;
    private final StateView state;
    private final List<DraftView.Reviewed> stays;

    Standing(DraftView review, StateView state) {
        this.review = review;
        this.state = state;
        this.stays = review.reviewed().stream()
                .filter(one -> one.type().equals(EncounterRules.TYPE))
                .filter(one -> !one.nonetheless())
                .toList();
    }

    /** Whether the cells of a stay are read for this: a confirmation against the rules needs none of them. */
    static boolean isReviewOfAStay(DraftItem item) {
        return item.type().equals(ContinuityReview.TYPE)
                && item.content()
                        .filter(review -> review.items("target").stream()
                                .flatMap(target -> target.text("reference").stream())
                                .anyMatch(reference -> reference.startsWith(EncounterRules.TYPE + "/")))
                        .isPresent();
    }

    /** Why what is named cannot be judged by what was read. */
    Optional<Refusal> unread() throws MalformedException {
        for (DraftView.Reviewed stay : stays) {
            Optional<Refusal> wrong = unread(stay);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> unread(DraftView.Reviewed stay) throws MalformedException {
        if (stay.kind() != CellKind.STAY) {
            return refuse(Code.UNREAD, "", "no rule may look at where this visit lies: a person says why it stands");
        }
        Optional<CellState> cell = state.cell(stay.id().cell());
        if (cell.isEmpty()) {
            return refuse(Code.RULE, "", "this review needs the stay to be read");
        }
        Optional<CellState.Current> current = cell.get().resource(stay.id());
        if (current.or(() -> cell.get().removed(stay.id()))
                .filter(one -> is(one, stay.version()))
                .isEmpty()) {
            return refuse(Code.RULE, "", "what lies there is not the version the review names");
        }
        return current.isPresent() && liesSomewhere(current.get()) && !isOnABoard(stay.id())
                ? refuse(
                        Code.UNREAD,
                        ".location",
                        "the board of the ward was not read: somebody of the ward reviews this")
                : Optional.empty();
    }

    private static boolean is(CellState.Current current, long version) {
        return current.type().equals(EncounterRules.TYPE) && current.version() == version;
    }

    private static boolean liesSomewhere(CellState.Current encounter) throws MalformedException {
        return Stay.of(encounter.content()).phase() == Phase.PRESENT
                && !encounter.content().items("location").isEmpty();
    }

    private boolean isOnABoard(ResourceId stay) throws MalformedException {
        for (CellState ward : wards()) {
            for (CellState.Current line : lines(ward, stay)) {
                if (BedLine.read(line.content()) instanceof BedLine.Read.Line(BedLine read) && read.isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What application had approved before the movements that are judged. */
    StateView before() {
        List<CellState> then = new ArrayList<>();
        state.cells().forEach(cell -> {
            CellState one = cell;
            for (DraftView.Reviewed stay : stays) {
                if (stay.id().cell().equals(cell.cell())) {
                    one = one.without(stay.id());
                }
            }
            then.add(one);
        });
        return new StateView(then);
    }

    DraftView asMade() throws MalformedException {
        List<DraftItem> items = new ArrayList<>();
        Map<CellId, NewCell> touched = new HashMap<>();
        for (DraftView.Reviewed stay : stays) {
            CellState cell = state.cell(stay.id().cell()).orElseThrow();
            Optional<CellState.Current> before = cell.before(stay.id());
            Optional<CellState.Current> current = cell.resource(stay.id());
            Draft.Action action = current.isEmpty()
                    ? Draft.Action.DELETE
                    : before.isEmpty() ? Draft.Action.CREATE : Draft.Action.UPDATE;
            add(current.or(() -> cell.removed(stay.id())).orElseThrow(), action, items);
            touched.put(cell.cell(), cell.opening());
            for (CellState ward : wards()) {
                for (CellState.Current line : lines(ward, stay.id())) {
                    add(line, Draft.Action.UPDATE, items);
                    touched.put(ward.cell(), ward.opening());
                }
            }
        }
        return new DraftView(review.kind(), review.mayContinue(), review.authored(), items, touched, Set.of());
    }

    private List<CellState> wards() {
        return state.cells()
                .filter(cell -> cell.opening().kind() == CellKind.WARD)
                .toList();
    }

    /** The lines of a stay on one board. */
    private static List<CellState.Current> lines(CellState ward, ResourceId stay) throws MalformedException {
        Optional<String> encounter = Optional.of(EncounterRules.TYPE + "/" + stay);
        List<CellState.Current> lines = new ArrayList<>();
        for (CellState.Current line : ward.resources().values()) {
            if (line.type().equals(BedLine.TYPE)
                    && line.content().text("encounter", "reference").equals(encounter)) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static void add(CellState.Current one, Draft.Action action, List<DraftItem> items)
            throws MalformedException {
        boolean gone = action == Draft.Action.DELETE;
        items.add(new DraftItem(
                items.size(),
                one.id(),
                one.type(),
                action,
                one.version(),
                gone ? Optional.empty() : Optional.of(one.content())));
    }

    private static Optional<Refusal> refuse(Code code, String path, String sentence) {
        return Optional.of(Refusal.at(code, EncounterRules.TYPE + path, sentence));
    }
}
