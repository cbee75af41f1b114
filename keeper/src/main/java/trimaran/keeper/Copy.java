package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.ledger.Frontier;
import trimaran.ledger.HashSource;
import trimaran.ledger.NodeHash;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.Header;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Verifier;

/**
 * One tier's whole copy of the record: every placed entry, the tree over them, and what can be derived and is asked for often
 * (heads, versions, positions, subjects, tokens). One group of entries is one synced batch, so a crash leaves whole groups.
 */
public final class Copy implements LogView, HashSource {

    private final Store store;
    private final Verifier verifier;
    private final Registry registry;
    private final Blobs blobs;
    private final Staging staging;
    private final RecentCells cells;
    private final Shares shares;
    private final List<Absent> absent = new ArrayList<>();
    private Frontier frontier;
    private RecordTime lastTime;
    private long cosignedSize;
    private CellId searchCell = CellId.NONE;
    private CellId lookupCell = CellId.NONE;
    private Consumer<CopyGroup> committed = group -> {};
    private long voids;

    public Copy(KeeperSetting setting) {
        this.store = setting.store();
        this.verifier = setting.verifier();
        this.blobs = new Blobs(store);
        this.staging = new Staging(store, blobs, setting.loop(), setting.entropy());
        this.cells = new RecentCells(store);
        if (!(setting.founding().statement() instanceof Statement.Founding founding)) {
            throw new IllegalArgumentException("entry 0 is a founding statement");
        }
        this.registry = new Registry(founding);
        this.shares = new Shares(setting, registry, cells::opening);
        this.frontier = store.get(Space.STATE, Key.FRONTIER)
                .map(bytes -> own(bytes, Frontier::read))
                .orElse(Frontier.EMPTY);
        this.lastTime = store.get(Space.STATE, Key.LAST_TIME)
                .map(bytes -> own(bytes, RecordTime::read))
                .orElse(founding.time());
        this.cosignedSize = store.get(Space.STATE, Key.COSIGNED)
                .map(bytes -> own(bytes, Reader::count))
                .orElse(0L);
        replayRegistry();
        store.scan(Space.STATE, Key.ABSENT, Key.after(Key.ABSENT), (key, value) -> {
            absent.add(own(
                    Bytes.ofRange(key.unsafeArray(), 8, key.size()),
                    reader -> new Absent(CellId.read(reader), reader.count())));
            return true;
        });
    }

    /** A part whose blob came as erased. */
    record Absent(CellId cell, long sequence) {}

    /** Whether something came as erased and no erasure in the record says so, so far. Such a copy is not whole. */
    boolean lacks() {
        absent.removeIf(part -> part.sequence() < registry.erased(part.cell()));
        return !absent.isEmpty();
    }

    /** One entry as it lies on disk. */
    public record Stored(long index, Bytes headerBytes, Bytes placeBytes) {

        public Header header() {
            return own(headerBytes, Header::read);
        }

        public Place place() {
            try {
                return Place.decode(placeBytes);
            } catch (MalformedException broken) {
                throw new UnreadableCopyException("place " + index + " of this copy cannot be read", broken);
            }
        }
    }

    public long size() {
        return frontier.size();
    }

    public Frontier frontier() {
        return frontier;
    }

    /** The root of this copy when it had this size; empty if it has not come so far. */
    Optional<Digest> root(long size) {
        return size > size()
                ? Optional.empty()
                : Optional.of(Frontier.of(this, size).root());
    }

    public RecordTime lastTime() {
        return lastTime;
    }

    public Registry registry() {
        return registry;
    }

    Verifier verifier() {
        return verifier;
    }

    Blobs blobs() {
        return blobs;
    }

    Staging staging() {
        return staging;
    }

    Shares shares() {
        return shares;
    }

    /** An entry waits here for its place: what is staged for it stays meanwhile. */
    public void awaits(SealedEntry entry) {
        staging.awaits(entry);
    }

    public CopyGroup begin() {
        return new CopyGroup(this);
    }

    /** An empty copy begins with entry 0. */
    void found(SignedStatement founding) {
        if (size() == 0) {
            CopyGroup first = begin();
            first.add(FoundingEntry.content(founding), FoundingEntry.place(founding));
            commit(first);
        }
    }

