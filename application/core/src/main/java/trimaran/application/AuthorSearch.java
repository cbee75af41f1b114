package trimaran.application;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

/**
 * Looks for who wrote the present version of some resources: from the newest part of each cell back, since a review names what was
 * written lately and a cell may have had thousands of parts. In steps, between which the loop answers others, and no further than a
 * bound: a draft names what it likes.
 */
final class AuthorSearch {

    /** Parts one step looks at: a header each, so that a step takes the loop a millisecond or two. */
    static final int PARTS_AT_ONCE = 64;

    /** Parts looked at for one draft: a quarter that a laboratory feeds has some ten thousand. */
    static final int PARTS_MAX = 16_384;

    private final CellSource cells;
    private final Deque<Cell> left = new ArrayDeque<>();
    private final Map<ResourceId, CellSource.Written> found = new HashMap<>();
    private int walked;

    AuthorSearch(CellSource cells, Collection<ResourceId> wanted) {
        this.cells = cells;
        Map<CellId, Set<Long>> byCell = new LinkedHashMap<>();
        wanted.forEach(id ->
                byCell.computeIfAbsent(id.cell(), none -> new LinkedHashSet<>()).add(id.local()));
        byCell.forEach((cell, locals) -> left.add(new Cell(cell, locals, cells.parts(cell))));
    }

    /** One cell, and how many of its parts are not looked at yet. */
    private static final class Cell {

        final CellId id;
        final Set<Long> locals;
        long parts;

        Cell(CellId id, Set<Long> locals, long parts) {
            this.id = id;
            this.locals = locals;
            this.parts = parts;
        }

        boolean isDone() {
            return locals.isEmpty() || parts == 0;
        }
    }

    /** Looks at a few parts more; whether there is nothing left to look at, or no right to. */
    boolean step() {
        for (int i = 0; i < PARTS_AT_ONCE && !isOver(); i++) {
            Cell cell = left.getFirst();
            cell.parts--;
            walked++;
            cells.written(cell.id, cell.parts).forEach((local, written) -> {
                if (cell.locals.remove(local)) {
                    found.put(new ResourceId(cell.id, local), written);
                }
            });
        }
        return isOver();
    }

    private boolean isOver() {
        while (!left.isEmpty() && left.getFirst().isDone()) {
            left.removeFirst();
        }
        return left.isEmpty() || walked >= PARTS_MAX;
    }

    Optional<CellSource.Written> found(ResourceId id) {
        return Optional.ofNullable(found.get(id));
    }
}
