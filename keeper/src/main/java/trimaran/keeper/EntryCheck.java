package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.NodeHash;
import trimaran.ledger.TreeHead;
import trimaran.record.Annex;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Judgement;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.shares.SharePair;

/**
 * Rereads every entry in order: its leaf and every tree node it completes, its validity with every signature, its blobs and
 * annex, the rows that lead to it, the shares of the cells it opens; and walks each of these cells. It remembers the registry,
 * the edge of the tree and what is left of one entry, and nothing else that grows.
 */
final class EntryCheck implements Checking {

    /** Entries between two breaths of the loop: some 20 ms of signature checks. They end earlier with {@link CheckSlice}. */
    static final int SLICE = 64;

    /** What is left to do of an entry before the next one: it may take more than a slice. */
    private record Step(String name, Supplier<Checking> begin) {}

    private final KeeperSetting setting;
    private final Copy copy;
    private final CopyRows rows;
    private final CheckFaults faults;
    private final Registry registry;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final long size;
    private final TreeHead note;
    private final int versionPage;
    private Optional<Checking> begun = Optional.empty();
    private Frontier frontier = Frontier.EMPTY;
    private RecordTime lastTime;
    private long counted;
    private long statements;
    private long cells;
    private long tokens;
    private long shares;
    private long erased;

    /** @param note the largest head a quorum signed, as this tier keeps it: a beginning of the tree, if the copy reaches it */
    EntryCheck(KeeperSetting setting, Copy copy, CopyRows rows, CheckFaults faults, TreeHead note, int versionPage) {
        this.setting = setting;
        this.copy = copy;
        this.rows = rows;
        this.faults = faults;
        this.note = note;
        this.versionPage = versionPage;
        Statement.Founding founding = (Statement.Founding) setting.founding().statement();
        this.registry = new Registry(founding);
        this.lastTime = founding.time();
        this.size = copy.size();
    }

    @Override
    public boolean goOn() {
        CheckSlice slice = rows.slice();
        slice.begin();
        int entries = 0;
        while (entries < SLICE && !slice.isOver()) {
            if (!steps.isEmpty()) {
                if (isOver(steps.getFirst())) {
                    steps.remove();
                    begun = Optional.empty();
                }
            } else if (frontier.size() < size) {
                if (!next()) {
                    return true;
                }
                entries++;
            } else {
                end();
                return true;
            }
        }
        return false;
    }

    private boolean isOver(Step step) {
        try {
            if (begun.isEmpty()) {
                begun = Optional.of(step.begin().get());
            }
            return begun.get().goOn();
        } catch (IllegalStateException | Store.StoreFailure broken) {
            faults.add(step.name() + " cannot be read: " + broken.getMessage());
            return true;
        }
    }

    /** False if an entry is missing: nothing after it can be told from what should be there. */
    private boolean next() {
        long index = frontier.size();
        try {
            Optional<CopyRows.Read> read = rows.entry(index);
            if (read.isEmpty()) {
                faults.add("entry " + index + " is missing");
                return false;
            }
            Copy.Stored stored = read.get().stored();
            grow(Place.leaf(read.get().header().author().nonce(), stored.headerBytes(), stored.placeBytes()));
            judgeOrWalk(read.get());
        } catch (IllegalStateException | Store.StoreFailure broken) {
            if (frontier.size() == index) {
                grow(Digest.ZERO);
            }
            faults.add("entry " + index + " cannot be read");
        }
        return true;
    }

    private void grow(Digest leaf) {
        Frontier.Growth growth = frontier.append(List.of(Merkle.leaf(Bytes.of(leaf.unsafeArray()))));
        frontier = growth.frontier();
        for (NodeHash node : growth.completed()) {
            faults.require(
                    isKept(node),
                    "node " + node.node().index() + " of level " + node.node().level()
                            + " of the tree on disk is not what the entries say");
        }
        if (frontier.size() == note.size()) {
            faults.require(frontier.head().equals(note), "the tree is not the one a quorum signed at " + note.size());
        }
    }

