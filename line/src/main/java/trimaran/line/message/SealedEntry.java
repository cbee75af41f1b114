package trimaran.line.message;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.RecordLimits;

/**
 * An entry in transit. What is small travels inline; a large header, annex or blob was staged by digest before, and only
 * its digest travels.
 *
 * @param header the encoded header, or its digest if staged
 * @param annex the encoded annex, empty for none
 * @param escrow the encoded escrow, empty for none
 * @param blobs one per cell part, in order
 * @param place the encoded place, empty while there is none
 */
public record SealedEntry(Item header, Item annex, Item escrow, List<Item> blobs, Bytes place) {

    public SealedEntry {
        blobs = List.copyOf(blobs);
    }

    /** A byte string, here, staged, or erased. */
    public record Item(Digest digest, Optional<Bytes> inline, boolean erased) {

        public Item(Digest digest, Optional<Bytes> inline) {
            this(digest, inline, false);
        }

        public static final Item NOTHING = new Item(Digest.ZERO, Optional.empty(), false);

        public static Item inline(Bytes content) {
            return content.isEmpty() ? NOTHING : new Item(Digest.sha256(content), Optional.of(content), false);
        }

        /** Refers to bytes staged before. */
        public static Item staged(Digest digest) {
            return new Item(digest, Optional.empty(), false);
        }

        /** Names bytes nobody has any more, because an erasure in the record says so. */
        public static Item erased(Digest digest) {
            return new Item(digest, Optional.empty(), true);
        }

        public boolean isNothing() {
            return digest.equals(Digest.ZERO);
        }

        public int inlineSize() {
            return inline.map(Bytes::size).orElse(0);
        }

        static Item read(Reader reader) throws MalformedException {
            int kind = reader.u8();
            Item item = switch (kind) {
                case 0 -> NOTHING;
                case 1 -> inline(reader.bytes(MessageLimits.CONTENT_BYTES_MAX));
                case 2 -> staged(reader.digest());
                case 3 -> erased(reader.digest());
                default -> throw new MalformedException("unknown item kind " + kind);
            };
            if (kind != 0 && item.isNothing()) {
                throw new MalformedException("nothing has one encoding");
            }
            return item;
        }

        void write(Writer writer) {
            if (isNothing()) {
                writer.u8(0);
            } else if (inline.isPresent()) {
                writer.u8(1).bytes(inline.get());
            } else {
                writer.u8(erased ? 3 : 2).digest(digest);
            }
        }
    }

    public static SealedEntry read(Reader reader) throws MalformedException {
        return new SealedEntry(
                Item.read(reader),
                Item.read(reader),
                Item.read(reader),
                reader.list(RecordLimits.PARTS_MAX, Item::read),
                reader.bytes(MessageLimits.CONTENT_BYTES_MAX));
    }

    public void write(Writer writer) {
        header.write(writer);
        annex.write(writer);
        escrow.write(writer);
        writer.list(blobs, (w, blob) -> blob.write(w)).bytes(place);
    }

    /** Bytes it brings along inline. */
    public int inlineSize() {
        return header.inlineSize()
                + annex.inlineSize()
                + escrow.inlineSize()
                + place.size()
                + blobs.stream().mapToInt(Item::inlineSize).sum();
    }
}
