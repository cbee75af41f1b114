package trimaran.application;

import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.WallTime;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;

/**
 * What a rule sees of an entry before it stands in the record.
 *
 * @param authored the station's wall clock when it was written
 * @param touched the openings of all cells the entry writes to, those it opens itself included
 * @param fresh the cells this entry opens: nothing is in them yet
 */
public record DraftView(
        EntryKind kind,
        boolean mayContinue,
        WallTime authored,
        List<DraftItem> items,
        Map<CellId, NewCell> touched,
        Set<CellId> fresh) {

    public DraftView {
        items = List.copyOf(items);
        touched = Map.copyOf(touched);
        fresh = Set.copyOf(fresh);
    }

    public boolean has(String type) {
        return items.stream().anyMatch(item -> item.type().equals(type));
    }

    public List<DraftItem> items(String type) {
        return items.stream().filter(item -> item.type().equals(type)).toList();
    }
}
