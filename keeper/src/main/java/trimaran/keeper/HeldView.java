package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.AuthorPart;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.LogView;
import trimaran.record.NewCell;

/**
 * The log as if what is held stood in it already, as far as cells go: an entry may lean on one held before it.
 *
 * @param own cells that are looked for in the log alone: of one that is held already, those it opens itself, since neither it
 *     nor another one held has opened them yet
 */
record HeldView(Copy copy, HeldSet held, Set<CellId> own) implements LogView {

    @Override
    public CellHead head(CellId cell) {
        return copy.head(cell);
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        return copy.opened(cell)
                .or(() -> own.contains(cell) ? Optional.empty() : new HeldSearch(held, copy).opening(cell));
    }

    /** What is held counts, too: or as many could be held at once as somebody likes, and all be acknowledged. */
    @Override
    public List<Digest> drawers(CellId cell) {
        Map<CellId, Digest> fresh = new HashMap<>();
        for (Digest entry : held.index().openingFor(cell)) {
            AuthorPart author = held.of(entry).orElseThrow().header().author();
            author.newCells().stream()
                    .filter(key -> key.kind() == CellKind.KEY && key.subject().equals(cell))
                    .filter(key ->
                            !own.contains(key.cell()) && copy.opened(key.cell()).isEmpty())
                    .forEach(key -> fresh.putIfAbsent(key.cell(), author.session()));
        }
        List<Digest> drawers = new ArrayList<>(copy.drawers(cell));
        drawers.addAll(fresh.values());
        return drawers;
    }

    @Override
    public long version(ResourceId resource) {
        return copy.version(resource);
    }

    @Override
    public boolean placed(Digest entry) {
        return copy.placed(entry);
    }
}
