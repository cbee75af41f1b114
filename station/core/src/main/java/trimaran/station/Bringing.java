package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;

/**
 * Brings one cell up to date: tries one tier after the other, and what one could not prove is forgotten before the next is asked. Where
 * one is late the next is asked besides, and whoever answers first goes on alone.
 */
final class Bringing {

    /** How often it is looked whether whoever was asked is late. */
    private static final long LOOK_MILLIS = StationLimits.ASK_NEXT_MILLIS / 4;

    private static final String NOBODY = "no tier that is reached could show this cell whole";

    private final PartFetch.Tools tools;
    private final Digest origin;
    private final ArrayDeque<TierLine> tiers;
    private final OpenCell cell;
    private final Consumer<Outcome<OpenCell>> then;
    private final Map<TierLine, Attempt> underWay = new LinkedHashMap<>();
    private final Set<Party> leftLate = EnumSet.noneOf(Party.class);
    private final List<Code> failures = new ArrayList<>();
    private CoverWait cover;
    private @Nullable TierLine best;
    private long shown = -1;
    private Loop.Timer looking = () -> {};
    private boolean over;

    /** One tier at work, and how the cell stood as it began. */
    private static final class Attempt {
        private final PartFetch fetch;
        private final long parts;
        private final int resets;
        private boolean heard;

        Attempt(PartFetch fetch, OpenCell cell) {
            this.fetch = fetch;
            this.parts = cell.head().parts();
            this.resets = cell.resets();
        }
    }

    /** @param tiers those that are reached, the preferred ones first */
    Bringing(
            PartFetch.Tools tools,
            Digest origin,
            List<TierLine> tiers,
            OpenCell cell,
            Consumer<Outcome<OpenCell>> then) {
        this.tools = tools;
        this.origin = origin;
        this.tiers = new ArrayDeque<>(tiers);
        this.cell = cell;
        this.then = then;
        this.cover = new CoverWait(tools.watch());
    }

    /** The first is asked here, so that what asks another one stands alone in {@link #next} and can be taken out by a drill. */
    void run() {
        TierLine first = tiers.poll();
        if (first == null) {
            end(Outcome.refused(Code.UNAVAILABLE, NOBODY));
            return;
        }
        ask(first);
        lookAgain();
    }

    /** Another is asked in place of one that could not show it, or besides one that is late. */
    private void next() {
        TierLine line = tiers.poll();
        if (line != null) {
            ask(line);
        } else if (underWay.isEmpty()) {
            TierLine most = mostShown();
            if (most == null) {
                Code code = failures.contains(Code.BAD_PROOF) ? Code.BAD_PROOF : Code.UNAVAILABLE;
                end(Outcome.refused(code, NOBODY));
                return;
            }
            cell.reset();
            cell.disbelieve(shown);
            failures.clear();
            cover = new CoverWait(tools.watch());
            ask(most);
        }
    }

    private void ask(TierLine line) {
        PartFetch fetch =
                new PartFetch(tools, origin, line, cell, cover, () -> heard(line), outcome -> ended(line, outcome));
        underWay.put(line, new Attempt(fetch, cell));
        fetch.run();
    }

    /** The first that answers goes on alone: two that fold into one cell would fold it twice. */
    private void heard(TierLine line) {
        Attempt first = underWay.get(line);
        if (first == null || first.heard) {
            return;
        }
        first.heard = true;
        for (TierLine other : List.copyOf(underWay.keySet())) {
            if (!other.equals(line)) {
                leave(other);
            }
        }
    }

    /** Whoever is left may be asked once more where the others fail. */
    private void leave(TierLine line) {
        Attempt left = underWay.remove(line);
        if (left != null) {
            left.fetch.abandon();
            if (left.heard) {
                undo(left);
            }
            tiers.addLast(line);
        }
    }

    private void ended(TierLine line, Outcome<OpenCell> outcome) {
        Attempt attempt = underWay.remove(line);
        if (attempt == null) {
            return;
        }
        switch (outcome) {
            case Outcome.Done<OpenCell> done -> end(done);
            case Outcome.Refused<OpenCell> refused when cell.isForgotten() -> end(refused);
            case Outcome.Refused<OpenCell>(var refusal) -> {
                report(line, refusal.code());
                failed(line, refusal.code());
                undo(attempt);
                next();
            }
        }
    }

    /** Read once more from the beginning it may stand where it stood, and unproven. */
    private void undo(Attempt attempt) {
        if (cell.head().parts() != attempt.parts || cell.resets() != attempt.resets) {
            cell.reset();
        }
    }

    private void end(Outcome<OpenCell> outcome) {
        over = true;
        looking.cancel();
        underWay.values().forEach(other -> other.fetch.abandon());
        then.accept(outcome);
    }

    // ---- who is late

    private void lookAgain() {
        if (!over) {
            looking = tools.setting().loop().after(LOOK_MILLIS, () -> {
                look();
                lookAgain();
            });
        }
    }

    private void look() {
        boolean allLate = underWay.entrySet().stream()
                .allMatch(one -> one.getValue().fetch.isAsking() && one.getKey().isSlow());
        if (tiers.isEmpty() || underWay.isEmpty() || !allLate) {
            return;
        }
        for (Map.Entry<TierLine, Attempt> one : List.copyOf(underWay.entrySet())) {
            // One that has begun to fold is let go of before another begins, and that once, since its parts were good
            // so far.
            if (one.getValue().heard) {
                if (!leftLate.add(one.getKey().tier())) {
                    return;
                }
                leave(one.getKey());
            }
        }
        next();
    }

    // ---- what the tiers could not show

    /** One that lags proves nothing by what it lacks. */
    private void failed(TierLine line, Code code) {
        boolean lags = code == Code.STALE && !tools.watch().isLevel(line.tier());
        failures.add(lags ? Code.UNAVAILABLE : code);
        long parts = cell.head().parts();
        if (code == Code.STALE && parts > shown) {
            best = line;
            shown = parts;
        }
    }

    /** The tier that showed most, if two could not show all that was told of: whoever told of more has nothing to show. */
    private @Nullable TierLine mostShown() {
        return Collections.frequency(failures, Code.STALE) >= 2 ? best : null;
    }

    private void report(TierLine line, Code code) {
        if (code == Code.STALE || code == Code.NOT_HELD || code == Code.UNKNOWN_ENTRY) {
            tools.setting().events().accept(new StationEvent.TierBehind(line.tier(), cell.id()));
        } else if (!Approvals.isPassing(code)) {
            tools.setting().events().accept(new StationEvent.BadParts(line.tier(), cell.id(), code));
        }
    }
}
