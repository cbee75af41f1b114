package trimaran.keeper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Verdict;

/**
 * The log as it was before one entry, read back from today's rows, so that nothing has to be remembered that grows with it.
 * For what the entry itself touches its place is believed: {@link CellCheck} walks every cell and holds each place against the
 * parts before it.
 */
final class PastLog implements LogView {

    private final CopyRows rows;
    private final PastVersions past;
    private final long index;
    private final Map<CellId, CellHead> heads = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();

    /** @param past what a void entry found; not asked for an entry that counts */
    PastLog(CopyRows rows, CopyRows.Read read, PastVersions past) {
        this.rows = rows;
        this.past = past;
        this.index = read.stored().index();
        Place place = read.place();
        if (place.verdict() == Verdict.VOID) {
            return;
        }
        List<CellPart> parts = read.header().author().parts();
        for (int i = 0; i < parts.size(); i++) {
            PlacedPart placed = place.parts().get(i);
            CellId cell = parts.get(i).cell();
            heads.put(cell, new CellHead(cell, placed.sequence(), placed.previous()));
            for (int k = 0; k < placed.versions().size(); k++) {
                versions.put(
                        new ResourceId(cell, parts.get(i).changes().get(k).local()),
                        placed.versions().get(k) - 1);
            }
        }
    }

    /** Whether a place has as many parts and versions as its entry has parts and changes; else it cannot be judged. */
    static boolean fits(CopyRows.Read read) {
        if (read.place().verdict() == Verdict.VOID) {
            return true;
        }
        List<CellPart> parts = read.header().author().parts();
        List<PlacedPart> placed = read.place().parts();
        if (parts.size() != placed.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).changes().size() != placed.get(i).versions().size()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public CellHead head(CellId cell) {
        CellHead own = heads.get(cell);
        return own != null
                ? own
                : new CellHead(cell, past.parts(cell).orElseGet(() -> rows.partsBefore(cell, index)), Digest.ZERO);
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        return rows.opening(cell).filter(opening -> opening.index() < index).map(Copy.Opening::cell);
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        return rows.keys(cell).stream()
                .flatMap(key -> rows.opening(key).stream())
                .filter(opening -> opening.index() < index)
                .flatMap(opening -> rows.entry(opening.index()).stream())
                .map(read -> read.header().author().session())
                .toList();
    }

    @Override
    public long version(ResourceId resource) {
        Long own = versions.get(resource);
        return own != null ? own : past.version(resource);
    }

    @Override
    public boolean placed(Digest entry) {
        return rows.position(entry) < index;
    }
}
