package trimaran.station.web;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.record.Signer;
import trimaran.station.BadgeStanding;

/**
 * Lets a badge in: by its PIN, or alone where its PIN was typed this shift. A wrong PIN and an unknown badge look the same, also
 * in time, and after a few a badge waits. The count is in memory: a restart forgives, and restarting takes the machine itself.
 */
final class Turnstile {

    /** Counts for all names that are no badge's, so that guessing names fills no memory. */
    private static final String NOBODY = "";

    private final WebSetting setting;
    private final Badges badges;
    private final CareRecord record;
    private final Seats seats;
    private final Shifts shifts;
    private final WrongPins wrong;

    /** What the badges opened here are called: no more than there are key files here. */
    private final Map<Digest, String> names = new ConcurrentHashMap<>();

    private final Semaphore unlocking = new Semaphore(WebLimits.UNLOCKINGS_MAX);

    Turnstile(WebSetting setting, Badges badges, CareRecord record, Seats seats, Shifts shifts) {
        this.setting = setting;
        this.badges = badges;
        this.record = record;
        this.seats = seats;
        this.shifts = shifts;
        this.wrong = new WrongPins(setting.nanos(), name -> isName(name) && badges.has(name));
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

    /** A badge that was opened, or why it was not. */
    sealed interface Gesture {
        record Made(Signer signer) implements Gesture {}

        record Refused(No why, Code code) implements Gesture {}
    }

    /** @param pin wiped here; empty for the badge alone */
    Passage pass(String name, char[] pin, Digest browser) {
        if (pin.length == 0) {
            Optional<Shifts.OnShift> shift = setting.demo() ? shifts.of(browser, name) : Optional.empty();
            return shift.map(here -> enter(name, here.signer(), browser))
                    .orElseGet(() -> new Passage.Refused(No.PIN_MISSING, Code.WRONG_PIN));
        }
        return switch (gesture(name, pin)) {
            case Gesture.Refused(No why, Code code) -> new Passage.Refused(why, code);
            case Gesture.Made(Signer signer) -> enter(name, signer, browser);
        };
    }

    /**
     * A badge opened for one signature: the PIN is always typed, whatever was typed this shift, and wrong ones count as at the log-in.
     * Whoever asks MUST let the signer go with the request.
     *
     * @param pin wiped here
     */
    Gesture gesture(String name, char[] pin) {
        long began = setting.nanos().getAsLong();
        try {
            Gesture gesture = judged(name, pin);
            if (gesture instanceof Gesture.Refused(No why, Code _) && (why == No.WRONG || why == No.WAITS)) {
                pauseUntil(began + WebLimits.REFUSED_MILLIS * 1_000_000);
            }
            return gesture;
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private Gesture judged(String name, char[] pin) {
        if (pin.length == 0) {
            return no(No.PIN_MISSING);
        }
        if (!isName(name) || pin.length > WebLimits.PIN_MAX) {
            return count(NOBODY) ? no(No.WAITS) : no(No.WRONG);
        }
        if (wrong.waits(name)) {
            return no(No.WAITS);
        }
        if (!unlocking.tryAcquire()) {
            return new Gesture.Refused(No.BUSY, Code.BUSY);
        }
        Outcome<Signer> opened;
        try {
            opened = badges.open(name, pin);
        } finally {
            unlocking.release();
        }
        return switch (opened) {
            case Outcome.Done<Signer>(Signer signer) -> {
                wrong.forgive(name);
                names.put(signer.publicKey().id(), name);
                yield new Gesture.Made(signer);
            }
            case Outcome.Refused<Signer>(Refusal refusal)
            when refusal.code() == Code.WRONG_PIN -> count(name) ? no(No.WAITS) : no(No.WRONG);
            case Outcome.Refused<Signer>(Refusal refusal) -> new Gesture.Refused(No.NOT_TAKEN, refusal.code());
        };
    }

    private static Gesture no(No why) {
        return new Gesture.Refused(why, Code.WRONG_PIN);
    }

    /**
     * An officer's key is never kept for a shift. One who may open no session, or for whom no hull answers, sits down all the same, to
     * see the hulls and to cut.
     */
    private Passage enter(String name, Signer signer, Digest browser) {
        BadgeStanding standing = record.standing(signer.publicKey().id());
        if (standing.officer() && !standing.granted()) {
            return seated(name, OfficerCare.NOTHING, browser, true);
        }
        return switch (record.open(signer, WebLimits.SHIFT_MILLIS)) {
            case Outcome.Refused<Care>(Refusal refusal) ->
                standing.officer()
                        ? seated(name, OfficerCare.NOTHING, browser, true)
                        : new Passage.Refused(No.NOT_TAKEN, refusal.code());
            case Outcome.Done<Care>(Care care) -> {
                if (setting.demo() && !standing.officer()) {
                    shifts.begin(browser, name, signer, care.roles());
                }
                yield seated(name, care, browser, standing.officer());
            }
        };
    }

    private Passage seated(String name, Care care, Digest browser, boolean officer) {
        String cookie = Cookies.fresh(setting.entropy());
        Seat seat = new Seat(
                Cookies.key(cookie),
                browser,
                name,
                care,
                new Charts(setting.nanos()),
                officer,
                setting.nanos().getAsLong());
        seats.add(seat);
        return new Passage.In(seat, cookie);
    }

    /** The name under which a badge was opened here since this station started; empty of one that never came. */
    Optional<String> name(Digest badge) {
        return Optional.ofNullable(names.get(badge));
    }

    static boolean isName(String name) {
        return name.length() <= WebLimits.BADGE_NAME_MAX && name.matches("[a-z][a-z0-9-]*");
    }

    private boolean count(String name) {
        int count = wrong.count(name);
        if (count == WebLimits.WRONG_PINS_MAX) {
            setting.events().accept(new WebEvent.BadgeWaits());
        }
        return count >= WebLimits.WRONG_PINS_MAX;
    }

    /** Until a refusal may be answered. */
    void pauseUntil(long untilNanos) {
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