    /** Makes a group durable: one synced batch. After return all of it is part of this copy. */
    public void commit(CopyGroup group) {
        if (group.count() == 0) {
            return;
        }
        Frontier.Growth growth = frontier.append(group.leafHashes());
        List<Store.Change> batch = new ArrayList<>(group.batch());
        for (NodeHash node : growth.completed()) {
            batch.add(new Put(Space.TREE, node.node().key(), Key.digest(node.hash())));
        }
        Writer encoded = new Writer(512);
        growth.frontier().write(encoded);
        batch.add(new Put(Space.STATE, Key.FRONTIER, encoded.toBytes()));
        batch.add(
                new Put(Space.STATE, Key.LAST_TIME, Key.number(group.lastTime().millis())));
        // Never less than before: of a tail that was taken back this tier may have signed more than the copy has since.
        long signed =
                group.isCosigned() ? Math.max(cosignedSize, growth.frontier().size()) : cosignedSize;
        if (signed > cosignedSize) {
            batch.add(new Put(Space.STATE, Key.COSIGNED, Key.number(signed)));
        }
        store.write(batch);
        cosignedSize = signed;
        frontier = growth.frontier();
        absent.addAll(group.absent());
        group.openings().forEach(cells::opened);
        group.heads().forEach(cells::moved);
        lastTime = group.lastTime();
        voids += group.voids();
        committed.accept(group);
    }

    /** Has somebody told after each group, once it is part of this copy. */
    void whenCommitted(Consumer<CopyGroup> listener) {
        committed = listener;
    }

    /** Entries that took a void place here since this process started. */
    long voids() {
        return voids;
    }

    /** The largest tree this tier cosigned, or was about to. */
    long cosignedSize() {
        return cosignedSize;
    }

    /** On disk before the signature leaves (C2SP tlog-witness, persist before answer). */
    void cosigned(long size) {
        if (size > cosignedSize) {
            store.write(List.of(new Put(Space.STATE, Key.COSIGNED, Key.number(size))));
            cosignedSize = size;
        }
    }

    /** The frontier as it would be after a group, to compare with a checkpoint before anything is written. */
    public Frontier after(CopyGroup group) {
        return frontier.append(group.leafHashes()).frontier();
    }

    @Override
    public Digest hash(trimaran.ledger.Node node) {
        return store.get(Space.TREE, node.key())
                .map(bytes -> Digest.of(bytes.unsafeArray()))
                .orElseThrow(() -> new MissingNodeException(node));
    }

    @Override
    public CellHead head(CellId cell) {
        return cells.head(cell);
    }

    /** The head as the disk has it, for whoever checks the disk. */
    CellHead headOnDisk(CellId cell) {
        return cells.onDisk(cell).orElse(CellHead.empty(cell));
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        return cells.opening(cell).map(Opening::cell);
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        return KeyCells.drawers(store, this, cell);
    }

    @Override
    public long version(ResourceId resource) {
        return store.get(Space.VERSIONS, Key.resource(resource))
                .map(bytes -> own(bytes, Reader::u32))
                .orElse(0L);
    }

    @Override
    public boolean placed(Digest entry) {
        return store.get(Space.POSITIONS, Key.digest(entry)).isPresent();
    }

    public OptionalLong position(Digest entry) {
        Optional<Bytes> found = store.get(Space.POSITIONS, Key.digest(entry));
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(own(found.get(), Reader::count));
    }

    /** The last void place of an entry that has not been held anew since. */
    OptionalLong voided(Digest entry) {
        Optional<Bytes> found = store.get(Space.STATE, Key.voided(entry));
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(own(found.get(), Reader::count));
    }

    public Optional<Stored> entry(long index) {
        return store.get(Space.ENTRIES, Key.number(index)).map(bytes -> stored(index, bytes));
    }

    /** Visits entries from a position on until the visitor says stop. */
    public void entries(long from, java.util.function.Predicate<Stored> visitor) {
        store.scan(
                Space.ENTRIES,
                Key.number(from),
                Key.number(Long.MAX_VALUE),
                (key, value) -> visitor.test(stored(own(key, Reader::count), value)));
    }

