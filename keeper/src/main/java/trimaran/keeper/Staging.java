package trimaran.keeper;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.RecordLimits;

/**
 * Where what is too large for a frame waits, piece by piece, for the entry that names it. Each piece is written once, to the place
 * where its blob stays ({@link Blobs}); those that come together share one sync; and that all of it is here and true to its
 * digest is known before the entry comes. So placing an entry neither reads nor writes what was staged for it.
 *
 * <p>A piece is anybody's word until all of an item is here. So whoever brings pieces has items of its own ({@link StagedBy}): to who
 * comes second under a digest another place is given until it is whole, and nobody's junk spoils or fills up what another brings.
 *
 * <p>Nothing is promised about what is staged: whoever staged it does so again if this tier does not know it any more. What nobody
 * asks about for {@link #UNUSED_MILLIS} goes.
 */
final class Staging {

    /** Unfinished staging one keeper bears of all lines together: what forty authors of the largest entries could have under way. */
    static final long STAGED_BYTES_MAX = 1L << 30;

    /**
     * Staged items one keeper remembers of all lines together, some 20 MB of memory: thirty authors of entries with as many parts as
     * there may be.
     */
    static final int STAGED_ITEMS_MAX = 64 << 10;

    /** What one line may stage: four of the largest blobs, and a quarter of what all lines have together. */
    static final long LINE_BYTES_MAX = STAGED_BYTES_MAX / 4;

    /** Items of one line: eight entries of as many parts as there may be, and a quarter of what all lines have together. */
    static final int LINE_ITEMS_MAX = STAGED_ITEMS_MAX / 4;

    /** What this tier may have fetched from one other and not used: a page bears the headers of a hundred large entries. */
    static final long FETCHED_BYTES_MAX = 4L << 30;

    /** Items so fetched, more than a page can name: a digest takes 33 bytes of its 768 KiB. */
    static final int FETCHED_ITEMS_MAX = STAGED_ITEMS_MAX / 2;

    /** How long a piece waits for others to share its sync. */
    static final long GATHER_MILLIS = 5;

    /** Bytes that wait for no more company: more in one synced write would make those behind it wait. */
    static final int GATHERED_BYTES = 512 << 10;

    /** How long something lies unused before it goes: no entry is that long between its pieces and its place. */
    static final long UNUSED_MILLIS = 3_600_000;

    /** How often unused items are looked for. */
    static final long SWEEP_MILLIS = 10_000;

    /** Items swept in one synced write. */
    static final int SWEPT_MAX = 16;

    /** Pieces moved in one synced write. */
    static final int MOVED_MAX = 16;

    private static final StagedBy BEFORE = new StagedBy.Before();

    private final Store store;
    private final Blobs blobs;
    private final Loop loop;

    /** In every place given to who comes second, so that nobody knows where it lies and puts junk there. */
    private final Digest secret;

    /** What is staged by the place where it lies, the longest unused first. */
    private final LinkedHashMap<Digest, Item> items = new LinkedHashMap<>();

    private final StagedLoads loads = new StagedLoads();
    private List<Waiting> waiting = new ArrayList<>();
    private long waitingBytes;

    private record Waiting(Request.Stage stage, StagedBy by, Consumer<Outcome<Response>> answer) {}

    /** One item under way. */
    private static final class Item {
        private final Digest name;
        private final long total;
        private StagedBy by;
        private final BitSet received = new BitSet();
        private long bytes;
        private long usedNanos;

        /** Over the pieces that came in order; none once one came out of order or twice. */
        private @Nullable MessageDigest running = Digest.hash();

        private boolean proven;

        Item(Digest name, long total, StagedBy by) {
            this.name = name;
            this.total = total;
            this.by = by;
        }

        boolean isFull() {
            return received.cardinality() == (total + RecordLimits.CHUNK_BYTES - 1) / RecordLimits.CHUNK_BYTES;
        }

        /** Returns the bytes this adds to what is staged. */
        int take(int number, Bytes piece) {
            if (running != null && number == received.cardinality() && received.nextClearBit(0) == number) {
                running.update(piece.unsafeArray());
            } else {
                running = null;
            }
            if (received.get(number)) {
                return 0;
            }
            received.set(number);
            bytes += piece.size();
            return piece.size();
        }
    }

    Staging(Store store, Blobs blobs, Loop loop, Entropy entropy) {
        this.secret = entropy.nonce();
        this.store = store;
        this.blobs = blobs;
        this.loop = loop;
        blobs.marks(this::found);
    }

