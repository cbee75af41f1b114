package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Loop;
import trimaran.kernel.RecordTime;
import trimaran.record.Session;

/**
 * What a session is told of which cells are to be rolled: of those it has, whether somebody who fell was handed them. Of any other it is
 * said that it is to be rolled, which tells nothing, and costs a key too many where a ledger is behind. One cell a turn of the loop.
 */
final class ToldToRoll {

    private final Loop loop;
    private final Rolling rolling;
    private final Leased leased;
    private final Session session;
    private final RecordTime now;
    private final List<CellId> own = new ArrayList<>();
    private final Set<CellId> found = new LinkedHashSet<>();

    ToldToRoll(Loop loop, Rolling rolling, Leased leased, Session session, RecordTime now) {
        this.loop = loop;
        this.rolling = rolling;
        this.leased = leased;
        this.session = session;
        this.now = now;
    }

    void tell(List<CellId> cells, Consumer<List<CellId>> then) {
        if (rolling.isOrdered()) {
            next(new ArrayDeque<>(cells), then);
        } else {
            then.accept(List.of());
        }
    }

    private void next(ArrayDeque<CellId> left, Consumer<List<CellId>> then) {
        CellId cell = left.poll();
        if (cell == null) {
            rolling.among(own, loop, meant -> {
                found.addAll(meant);
                then.accept(List.copyOf(found));
            });
            return;
        }
        if (leased.has(session, cell, now) || leased.drew(session, cell)) {
            own.add(cell);
        } else {
            found.add(cell);
        }
        loop.run(() -> next(left, then));
    }
}
