package trimaran.keeper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;
import trimaran.record.CellPart;
import trimaran.record.Change;

/**
 * What a void entry found in its cells: how many parts each had before it, and the version of each resource it would have
 * changed. An entry that counts says so in its place; a void one says nothing, so its cells are walked back from it, each once
 * for all changes, over as many slices as it takes.
 */
final class PastVersions implements Checking {

    private final CopyRows rows;
    private final long index;
    private final Iterator<CellPart> left;
    private final Map<CellId, Long> parts = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();
    private final Set<Long> sought = new HashSet<>();
    private Optional<Walk> walk = Optional.empty();

    /** One cell, walked from its last part before the entry to its first. */
    private static final class Walk {
        private final CellId cell;
        private final Iterator<Change> unasked;
        private long sequence;

        Walk(CellId cell, List<Change> changes, long parts) {
            this.cell = cell;
            this.unasked = changes.iterator();
            this.sequence = parts - 1;
        }
    }

    PastVersions(CopyRows rows, CopyRows.Read read) {
        this.rows = rows;
        this.index = read.stored().index();
        this.left = read.header().author().parts().iterator();
    }

    @Override
    public boolean goOn() {
        while (!rows.slice().isOver()) {
            if (walk.isEmpty()) {
                if (!left.hasNext()) {
                    return true;
                }
                begin(left.next());
            } else if (isOver(walk.get())) {
                walk = Optional.empty();
            }
        }
        return false;
    }

    private void begin(CellPart part) {
        long before = rows.partsBefore(part.cell(), index);
        parts.put(part.cell(), before);
        sought.clear();
        walk = Optional.of(new Walk(part.cell(), part.changes(), before));
    }

    /** One step of a walk: what has no version today had none before. */
    private boolean isOver(Walk of) {
        if (of.unasked.hasNext()) {
            long local = of.unasked.next().local();
            if (rows.version(new ResourceId(of.cell, local)) > 0) {
                sought.add(local);
            }
            return false;
        }
        if (of.sequence < 0 || sought.isEmpty()) {
            return true;
        }
        rows.part(of.cell, of.sequence--)
                .ifPresent(at -> rows.entry(at.index()).ifPresent(read -> look(of.cell, read, at.part())));
        return false;
    }

    private void look(CellId cell, CopyRows.Read read, int part) {
        if (part >= read.place().parts().size()) {
            return;
        }
        List<Change> changes = read.header().author().parts().get(part).changes();
        List<Long> given = read.place().parts().get(part).versions();
        for (int i = 0; i < Math.min(changes.size(), given.size()); i++) {
            long local = changes.get(i).local();
            if (sought.remove(local)) {
                versions.put(new ResourceId(cell, local), given.get(i));
            }
        }
    }

    /** How many parts a cell of the entry had; empty for another cell, or none was walked. */
    Optional<Long> parts(CellId cell) {
        return Optional.ofNullable(parts.get(cell));
    }

    /** The version of a resource the entry would have changed, 0 for none. */
    long version(ResourceId resource) {
        return versions.getOrDefault(resource, 0L);
    }
}
