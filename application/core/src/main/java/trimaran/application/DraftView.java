package trimaran.application;

import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;

/**
 * What a rule sees of an entry before it stands in the record.
 *
 * @param authored the station's wall clock when it was written
 * @param touched the openings of all cells the entry writes to, those it opens itself included
 * @param fresh the cells this entry opens: nothing is in them yet
 * @param reviewed what its reviews name, once the office has settled that they may be reviewed by this author
 */
public record DraftView(
        EntryKind kind,
        boolean mayContinue,
        WallTime authored,
        List<DraftItem> items,
        Map<CellId, NewCell> touched,
        Set<CellId> fresh,
        List<Reviewed> reviewed) {

    /**
     * A version nobody approved when it was written.
     *
     * @param nonetheless whether whoever reviews it confirms it against what a rule would say
     */
    public record Reviewed(String type, ResourceId id, CellKind kind, long version, boolean nonetheless) {}

    /** One that reviews nothing. */
    public DraftView(
            EntryKind kind,
            boolean mayContinue,
            WallTime authored,
            List<DraftItem> items,
            Map<CellId, NewCell> touched,
            Set<CellId> fresh) {
        this(kind, mayContinue, authored, items, touched, fresh, List.of());
    }

    public DraftView {
        items = List.copyOf(items);
        touched = Map.copyOf(touched);
        fresh = Set.copyOf(fresh);
        reviewed = List.copyOf(reviewed);
    }

    DraftView reviewing(List<Reviewed> versions) {
        return new DraftView(kind, mayContinue, authored, items, touched, fresh, versions);
    }

    public boolean has(String type) {
        return items.stream().anyMatch(item -> item.type().equals(type));
    }

    public List<DraftItem> items(String type) {
        return items.stream().filter(item -> item.type().equals(type)).toList();
    }
}
