package trimaran.keeper;

import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
import trimaran.record.LogView;

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
    public boolean cellExists(CellId cell) {
        return copy.cellExists(cell)
                || (!own.contains(cell) && !held.index().opening(cell).isEmpty());
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
