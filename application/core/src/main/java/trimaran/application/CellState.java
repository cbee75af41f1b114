package trimaran.application;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;
import trimaran.record.Change;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.Premise;

/**
 * What a cell says now: its current resources, and how many parts that took.
 *
 * @param opening what keepers know of the cell: kind and subject
 * @param sequence how many parts were folded, which a premise names
 * @param resources the current version of each, without those taken back
 * @param before the version application approved last before the present one, or before it was taken back: what nobody judged is no
 *     ground to judge by
 * @param removed what was taken back, with the version that says so and no content
 */
public record CellState(
        NewCell opening,
        long sequence,
        Map<ResourceId, Current> resources,
        Map<ResourceId, Current> before,
        Map<ResourceId, Current> removed) {

    public CellState {
        resources = Map.copyOf(resources);
        before = Map.copyOf(before);
        removed = Map.copyOf(removed);
    }

    /** One in which nothing was changed since it was made. */
    public CellState(NewCell opening, long sequence, Map<ResourceId, Current> resources) {
        this(opening, sequence, resources, Map.of(), Map.of());
    }

    /** The current version of a resource. */
    public record Current(ResourceId id, String type, long version, Bytes json) {

        public JsonValue content() throws MalformedException {
            return JsonValue.parse(json);
        }
    }

    public CellId cell() {
        return opening.cell();
    }

    /** What a rule names that relied on this state. */
    public Premise premise() {
        return new Premise(cell(), sequence);
    }

    public Optional<Current> resource(ResourceId id) {
        return Optional.ofNullable(resources.get(id));
    }

    /** What of a resource was approved last, before its present version or before it was taken back. */
    public Optional<Current> before(ResourceId id) {
        return Optional.ofNullable(before.get(id));
    }

    /** The version that took a resource back. */
    public Optional<Current> removed(ResourceId id) {
        return Optional.ofNullable(removed.get(id));
    }

    /** The same with what of this resource was approved last before its present version. */
    public CellState without(ResourceId id) {
        Map<ResourceId, Current> then = new LinkedHashMap<>(resources);
        then.remove(id);
        before(id).ifPresent(one -> then.put(id, one));
        return new CellState(opening, sequence, then, before, removed);
    }

    public static CellState empty(NewCell opening) {
        return new CellState(opening, 0, Map.of());
    }

    /**
     * Folds a cell's parts in order: the last version of each resource counts, a tombstone takes it away.
     *
     * @throws MalformedException if a part's content does not fit its header
     */
    public static CellState fold(OpenCell cell) throws MalformedException {
        Map<ResourceId, Current> resources = new LinkedHashMap<>();
        Map<ResourceId, Current> before = new LinkedHashMap<>();
        Map<ResourceId, Current> removed = new LinkedHashMap<>();
        Map<ResourceId, Current> approved = new LinkedHashMap<>();
        long sequence = 0;
        for (OpenCell.Part part : cell.parts()) {
            List<Change> changes = part.part().changes();
            List<PartContent.Item> items = part.content().items();
            List<Long> versions = part.placed().versions();
            if (part.placed().sequence() != sequence
                    || items.size() != changes.size()
                    || versions.size() != changes.size()) {
                throw new MalformedException("part " + sequence + " does not fit its header or its place");
            }
            for (int i = 0; i < changes.size(); i++) {
                PartContent.Item item = items.get(i);
                if (item.local() != changes.get(i).local()) {
                    throw new MalformedException("part " + sequence + " holds other resources than its header names");
                }
                ResourceId id = new ResourceId(cell.opening().cell(), item.local());
                boolean removes = changes.get(i).removes();
                Current now = new Current(id, item.type(), versions.get(i), item.json());
                put(before, id, Optional.ofNullable(approved.get(id)));
                put(resources, id, removes ? Optional.empty() : Optional.of(now));
                put(removed, id, removes ? Optional.of(now) : Optional.empty());
                if (part.approved()) {
                    put(approved, id, removes ? Optional.empty() : Optional.of(now));
                }
            }
            sequence++;
        }
        return new CellState(cell.opening(), sequence, resources, before, removed);
    }

    private static void put(Map<ResourceId, Current> map, ResourceId id, Optional<Current> one) {
        one.ifPresentOrElse(some -> map.put(id, some), () -> map.remove(id));
    }
}
