package trimaran.station;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;

/**
 * Which of another station's entries could not be brought, why, and until when each is left alone: twice as long each time, so that
 * what nobody takes costs little, however much of it there is.
 */
final class BuddyStays {

    private final StationSetting setting;
    private final Map<Digest, Stay> stays = new HashMap<>();

    /** What was said to operators: of each entry once, and of so many, in the life of this process. */
    private final Set<Digest> said = new HashSet<>();

    /**
     * @param lasting whether the reason hardly passes by itself
     * @param failures since when it is so, less one
     * @param leaningNanos since when what it leans on is missing, monotonic; empty if something else is
     */
    private record Stay(Refusal why, boolean lasting, int failures, Optional<Long> leaningNanos, long untilNanos) {}

    BuddyStays(StationSetting setting) {
        this.setting = setting;
    }

    /**
     * @param leans whether it is held, or leans on what may still come: then a no is taken for one only after as long as a courier waits
     */
    void refused(Digest entry, Refusal why, boolean leans) {
        long now = setting.loop().monotonicNanos();
        Stay before = stays.get(entry);
        Optional<Long> leaning = leans && !Approvals.isPassing(why.code())
                ? Optional.ofNullable(before).flatMap(Stay::leaningNanos).or(() -> Optional.of(now))
                : Optional.empty();
        boolean lasting = leaning.isPresent()
                ? now - leaning.get() >= StationLimits.LEANING_MILLIS * 1_000_000
                : !Approvals.isPassing(why.code());
        int failures = before != null && before.lasting() == lasting ? before.failures() + 1 : 0;
        long wait = lasting
                ? wait(BuddyLimits.STAYS_MILLIS, failures, BuddyLimits.STAYS_MILLIS_MAX)
                : wait(BuddyLimits.ROUND_MILLIS, failures, BuddyLimits.STAYS_MILLIS);
        stays.put(entry, new Stay(why, lasting, failures, leaning, now + wait * 1_000_000));
        if (lasting && said.size() < BuddyLimits.SAID_MAX && said.add(entry)) {
            setting.events().accept(new StationEvent.WardEntryStays(entry, why.code()));
        }
    }

    private static long wait(long first, int failures, long most) {
        return Math.min(most, first << Math.min(failures, 20));
    }

    /** It is on its way. */
    void over(Digest entry) {
        stays.remove(entry);
    }

    /** A tier is back, or another is gone: what hung on that need not wait. */
    void passingMayGoOn() {
        stays.values().removeIf(stay -> !stay.lasting() && stay.leaningNanos().isEmpty());
    }

    void only(Set<Digest> due) {
        stays.keySet().retainAll(due);
    }

    /** Whether it is left alone for now. */
    boolean waits(Digest entry) {
        Stay stay = stays.get(entry);
        return stay != null && stay.untilNanos() - setting.loop().monotonicNanos() > 0;
    }

    /** Whether it was refused before, and nothing has changed since. */
    boolean has(Digest entry) {
        return stays.containsKey(entry);
    }

    boolean isLasting(Digest entry) {
        Stay stay = stays.get(entry);
        return stay != null && stay.lasting();
    }

    /** How many stay for a reason that hardly passes by itself, of each reason. */
    Map<Code, Integer> lasting() {
        Map<Code, Integer> counts = new EnumMap<>(Code.class);
        stays.values().stream()
                .filter(Stay::lasting)
                .forEach(stay -> counts.merge(stay.why().code(), 1, Integer::sum));
        return counts;
    }
}
