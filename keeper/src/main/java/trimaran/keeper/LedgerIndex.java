package trimaran.keeper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/**
 * Finds in the release ledger, and in the copies of the others', which lines name a cell, the newest first; and remembers for
 * good whose badge opened a session that stands in a line, since a registry forgets sessions. Its rows go into the batch of the
 * line they are made from.
 */
final class LedgerIndex {

    /** Sessions whose badge was just written and is not written again with each line: as many as join a tier. */
    static final int SESSIONS_MAX = Sessions.JOINED_MAX;

    private final Store store;
    private final Function<Digest, Optional<Digest>> badges;
    private final Set<Digest> written = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
            return size() > SESSIONS_MAX;
        }
    });

    /** @param badges which badge opened a session, as long as this tier knows */
    LedgerIndex(Store store, Function<Digest, Optional<Digest>> badges) {
        this.store = store;
        this.badges = badges;
    }

    /** Adds what a line of a tier's ledger makes here to the batch that writes the line. */
    void add(List<Store.Change> batch, Party ledger, LedgerLine line) {
        cells(line)
                .forEach(cell -> batch.add(
                        new Put(Space.LEDGER_INDEX, Key.ledgerCell(cell, ledger, line.number()), Bytes.EMPTY)));
        if (!line.session().equals(Digest.ZERO) && !written.contains(line.session())) {
            badges.apply(line.session()).ifPresent(badge -> {
                written.add(line.session());
                batch.add(new Put(Space.LEDGER_INDEX, Key.ledgerSession(line.session()), Key.digest(badge)));
            });
        }
    }

    /** The cells a line has a row for: each once, however often it is named. */
    static List<CellId> cells(LedgerLine line) {
        return line.cells().stream().distinct().toList();
    }

    /** Whether the row of this line for this cell is there. */
    boolean has(CellId cell, Party ledger, long line) {
        return store.get(Space.LEDGER_INDEX, Key.ledgerCell(cell, ledger, line)).isPresent();
    }

    /** A row about a cell, taken apart. */
    record Row(CellId cell, Party ledger, long line) {}

    /** Whether this is the key of a row about a cell, and not of one about a session. */
    static boolean isOfCell(Bytes key) {
        return key.at(0) == Key.LEDGER_CELL;
    }

    static Row row(Bytes key) {
        return Copy.own(key, reader -> {
            reader.u8();
            return new Row(CellId.read(reader), reader.choice(Party.values()), ~reader.i64());
        });
    }

    /** Whether this badge opened a session, as far as this tier still knows. */
    boolean isBadge(Digest session, Digest badge) {
        return badges.apply(session).map(badge::equals).orElse(true);
    }

    /** Numbers of a tier's lines that name a cell, the newest first. */
    List<Long> lines(Party ledger, CellId cell, long before, int max) {
        List<Long> lines = new ArrayList<>();
        if (before > 0 && max > 0) {
            Bytes from = Key.ledgerCell(cell, ledger, before - 1);
            Bytes to = Key.after(Key.ledgerCell(cell, ledger, 0));
            store.scan(Space.LEDGER_INDEX, from, to, (key, value) -> {
                lines.add(row(key).line());
                return lines.size() < max;
            });
        }
        return lines;
    }

    /** The badge that opened a session; empty if this tier never knew. */
    Optional<Digest> badge(Digest session) {
        return badges.apply(session)
                .or(() -> store.get(Space.LEDGER_INDEX, Key.ledgerSession(session))
                        .map(bytes -> Digest.of(bytes.unsafeArray())));
    }
}
