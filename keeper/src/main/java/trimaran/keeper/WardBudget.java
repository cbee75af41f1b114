package trimaran.keeper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.record.Annex;
import trimaran.record.Policy;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;

/**
 * The default budget: the patients of a session's ward are free, others count by the hour. Above the policy's second number
 * a request waits and names that a second person is wanted. Services with a granted system scope are capped by their scope.
 */
final class WardBudget implements Budget {

    private static final long HOUR_MILLIS = 3_600_000;

    /** Sessions counted at once; the longest unused is forgotten first, which gives it a fresh hour at most. */
    static final int SESSIONS_MAX = 20_000;

    /** Each break-glass within the hour adds this much waiting. */
    static final long BREAK_GLASS_STEP_MILLIS = 500;

    private final Store store;
    private final Registry registry;
    private final Map<Digest, Hour> hours = new HashMap<>();

    WardBudget(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    private static final class Hour {
        private final long since;
        private final Set<CellId> subjects = new HashSet<>();
        private int lookups;
        private int brokenGlasses;

        Hour(long since) {
            this.since = since;
        }
    }

    @Override
    public Outcome<Grace> open(Session session, List<CellId> subjects, boolean breakGlass, RecordTime now) {
        if (isSystem(session)) {
            return Outcome.done(Grace.AT_ONCE);
        }
        Hour hour = hour(session, now);
        if (breakGlass) {
            hour.brokenGlasses++;
            return Outcome.done(new Grace(hour.brokenGlasses * BREAK_GLASS_STEP_MILLIS));
        }
        Policy policy = registry.policy();
        for (CellId subject : subjects) {
            if (!inWard(session, subject)) {
                hour.subjects.add(subject);
            }
        }
        int spent = hour.subjects.size();
        if (spent > policy.cellsBeforeSecondPerson()) {
            hour.subjects.removeAll(subjects);
            return Outcome.refused(
                    Code.OVER_BUDGET,
                    "more patients outside the ward than one session opens in an hour: a second person or break-glass opens them");
        }
        return Outcome.done(spent > policy.cellsPerHour() ? new Grace(policy.delayMillis()) : Grace.AT_ONCE);
    }

    @Override
    public Outcome<Grace> lookUp(Session session, int count, RecordTime now) {
        if (isSystem(session)) {
            return Outcome.done(Grace.AT_ONCE);
        }
        Hour hour = hour(session, now);
        if (hour.lookups + count > registry.policy().lookupsPerHour()) {
            return Outcome.refused(Code.OVER_BUDGET, "this session has looked up as many traits as an hour allows");
        }
        hour.lookups += count;
        return Outcome.done(Grace.AT_ONCE);
    }

    static boolean isSystem(Session session) {
        return session.kind() == Statement.BadgeKind.SERVICE
                && session.scopes().stream().anyMatch(scope -> scope.startsWith("system/"));
    }

    private boolean inWard(Session session, CellId subject) {
        return session.wards().stream()
                .anyMatch(ward -> store.get(Space.STATE, Key.placement(ward, subject))
                        .map(bytes -> bytes.at(0) != Annex.Placement.State.LEFT.ordinal())
                        .orElse(false));
    }

    private Hour hour(Session session, RecordTime now) {
        Hour hour = hours.get(session.badge());
        if (hour == null || now.millis() - hour.since > HOUR_MILLIS) {
            if (hours.size() >= SESSIONS_MAX) {
                hours.values().removeIf(old -> now.millis() - old.since > HOUR_MILLIS);
            }
            hour = new Hour(now.millis());
            hours.put(session.badge(), hour);
        }
        return hour;
    }
}
