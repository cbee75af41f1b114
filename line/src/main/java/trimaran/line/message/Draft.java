package trimaran.line.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.record.NewCell;
import trimaran.record.RecordLimits;

/**
 * What application is shown of an entry before it approves: for each changed resource its type and what is done to it, and
 * the content only of the types the policy lets a rule see. The less it carries, the less a fallen application could have
 * read.
 *
 * @param reads cells the rule may read for this kind of entry, as the policy names them (same patient, same ward)
 */
public record Draft(List<Item> items, List<CellId> reads) {

    static final int VERSION = 1;

    public Draft {
        items = List.copyOf(items);
        reads = List.copyOf(reads);
    }

    /** What happens to a resource. Order is the wire value. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * One changed resource.
     *
     * @param type FHIR resource type
     * @param replaces the version it replaces, 0 for none
     * @param content its JSON, or empty if no rule sees this type
     */
    public record Item(ResourceId id, String type, Action action, long replaces, Bytes content) {

        static Item read(Reader reader) throws MalformedException {
            return new Item(
                    ResourceId.read(reader),
                    reader.text(RecordLimits.NAME_BYTES_MAX),
                    reader.choice(Action.values()),
                    reader.u32(),
                    reader.bytes(MessageLimits.DRAFT_BYTES_MAX));
        }

        void write(Writer writer) {
            id.write(writer);
            writer.text(type).u8(action.ordinal()).u32(replaces).bytes(content);
        }
    }

    public Bytes encode() {
        return new Writer(512)
                .u8(VERSION)
                .list(items, (w, item) -> item.write(w))
                .list(reads, (w, cell) -> cell.write(w))
                .toBytes();
    }

    /** What is filed before application is shown it. */
    public Digest digest() {
        return Digest.sha256(encode());
    }

    /**
     * Whose data this shows. For cells the entry itself opens the patient is named too, since nobody finds a patient from a cell whose
     * entry application refused.
     */
    public Shown shown(List<NewCell> fresh) {
        Map<CellId, CellId> subjects = new HashMap<>();
        fresh.forEach(cell -> subjects.put(cell.cell(), cell.subject()));
        TreeSet<CellId> texts = new TreeSet<>();
        TreeSet<CellId> named = new TreeSet<>();
        for (Item item : items) {
            CellId cell = item.id().cell();
            (item.content().isEmpty() ? named : texts).add(cell);
            named.add(subjects.getOrDefault(cell, cell));
        }
        named.removeAll(texts);
        return new Shown(List.copyOf(texts), List.copyOf(named));
    }

    public static Draft decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown draft version " + version);
            }
            return new Draft(
                    reader.list(RecordLimits.CHANGES_MAX, Item::read),
                    reader.list(MessageLimits.CELLS_MAX, CellId::read));
        });
    }
}