    /** How a cell was opened and where. */
    public record Opening(long index, NewCell cell) {}

    public Optional<Opening> opening(CellId cell) {
        return cells.opening(cell);
    }

    /** Where part {@code sequence} of a cell lies: entry position and which of its parts. */
    public record PartAt(long index, int part) {}

    public void parts(CellId cell, long from, java.util.function.Predicate<PartAt> visitor) {
        store.scan(
                Space.CELLS,
                Key.cellItem(cell, Key.CellItem.PART, from),
                Key.cellItem(cell, Key.CellItem.HEAD, 0),
                (key, value) -> visitor.test(own(value, reader -> new PartAt(reader.count(), reader.u16()))));
    }

    public List<CellId> cellsOf(CellId subject) {
        List<CellId> cells = new ArrayList<>();
        Bytes prefix = Key.cell(subject);
        store.scan(
                Space.SUBJECTS,
                prefix,
                Key.after(prefix),
                (key, value) -> cells.add(Key.cellAt(key, CellId.SIZE_BYTES)));
        return cells;
    }

    /** Identity cells after a given one, in order of their ids. */
    public List<CellId> subjects(CellId after, int max) {
        List<CellId> subjects = new ArrayList<>();
        store.scan(
                Space.SUBJECTS,
                after.equals(CellId.NONE) ? Bytes.EMPTY : Key.subject(after.next(), CellId.NONE),
                Key.after(Bytes.of((byte) 0xff)),
                (key, value) -> {
                    boolean identity = value.at(0) == CellKind.IDENTITY.ordinal();
                    if (identity) {
                        subjects.add(Key.cellAt(key, CellId.SIZE_BYTES));
                    }
                    return subjects.size() < max;
                });
        return subjects;
    }

    /** Once there is one it stays: read from disk until then. */
    public CellId searchCell() {
        searchCell = searchCell.equals(CellId.NONE) ? state(Key.SEARCH_CELL) : searchCell;
        return searchCell;
    }

    public CellId lookupCell() {
        lookupCell = lookupCell.equals(CellId.NONE) ? state(Key.LOOKUP_CELL) : lookupCell;
        return lookupCell;
    }

    /** Reads this copy's own bytes; they cannot be malformed unless the disk lies. */
    static <T> T own(Bytes bytes, Reader.Item<T> item) {
        try {
            return Reader.whole(bytes, item);
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("this copy cannot be read: " + broken.getMessage(), broken);
        }
    }

    void foldRegistry(long index, Header header, RecordTime time) {
        try {
            Statement statement =
                    SignedStatement.decode(header.author().statement()).statement();
            registry.apply(statement, time, index);
            if (statement instanceof Statement.Refresh refresh) {
                shares.begun(refresh.generation(), index);
            }
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("a placed registry statement cannot be read", broken);
        }
    }

    /** The first search and lookup cells of the log are the hospital's. */
    void firstOf(NewCell cell, List<Store.Change> batch) {
        Bytes key = cell.kind() == CellKind.SEARCH ? Key.SEARCH_CELL : Key.LOOKUP_CELL;
        if (store.get(Space.STATE, key).isEmpty()) {
            batch.add(new Put(Space.STATE, key, Key.cell(cell.cell())));
        }
    }

    private CellId state(Bytes key) {
        return store.get(Space.STATE, key)
                .map(bytes -> own(bytes, CellId::read))
                .orElse(CellId.NONE);
    }

    private void replayRegistry() {
        Bytes first = Key.registryEntry(0);
        List<Long> indexes = new ArrayList<>();
        store.scan(Space.STATE, first, Key.registryEntry(Long.MAX_VALUE), (key, value) -> {
            indexes.add(own(Bytes.ofRange(key.unsafeArray(), 8, 16), Reader::count));
            return true;
        });
        for (long index : indexes) {
            Stored stored = entry(index).orElseThrow();
            foldRegistry(index, stored.header(), stored.place().effectiveTime());
        }
    }

    static Stored stored(long index, Bytes bytes) {
        return own(
                bytes, reader -> new Stored(index, reader.bytes(Integer.MAX_VALUE), reader.bytes(Integer.MAX_VALUE)));
    }
}
