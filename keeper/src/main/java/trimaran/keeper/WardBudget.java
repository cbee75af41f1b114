package trimaran.keeper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import trimaran.record.CellKind;
import trimaran.record.Policy;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.SystemScope;

/**
 * The default budget: the patients of a session's ward are free, those present up to the policy's share of its beds each day;
 * others count by the hour. Above the policy's first number a request waits, above the second it takes a second person.
 * Services with a granted system scope are capped by their scope.
 */
final class WardBudget implements Budget {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    /** Badges counted at once; the one counted longest is forgotten first, which gives it a fresh hour at most. */
    static final int BADGES_MAX = 20_000;

    /** Beds a ward is taken to have: the record says whose a ward is and not how large, and no ward of a hospital is larger. */
    static final int WARD_BEDS = 60;

    /** Each break-glass within the hour adds this much waiting. */
    static final long BREAK_GLASS_STEP_MILLIS = 500;

    /**
     * And no more than this: whoever has a badge in wrong hands could otherwise keep its owner from everybody for an hour. Well
     * below what a station waits for cells.
     */
    static final long BREAK_GLASS_MILLIS_MAX = 10_000;

    /** Patients an hour of a badge remembers a reason for: more than anybody has emergencies. Of others a reason is asked each time. */
    static final int REASONS_MAX = 100;

    private final Store store;
    private final Registry registry;
    private final LinkedHashMap<Digest, Hour> hours = new LinkedHashMap<>();
    private final Map<CellId, Day> days = new HashMap<>();

    WardBudget(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    private static final class Hour {
        private final long since;
        private final Set<CellId> subjects = new HashSet<>();
        /** Opened against a reason: whoever gave one goes on, as when a station opens anew what it could not open whole. */
        private final Set<CellId> reasoned = new HashSet<>();

        private int lookups;
        private int finds;
        private int brokenGlasses;

        Hour(long since) {
            this.since = since;
        }
    }

    /** Distinct patients present in a ward who were opened free of budget since the day began. */
    private record Day(long since, Set<CellId> subjects) {}

    @Override
    public Outcome<Grace> open(
            Session session, List<CellId> subjects, Set<CellKind> kinds, boolean breakGlass, RecordTime now) {
        List<SystemScope> scopes = SystemScope.of(session);
        if (!scopes.isEmpty() && kinds.stream().allMatch(kind -> isReached(scopes, kind))) {
            return Outcome.done(Grace.AT_ONCE);
        }
        Hour hour = hour(session, now);
        if (breakGlass) {
            hour.brokenGlasses++;
            return Outcome.done(
                    new Grace(Math.min(hour.brokenGlasses * BREAK_GLASS_STEP_MILLIS, BREAK_GLASS_MILLIS_MAX)));
        }
        Policy policy = registry.policy();
        List<CellId> fresh = subjects.stream()
                .distinct()
                .filter(subject -> !hour.subjects.contains(subject) && !hour.reasoned.contains(subject))
                .filter(subject -> !isFree(session, subject, now))
                .toList();
        if (fresh.isEmpty()) {
            // The ward's own, what is no patient's, and whom this hour counts already: nobody waits for these.
            return Outcome.done(Grace.AT_ONCE);
        }
        hour.subjects.addAll(fresh);
        int spent = hour.subjects.size();
        if (spent > policy.cellsBeforeSecondPerson()) {
            // What is not opened is not spent; what was opened before stays so.
            fresh.forEach(hour.subjects::remove);
            return Outcome.refused(
                    Code.OVER_BUDGET,
                    "more patients outside the ward than one session opens in an hour: a second person or break-glass"
                            + " opens them");
        }
        return Outcome.done(spent > policy.cellsPerHour() ? new Grace(policy.delayMillis()) : Grace.AT_ONCE);
    }

    /** A tier the reason was not given to asks for its own: the two it was given to are enough. */
    @Override
    public void reasonGiven(Session session, List<CellId> subjects, RecordTime now) {
        Set<CellId> reasoned = hour(session, now).reasoned;
        subjects.stream().filter(subject -> reasoned.size() < REASONS_MAX).forEach(reasoned::add);
    }

    @Override
    public Outcome<Grace> lookUp(Session session, int count, RecordTime now) {
        if (isSystem(session)) {
            return Outcome.done(Grace.AT_ONCE);
        }
        Hour hour = hour(session, now);
        if (hour.lookups + count > registry.policy().lookupsPerHour()) {
            return tooManyLookups();
        }
        hour.lookups += count;
        return Outcome.done(Grace.AT_ONCE);
    }

    @Override
    public Outcome<Grace> find(Session session, int count, RecordTime now) {
        if (isSystem(session)) {
            return Outcome.done(Grace.AT_ONCE);
        }
        // Apart from the tokens made: most finds make one first, and one question is to count once.
        Hour hour = hour(session, now);
        if (hour.finds + count > registry.policy().lookupsPerHour()) {
            return tooManyLookups();
        }
        hour.finds += count;
        return Outcome.done(Grace.AT_ONCE);
    }

    private static Outcome<Grace> tooManyLookups() {
        return Outcome.refused(Code.OVER_BUDGET, "this session has looked up as many traits as an hour allows");
    }

    private static boolean isReached(List<SystemScope> scopes, CellKind kind) {
        return !kind.ofPatient() || scopes.stream().anyMatch(scope -> scope.reaches(kind));
    }

    /** A token tells nobody what it leads to, so whoever's scope reaches some patients' cells may ask for any. */
    private static boolean isSystem(Session session) {
        return SystemScope.of(session).stream().anyMatch(scope -> scope.reaches(CellKind.IDENTITY));
    }

    private boolean isFree(Session session, CellId subject, RecordTime now) {
        return session.wards().stream().anyMatch(ward -> isFreeIn(ward, subject, now));
    }

    /** Expected in the ward, or present in it and one of as many as a day of the ward can have. */
    private boolean isFreeIn(CellId ward, CellId subject, RecordTime now) {
        int state = store.get(Space.STATE, Key.placement(ward, subject))
                .map(bytes -> (int) bytes.at(0))
                .orElse(Annex.Placement.State.LEFT.ordinal());
        if (state != Annex.Placement.State.PRESENT.ordinal()) {
            return state == Annex.Placement.State.EXPECTED.ordinal();
        }
        Day day = days.get(ward);
        if (day == null || now.millis() - day.since() > DAY_MILLIS) {
            day = new Day(now.millis(), new HashSet<>());
            days.put(ward, day);
        }
        long most = (long) WARD_BEDS * registry.policy().wardFactorPercent() / 100;
        return day.subjects().contains(subject)
                || (day.subjects().size() < most && day.subjects().add(subject));
    }

    private Hour hour(Session session, RecordTime now) {
        Hour hour = hours.get(session.badge());
        if (hour == null || now.millis() - hour.since > HOUR_MILLIS) {
            hours.remove(session.badge());
            if (hours.size() >= BADGES_MAX) {
                hours.pollFirstEntry();
            }
            hour = new Hour(now.millis());
            hours.put(session.badge(), hour);
        }
        return hour;
    }
}
