package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.ledger.Node;
import trimaran.record.Annex;

/**
 * Looks for derived rows that no entry made. {@link EntryCheck} found each row an entry makes where it belongs, so as many rows as
 * it counted are all of them; only if there are more is each one held against its entry. Rows of entries that came since the
 * check began are left out.
 */
final class RowCheck {

    private final Store store;
    private final Copy copy;
    private final CopyRows rows;
    private final EntryCheck entries;
    private final CheckFaults faults;
    private long positions;
    private long statements;
    private long cells;
    private long tokens;
    private Optional<CellId> open = Optional.empty();

    RowCheck(Store store, Copy copy, CopyRows rows, EntryCheck entries, CheckFaults faults) {
        this.store = store;
        this.copy = copy;
        this.rows = rows;
        this.entries = entries;
        this.faults = faults;
    }

    /** What is done after the entries, in order. Each naming pass does nothing while the counts agree. */
    List<Checking> all() {
        return List.of(
                SpaceCheck.whole(store, rows.slice(), Space.TREE, this::node, () -> {}),
                new SpaceCheck(
                        store,
                        rows.slice(),
                        Space.ENTRIES,
                        Key.number(entries.size()),
                        Key.number(Long.MAX_VALUE),
                        this::entry,
                        this::frontier),
                new SpaceCheck(
                        store,
                        rows.slice(),
                        Space.STATE,
                        Key.registryEntry(0),
                        Key.registryEntry(Long.MAX_VALUE),
                        this::statement,
                        () -> faults.require(
                                statements == entries.statements(),
                                "statements are kept that are no entries of this copy")),
                SpaceCheck.whole(store, rows.slice(), Space.POSITIONS, this::position, () -> {}),
                ifMore(() -> positions != entries.counted(), Space.POSITIONS, this::namePosition),
                SpaceCheck.whole(store, rows.slice(), Space.SUBJECTS, this::subject, () -> {}),
                SpaceCheck.whole(store, rows.slice(), Space.CELLS, this::cell, () -> {}),
                ifMore(() -> cells != entries.cells(), Space.CELLS, this::nameOpening),
                SpaceCheck.whole(store, rows.slice(), Space.VERSIONS, this::version, () -> {}),
                SpaceCheck.whole(store, rows.slice(), Space.TOKENS, this::token, () -> {}),
                ifMore(() -> tokens != entries.tokens(), Space.TOKENS, this::nameToken));
    }

    private Checking ifMore(java.util.function.BooleanSupplier more, Space space, SpaceCheck.Row row) {
        SpaceCheck pass = SpaceCheck.whole(store, rows.slice(), space, row, () -> {});
        return () -> !more.getAsBoolean() || pass.goOn();
    }

    private void node(Bytes key, Bytes value) {
        try {
            Node node = Node.ofKey(key);
            faults.require(
                    node.endLeaf() <= copy.size(),
                    "node " + node.index() + " of level " + node.level() + " of the tree is beyond its size");
        } catch (MalformedException malformed) {
            faults.add("a node of the tree cannot be read");
        }
    }

    private void entry(Bytes key, Bytes value) {
        long index = Copy.own(key, Reader::count);
        faults.require(index < copy.size(), "entry " + index + " lies beyond the tree");
    }

    /** The edge of the tree, from which this tier goes on: as it is kept, and as the nodes give it. */
    private void frontier() {
        faults.require(
                store.get(Space.STATE, Key.FRONTIER)
                        .map(bytes -> Copy.own(bytes, trimaran.ledger.Frontier::read))
                        .equals(Optional.of(copy.frontier())),
                "the edge of the tree on disk is not the one in use");
        faults.require(
                copy.size() != entries.frontier().size() || copy.frontier().equals(entries.frontier()),
                "the tree on disk is not the tree of the entries");
    }

    private void statement(Bytes key, Bytes value) {
        long index = Copy.own(Bytes.ofRange(key.unsafeArray(), 8, 16), Reader::count);
        statements += index < entries.size() ? 1 : 0;
    }

    private void position(Bytes key, Bytes value) {
        positions += Copy.own(value, Reader::count) < entries.size() ? 1 : 0;
    }

    private void namePosition(Bytes key, Bytes value) {
        long index = Copy.own(value, Reader::count);
        boolean there = rows.entry(index)
                .filter(read -> read.header().digest().equals(Digest.of(key.unsafeArray())))
                .isPresent();
        faults.require(there, "a position leads to entry " + index + ", which is another one");
    }

    private void subject(Bytes key, Bytes value) {
        CellId cell = Key.cellAt(key, CellId.SIZE_BYTES);
        boolean there = rows.opening(cell)
                .filter(opening -> Key.subject(opening.cell().subject(), cell).equals(key))
                .isPresent();
        faults.require(there, "cell " + cell + " is listed under a subject that is not its own");
    }

    private void cell(Bytes key, Bytes value) {
        CellId cell = Key.cellAt(key, 0);
        if (key.equals(Key.cellItem(cell, Key.CellItem.OPENING, 0))) {
            open = Optional.of(cell);
            long index = Copy.own(Bytes.ofRange(value.unsafeArray(), 0, 8), Reader::count);
            cells += index < entries.size() ? 1 : 0;
        } else {
            faults.require(open.equals(Optional.of(cell)), "a row of cell " + cell + " is there, and nobody opened it");
        }
    }

    private void nameOpening(Bytes key, Bytes value) {
        CellId cell = Key.cellAt(key, 0);
        if (!key.equals(Key.cellItem(cell, Key.CellItem.OPENING, 0))) {
            return;
        }
        boolean there = rows.opening(cell)
                .filter(opening -> opening.cell().cell().equals(cell))
                .flatMap(opening -> rows.entry(opening.index())
                        .filter(read -> read.header().author().newCells().contains(opening.cell())))
                .isPresent();
        faults.require(there, "cell " + cell + " was opened by no entry");
    }

    private void version(Bytes key, Bytes value) {
        ResourceId resource = Copy.own(key, ResourceId::read);
        if (open.equals(Optional.of(resource.cell()))) {
            return;
        }
        // The versions of a cell that was opened are compared where the cell is walked.
        boolean opened = rows.opening(resource.cell()).isPresent();
        faults.require(opened, "resource " + resource + " has a version, and nobody opened its cell");
        open = opened ? Optional.of(resource.cell()) : Optional.empty();
    }

    private void token(Bytes key, Bytes value) {
        long index = CopyRows.TokenRow.of(value).index();
        // What an erased annex brought to other cells stays, and nothing tells any more that it did.
        tokens += index < entries.size() && rows.hasAnnex(index) ? 1 : 0;
        faults.require(index < copy.size(), "a lookup token is from an entry this copy does not have");
    }

    private void nameToken(Bytes key, Bytes value) {
        long index = CopyRows.TokenRow.of(value).index();
        ResourceId resource = Copy.own(Bytes.ofRange(key.unsafeArray(), Digest.SIZE, key.size()), ResourceId::read);
        Optional<Bytes> annex = rows.annexBytes(index);
        if (annex.isEmpty()) {
            return;
        }
        boolean brought =
                rows.entry(index).filter(read -> brings(read, annex.get(), key)).isPresent();
        faults.require(brought, "a lookup token that no entry brought leads to " + resource);
    }

    private static boolean brings(CopyRows.Read read, Bytes annex, Bytes key) {
        try {
            return CopyGroup.ownTokens(read.header(), Annex.decode(annex)).stream()
                    .anyMatch(
                            token -> Key.token(token.value(), token.resource()).equals(key));
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
