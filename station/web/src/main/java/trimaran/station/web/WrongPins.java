package trimaran.station.web;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Counts wrong PINs: after a few a badge waits, whoever brings it. What was counted of a badge is forgotten by time and by its right PIN
 * alone; names that are no badge's are counted apart, as many as have room, so that inventing names makes nobody forget a badge's
 * count, and an unknown name waits as a badge does. In memory: a restart forgives, and restarting takes the machine itself. MAY be used from
 * many threads.
 */
final class WrongPins {

    private record Wrong(int count, long sinceNanos) {}

    private final LongSupplier nanos;
    private final Predicate<String> isBadge;

    /** As many as there are badges. */
    private final Map<String, Wrong> ofBadges = new HashMap<>();

    private final Map<String, Wrong> ofOthers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
            return size() > WebLimits.UNKNOWN_NAMES_MAX;
        }
    };

    WrongPins(LongSupplier nanos, Predicate<String> isBadge) {
        this.nanos = nanos;
        this.isBadge = isBadge;
    }

    synchronized boolean waits(String name) {
        Wrong before = of(name).get(name);
        return before != null && !isOver(before) && before.count() >= WebLimits.WRONG_PINS_MAX;
    }

    /** One more wrong one, and how many that makes. Each begins the wait anew, so that who goes on guessing goes on waiting. */
    synchronized int count(String name) {
        Wrong before = of(name).get(name);
        int count = before == null || isOver(before) ? 1 : before.count() + 1;
        of(name).put(name, new Wrong(count, nanos.getAsLong()));
        return count;
    }

    synchronized void forgive(String name) {
        of(name).remove(name);
    }

    private Map<String, Wrong> of(String name) {
        return isBadge.test(name) ? ofBadges : ofOthers;
    }

    private boolean isOver(Wrong before) {
        return nanos.getAsLong() - before.sinceNanos() > WebLimits.WRONG_PIN_WAIT_MILLIS * 1_000_000;
    }
}
