package trimaran.keeper;

import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
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

    @Override
    public long version(ResourceId resource) {
        return copy.version(resource);
    }

    @Override
    public boolean placed(Digest entry) {
        return copy.placed(entry);
    }
}