    private boolean isKept(NodeHash node) {
        try {
            return setting.store()
                    .get(Space.TREE, node.node().key())
                    .filter(Key.digest(node.hash())::equals)
                    .isPresent();
        } catch (Store.StoreFailure broken) {
            return false;
        }
    }

    /** A void entry does not say what it found in its cells: they are walked before it is judged. */
    private void judgeOrWalk(CopyRows.Read read) {
        PastVersions past = new PastVersions(rows, read);
        if (read.place().verdict() != Verdict.VOID) {
            judge(read, past);
            return;
        }
        steps.add(new Step("what entry " + read.stored().index() + " was void for", () -> () -> {
            boolean over = past.goOn();
            if (over) {
                judge(read, past);
            }
            return over;
        }));
    }

    private void judge(CopyRows.Read read, PastVersions past) {
        long index = read.stored().index();
        Place place = read.place();
        faults.require(place.index() == index, "entry " + index + " says it is " + place.index());
        faults.require(!lastTime.isAfter(place.time()), "entry " + index + " was placed before the one before it");
        lastTime = place.time();
        if (index == 0) {
            faults.require(
                    read.stored()
                            .headerBytes()
                            .equals(FoundingEntry.content(setting.founding()).headerBytes()),
                    "entry 0 is not this hospital's founding");
            counts(read);
            return;
        }
        if (!PastLog.fits(read)) {
            faults.add("entry " + index + " has a place that is not its own");
            return;
        }
        Judgement judgement = new Validity(registry, new PastLog(rows, read, past), setting.verifier())
                .judge(read.header(), place.time(), place.held());
        if (judgement.verdict() != place.verdict() || !judgement.parts().equals(place.parts())) {
            faults.add("entry " + index + " is placed otherwise than the record says: "
                    + judgement.reason().map(Object::toString).orElse("other heads or versions"));
        }
        if (place.verdict() != Verdict.VOID) {
            counts(read);
        }
    }

