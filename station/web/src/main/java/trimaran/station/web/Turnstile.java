package trimaran.station.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.record.Signer;

/**
 * Lets a badge in: by its PIN, or alone where its PIN was typed this shift. A wrong PIN and an unknown badge look the same, also
 * in time, and after a few a badge waits. The count is in memory: a restart forgives, and restarting takes the machine itself.
 */
final class Turnstile {

    /** Counts for all names that are no badge's, so that guessing names fills no memory. */
    private static final String NOBODY = "";

    private record Wrong(int count, long sinceNanos) {}

    private final WebSetting setting;
    private final Badges badges;
    private final CareRecord record;
    private final Seats seats;
    private final Shifts shifts;
    private final Map<String, Wrong> wrong = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
            return size() > WebLimits.SHIFTS_MAX;
        }
    };
    private final Semaphore unlocking = new Semaphore(WebLimits.UNLOCKINGS_MAX);

    Turnstile(WebSetting setting, Badges badges, CareRecord record, Seats seats, Shifts shifts) {
        this.setting = setting;
        this.badges = badges;
        this.record = record;
        this.seats = seats;
        this.shifts = shifts;
    }

    /** Why somebody was not let in. */
    enum No {
        /** No PIN, and none was typed here this shift. */
        PIN_MISSING,
        WRONG,
        /** Too many wrong PINs: later. */
        WAITS,
        BUSY,
        /** The badge is right and the hospital does not take it now. */
        NOT_TAKEN
    }

    /** What came of it. */
    sealed interface Passage {
        record In(Seat seat, String cookie) implements Passage {}

        record Refused(No why, Code code) implements Passage {}
    }

    /** @param pin wiped here; empty for the badge alone */
    Passage pass(String name, char[] pin, Digest browser) {
        long began = setting.nanos().getAsLong();
        try {
            Passage passage = judged(name, pin, browser);
            if (passage instanceof Passage.Refused(No why, Code _) && (why == No.WRONG || why == No.WAITS)) {
                pauseUntil(began + WebLimits.REFUSED_MILLIS * 1_000_000);
            }
            return passage;
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private Passage judged(String name, char[] pin, Digest browser) {
        if (pin.length == 0) {
            Optional<Shifts.OnShift> shift = setting.demo() ? shifts.of(browser, name) : Optional.empty();
            return shift.map(here -> enter(name, here.signer(), browser))
                    .orElseGet(() -> new Passage.Refused(No.PIN_MISSING, Code.WRONG_PIN));
        }
        if (!isName(name) || pin.length > WebLimits.PIN_MAX) {
            return count(NOBODY) ? no(No.WAITS) : no(No.WRONG);
        }
        if (waits(name)) {
            return no(No.WAITS);
        }
        if (!unlocking.tryAcquire()) {
            return new Passage.Refused(No.BUSY, Code.BUSY);
        }
        Outcome<Signer> opened;
        try {
            opened = badges.open(name, pin);
        } finally {
            unlocking.release();
        }
        return switch (opened) {
            case Outcome.Done<Signer>(Signer signer) -> {
                forgive(name);
                yield enter(name, signer, browser);
            }
            case Outcome.Refused<Signer>(Refusal refusal)
            when refusal.code() == Code.WRONG_PIN -> count(name) ? no(No.WAITS) : no(No.WRONG);
            case Outcome.Refused<Signer>(Refusal refusal) -> new Passage.Refused(No.NOT_TAKEN, refusal.code());
        };
    }

    private static Passage no(No why) {
        return new Passage.Refused(why, Code.WRONG_PIN);
    }

    private Passage enter(String name, Signer signer, Digest browser) {
        return switch (record.open(signer, WebLimits.SHIFT_MILLIS)) {
            case Outcome.Refused<Care>(Refusal refusal) -> new Passage.Refused(No.NOT_TAKEN, refusal.code());
            case Outcome.Done<Care>(Care care) -> {
                String cookie = Cookies.fresh(setting.entropy());
                Charts charts = new Charts(setting.nanos());
                Seat seat = new Seat(
                        Cookies.key(cookie),
                        browser,
                        name,
                        care,
                        charts,
                        setting.nanos().getAsLong());
                seats.add(seat);
                if (setting.demo()) {
                    shifts.begin(browser, name, signer, care.roles());
                }
                yield new Passage.In(seat, cookie);
            }
        };
    }

    static boolean isName(String name) {
        return name.length() <= WebLimits.BADGE_NAME_MAX && name.matches("[a-z][a-z0-9-]*");
    }

    private synchronized boolean waits(String name) {
        Wrong before = wrong.get(name);
        if (before != null && isOver(before)) {
            wrong.remove(name);
            return false;
        }
        return before != null && before.count() >= WebLimits.WRONG_PINS_MAX;
    }

    /** Each wrong one begins the wait anew, so that who goes on guessing goes on waiting. */
    private synchronized boolean count(String name) {
        Wrong before = wrong.get(name);
        int count = before == null || isOver(before) ? 1 : before.count() + 1;
        wrong.put(name, new Wrong(count, setting.nanos().getAsLong()));
        if (count == WebLimits.WRONG_PINS_MAX) {
            setting.events().accept(new WebEvent.BadgeWaits());
        }
        return count >= WebLimits.WRONG_PINS_MAX;
    }

    private boolean isOver(Wrong before) {
        return setting.nanos().getAsLong() - before.sinceNanos() > WebLimits.WRONG_PIN_WAIT_MILLIS * 1_000_000;
    }

    private synchronized void forgive(String name) {
        wrong.remove(name);
    }

    private void pauseUntil(long untilNanos) {
        long left = untilNanos - setting.nanos().getAsLong();
        if (left > 0) {
            try {
                Thread.sleep(Math.min(left / 1_000_000, WebLimits.REFUSED_MILLIS));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
