package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.RecordLimits;

/**
 * Headers, annexes and envelopes too large to go inline, ready to be fetched by digest. Each lies under the entry it belongs to,
 * and never among the blobs of parts: an author may use the same bytes twice, and what goes with one entry must take nothing of
 * another, nor any content.
 */
final class Packed {

    private final Store store;

    Packed(Store store) {
        this.store = store;
    }

    /** @param owner {@link Key#number} of the place of its entry, or {@link Key#digest} of one that is held */
    Store.Change kept(Digest digest, Bytes owner, Bytes content) {
        return new Put(Space.PACKED, Key.packed(digest, owner), content);
    }

    /** Lets go what was packed of one entry, if it was. */
    Store.Change gone(Digest digest, Bytes owner) {
        return new Remove(Space.PACKED, Key.packed(digest, owner));
    }

    /** What of an entry that is held did not come inline, besides the blobs of its parts. */
    List<Store.Change> held(SealedEntry entry, EntryContent content) {
        Bytes owner = Key.digest(content.header().digest());
        List<Digest> large = large(entry);
        return Stream.of(content.headerBytes(), content.annexBytes(), content.escrowBytes())
                .filter(bytes -> large.contains(Digest.sha256(bytes)))
                .map(bytes -> kept(Digest.sha256(bytes), owner, bytes))
                .toList();
    }

    /** Lets go what was packed of an entry that was held. */
    List<Store.Change> gone(SealedEntry entry, Digest name) {
        return large(entry).stream()
                .map(digest -> gone(digest, Key.digest(name)))
                .toList();
    }

    private static List<Digest> large(SealedEntry entry) {
        return Stream.of(entry.header(), entry.annex(), entry.escrow())
                .filter(item -> !item.isNothing() && item.inline().isEmpty())
                .map(SealedEntry.Item::digest)
                .toList();
    }

    boolean has(Digest digest, Bytes owner) {
        return store.get(Space.PACKED, Key.packed(digest, owner)).isPresent();
    }

    boolean has(Digest digest) {
        return whole(digest).isPresent();
    }

    /** What is packed under this digest, of whatever entry. */
    Optional<Bytes> whole(Digest digest) {
        Bytes[] found = new Bytes[1];
        store.scan(Space.PACKED, Key.digest(digest), Key.after(Key.digest(digest)), (key, value) -> {
            found[0] = value;
            return false;
        });
        return Optional.ofNullable(found[0]);
    }

    /** One piece of it, from a multiple of the piece size on. */
    Optional<Response> piece(Digest digest, long offset) {
        return whole(digest)
                .filter(all -> offset % RecordLimits.CHUNK_BYTES == 0 && offset < all.size())
                .map(all -> {
                    int from = (int) offset;
                    int to = Math.min(all.size(), from + RecordLimits.CHUNK_BYTES);
                    return new Response.Piece(Bytes.ofRange(all.unsafeArray(), from, to), all.size());
                });
    }
}
