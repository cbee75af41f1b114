package trimaran.application;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;
import trimaran.record.Premise;

/** The part of the record a rule was given for one decision. What is not in it was not given, which is not the same as empty. */
public final class StateView {

    private final Map<CellId, CellState> cells = new LinkedHashMap<>();

    public StateView(List<CellState> states) {
        states.forEach(state -> cells.put(state.cell(), state));
    }

    public Optional<CellState> cell(CellId cell) {
        return Optional.ofNullable(cells.get(cell));
    }

    public Stream<CellState> cells() {
        return cells.values().stream();
    }

    public Optional<CellState.Current> resource(ResourceId id) {
        return cell(id.cell()).flatMap(cell -> cell.resource(id));
    }

    /** Only the cells of these kinds: what another application asked for is not this one's to see. */
    StateView of(Set<CellKind> kinds) {
        return new StateView(
                cells().filter(state -> kinds.contains(state.opening().kind())).toList());
    }

    /** A premise for every cell given that was there before this entry. */
    public List<Premise> premises(Set<CellId> fresh) {
        return cells().filter(state -> !fresh.contains(state.cell()))
                .map(CellState::premise)
                .toList();
    }
}