    private Item found(Digest digest, long total) {
        Item item = new Item(digest, total, BEFORE);
        item.running = null;
        blobs.pieces(digest, item::take);
        items.put(digest, item);
        loads.add(BEFORE, item.bytes, 1);
        item.usedNanos = loop.monotonicNanos();
        return item;
    }

    /** Where one's pieces lie: in the place where the blob stays, or, while another's are there, in a place of their own. */
    private Digest place(Digest name, StagedBy by) {
        Digest own = Digest.sha256(Bytes.ofText("trimaran/staged/1\n" + secret + "\n" + name + "\n" + by));
        Item first = items.get(name);
        boolean free = first == null || first.by.equals(by) || first.by.equals(BEFORE);
        return free && !items.containsKey(own) ? name : own;
    }

    /** Takes one staged piece in and answers once it is on disk. Pieces come in any order; a piece that comes twice is fine. */
    void stage(Request.Stage stage, StagedBy by, Consumer<Outcome<Response>> answer) {
        int size = stage.piece().size();
        boolean fits = stage.total() <= RecordLimits.BLOB_BYTES_MAX
                && stage.offset() % RecordLimits.CHUNK_BYTES == 0
                && stage.offset() + size <= stage.total();
        boolean whole = size == RecordLimits.CHUNK_BYTES || stage.offset() + size == stage.total();
        if (!fits || !whole || stage.piece().isEmpty()) {
            answer.accept(Outcome.refused(Code.MALFORMED, "a staged piece does not fit its whole"));
        } else if (!loads.bears(by, size, items.containsKey(place(stage.whole(), by)) ? 0 : 1)) {
            answer.accept(Outcome.refused(Code.BUSY, "too much is staged here and not yet used; try again later"));
        } else {
            if (waiting.isEmpty()) {
                loop.after(GATHER_MILLIS, this::write);
            }
            waiting.add(new Waiting(stage, by, answer));
            loads.add(by, size, 1);
            waitingBytes += size;
            if (waitingBytes >= GATHERED_BYTES) {
                write();
            }
        }
    }

    /** Writes what waits, in one sync. */
    private void write() {
        List<Waiting> together = waiting;
        waiting = new ArrayList<>();
        waitingBytes = 0;
        List<Store.Change> batch = new ArrayList<>();
        Set<Digest> grown = new HashSet<>();
        for (Waiting one : together) {
            loads.add(one.by(), -one.stage().piece().size(), -1);
            take(one.stage(), one.by(), batch, grown);
        }
        if (!batch.isEmpty()) {
            store.write(batch);
        }
        grown.forEach(this::prove);
        together.forEach(one -> one.answer().accept(Outcome.done(new Response.Done())));
    }

    private void take(Request.Stage stage, StagedBy by, List<Store.Change> batch, Set<Digest> grown) {
        Digest name = stage.whole();
        // What is kept, or known to be true, is never written over: a piece is anybody's word.
        if (blobs.has(name) || (!grown.contains(name) && isWhole(name))) {
            return;
        }
        Digest digest = place(name, by);
        Item item = items.get(digest);
        if (item == null || item.total != stage.total()) {
            if (item != null) {
                forget(digest, item);
                batch.addAll(blobs.erased(digest));
            }
            item = new Item(name, stage.total(), by);
            items.put(digest, item);
            loads.add(by, 0, 1);
        } else if (item.by.equals(BEFORE)) {
            loads.add(BEFORE, -item.bytes, -1);
            item.by = by;
            loads.add(by, item.bytes, 1);
        }
        use(digest, item);
        int number = (int) (stage.offset() / RecordLimits.CHUNK_BYTES);
        loads.add(by, item.take(number, stage.piece()), 0);
        batch.add(blobs.marked(digest, stage.total()));
        batch.add(blobs.piece(digest, number, stage.total(), stage.piece()));
        grown.add(digest);
    }

    /** Once all of an item is here it is true to its digest, or goes. */
    private void prove(Digest digest) {
        Item item = items.get(digest);
        if (item == null || item.proven || !item.isFull()) {
            return;
        }
        MessageDigest hash = item.running;
        if (hash == null) {
            MessageDigest fresh = Digest.hash();
            blobs.pieces(digest, (number, piece) -> fresh.update(piece.unsafeArray()));
            hash = fresh;
        }
        item.running = null;
        item.proven = Digest.of(hash.digest()).equals(item.name);
        if (!item.proven) {
            forget(digest, item);
            store.write(blobs.erased(digest));
        } else if (!digest.equals(item.name)) {
            move(digest, item);
        }
    }

