package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;

/**
 * Goes over what a refresh leaves behind, before its file keys are destroyed: of whatever has no pair in the new generation one is
 * got back from the two others afterwards. A pair that came in while the refresh was prepared would else be lost without a trace.
 */
final class RefreshEnd implements Checking {

    private final KeeperSetting setting;
    private final Copy copy;
    private final long generation;
    private final long begin;
    private final Deque<Long> left = new ArrayDeque<>();
    private Optional<CellId> last = Optional.empty();
    private Optional<CellId> lastLacking = Optional.empty();
    private boolean lackingDone;

    /** @param begin position of the statement that named the generation, which this tier prepared */
    RefreshEnd(KeeperSetting setting, Copy copy, long generation, long begin) {
        this.setting = setting;
        this.copy = copy;
        this.generation = generation;
        this.begin = begin;
        setting.keys().shares().numbers().stream()
                .filter(number -> number < generation)
                .forEach(left::add);
    }

    long generation() {
        return generation;
    }

    @Override
    public boolean goOn() {
        if (!lackingDone) {
            withoutOld();
            return false;
        }
        if (left.isEmpty()) {
            return true;
        }
        long before = left.getFirst();
        List<CellId> found = new ArrayList<>(RefreshPass.SLICE);
        Bytes all = Key.number(before);
        Bytes from = last.map(cell -> Key.after(Key.share(before, cell))).orElse(all);
        setting.store().scan(Space.SHARES, from, Key.after(all), (key, value) -> {
            found.add(Key.cellAt(key, 8));
            return found.size() < RefreshPass.SLICE;
        });
        List<Store.Change> batch = new ArrayList<>();
        found.forEach(cell -> leave(cell, batch));
        setting.store().write(batch);
        if (found.size() < RefreshPass.SLICE) {
            left.removeFirst();
            last = Optional.empty();
        } else {
            last = Optional.of(found.getLast());
        }
        return left.isEmpty();
    }

    /** What is lacking has no pair of the new generation either: one that lies there is of a pass that was given up. */
    private void withoutOld() {
        List<Store.Change> batch = new ArrayList<>();
        int[] seen = {0};
        copy.shares().eachLacking(lastLacking, one -> {
            if (one.index() < begin) {
                batch.add(new Store.Change.Remove(Space.SHARES, Key.share(generation, one.cell())));
            }
            lastLacking = Optional.of(one.cell());
            return ++seen[0] < RefreshPass.SLICE;
        });
        setting.store().write(batch);
        lackingDone = seen[0] < RefreshPass.SLICE;
    }

    private void leave(CellId cell, List<Store.Change> batch) {
        copy.opening(cell).filter(opening -> opening.index() < begin).ifPresent(opening -> {
            boolean made = setting.store()
                    .get(Space.SHARES, Key.share(generation, cell))
                    .isPresent();
            if (!made) {
                batch.addAll(copy.shares().lost(generation, opening));
            }
        });
    }
}
