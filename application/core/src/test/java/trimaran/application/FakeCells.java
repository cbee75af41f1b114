package trimaran.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    long since;
    int walked;
    final Map<Digest, Digest> badges = new HashMap<>();

    @Override
    public Optional<Digest> badge(Digest session) {
        return Optional.ofNullable(badges.get(session));
    }

    @Override
    public long version(ResourceId id) {
        return Optional.ofNullable(written.get(id)).map(Written::version).orElse(0L);
    }

    /** Each resource by a part of its own, and behind them as many parts that wrote nothing of these. */
    @Override
    public long parts(CellId cell) {
        return here(cell).size() + since;
    }

    @Override
    public Map<Long, Written> written(CellId cell, long part) {
        walked++;
        List<ResourceId> here = here(cell);
        if (part >= here.size()) {
            return Map.of();
        }
        ResourceId id = here.get((int) part);
        return Map.of(id.local(), Optional.ofNullable(written.get(id)).orElseThrow());
    }

    private List<ResourceId> here(CellId cell) {
        return written.keySet().stream()
                .filter(id -> id.cell().equals(cell))
                .sorted()
                .toList();
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
