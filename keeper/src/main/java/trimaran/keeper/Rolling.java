package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.RollOrder;

/**
 * Which cells are to be rolled: those whose newest key somebody an order names had in its window, handed out or drawn, unless a key
 * was drawn since. Nothing is written down about it: it follows from the record and from the index of the three ledgers, so that a
 * line that comes late counts at once, and nothing has to be derived again after a start, a rebuild or a tail that was taken back.
 */
final class Rolling {

    /**
     * Lines looked at for one cell, in all ledgers together. What was handed out oftener is rolled unseen: a key more costs one row,
     * and a tier that reads for long serves nobody.
     */
    static final int LINES_MAX = 256;

    /** Lines looked at before whoever else waits for the tier has a turn. */
    static final int LINES_AT_ONCE = 512;

    private final Store store;
    private final Copy copy;
    private final Ledgers ledgers;
    private int looked;

    Rolling(Store store, Copy copy, Ledgers ledgers) {
        this.store = store;
        this.copy = copy;
        this.ledgers = ledgers;
    }

    /** Whether there is any order: else nothing is looked at. */
    boolean isOrdered() {
        return !copy.registry().rolls().isEmpty();
    }

    /** Those of these cells that are to be rolled, looked up in slices; at once where there is no order. */
    void among(Collection<CellId> cells, Loop loop, Consumer<Set<CellId>> then) {
        if (isOrdered()) {
            new Walk(new ArrayDeque<>(cells), loop, then).slice();
        } else {
            then.accept(Set.of());
        }
    }

    /** Whether the next writer into a cell is asked to draw a new key. */
    boolean isToRoll(CellId cell) {
        Look look = new Look(cell, orders());
        Optional<Boolean> found;
        do {
            looked = 0;
            found = look.found();
        } while (found.isEmpty());
        return found.get();
    }

    /** An order, and what is known of whom it names: both for all cells that are looked at together. */
    private record Ordered(RollOrder order, RollHolder holder) {}

    private List<Ordered> orders() {
        return copy.registry().rolls().stream()
                .map(order -> new Ordered(
                        order, new RollHolder(order.roll(), copy.registry(), ledgers.index(), copy.lastTime())))
                .toList();
    }

    /** Goes through some cells, and where a slice is full through the rest of them, and of their lines, in the next. */
    private final class Walk {
        private final ArrayDeque<CellId> left;
        private final Loop loop;
        private final Consumer<Set<CellId>> then;
        private final List<Ordered> orders = orders();
        private final Set<CellId> found = new HashSet<>();
        private @Nullable Look unfinished;

        Walk(ArrayDeque<CellId> left, Loop loop, Consumer<Set<CellId>> then) {
            this.left = left;
            this.loop = loop;
            this.then = then;
        }

        void slice() {
            looked = 0;
            while (unfinished != null || !left.isEmpty()) {
                if (looked >= LINES_AT_ONCE) {
                    loop.run(this::slice);
                    return;
                }
                Look look = unfinished == null ? new Look(left.remove(), orders) : unfinished;
                Optional<Boolean> answer = look.found();
                unfinished = answer.isEmpty() ? look : null;
                if (answer.orElse(false)) {
                    found.add(look.cell);
                }
            }
            then.accept(found);
        }
    }

    /** One cell, whose lines are read once for all orders. */
    private final class Look {
        private final CellId cell;
        private final CellId newest;
        private final List<RollHolder> asking = new ArrayList<>();
        private final ArrayDeque<Party> parties = new ArrayDeque<>(Party.TIERS);
        private final ArrayDeque<Long> numbers = new ArrayDeque<>();
        private final List<RollHolder> open = new ArrayList<>();
        private Party party = Party.DATA;
        private boolean theirs;
        private int left = LINES_MAX;

        Look(CellId cell, List<Ordered> orders) {
            this.cell = cell;
            // A cell without a line costs a few rows as well.
            looked++;
            if (orders.isEmpty()
                    || copy.opened(cell).filter(one -> one.kind().mayRoll()).isEmpty()) {
                newest = cell;
                return;
            }
            newest = newest(cell);
            Optional<Copy.Stored> opened = copy.opening(newest).flatMap(opening -> copy.entry(opening.index()));
            long index = opened.map(Copy.Stored::index).orElse(-1L);
            RecordTime drawn =
                    opened.map(entry -> entry.place().effectiveTime()).orElse(RecordTime.ZERO);
            orders.stream()
                    .filter(one -> one.order().asksAnew(index))
                    .map(Ordered::holder)
                    .forEach(asking::add);
            theirs = opened.filter(entry -> asking.stream()
                            .anyMatch(holder ->
                                    holder.drew(entry.header().author().session(), drawn)))
                    .isPresent();
        }

        /** Whether it is to be rolled; empty while the slice is full and more is to be looked at. */
        Optional<Boolean> found() {
            while (!theirs && !asking.isEmpty()) {
                if (numbers.isEmpty()) {
                    if (parties.isEmpty()) {
                        return Optional.of(false);
                    }
                    party = parties.remove();
                    open.clear();
                    open.addAll(asking);
                    numbers.addAll(ledgers.index().lines(party, newest, ledgers.lines(party), left + 1));
                } else if (looked >= LINES_AT_ONCE) {
                    return Optional.empty();
                } else {
                    theirs = left-- == 0 || isTheirs(numbers.remove());
                }
            }
            return Optional.of(theirs);
        }

        private boolean isTheirs(long number) {
            looked++;
            Optional<LedgerLine> line = ledgers.line(party, number);
            if (line.isEmpty()) {
                return false;
            }
            // Lines stand in the order of their times: those before are older still.
            open.removeIf(holder -> holder.isOver(line.get().time()));
            if (open.isEmpty()) {
                numbers.clear();
            }
            return open.stream().anyMatch(holder -> holder.had(line.get()));
        }
    }

    private CellId newest(CellId cell) {
        CellId newest = cell;
        long last = -1;
        for (CellId key : KeyCells.placed(store, cell)) {
            long index = copy.opening(key).map(Copy.Opening::index).orElse(-1L);
            if (index > last) {
                last = index;
                newest = key;
            }
        }
        return newest;
    }
}
