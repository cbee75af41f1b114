package trimaran.keeper;

import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.Session;
import trimaran.record.Statement;

/** What a session has open now, as the ledgers say: this tier's own, and the copies of the two others'. */
record Leased(Copy copy, Ledgers ledgers) {

    /** Lines looked at: of a cell that was handed out oftener within a lease nothing is said. */
    static final int LINES_MAX = 256;

    /** Whether this cell was handed to the session, and its lease runs still. */
    boolean has(Session session, CellId cell, RecordTime now) {
        long lease = session.kind() == Statement.BadgeKind.STATION
                ? copy.registry().policy().stationLeaseMillis()
                : copy.registry().policy().leaseMillis();
        return Party.TIERS.stream()
                .anyMatch(party -> ledgers.index().lines(party, cell, ledgers.lines(party), LINES_MAX).stream()
                        .map(number -> ledgers.line(party, number))
                        .flatMap(Optional::stream)
                        // Lines stand in the order of their times: those before are older still.
                        .takeWhile(line -> now.millis() - line.time().millis() < lease)
                        .anyMatch(line -> line.session().equals(session.id()) && hands(line)));
    }

    /** Whether an entry of the session opened this cell: no line says that it has it. */
    boolean drew(Session session, CellId cell) {
        return copy.opening(cell)
                .flatMap(opening -> copy.entry(opening.index()))
                .filter(entry -> entry.header().author().session().equals(session.id()))
                .isPresent();
    }

    private static boolean hands(LedgerLine line) {
        return line.act() == LedgerLine.Act.RELEASED || line.act() == LedgerLine.Act.BROKE_GLASS;
    }
}
