package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * What data adds to an entry: its position in the record, the time, and for each part its sequence and previous hash in the
 * cell. Bound in the leaf together with the header.
 *
 * @param parts one per cell part, in order; empty if the verdict is void
 * @param held none, or the two held statements under which the entry was acknowledged before it was placed
 */
public record Place(long index, RecordTime time, Verdict verdict, List<PlacedPart> parts, List<Held> held) {

    static final int VERSION = 1;
    private static final byte[] LEAF_TAG = Bytes.ofText("trimaran/leaf/1\n").toArray();

    public Place {
        parts = List.copyOf(parts);
        held = List.copyOf(held);
    }

    public Bytes encode() {
        Writer writer = new Writer(256);
        writer.u8(VERSION).i64(index);
        time.write(writer);
        writer.u8(verdict.ordinal()).list(parts, (w, part) -> part.write(w)).list(held, (w, one) -> one.write(w));
        return writer.toBytes();
    }

    public static Place decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown place version " + version);
            }
            Place place = new Place(
                    reader.count(),
                    RecordTime.read(reader),
                    reader.choice(Verdict.values()),
                    reader.list(RecordLimits.PARTS_MAX, PlacedPart::read),
                    reader.list(2, Held::read));
            if (place.verdict == Verdict.VOID && !place.parts.isEmpty()) {
                throw new MalformedException("a void entry has no placed parts");
            }
            if (place.held.size() == 1) {
                throw new MalformedException("a place names two held statements or none");
            }
            return place;
        });
    }

    /**
     * From when it is in force and was last updated: the later of the held times, never after the place time; without held
     * statements the place time. The earlier one could be of any day, if its tier has fallen: a cut would then undo what was
     * acknowledged before it. This one lies between what an honest tier says and what cosigners saw.
     */
    public RecordTime effectiveTime() {
        return later(time, held);
    }

    static RecordTime later(RecordTime placed, List<Held> held) {
        return held.stream()
                .map(Held::time)
                .max(RecordTime::compareTo)
                .filter(last -> !last.isAfter(placed))
                .orElse(placed);
    }

    /**
     * The log entry: a salted commitment to header and place, 32 bytes. The salt is the author's nonce, which no log reader
     * outside the keepers sees, so a leaf says nothing.
     */
    public static Digest leaf(Digest nonce, Bytes header, Bytes place) {
        return leaf(nonce, Digest.sha256(header), place);
    }

    /** The same from the header's digest, for whoever is told of a placed entry without getting its header. */
    public static Digest leaf(Digest nonce, Digest header, Bytes place) {
        return Digest.sha256(
                LEAF_TAG,
                nonce.unsafeArray(),
                header.unsafeArray(),
                Digest.sha256(place).unsafeArray());
    }
}
