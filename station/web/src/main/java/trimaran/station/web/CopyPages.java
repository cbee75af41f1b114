package trimaran.station.web;

import java.time.ZoneId;
import java.util.ArrayList;
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
import trimaran.kernel.WallTime;
import trimaran.station.ResourceVersion;
import trimaran.station.WardStay;
import trimaran.station.chart.Banner;
import trimaran.station.chart.Places;

/**
 * Reads and prints a ward's sealed copy with the ward's badge, with or without a log-in; whoever is logged in while this station is
 * alone writes of its patients, too. Wrong PINs wait as at the log-in ({@link Turnstile}).
 */
final class CopyPages {

    static final String PATH = "/copie";

    /** What the button says that opens a copy to write of its patients. */
    private static final String TO_WRITE = "ecrire";

    /**
     * One ward.
     *
     * @param made when it was sealed, in words, and by which station if that is another
     */
    record Row(String id, String name, String made, boolean chosen) {}

    /**
     * A patient of the copy somebody opened, and what is written of them here.
     *
     * @param kept how much of it is not shared yet
     * @param absent whether the copy lacks their record: of them there is paper alone
     */
    record Patient(String href, String name, String birth, String bed, int kept, boolean absent) {
        String href(Act act) {
            return href + "/" + act.word();
        }
    }

    /** A copy in the hands of whoever is logged in. */
    record Hand(String ward, String made, boolean mayWrite, List<Patient> patients) {
        Hand {
            patients = List.copyOf(patients);
        }
    }

    /**
     * The page.
     *
     * @param said what went wrong a moment ago; empty for nothing
     * @param afloat whether the hulls answer, so that the board prints something newer
     * @param writing whether somebody is logged in at a station that is alone: they open a copy to write of its patients
     * @param hand the copy that was opened so
     */
    record View(
            List<Row> wards, List<String> badges, String said, boolean afloat, boolean writing, Optional<Hand> hand) {
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
                        made(copy.made(), copy.station(), frame, visit),
                        copy.ward().toString().equals(chosen)))
                .toList();
        Optional<Seat> writer = writer(visit);
        Optional<Hand> hand =
                writer.flatMap(seat -> inside.copyInHand(seat).map(copy -> hand(visit, seat, copy, frame)));
        View view = new View(rows, copies.badges(), said, Writing.allUp(inside), writer.isPresent(), hand);
        return Inside.page(status, (out, tags) -> JtecopieGenerated.render(out, tags, frame, view));
    }

    /** Whoever is logged in while no record opens here. */
    private Optional<Seat> writer(Visit visit) {
        return visit.seat().filter(Seat::isCaring).filter(_ -> inside.isApart());
    }

    private Hand hand(Visit visit, Seat seat, CopyInHand copy, Frame frame) {
        ZoneId zone = inside.setting().zone();
        trimaran.station.chart.View view = new trimaran.station.chart.View(
                visit.now(), zone, Places.of(copy.copy().places()));
        List<Patient> patients = new ArrayList<>();
        for (WardStay stay : copy.stays()) {
            if (!copy.has(stay.patient())) {
                patients.add(new Patient("", "", "", copy.bed(stay), 0, true));
                continue;
            }
            List<ResourceVersion> folder = copy.folder(stay.patient());
            Banner banner = seat.charts()
                    .of(stay.patient(), inside.withKept(stay.patient(), folder), view)
                    .banner();
            patients.add(new Patient(
                    "/patients/" + stay.patient(),
                    banner.nameWords(visit.language()),
                    banner.birthWords(zone, visit.language()),
                    copy.bed(stay),
                    inside.withKept(stay.patient(), folder).size() - folder.size(),
                    false));
        }
        boolean mayWrite = Act.NOTE.isOpenTo(seat.care().roles());
        return new Hand(copy.name(), made(copy.made(), copy.station(), frame, visit), mayWrite, patients);
    }

    private static String made(WallTime made, Optional<String> station, Frame frame, Visit visit) {
        String since = frame.clock().since(made.instant(), visit.now());
        return station.map(other -> frame.say("copy.data.other", since, other))
                .orElseGet(() -> frame.say("copy.data", since));
    }

    /** What a copy is opened for. */
    private interface Use {
        Outcome<Reply> of(ResourceId ward, String badge, char[] pin);
    }

    /** The PDF of one copy; or, for whoever is logged in while no record opens, its patients to write of. */
    Reply taken(Visit visit) {
        boolean toWrite = visit.form().text("faire").equals(TO_WRITE);
        Optional<Seat> writer = writer(visit).filter(_ -> toWrite);
        if (toWrite && writer.isEmpty()) {
            // Nobody who asked for a list on the screen is handed a whole ward.
            return page(visit, 409, visit.form().text("service"), visit.words().say("copy.nowriter"));
        }
        Use use = writer.<Use>map(seat ->
                        (ward, badge, pin) -> copies.open(ward, badge, pin).map(opened -> inHand(seat, opened)))
                .orElse((ward, badge, pin) -> copies.print(ward, badge, pin, visit.language())
                        .map(pdf -> Reply.pdf(pdf, "copie-" + ward + ".pdf")));
        char[] pin = visit.form().text("pin").toCharArray();
        try {
            return opened(visit, pin, use, writer);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private Reply inHand(Seat seat, SealedCopies.Opened opened) {
        SealedCopies.Copy copy = opened.copy();
        seat.touch(inside.setting().nanos().getAsLong());
        seat.opened(new CopyInHand(opened.content(), copy.name(), copy.made(), copy.station()));
        return Reply.to(PATH);
    }

    private Reply opened(Visit visit, char[] pin, Use use, Optional<Seat> writer) {
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
        Outcome<Reply> used;
        try {
            used = use.of(ward.get(), badge, pin);
        } finally {
            press.release();
        }
        return switch (used) {
            case Outcome.Done<Reply>(Reply reply) -> {
                wrong.forgive(badge);
                inside.setting().events().accept(event(ward.get(), badge, writer));
                yield reply;
            }
            case Outcome.Refused<Reply>(Refusal refusal)
            when refusal.code() == Code.WRONG_PIN -> {
                int count = wrong.count(badge);
                boolean waits = count >= WebLimits.WRONG_PINS_MAX;
                if (count == WebLimits.WRONG_PINS_MAX) {
                    inside.setting().events().accept(new WebEvent.BadgeWaits());
                }
                inside.turnstile().pauseUntil(began + WebLimits.REFUSED_MILLIS * 1_000_000);
                yield page(visit, waits ? 429 : 403, chosen, words.say(waits ? "copy.waits" : "copy.wrong"));
            }
            case Outcome.Refused<Reply>(Refusal refusal)
            when refusal.code() == Code.NOT_ALLOWED -> {
                // The PIN was right, so this was no guess.
                wrong.forgive(badge);
                yield page(visit, 403, chosen, words.say("copy.badge.other"));
            }
            case Outcome.Refused<Reply>(Refusal refusal)
            when refusal.code() == Code.KEY_FILE -> page(visit, 422, chosen, words.say("copy.badge.unread"));
            case Outcome.Refused<Reply>(Refusal refusal) ->
                page(visit, refusal.code().httpStatus(), chosen, words.refusal(refusal.code()));
        };
    }

    private static WebEvent event(ResourceId ward, String badge, Optional<Seat> writer) {
        Digest name = Digest.sha256(Bytes.ofText(badge));
        return writer.<WebEvent>map(
                        seat -> new WebEvent.CopyOpened(ward, name, Digest.sha256(Bytes.ofText(seat.badge()))))
                .orElseGet(() -> new WebEvent.CopyPrinted(ward, name));
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
