package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import trimaran.kernel.Digest;
import trimaran.record.Signer;

/**
 * Who typed a PIN at a browser this shift, so that there the badge alone opens again, and where each was last, so that work
 * follows its person from one browser to the next. Only in memory. What is kept of a page is its address: no name.
 */
final class Shifts {

    /** Where somebody was when the screen was locked. */
    record Trail(String path, Instant left) {}

    /** One badge at one browser. */
    record OnShift(String badge, Signer signer, List<String> roles, long untilNanos) {
        OnShift {
            roles = List.copyOf(roles);
        }
    }

    private record At(Digest browser, String badge) {}

    private final LongSupplier nanos;
    private final Map<At, OnShift> shifts = bounded();
    private final Map<String, Trail> trails = bounded();

    Shifts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > WebLimits.SHIFTS_MAX;
            }
        };
    }

    synchronized void begin(Digest browser, String badge, Signer signer, List<String> roles) {
        long until = nanos.getAsLong() + WebLimits.SHIFT_MILLIS * 1_000_000;
        shifts.putIfAbsent(new At(browser, badge), new OnShift(badge, signer, roles, until));
    }

    synchronized Optional<OnShift> of(Digest browser, String badge) {
        forgetOver();
        return Optional.ofNullable(shifts.get(new At(browser, badge)));
    }

    /** Those who may come back at a browser without a PIN. */
    synchronized List<OnShift> at(Digest browser) {
        forgetOver();
        List<OnShift> here = new ArrayList<>();
        shifts.forEach((at, shift) -> {
            if (at.browser().equals(browser)) {
                here.add(shift);
            }
        });
        return here;
    }

    /** The shift of a badge is over at this browser: the next log-in asks for the PIN. */
    synchronized void end(Digest browser, String badge) {
        shifts.remove(new At(browser, badge));
    }

    private void forgetOver() {
        long now = nanos.getAsLong();
        shifts.values().removeIf(shift -> now - shift.untilNanos() > 0);
    }

    synchronized void left(String badge, String path, Instant now) {
        trails.put(badge, new Trail(path, now));
    }

    synchronized Optional<Trail> trail(String badge) {
        return Optional.ofNullable(trails.get(badge));
    }

    synchronized int size() {
        return shifts.size();
    }
}
