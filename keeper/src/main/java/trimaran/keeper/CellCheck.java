package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.PlacedPart;

/**
 * Walks one cell from its first part to its last: each part lies where its entry says, continues the chain and gives every
 * resource its next version; the head and the version rows are what comes out, no more and no less. Versions are compared a page
 * at a time, each page with a walk of its own, so that a cell of any size fits the heap.
 */
final class CellCheck implements Checking {

    /** Parts looked at between two breaths of the loop: a header each. */
    static final int PARTS = 128;

    /** Resources compared in one walk: some two mebibytes. */
    static final int PAGE = 16_384;

    private final Store store;
    private final Copy copy;
    private final CopyRows rows;
    private final CheckFaults faults;
    private final CellId cell;
    private final int page;
    private final Map<Long, Resource> resources = new HashMap<>();
    private long firstLocal;
    private long lastLocal;
    private boolean lastPage;
    private CellHead head;
    private long before = -1;

    /** A resource with a version row: to which version the parts walked so far bring it. */
    private static final class Resource {
        private long seen;
        private boolean found;
    }

    CellCheck(Store store, Copy copy, CopyRows rows, CheckFaults faults, CellId cell, int page) {
        this.store = store;
        this.copy = copy;
        this.rows = rows;
        this.faults = faults;
        this.cell = cell;
        this.page = page;
        this.head = CellHead.empty(cell);
        turnTo(0);
    }

    /** Begins a walk for the version rows from a resource on. */
    private void turnTo(long local) {
        resources.clear();
        firstLocal = local;
        boolean[] more = {false};
        store.scan(
                Space.VERSIONS, Key.resource(new ResourceId(cell, local)), Key.after(Key.cell(cell)), (key, value) -> {
                    more[0] = resources.size() == page;
                    if (!more[0]) {
                        rows.slice().row(value.size());
                        lastLocal = Copy.own(key, ResourceId::read).local();
                        resources.put(lastLocal, new Resource());
                    }
                    return !more[0];
                });
        lastPage = !more[0];
        head = CellHead.empty(cell);
        before = -1;
    }

    @Override
    public boolean goOn() {
        List<Copy.PartAt> parts = new ArrayList<>();
        boolean[] gap = {false};
        store.scan(
                Space.CELLS,
                Key.cellItem(cell, Key.CellItem.PART, head.parts()),
                Key.cellItem(cell, Key.CellItem.HEAD, 0),
                (key, value) -> {
                    long sequence = Copy.own(
                            Bytes.ofRange(key.unsafeArray(), CellId.SIZE_BYTES + 1, key.size()), Reader::count);
                    gap[0] = sequence != head.parts() + parts.size();
                    if (!gap[0]) {
                        parts.add(CopyRows.partAt(value));
                    }
                    return !gap[0] && parts.size() < PARTS;
                });
        int taken = 0;
        for (Copy.PartAt at : parts) {
            if (taken > 0 && rows.slice().isOver()) {
                return false;
            }
            if (!part(at)) {
                return true;
            }
            taken++;
        }
        if (gap[0]) {
            faults.add("part " + head.parts() + " of cell " + cell + " is missing");
            return true;
        }
        return parts.size() < PARTS && compared();
    }

    /** Takes one more part. False if the cell cannot be followed any further. */
    private boolean part(Copy.PartAt at) {
        long sequence = head.parts();
        Optional<CopyRows.Read> read = at.index() < copy.size() ? rows.entry(at.index()) : Optional.empty();
        boolean there = read.isPresent()
                && at.part() < read.get().place().parts().size()
                && PastLog.fits(read.get())
                && read.get().header().author().parts().get(at.part()).cell().equals(cell);
        if (!there) {
            faults.add("part " + sequence + " of cell " + cell + " leads to no such part");
            return false;
        }
        CellPart part = read.get().header().author().parts().get(at.part());
        PlacedPart placed = read.get().place().parts().get(at.part());
        if (placed.sequence() != sequence || at.index() <= before) {
            faults.add("part " + sequence + " of cell " + cell + " is not in its order");
            return false;
        }
        faults.require(
                placed.previous().equals(head.chain()),
                "entry " + at.index() + " does not continue the chain of cell " + cell);
        for (int i = 0; i < placed.versions().size(); i++) {
            version(at.index(), part.changes().get(i).local(), placed.versions().get(i));
        }
        Digest entry = read.get().header().digest();
        head = head.plus(entry, part.blob());
        before = at.index();
        return true;
    }

    private void version(long index, long local, long version) {
        if (local < firstLocal || (!lastPage && local > lastLocal)) {
            return;
        }
        Resource resource = resources.get(local);
        if (resource == null && rows.version(new ResourceId(cell, local)) > 0) {
            // It came while the cell was walked.
            resource = new Resource();
            resources.put(local, resource);
        }
        if (resource == null) {
            faults.add("the version of resource " + new ResourceId(cell, local) + " is missing");
            return;
        }
        faults.require(
                version == resource.seen + 1,
                "entry " + index + " gives resource " + new ResourceId(cell, local) + " version " + version + " after "
                        + resource.seen);
        resource.seen = version;
    }

    /** The walk has come to the end the cell has at this moment: the rows must be what came out. True after the last page. */
    private boolean compared() {
        CellHead kept = rows.head(cell).orElse(CellHead.empty(cell));
        faults.require(kept.equals(head), "the head of cell " + cell + " is not what its entries say");
        // One scan, not a look-up each: all of it at this moment, and thousands in a few milliseconds.
        store.scan(
                Space.VERSIONS,
                Key.resource(new ResourceId(cell, firstLocal)),
                lastPage ? Key.after(Key.cell(cell)) : Key.resource(new ResourceId(cell, lastLocal + 1)),
                (key, value) -> {
                    rows.slice().row(value.size());
                    Resource resource =
                            resources.get(Copy.own(key, ResourceId::read).local());
                    if (resource != null) {
                        resource.found = Copy.<Long>own(value, Reader::u32) == resource.seen;
                    }
                    return true;
                });
        resources.forEach((local, resource) -> faults.require(
                resource.found,
                "the version of resource " + new ResourceId(cell, local) + " is not what its entries say"));
        if (!lastPage) {
            turnTo(lastLocal + 1);
            return false;
        }
        return true;
    }
}
