package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.PlacedPart;

final class CellStateTest {

    private final NewCell stay = new Hospital(1).cell(CellKind.STAY);

    @Test
    void theLastVersionOfEachResourceCountsAndATombstoneTakesItAway() throws MalformedException {
        CellState state = CellState.fold(new OpenCell(
                stay, List.of(part(0, 1, 1, false, "a"), part(1, 2, 1, false, "b"), part(2, 1, 2, false, "c"))));
        assertThat(state.premise().sequence()).isEqualTo(3);
        assertThat(state.resource(new ResourceId(stay.cell(), 1)).orElseThrow().json())
                .isEqualTo(Bytes.ofText("c"));
        assertThat(state.resource(new ResourceId(stay.cell(), 1)).orElseThrow().version())
                .isEqualTo(2);
        CellState after =
                CellState.fold(new OpenCell(stay, List.of(part(0, 1, 1, false, "a"), part(1, 1, 2, true, ""))));
        assertThat(after.resources()).isEmpty();
        assertThat(after.sequence()).isEqualTo(2);
    }

    @Test
    void whatTheLastChangeReplacedIsKept() throws MalformedException {
        ResourceId id = new ResourceId(stay.cell(), 1);
        CellState changed =
                CellState.fold(new OpenCell(stay, List.of(part(0, 1, 1, false, "a"), part(1, 1, 2, false, "b"))));
        assertThat(changed.before(id).orElseThrow().json()).isEqualTo(Bytes.ofText("a"));
        assertThat(changed.without(id).resource(id)).isEqualTo(changed.before(id));
        CellState gone =
                CellState.fold(new OpenCell(stay, List.of(part(0, 1, 1, false, "a"), part(1, 1, 2, true, ""))));
        assertThat(gone.before(id).orElseThrow().version()).isEqualTo(1);
        CellState made = CellState.fold(new OpenCell(stay, List.of(part(0, 1, 1, false, "a"))));
        assertThat(made.before(id)).isEmpty();
        assertThat(made.without(id).resource(id)).isEmpty();
    }

    /** What nobody judged is no ground to judge by. */
    @Test
    void beforeIsWhatWasApprovedLast() throws MalformedException {
        ResourceId id = new ResourceId(stay.cell(), 1);
        CellState changed = CellState.fold(new OpenCell(
                stay,
                List.of(
                        part(0, 1, 1, false, "a"),
                        unapproved(part(1, 1, 2, false, "b")),
                        unapproved(part(2, 1, 3, false, "c")))));
        assertThat(changed.before(id).orElseThrow().version()).isEqualTo(1);
        CellState gone = CellState.fold(new OpenCell(
                stay, List.of(unapproved(part(0, 1, 1, false, "a")), unapproved(part(1, 1, 2, true, "")))));
        assertThat(gone.before(id)).isEmpty();
        assertThat(gone.removed(id).orElseThrow().version()).isEqualTo(2);
        assertThat(gone.without(id).resource(id)).isEmpty();
    }

    private static OpenCell.Part unapproved(OpenCell.Part part) {
        return new OpenCell.Part(part.part(), part.placed(), part.content(), false);
    }

    @Test
    void aMissingPartIsNoticed() {
        assertThatThrownBy(() -> CellState.fold(
                        new OpenCell(stay, List.of(part(0, 1, 1, false, "a"), part(2, 1, 3, false, "c")))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void contentThatDoesNotFitItsHeaderIsRefused() {
        OpenCell.Part good = part(0, 1, 1, false, "a");
        PartContent more = new PartContent(
                "",
                List.of(good.content().items().getFirst(), new PartContent.Item(9, "Encounter", Bytes.ofText("x"))));
        assertThatThrownBy(() -> CellState.fold(
                        new OpenCell(stay, List.of(new OpenCell.Part(good.part(), good.placed(), more, true)))))
                .isInstanceOf(MalformedException.class);
    }

    private OpenCell.Part part(long sequence, long local, long version, boolean removes, String json) {
        return new OpenCell.Part(
                new CellPart(stay.cell(), Digest.ZERO, 0, List.of(new Change(local, version - 1, removes))),
                new PlacedPart(sequence, Digest.ZERO, List.of(version)),
                new PartContent("", List.of(new PartContent.Item(local, "Encounter", Bytes.ofText(json)))),
                true);
    }
}
