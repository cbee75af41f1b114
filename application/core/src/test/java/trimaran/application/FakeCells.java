package trimaran.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Receipt;
import trimaran.record.NewCell;

/** Cells in clear, handed out when the test says so. */
final class FakeCells implements CellSource {

    final Map<CellId, OpenCell> cells = new HashMap<>();
    final List<CellId> asked = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();

    final Map<ResourceId, Written> written = new HashMap<>();
    final Map<Digest, Digest> badges = new HashMap<>();

    @Override
    public Optional<Digest> badge(Digest session) {
        return Optional.ofNullable(badges.get(session));
    }

    @Override
    public Map<Long, Written> written(CellId cell, Set<Long> locals) {
        Map<Long, Written> here = new HashMap<>();
        written.forEach((id, one) -> {
            if (id.cell().equals(cell) && locals.contains(id.local())) {
                here.put(id.local(), one);
            }
        });
        return here;
    }

    void add(NewCell opening, OpenCell.Part... parts) {
        cells.put(opening.cell(), new OpenCell(opening, List.of(parts)));
    }

    void answer() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    @Override
    public Optional<NewCell> opening(CellId cell) {
        return Optional.ofNullable(cells.get(cell)).map(OpenCell::opening);
    }

    @Override
    public void open(Digest entry, Receipt receipt, List<CellId> wanted, Consumer<Outcome<List<OpenCell>>> answer) {
        asked.addAll(wanted);
        List<OpenCell> opened = wanted.stream()
                .map(id -> Optional.ofNullable(cells.get(id)).orElseThrow())
                .toList();
        waiting.add(() -> answer.accept(Outcome.done(opened)));
    }
}
