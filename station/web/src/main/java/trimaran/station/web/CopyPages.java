package trimaran.station.web;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/**
 * Reads and prints a ward's sealed copy with the ward's badge, while nobody can log in. Wrong PINs wait as at the log-in
 * ({@link Turnstile}).
 */
final class CopyPages {

    static final String PATH = "/copie";

    /**
     * One ward.
     *
     * @param made when it was sealed, in words, and by which station if that is another
     */
    record Row(String id, String name, String made, boolean chosen) {}

    /**
     * The page.
     *
     * @param said what went wrong a moment ago; empty for nothing
     * @param afloat whether the hulls answer, so that the board prints something newer
     */
    record View(List<Row> wards, List<String> badges, String said, boolean afloat) {
        View {
            wards = List.copyOf(wards);
            badges = List.copyOf(badges);
        }
    }

    private final Inside inside;
    private final SealedCopies copies;
    private final WrongPins wrong;

    /** A key takes half a second of a core, a pack some tens of megabytes: one after the other. */
    private final Semaphore press = new Semaphore(1);

    CopyPages(Inside inside, SealedCopies copies) {
        this.inside = inside;
        this.copies = copies;
        this.wrong =
                new WrongPins(inside.setting().nanos(), name -> copies.badges().contains(name));
    }

    Reply show(Visit visit) {
        return page(visit, 200, "", "");
    }

    private Reply page(Visit visit, int status, String chosen, String said) {
        Frame frame = inside.frame(visit, visit.words().say("copy.title"), "coques");
        List<Row> rows = copies.newest().stream()
                .map(copy -> new Row(
                        copy.ward().toString(),
                        copy.name(),
                        made(copy, frame, visit),
                        copy.ward().toString().equals(chosen)))
                .toList();
        View view = new View(rows, copies.badges(), said, Writing.allUp(inside));
        return Inside.page(status, (out, tags) -> JtecopieGenerated.render(out, tags, frame, view));
    }

    private static String made(SealedCopies.Copy copy, Frame frame, Visit visit) {
        String since = frame.clock().since(copy.made().instant(), visit.now());
        return copy.station()
                .map(station -> frame.say("copy.data.other", since, station))
                .orElseGet(() -> frame.say("copy.data", since));
    }

    /** The PDF of one copy. */
    Reply taken(Visit visit) {
        char[] pin = visit.form().text("pin").toCharArray();
        try {
            return printed(visit, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private Reply printed(Visit visit, char[] pin) {
        Words words = visit.words();
        String chosen = visit.form().text("service");
        String badge = visit.form().text("badge");
        Optional<ResourceId> ward = Inside.id(chosen);
        if (ward.isEmpty()) {
            return page(visit, 422, "", words.say("copy.choose"));
        }
        if (!copies.badges().contains(badge)) {
            return page(visit, 422, chosen, words.say("copy.badge.missing"));
        }
        if (pin.length == 0 || pin.length > WebLimits.PIN_MAX) {
            return page(visit, 422, chosen, words.say("login.pin_missing"));
        }
        if (wrong.waits(badge)) {
            return page(visit, 429, chosen, words.say("copy.waits"));
        }
        if (!acquired()) {
            return page(visit, 503, chosen, words.say("copy.busy"));
        }
        long began = inside.setting().nanos().getAsLong();
        Outcome<Bytes> pdf;
        try {
            pdf = copies.print(ward.get(), badge, pin, visit.language());
        } finally {
            press.release();
        }
        return switch (pdf) {
            case Outcome.Done<Bytes>(Bytes bytes) -> {
                wrong.forgive(badge);
                Digest name = Digest.sha256(Bytes.ofText(badge));
                inside.setting().events().accept(new WebEvent.CopyPrinted(ward.get(), name));
                yield Reply.pdf(bytes, "copie-" + ward.get() + ".pdf");
            }
            case Outcome.Refused<Bytes>(Refusal refusal)
            when refusal.code() == Code.WRONG_PIN -> {
                int count = wrong.count(badge);
                boolean waits = count >= WebLimits.WRONG_PINS_MAX;
                if (count == WebLimits.WRONG_PINS_MAX) {
                    inside.setting().events().accept(new WebEvent.BadgeWaits());
                }
                inside.turnstile().pauseUntil(began + WebLimits.REFUSED_MILLIS * 1_000_000);
                yield page(visit, waits ? 429 : 403, chosen, words.say(waits ? "copy.waits" : "copy.wrong"));
            }
            case Outcome.Refused<Bytes>(Refusal refusal)
            when refusal.code() == Code.NOT_ALLOWED -> {
                // The PIN was right, so this was no guess.
                wrong.forgive(badge);
                yield page(visit, 403, chosen, words.say("copy.badge.other"));
            }
            case Outcome.Refused<Bytes>(Refusal refusal)
            when refusal.code() == Code.KEY_FILE -> page(visit, 422, chosen, words.say("copy.badge.unread"));
            case Outcome.Refused<Bytes>(Refusal refusal) ->
                page(visit, refusal.code().httpStatus(), chosen, words.refusal(refusal.code()));
        };
    }

    /** When everything is cut all wards come within minutes: they take turns rather than type again. */
    private boolean acquired() {
        try {
            return press.tryAcquire(WebLimits.COPY_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
