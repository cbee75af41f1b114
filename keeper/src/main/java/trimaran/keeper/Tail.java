package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.keeper.spi.Store.Change.TakeBack;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.ledger.Frontier;
import trimaran.ledger.HashSource;
import trimaran.ledger.Node;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/**
 * The end of a copy that is another tree than the one a quorum signed, since data fed this tier what it fed nobody else. It is
 * taken back: that it is to go is on disk first, then the keeper begins anew, and before anything reads the copy the tail goes,
 * the last entries first, a few in each synced batch. Whatever crashes in between, the copy on disk is a whole one, and the
 * next start goes on.
 *
 * <p>What is derived from entries comes out as if the tail had never been there. What an author wrote is not destroyed: an entry
 * whose place counted is held afterwards (DESIGN §10), and blobs stay where they are, under their digests.
 */
final class Tail {

    /** Entries in one batch: with what is held of them some megabytes. */
    static final int STEP = 32;

    private final KeeperSetting setting;
    private final Store store;
    private final Packed packed;
    private final EntryTransit transit;

    /** The size of the copy once it is done. */
    private final long end;

    private Tail(KeeperSetting setting, Registry founded, long end) {
        this.setting = setting;
        this.store = setting.store();
        // An erasure is acted on only under a quorum, so nothing of a tail is erased, whatever stands in the registry.
        Blobs blobs = new Blobs(store);
        this.packed = blobs.packed();
        this.transit = new EntryTransit(store, blobs, founded);
        this.end = end;
    }

    /** From the return on every start of this tier takes the tail back. The note is the one that says so. */
    static void condemn(Store store, long end, Bytes note, TailCount tails) {
        store.write(List.of(
                new Put(Space.STATE, Key.CUT_BACK, Key.number(end)),
                new Put(Space.STATE, Key.NOTE, note),
                new Put(Space.STATE, Key.TAILS, tails.oneMore())));
    }

    /** Takes back what is to go, if anything is. MUST be done before anything else reads the copy. */
    static void takeBack(KeeperSetting setting) {
        setting.store().get(Space.STATE, Key.CUT_BACK).ifPresent(bytes -> {
            if (!(setting.founding().statement() instanceof Statement.Founding founding)) {
                throw new IllegalArgumentException("entry 0 is a founding statement");
            }
            new Tail(setting, new Registry(founding), Copy.own(bytes, Reader::count)).takeBack();
        });
    }

    private void takeBack() {
        long size = store.get(Space.STATE, Key.FRONTIER)
                .map(bytes -> Copy.own(bytes, Frontier::read))
                .orElse(Frontier.EMPTY)
                .size();
        if (size > end) {
            List<Store.Change> batch = new ArrayList<>(new TailTraces(setting, end, size).taken());
            forswear(batch);
            store.write(batch);
        }
        while (size > end) {
            long next = Math.max(end, size - STEP);
            store.write(step(next, size));
            size = next;
        }
        store.write(List.of(new Remove(Space.STATE, Key.CUT_BACK)));
    }

    /**
     * What this tier signed of the tail it signed for good: up to that size it signs nothing any more, so that no two checkpoints
     * of one size ever bear its name. What data's log signed of it stays as evidence: it has signed two trees.
     */
    private void forswear(List<Store.Change> batch) {
        // A second tail may be a smaller one than the first: what was forsworn then stays forsworn.
        long signed = Math.max(count(Key.COSIGNED), count(Key.FORSWORN));
        if (signed > end) {
            batch.add(new Put(Space.STATE, Key.FORSWORN, Key.number(signed)));
        }
        store.get(Space.STATE, Key.OFFERED).ifPresent(offered -> {
            if (Cosigner.sizeOf(offered) > end) {
                batch.add(new Put(Space.STATE, Key.OTHER_TREE, offered));
                batch.add(new Remove(Space.STATE, Key.OFFERED));
            }
        });
    }

    private long count(Bytes key) {
        return store.get(Space.STATE, key)
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(0L);
    }

    /** Takes the entries from one position to another off the end. */
    private List<Store.Change> step(long from, long size) {
        List<Store.Change> batch = new ArrayList<>();
        for (long index = size - 1; index >= from; index--) {
            entry(index, batch);
            nodes(index, batch);
        }
        HashSource tree = node -> store.get(Space.TREE, node.key())
                .map(bytes -> Digest.of(bytes.unsafeArray()))
                .orElseThrow();
        Writer frontier = new Writer(512);
        Frontier.of(tree, from).write(frontier);
        batch.add(new Put(Space.STATE, Key.FRONTIER, frontier.toBytes()));
        batch.add(new Put(
                Space.STATE,
                Key.LAST_TIME,
                Key.number(stored(from - 1).place().time().millis())));
        return batch;
    }

    private Copy.Stored stored(long index) {
        return Copy.stored(index, store.get(Space.ENTRIES, Key.number(index)).orElseThrow());
    }

    /** The nodes this leaf made complete, itself included. */
    private static void nodes(long leaf, List<Store.Change> batch) {
        batch.add(new TakeBack(Space.TREE, new Node(0, leaf).key()));
        int level = 0;
        for (long rest = leaf; (rest & 1) == 1; rest >>>= 1) {
            level++;
            batch.add(new TakeBack(Space.TREE, new Node(level, leaf >>> level).key()));
        }
    }