    /** The rows an entry that counts has made. */
    private void counts(CopyRows.Read read) {
        long index = read.stored().index();
        Header header = read.header();
        Place place = read.place();
        counted++;
        faults.require(rows.position(header.digest()) == index, "the position of entry " + index + " is not kept");
        for (NewCell cell : header.author().newCells()) {
            opened(index, cell);
        }
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size(); i++) {
            long sequence = place.parts().get(i).sequence();
            boolean leads = rows.part(parts.get(i).cell(), sequence).equals(Optional.of(new Copy.PartAt(index, i)));
            faults.require(
                    leads, "part " + sequence + " of cell " + parts.get(i).cell() + " does not lead to entry " + index);
            blob(index, parts.get(i), sequence);
        }
        annex(read);
        if (header.author().kind() == EntryKind.REGISTRY) {
            statement(index, header, place);
        }
    }

    private void statement(long index, Header header, Place place) {
        statements++;
        faults.require(
                setting.store().get(Space.STATE, Key.registryEntry(index)).isPresent(),
                "entry " + index + " is not kept as a statement");
        try {
            Statement statement =
                    SignedStatement.decode(header.author().statement()).statement();
            registry.apply(statement, place.effectiveTime(), index);
        } catch (MalformedException malformed) {
            faults.add("the statement of entry " + index + " cannot be read");
        }
    }

    private void opened(long index, NewCell cell) {
        boolean before = rows.opening(cell.cell())
                .filter(opening -> opening.index() < index && opening.cell().equals(cell))
                .isPresent();
        if (before) {
            // Its opener opened it twice, in the very same way: the first entry made the rows.
            return;
        }
        cells++;
        steps.add(new Step(
                "cell " + cell.cell(),
                () -> new CellCheck(setting.store(), copy, rows, faults, cell.cell(), versionPage)));
        faults.require(
                rows.opening(cell.cell()).equals(Optional.of(new Copy.Opening(index, cell))),
                "the opening of cell " + cell.cell() + " is not what entry " + index + " says");
        faults.require(
                setting.store()
                        .get(Space.SUBJECTS, Key.subject(cell.subject(), cell.cell()))
                        .filter(kind -> kind.equals(Bytes.of((byte) cell.kind().ordinal())))
                        .isPresent(),
                "cell " + cell.cell() + " is not listed under its subject");
        Optional<SharePair> pair = copy.shares().pair(cell.cell());
        if (pair.isEmpty()) {
            faults.add("the shares of cell " + cell.cell() + " are missing");
        } else {
            // What was refreshed since is no entry's: the digests of the refresh are compared. Lookup secrets never
            // are.
            boolean asDrawn = cell.kind() == CellKind.LOOKUP
                    || copy.shares().of(index) == copy.shares().openedIn(index);
            boolean committed =
                    !asDrawn || Shares.commitments(cell).check(pair.get()) instanceof Outcome.Done<SharePair>;
            faults.require(committed, "the shares of cell " + cell.cell() + " are not the committed ones");
            shares += committed ? 1 : 0;
            pair.get().wipe();
        }
    }

    /** What is not here is erased if the record says so, wherever it says it, and lost if not. */
    private void blob(long index, CellPart part, long sequence) {
        steps.add(new Step(
                "a blob of entry " + index,
                () -> new BlobCheck(copy.blobs(), rows.slice(), part.blob(), found -> {
                    if (found == BlobCheck.Found.NOTHING && isErased(part.cell(), sequence)) {
                        erased++;
                    } else {
                        faults.require(found != BlobCheck.Found.NOTHING, "a blob of entry " + index + " is missing");
                        faults.require(found != BlobCheck.Found.ALTERED, "a blob of entry " + index + " is altered");
                    }
                })));
    }

    private void annex(CopyRows.Read read) {
        long index = read.stored().index();
        Digest named = read.header().author().annex();
        Optional<Bytes> annex = rows.annexBytes(index);
        if (annex.isEmpty()) {
            faults.require(named.equals(Digest.ZERO) || isErased(read), "the annex of entry " + index + " is missing");
        } else if (!Digest.sha256(annex.get()).equals(named)) {
            faults.add("the annex of entry " + index + " is altered");
        } else {
            tokens(index, read.header(), annex.get());
        }
    }

    private boolean isErased(CopyRows.Read read) {
        List<CellPart> parts = read.header().author().parts();
        for (int i = 0; i < parts.size(); i++) {
            if (isErased(parts.get(i).cell(), read.place().parts().get(i).sequence())) {
                return true;
            }
        }
        return false;
    }

    /** By this tier's own registry, which is ahead of the one folded here; {@link #end} holds the one against the other. */
    private boolean isErased(CellId cell, long sequence) {
        return sequence < copy.registry().erased(cell);
    }

    /** Each token row is counted with the entry that brought it last. */
    private void tokens(long index, Header header, Bytes annex) {
        try {
            for (Annex.Token token : CopyGroup.ownTokens(header, Annex.decode(annex))) {
                Optional<CopyRows.TokenRow> row = rows.token(token);
                boolean last = row.filter(one -> one.index() == index).isPresent();
                boolean good = row.filter(one -> last ? one.unique() == token.unique() : one.index() > index)
                        .isPresent();
                faults.require(good, "a lookup token of entry " + index + " does not lead to its resource");
                tokens += last ? 1 : 0;
            }
        } catch (MalformedException malformed) {
            faults.add("the annex of entry " + index + " cannot be read");
        }
    }

    private void end() {
        if (copy.size() == size) {
            Set<CellId> erasedCells = new HashSet<>(copy.registry().erasedCells());
            erasedCells.forEach(cell -> faults.require(
                    registry.erased(cell) == copy.registry().erased(cell),
                    "this tier believes an erasure of cell " + cell + " that is not in the record"));
        }
    }

    /** How many entries there were when the check began. */
    long size() {
        return size;
    }

    Frontier frontier() {
        return frontier;
    }

    /** Entries that count. */
    long counted() {
        return counted;
    }

    /** Registry statements that count. */
    long statements() {
        return statements;
    }

    long cells() {
        return cells;
    }

    /** Token rows whose last bringer's annex is here. */
    long tokens() {
        return tokens;
    }

    long shares() {
        return shares;
    }

    long erased() {
        return erased;
    }
}
