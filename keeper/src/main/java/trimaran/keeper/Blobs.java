package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/**
 * Sealed bytes by digest, in pieces of {@link RecordLimits#CHUNK_BYTES}, and the place where large ones wait, piece by piece,
 * for the entry that names them. The first piece begins with the total size (8 bytes).
 */
final class Blobs {

    /** Unfinished staging one keeper bears: what forty authors of the largest entries could have under way. */
    static final long STAGED_BYTES_MAX = 1L << 30;

    private final Store store;
    private long stagedBytes;

    Blobs(Store store) {
        this.store = store;
        store.scan(Space.STAGED, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            stagedBytes += value.size();
            return true;
        });
    }

    static List<Store.Change> puts(Digest digest, Bytes content) {
        List<Store.Change> puts = new ArrayList<>();
        for (int offset = 0, number = 0;
                offset < content.size() || number == 0;
                offset += RecordLimits.CHUNK_BYTES, number++) {
            int end = Math.min(content.size(), offset + RecordLimits.CHUNK_BYTES);
            Writer piece = new Writer(end - offset + 8);
            if (number == 0) {
                piece.i64(content.size());
            }
            puts.add(new Put(
                    Space.BLOBS,
                    Key.piece(digest, number),
                    piece.raw(Bytes.ofRange(content.unsafeArray(), offset, end).unsafeArray())
                            .toBytes()));
        }
        return puts;
    }

    /** Takes one staged piece in. Pieces come in any order; a piece that comes twice is fine. */
    Outcome<Response> stage(Request.Stage stage) {
        boolean fits = stage.total() <= RecordLimits.BLOB_BYTES_MAX
                && stage.offset() % RecordLimits.CHUNK_BYTES == 0
                && stage.offset() + stage.piece().size() <= stage.total();
        boolean whole = stage.piece().size() == RecordLimits.CHUNK_BYTES
                || stage.offset() + stage.piece().size() == stage.total();
        if (!fits || !whole || stage.piece().isEmpty()) {
            return Outcome.refused(Code.MALFORMED, "a staged piece does not fit its whole");
        }
        if (stagedBytes + stage.piece().size() > STAGED_BYTES_MAX) {
            return Outcome.refused(Code.BUSY, "too much is staged here and not yet used; try again later");
        }
        stagedBytes += stage.piece().size();
        store.write(List.of(new Put(Space.STAGED, Key.piece(stage.whole(), stage.offset()), stage.piece())));
        return Outcome.done(new Response.Done());
    }

    /** The whole of something staged here, if it is complete and true to its digest. */
    Optional<Bytes> staged(Digest digest) {
        Writer whole = new Writer(RecordLimits.CHUNK_BYTES);
        store.scan(Space.STAGED, Key.piece(digest, 0), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            whole.raw(value.unsafeArray());
            return true;
        });
        Bytes bytes = whole.toBytes();
        return !bytes.isEmpty() && Digest.sha256(bytes).equals(digest) ? Optional.of(bytes) : Optional.empty();
    }

    /** Moves something staged to its place. */
    List<Store.Change> adopt(Digest digest) {
        if (has(digest)) {
            return forget(digest);
        }
        List<Store.Change> changes = new ArrayList<>(puts(digest, staged(digest).orElseThrow()));
        changes.addAll(forget(digest));
        return changes;
    }

    /** Drops what was staged under a digest. */
    List<Store.Change> forget(Digest digest) {
        List<Store.Change> removes = new ArrayList<>();
        store.scan(Space.STAGED, Key.piece(digest, 0), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            stagedBytes -= value.size();
            removes.add(new Remove(Space.STAGED, key));
            return true;
        });
        return removes;
    }

    /** Takes every piece of a blob away. For {@link Erasure}, and for packed envelopes nobody needs. */
    List<Store.Change> erased(Digest digest) {
        List<Store.Change> changes = new ArrayList<>();
        store.scan(Space.BLOBS, Key.piece(digest, 0), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            changes.add(new Store.Change.Erase(Space.BLOBS, key));
            return true;
        });
        return changes;
    }

    boolean has(Digest digest) {
        return store.get(Space.BLOBS, Key.piece(digest, 0)).isPresent();
    }

    /** The whole blob, if it is kept here. */
    Optional<Bytes> whole(Digest digest) {
        Optional<Bytes> first = store.get(Space.BLOBS, Key.piece(digest, 0));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long total = total(first.get());
        Writer whole = new Writer((int) total);
        whole.raw(
                Bytes.ofRange(first.get().unsafeArray(), 8, first.get().size()).unsafeArray());
        for (long number = 1; whole.size() < total; number++) {
            whole.raw(store.get(Space.BLOBS, Key.piece(digest, number))
                    .orElseThrow()
                    .unsafeArray());
        }
        return Optional.of(whole.toBytes());
    }

    /** One piece, from a multiple of the piece size on; from the blobs, or from what is staged. */
    Optional<Response> piece(Digest digest, long offset) {
        Optional<Bytes> first = store.get(Space.BLOBS, Key.piece(digest, 0));
        if (first.isEmpty() || offset % RecordLimits.CHUNK_BYTES != 0) {
            return Optional.empty();
        }
        long total = total(first.get());
        if (offset == 0) {
            return Optional.of(new Response.Piece(
                    Bytes.ofRange(first.get().unsafeArray(), 8, first.get().size()), total));
        }
        return store.get(Space.BLOBS, Key.piece(digest, offset / RecordLimits.CHUNK_BYTES))
                .map(piece -> new Response.Piece(piece, total));
    }

    private static long total(Bytes first) {
        try {
            return new Reader(first).i64();
        } catch (MalformedException broken) {
            throw new IllegalStateException("a blob's first piece is cut short", broken);
        }
    }
}