    /** What is true goes where its blob stays, and what another has put there goes; the mark stays until it is kept. */
    private void move(Digest from, Item item) {
        forget(from, item);
        if (!blobs.has(item.name) && !isWhole(item.name)) {
            Item other = items.get(item.name);
            if (other != null) {
                forget(item.name, other);
            }
            List<Store.Change> batch = new ArrayList<>(blobs.erased(item.name));
            batch.add(blobs.marked(item.name, item.total));
            blobs.pieces(from, (number, piece) -> {
                batch.add(blobs.piece(item.name, number, item.total, piece));
                if (batch.size() >= MOVED_MAX) {
                    store.write(List.copyOf(batch));
                    batch.clear();
                }
            });
            store.write(batch);
            items.put(item.name, item);
            loads.add(item.by, item.bytes, 1);
        }
        store.write(blobs.erased(from));
    }

    /** Whether all of something is staged here and true to its digest. */
    boolean isWhole(Digest digest) {
        Item item = items.get(digest);
        if (item == null) {
            OptionalLong total = blobs.markedTotal(digest);
            if (total.isEmpty()) {
                return false;
            }
            item = found(digest, total.getAsLong());
        }
        use(digest, item);
        prove(digest);
        return item.proven;
    }

    /** The size of something that is whole here. */
    OptionalLong size(Digest digest) {
        return isWhole(digest) ? blobs.markedTotal(digest) : OptionalLong.empty();
    }

    /** Something that is whole here. */
    Optional<Bytes> content(Digest digest) {
        if (!isWhole(digest)) {
            return Optional.empty();
        }
        Writer whole = new Writer(RecordLimits.CHUNK_BYTES);
        blobs.pieces(digest, (number, piece) -> whole.raw(piece.unsafeArray()));
        return Optional.of(whole.toBytes());
    }

    /** Keeps something staged where it lies; it MUST be whole, or kept already. */
    List<Store.Change> adopt(Digest digest) {
        if (blobs.has(digest)) {
            return List.of();
        }
        if (!isWhole(digest)) {
            throw new IllegalStateException("what is not whole here cannot be kept");
        }
        Item item = items.get(digest);
        if (item != null) {
            forget(digest, item);
        }
        return blobs.unmarked(digest);
    }

    /**
     * Header, annex and envelopes of this entry are kept elsewhere now: if they were staged as well, the next sweep takes that away,
     * unless a part keeps it. They may be small and not staged.
     */
    void used(EntryContent content) {
        for (Bytes one : List.of(content.headerBytes(), content.annexBytes(), content.escrowBytes())) {
            Item item = items.isEmpty() || one.isEmpty() ? null : items.get(Digest.sha256(one));
            if (item != null && item.proven) {
                item.usedNanos = loop.monotonicNanos() - UNUSED_MILLIS * 1_000_000;
                items.putFirst(Digest.sha256(one), item);
            }
        }
    }

    /** An entry waits for its place: what is staged for it stays. */
    void awaits(SealedEntry entry) {
        List<SealedEntry.Item> all = new ArrayList<>(entry.blobs());
        all.addAll(List.of(entry.header(), entry.annex(), entry.escrow()));
        for (SealedEntry.Item one : all) {
            Item item = items.get(one.digest());
            if (item != null) {
                use(one.digest(), item);
            }
        }
    }

    private void use(Digest digest, Item item) {
        item.usedNanos = loop.monotonicNanos();
        items.remove(digest);
        items.put(digest, item);
    }

    private void forget(Digest digest, Item item) {
        items.remove(digest);
        loads.add(item.by, -item.bytes, -1);
    }

    /** Takes away what was staged and never used. What an entry held or placed here brought has no mark, and stays. */
    void sweep() {
        long now = loop.monotonicNanos();
        List<Store.Change> batch = new ArrayList<>();
        int swept = 0;
        Iterator<Map.Entry<Digest, Item>> oldest = items.entrySet().iterator();
        while (swept < SWEPT_MAX && oldest.hasNext()) {
            Map.Entry<Digest, Item> one = oldest.next();
            if (now - one.getValue().usedNanos < UNUSED_MILLIS * 1_000_000) {
                break;
            }
            oldest.remove();
            loads.add(one.getValue().by, -one.getValue().bytes, -1);
            swept++;
            if (blobs.isMarked(one.getKey())) {
                batch.addAll(blobs.erased(one.getKey()));
            }
        }
        if (!batch.isEmpty()) {
            store.write(batch);
        }
    }
}