    private void entry(long index, List<Store.Change> batch) {
        Copy.Stored stored = stored(index);
        Header header = stored.header();
        Place place = stored.place();
        if (place.verdict() != Verdict.VOID) {
            hold(stored, header, batch);
            batch.add(new TakeBack(Space.POSITIONS, Key.digest(header.digest())));
            List<CellPart> parts = header.author().parts();
            for (int i = parts.size() - 1; i >= 0; i--) {
                part(parts.get(i), place.parts().get(i), batch);
            }
            header.author().newCells().stream()
                    .filter(cell -> isOpenedAt(index, cell))
                    .forEach(cell -> opened(cell, batch));
            batch.add(new Remove(Space.ESCROW, Key.number(index)));
            batch.add(new TakeBack(Space.ANNEXES, Key.number(index)));
            if (header.author().kind() == EntryKind.REGISTRY) {
                batch.add(new Remove(Space.STATE, Key.registryEntry(index)));
            }
        }
        large(stored).forEach((digest, content) -> batch.add(packed.gone(digest, Key.number(index))));
        batch.add(new TakeBack(Space.ENTRIES, Key.number(index)));
    }

    /** What of an entry is packed to be fetched. */
    private Map<Digest, Bytes> large(Copy.Stored stored) {
        Map<Digest, Bytes> large = new HashMap<>();
        Bytes key = Key.number(stored.index());
        for (Optional<Bytes> content : List.of(
                Optional.of(stored.headerBytes()), store.get(Space.ANNEXES, key), store.get(Space.ESCROW, key))) {
            content.filter(bytes -> bytes.size() > RecordLimits.INLINE_MAX)
                    .ifPresent(bytes -> large.put(Digest.sha256(bytes), bytes));
        }
        return large;
    }

    /**
     * Whatever no held set names yet is held from now on; this tier says so once it runs, if it can (HeldExchange). What acts on
     * sight is announced instead.
     */
    private void hold(Copy.Stored stored, Header header, List<Store.Change> batch) {
        Bytes key = Key.digest(header.digest());
        if (store.get(Space.HELD, key).isEmpty()
                && TailTraces.actingOnSight(header).isEmpty()) {
            SealedEntry placed = transit.whole(stored);
            SealedEntry entry =
                    new SealedEntry(placed.header(), placed.annex(), placed.escrow(), placed.blobs(), Bytes.EMPTY);
            Writer writer = new Writer(8192);
            entry.write(writer);
            writer.list(List.<Held>of(), (w, statement) -> statement.write(w));
            large(stored).forEach((digest, content) -> batch.add(packed.kept(digest, key, content)));
            batch.add(new Put(Space.HELD, key, writer.toBytes()));
        }
    }

    /** The place says what stood before it: of two parts of one cell the earlier one's word is the later change, and counts. */
    private void part(CellPart part, PlacedPart placed, List<Store.Change> batch) {
        CellId cell = part.cell();
        batch.add(new TakeBack(Space.CELLS, Key.cellItem(cell, Key.CellItem.PART, placed.sequence())));
        batch.add(new Remove(Space.STATE, Key.absent(cell, placed.sequence())));
        Bytes head = Key.cellItem(cell, Key.CellItem.HEAD, 0);
        if (placed.sequence() == 0) {
            batch.add(new TakeBack(Space.CELLS, head));
        } else {
            Writer encoded = new Writer(48);
            new CellHead(cell, placed.sequence(), placed.previous()).write(encoded);
            batch.add(new Put(Space.CELLS, head, encoded.toBytes()));
        }
        for (int i = part.changes().size() - 1; i >= 0; i--) {
            Bytes resource =
                    Key.resource(new ResourceId(cell, part.changes().get(i).local()));
            long before = placed.versions().get(i) - 1;
            batch.add(
                    before == 0
                            ? new TakeBack(Space.VERSIONS, resource)
                            : new Put(
                                    Space.VERSIONS,
                                    resource,
                                    new Writer(4).u32(before).toBytes()));
        }
    }

    /** Not where an entry before it opened the cell already. */
    private boolean isOpenedAt(long index, NewCell cell) {
        return store.get(Space.CELLS, Key.cellItem(cell.cell(), Key.CellItem.OPENING, 0))
                .filter(row -> Copy.own(Bytes.ofRange(row.unsafeArray(), 0, Long.BYTES), Reader::count) == index)
                .isPresent();
    }

    private void opened(NewCell opened, List<Store.Change> batch) {
        CellId cell = opened.cell();
        batch.add(new TakeBack(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0)));
        batch.add(new TakeBack(Space.SUBJECTS, Key.subject(opened.subject(), cell)));
        batch.add(new Remove(Space.STATE, Key.lacking(cell)));
        for (long generation : setting.keys().shares().numbers()) {
            batch.add(new Remove(Space.SHARES, Key.share(generation, cell)));
        }
        for (Bytes first : List.of(Key.SEARCH_CELL, Key.LOOKUP_CELL)) {
            if (store.get(Space.STATE, first).equals(Optional.of(Key.cell(cell)))) {
                batch.add(new Remove(Space.STATE, first));
            }
        }
    }
}
