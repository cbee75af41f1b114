package trimaran.keeper;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/**
 * Holds the index of the ledgers against their lines. Each line's rows are looked up while the line is reread ({@link LedgerCheck});
 * as many rows as lines made are all of them, and only if there are more or fewer is each one held against its line. Rows of lines that
 * came since the check began are left out.
 */
final class LedgerIndexCheck {

    private final Store store;
    private final Ledgers ledgers;
    private final CheckSlice slice;
    private final CheckFaults faults;
    private final Map<Party, Long> began = new EnumMap<>(Party.class);
    private long made;
    private long rows;

    LedgerIndexCheck(Store store, Ledgers ledgers, CheckSlice slice, CheckFaults faults) {
        this.store = store;
        this.ledgers = ledgers;
        this.slice = slice;
        this.faults = faults;
        Party.TIERS.forEach(party -> began.put(party, ledgers.lines(party)));
    }

    /** A line of a tier's ledger was reread: each cell it names leads to it. */
    void line(Party ledger, LedgerLine line) {
        for (CellId cell : LedgerIndex.cells(line)) {
            made++;
            slice.row(0);
            faults.require(
                    ledgers.index().has(cell, ledger, line.number()),
                    "cell " + cell + " does not lead to line " + line.number() + " of " + ledger.word()
                            + "'s release ledger, which names it");
        }
    }

    CheckSlice slice() {
        return slice;
    }

    /** What is done after all lines, in order. */
    List<Checking> all() {
        SpaceCheck naming = SpaceCheck.whole(store, slice, Space.LEDGER_INDEX, this::name, () -> {});
        return List.of(
                SpaceCheck.whole(store, slice, Space.LEDGER_INDEX, this::row, () -> {}),
                () -> rows == made || naming.goOn());
    }

    private void row(Bytes key, Bytes value) {
        if (!LedgerIndex.isOfCell(key)) {
            Digest session =
                    Digest.of(Bytes.ofRange(key.unsafeArray(), 1, key.size()).toArray());
            faults.require(
                    ledgers.index().isBadge(session, Digest.of(value.toArray())),
                    "session " + session.hex() + " was opened by another badge than the index of the ledgers says");
            return;
        }
        LedgerIndex.Row row = LedgerIndex.row(key);
        if (row.line() < began.getOrDefault(row.ledger(), 0L)) {
            rows++;
        } else {
            faults.require(row.line() < ledgers.lines(row.ledger()), sentence(row));
        }
    }

    private void name(Bytes key, Bytes value) {
        if (!LedgerIndex.isOfCell(key)) {
            return;
        }
        LedgerIndex.Row row = LedgerIndex.row(key);
        slice.row(0);
        Optional<LedgerLine> line = ledgers.line(row.ledger(), row.line());
        faults.require(
                row.line() >= began.getOrDefault(row.ledger(), 0L)
                        || line.filter(one -> one.cells().contains(row.cell())).isPresent()
                        || wasNamed(row),
                sentence(row));
    }

    /** Whether a line that lost its number to another names the cell: its rows stay. */
    private boolean wasNamed(LedgerIndex.Row row) {
        return ledgers.copies().aside(row.ledger(), row.line()).stream()
                .anyMatch(line -> line.cells().contains(row.cell()));
    }

    private static String sentence(LedgerIndex.Row row) {
        return "cell " + row.cell() + " leads to line " + row.line() + " of "
                + row.ledger().word() + "'s release ledger, which does not name it";
    }
}
