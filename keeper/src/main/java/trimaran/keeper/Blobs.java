package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.line.message.Response;
import trimaran.record.Header;
import trimaran.record.RecordLimits;

/**
 * Sealed bytes by digest, in pieces of {@link RecordLimits#CHUNK_BYTES}; the first begins with the total size (8 bytes). What
 * is staged before its entry comes ({@link Staging}) lies in its place already, under a mark: a blob with a mark is not kept here
 * yet, and taking the mark away keeps it. So the batch that places an entry is small, however large the entry is.
 */
final class Blobs {

    private final Store store;
    private final Packed packed;

    Blobs(Store store) {
        this.store = store;
        this.packed = new Packed(store);
    }

    /** What is fetched by digest as well, and is no part's content. */
    Packed packed() {
        return packed;
    }

    /**
     * Whether sealed bytes of an entry that has no place here are kept already and are not its own, which is held: then another
     * entry brought them, and erasing the one would take from the other. Two seals of one text are never alike.
     */
    boolean keepsAnothers(Header header) {
        return header.author().parts().stream().anyMatch(part -> has(part.blob()))
                && store.get(Space.HELD, Key.digest(header.digest())).isEmpty();
    }

    /** Keeps this content, whatever of it was staged. */
    List<Store.Change> kept(Digest digest, Bytes content) {
        List<Store.Change> changes = isMarked(digest) ? erased(digest) : new ArrayList<>();
        for (int offset = 0, number = 0;
                offset < content.size() || number == 0;
                offset += RecordLimits.CHUNK_BYTES, number++) {
            int end = Math.min(content.size(), offset + RecordLimits.CHUNK_BYTES);
            changes.add(piece(digest, number, content.size(), Bytes.ofRange(content.unsafeArray(), offset, end)));
        }
        return changes;
    }

    /** One staged piece in its place. It MUST be written together with {@link #marked}. */
    Store.Change piece(Digest digest, long number, long total, Bytes content) {
        Writer piece = new Writer(content.size() + 8);
        if (number == 0) {
            piece.i64(total);
        }
        return new Put(
                Space.BLOBS,
                Key.piece(digest, number),
                piece.raw(content.unsafeArray()).toBytes());
    }

    /** The mark that what lies here is staged and not kept. */
    Store.Change marked(Digest digest, long total) {
        return new Put(Space.STAGED, Key.digest(digest), Key.number(total));
    }

    /** What was staged is kept from now on. */
    List<Store.Change> unmarked(Digest digest) {
        return List.of(new Remove(Space.STAGED, Key.digest(digest)));
    }

    boolean isMarked(Digest digest) {
        return store.get(Space.STAGED, Key.digest(digest)).isPresent();
    }

    /** The size of something staged, as who staged it says. */
    OptionalLong markedTotal(Digest digest) {
        Optional<Bytes> mark = store.get(Space.STAGED, Key.digest(digest));
        return mark.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Copy.own(mark.get(), Reader::count));
    }

    /** Visits what is staged, with its size. */
    void marks(BiConsumer<Digest, Long> visitor) {
        List<Store.Change> older = new ArrayList<>();
        store.scan(Space.STAGED, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            if (key.size() == Digest.SIZE) {
                visitor.accept(Copy.own(key, Reader::digest), Copy.own(value, Reader::count));
            } else {
                // Pieces lay here themselves once; whoever staged them does so again.
                older.add(new Remove(Space.STAGED, key));
            }
            return true;
        });
        if (!older.isEmpty()) {
            store.write(older);
        }
    }

    /** Visits the pieces that lie here under a digest, kept or staged, in order, without the size before the first. */
    void pieces(Digest digest, BiConsumer<Integer, Bytes> visitor) {
        store.scan(Space.BLOBS, Key.piece(digest, 0), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            int number = (int) Copy.<Long>own(Bytes.ofRange(key.unsafeArray(), Digest.SIZE, key.size()), Reader::count)
                    .longValue();
            visitor.accept(number, number == 0 ? Bytes.ofRange(value.unsafeArray(), 8, value.size()) : value);
            return true;
        });
    }

    /** Takes every piece of a blob away. For {@link Erasure}, and for what was staged and is not used, or is of no use. */
    List<Store.Change> erased(Digest digest) {
        List<Store.Change> changes = new ArrayList<>();
        store.scan(Space.BLOBS, Key.piece(digest, 0), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            changes.add(new Store.Change.Erase(Space.BLOBS, key));
            return true;
        });
        if (isMarked(digest)) {
            changes.addAll(unmarked(digest));
        }
        return changes;
    }

    /** Whether this blob is kept here. */
    boolean has(Digest digest) {
        return store.get(Space.BLOBS, Key.piece(digest, 0)).isPresent() && !isMarked(digest);
    }

    /** The size of a blob kept here, as it lies here: what an author says of it is anybody's word. */
    OptionalLong total(Digest digest) {
        Optional<Bytes> first = first(digest);
        return first.isEmpty() ? OptionalLong.empty() : OptionalLong.of(total(first.get()));
    }

    /** The whole blob, if it is kept here. */
    Optional<Bytes> whole(Digest digest) {
        Optional<Bytes> first = first(digest);
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

    /** A piece as it lies here, and before the first how large the whole is to be. */
    record Piece(Bytes content, long total) {}

    /** Visits the pieces of a blob in their order from one of them on, until the visitor returns false. */
    void reread(Digest digest, long from, Predicate<Piece> visitor) {
        store.scan(Space.BLOBS, Key.piece(digest, from), Key.piece(digest, Long.MAX_VALUE), (key, value) -> {
            boolean first = key.equals(Key.piece(digest, 0));
            return visitor.test(
                    first
                            ? new Piece(Bytes.ofRange(value.unsafeArray(), 8, value.size()), total(value))
                            : new Piece(value, 0));
        });
    }

    /** One piece of a blob kept here, from a multiple of the piece size on. */
    Optional<Response> piece(Digest digest, long offset) {
        Optional<Bytes> first = first(digest);
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

    private Optional<Bytes> first(Digest digest) {
        return store.get(Space.BLOBS, Key.piece(digest, 0)).filter(first -> !isMarked(digest));
    }

    private static long total(Bytes first) {
        try {
            return new Reader(first).i64();
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("a blob's first piece is cut short", broken);
        }
    }
}
