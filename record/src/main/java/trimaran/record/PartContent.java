package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;

/**
 * What lies inside a sealed cell part once it is opened: the author's resources, byte for byte.
 *
 * @param label what the cell is for, repeated in each part so that any part says it: a quarter {@code 2026Q4}, a ward and
 *     week {@code Location/…|2026W48}, else empty
 * @param items the changed resources, in the order of the header's changes
 */
public record PartContent(String label, List<Item> items) {

    static final int VERSION = 1;

    public PartContent {
        items = List.copyOf(items);
    }

    /**
     * One resource as its author wrote it.
     *
     * @param local the second half of its id
     * @param type FHIR resource type, or a word of Trimaran's own with a dot in it, as {@code Trimaran.Bed}
     * @param json its bytes, empty if this change takes it back
     */
    public record Item(long local, String type, Bytes json) {

        static Item read(Reader reader) throws MalformedException {
            return new Item(
                    ResourceId.readLocal(reader),
                    reader.text(RecordLimits.NAME_BYTES_MAX),
                    reader.bytes(RecordLimits.BLOB_BYTES_MAX));
        }

        void write(Writer writer) {
            writer.i64(local).text(type).bytes(json);
        }
    }

    public Bytes encode() {
        int size = items.stream().mapToInt(item -> item.json().size() + 64).sum();
        return new Writer(size + 64)
                .u8(VERSION)
                .text(label)
                .list(items, (w, item) -> item.write(w))
                .toBytes();
    }

    public static PartContent decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown part version " + version);
            }
            return new PartContent(
                    reader.text(RecordLimits.NAME_BYTES_MAX), reader.list(RecordLimits.CHANGES_MAX, Item::read));
        });
    }
}
