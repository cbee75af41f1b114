package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.RollOrder;
import trimaran.record.Statement;

/**
 * Which cells are to be rolled: those whose keys somebody an order names was handed within its window, unless a key was drawn since.
 * Nothing is written down about it: it follows from the record and from the index of the three ledgers, so that a line that comes
 * late counts at once, and nothing has to be derived again after a start, a rebuild or a tail that was taken back.
 */
final class Rolling {

    /**
     * Lines looked at for one cell in one ledger. What was handed out oftener since the window began is rolled unseen: a key more costs
     * one row, and a tier that reads for long serves nobody.
     */
    static final int LINES_MAX = 256;

    private final Store store;
    private final Copy copy;
    private final Ledgers ledgers;

    Rolling(Store store, Copy copy, Ledgers ledgers) {
        this.store = store;
        this.copy = copy;
        this.ledgers = ledgers;
    }

    /** Whether the next writer into a cell is asked to draw a new key. */
    boolean isToRoll(CellId cell) {
        List<RollOrder> orders = copy.registry().rolls();
        if (orders.isEmpty()
                || copy.opened(cell).filter(one -> one.kind().mayRoll()).isEmpty()) {
            return false;
        }
        List<CellId> keys = new ArrayList<>(KeyCells.placed(store, cell));
        keys.add(cell);
        RecordTime newest =
                keys.stream().map(this::drawn).max(RecordTime::compareTo).orElse(RecordTime.ZERO);
        return orders.stream().anyMatch(order -> order.asksAnew(newest) && wasHanded(order.roll(), keys));
    }

    private RecordTime drawn(CellId key) {
        return copy.opening(key)
                .flatMap(opening -> copy.entry(opening.index()))
                .map(entry -> entry.place().effectiveTime())
                .orElse(RecordTime.ZERO);
    }

    private boolean wasHanded(Statement.Roll roll, List<CellId> keys) {
        return keys.stream().anyMatch(key -> Party.TIERS.stream().anyMatch(party -> wasHanded(roll, key, party)));
    }

    private boolean wasHanded(Statement.Roll roll, CellId key, Party party) {
        List<Long> numbers = ledgers.index().lines(party, key, ledgers.lines(party), LINES_MAX + 1);
        for (long number : numbers) {
            Optional<LedgerLine> line = ledgers.line(party, number);
            if (line.isPresent() && roll.from().isAfter(line.get().time())) {
                return false;
            }
            if (line.isPresent() && !line.get().time().isAfter(roll.to()) && isTo(roll, line.get())) {
                return true;
            }
        }
        return numbers.size() > LINES_MAX;
    }

    private boolean isTo(Statement.Roll roll, LedgerLine line) {
        boolean hands = line.act() == LedgerLine.Act.RELEASED || line.act() == LedgerLine.Act.BROKE_GLASS;
        return hands
                && switch (roll.holder()) {
                    case PARTY, STATION -> line.recipient().equals(roll.subject());
                    // Whose session it was may be known to nobody any more: then it may have been this one's.
                    case BADGE ->
                        !line.session().equals(Digest.ZERO)
                                && ledgers.index()
                                        .badge(line.session())
                                        .map(roll.subject()::equals)
                                        .orElse(true);
                };
    }
}
