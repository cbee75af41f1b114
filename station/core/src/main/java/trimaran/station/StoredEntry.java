package trimaran.station;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;

/**
 * A signed entry as the outbox keeps it: all that is needed to submit it, also by a process that knows nothing else.
 *
 * @param draft what application will be shown, sealed under this machine's outbox key; empty for a registry entry
 */
record StoredEntry(Bytes author, Signature signature, Bytes annex, Bytes escrow, List<Bytes> blobs, Bytes draft) {

    private static final int VERSION = 1;
    /** An annex of the most items; a sealed draft of the most bytes, which is larger. */
    static final int OTHER_BYTES_MAX = StationLimits.DRAFT_BYTES_MAX + (64 << 10);

    /** Fewer bytes than any entry has. */
    static final int SIZE_MIN = 64;

    StoredEntry {
        blobs = List.copyOf(blobs);
    }

    /** Nobody will be asked to approve it any more. */
    StoredEntry withoutDraft() {
        return new StoredEntry(author, signature, annex, escrow, blobs, Bytes.EMPTY);
    }

    Digest digest() {
        return AuthorPart.digest(author);
    }

    long sizeBytes() {
        long size = 2_600L + author.size() + annex.size() + escrow.size() + draft.size();
        for (Bytes blob : blobs) {
            size += blob.size() + 4;
        }
        return size;
    }

    /** What no other live resource may carry: client-chosen ids, conditional creates, inputs. */
    Set<Digest> uniqueTokens() {
        if (annex.isEmpty()) {
            return Set.of();
        }
        try {
            return Annex.decode(annex).tokens().stream()
                    .filter(Annex.Token::unique)
                    .map(Annex.Token::value)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (MalformedException broken) {
            throw new IllegalStateException("an annex of this station's own cannot be read", broken);
        }
    }

    /** Whether something of it is brought to a tier before the entry itself. */
    boolean isLarge() {
        return sizeBytes() > StationLimits.INLINE_TOTAL_MAX;
    }

    Bytes encode() {
        Writer writer = new Writer((int) Math.min(Integer.MAX_VALUE / 2, sizeBytes() + 64));
        writer.u8(VERSION).bytes(author);
        signature.write(writer);
        writer.bytes(annex).bytes(escrow).list(blobs, Writer::bytes).bytes(draft);
        return writer.toBytes();
    }

    /** Whether an entry may begin at this position of at least {@link #SIZE_MIN} bytes. */
    static boolean mayBegin(ByteBuffer at) {
        int version = at.get();
        int author = at.getInt();
        return version == VERSION && author > 0 && author <= Math.min(RecordLimits.HEADER_BYTES_MAX, at.remaining());
    }

    static StoredEntry decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown outbox version " + version);
            }
            return new StoredEntry(
                    reader.bytes(RecordLimits.HEADER_BYTES_MAX),
                    Signature.read(reader),
                    reader.bytes(OTHER_BYTES_MAX),
                    reader.bytes(OTHER_BYTES_MAX),
                    reader.list(RecordLimits.PARTS_MAX, r -> r.bytes(RecordLimits.BLOB_BYTES_MAX)),
                    reader.bytes(OTHER_BYTES_MAX));
        });
    }
}
