package trimaran.station;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Session;

/**
 * With which keys one draft is sealed: chosen as late as can be, since others draw keys while it is placed, and what is written next
 * into a cell to be rolled uses the one that was drawn (DESIGN §6 After a fall).
 */
final class Keying {

    private final Drafting.Desks desks;
    private final OwnSession session;
    private final Claiming claiming;
    private boolean waited;
    private boolean reopened;
    private boolean leans;

    Keying(Drafting.Desks desks, OwnSession session, Claiming claiming) {
        this.desks = desks;
        this.session = session;
        this.claiming = claiming;
    }

    /** Whether it is sealed under a key whose entry has no place yet, and may be refused. */
    boolean leans() {
        return leans;
    }

    /**
     * Chooses the keys, then goes on. What needs approval waits a moment where another such entry is drawing a key of the same cell,
     * and is then drafted anew: else of many at once each would draw one. Nobody leans on that key before it is sure, for whoever did
     * would wait for application, too, or be refused with it.
     *
     * @param anew opens and places all once more
     */
    void choose(
            Collection<Target> targets, boolean mayContinue, Runnable then, Runnable anew, Consumer<Refusal> refuse) {
        boolean isRolled = !desks.registry().registry().rolls().isEmpty();
        if (isRolled && targets.stream().anyMatch(this::isClosed)) {
            // Which key is the newest now only an open cell tells.
            if (reopened) {
                refuse.accept(Refusal.of(Code.UNAVAILABLE, "a cell was closed while it was written into"));
            } else {
                reopened = true;
                anew.run();
            }
            return;
        }
        Set<Target> drawing = new HashSet<>();
        Set<Claims.Draws> claims = new LinkedHashSet<>();
        for (Target target : targets) {
            if (isRolled && target.opening().isEmpty() && draws(open(target).orElseThrow())) {
                drawing.add(target);
                claims.add(new Claims.Draws(target.cell()));
            }
        }
        if (!mayContinue) {
            Optional<Claims.Claim> taken = claiming.taken(claims);
            if (taken.isPresent() && !waited) {
                waited = true;
                claiming.wait(taken.get(), StationLimits.APPROVE_MILLIS, anew, anew);
                return;
            }
            claiming.claimFree(claims);
        }
        for (Target target : targets) {
            if (drawing.contains(target)) {
                target.draw(session, desks.setting().entropy());
            } else if (target.opening().isEmpty()) {
                // One that was closed meanwhile has the key it had when this was placed, and no order made another.
                open(target).map(OpenCell::keys).ifPresent(keys -> {
                    leans |= keys.isAhead();
                    target.useNewest(keys);
                });
            }
        }
        then.run();
    }

    private boolean isClosed(Target target) {
        return target.opening().isEmpty() && open(target).isEmpty();
    }

    /** Up to where of the log its author can know by which keys the cells are sealed. */
    long knows(Collection<Target> targets) {
        long size = desks.watch().size();
        return targets.stream()
                .flatMap(target -> open(target).stream())
                .mapToLong(open -> open.knows(size))
                .min()
                .orElse(size);
    }

    private Optional<OpenCell> open(Target target) {
        return desks.cells().get(target.cell());
    }

    /** Over what the record takes of one station it refuses the entry: care under an old key is better than none. */
    private boolean draws(OpenCell open) {
        Registry registry = desks.registry().registry();
        return open.keys().isToRoll()
                && drawnHere(open, registry).size() < registry.rolls().size() * RecordLimits.KEYS_OF_ORDER_MAX;
    }

    private Set<CellId> drawnHere(OpenCell open, Registry registry) {
        Predicate<Digest> own = drawer -> registry.session(drawer)
                .map(Session::station)
                .filter(desks.setting().line()::equals)
                .isPresent();
        Set<CellId> keys = new HashSet<>(open.keys().drawnBy(own));
        keys.addAll(desks.courier().leaning().keysOf(open.id()));
        return keys;
    }
}
