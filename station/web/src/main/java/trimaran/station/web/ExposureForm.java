package trimaran.station.web;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import trimaran.exposure.Fallen;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLook;
import trimaran.record.Signer;

/** Who fell, since when and until when, and the PIN of the officer who wants to know. */
final class ExposureForm {

    /** Somebody it can be asked about. */
    record Choice(String words, String said) {}

    /** @param groups of whom each may have fallen, by their titles */
    record Asking(Map<String, List<Choice>> groups, Filled form, String badge) {}

    private static final long MINUTE_MILLIS = 60_000;

    private final Inside inside;
    private final ExposureWork work;

    ExposureForm(Inside inside, ExposureWork work) {
        this.inside = inside;
        this.work = work;
    }

    Reply asking(Visit visit, int status, Filled form) {
        Words words = visit.words();
        Frame frame = inside.frame(visit, words.say("expo.title"), "coques");
        Asking view = new Asking(
                groups(words), form, words.badge(visit.seat().orElseThrow().badge()));
        return Inside.page(status, (out, tags) -> JteexpositionGenerated.render(out, tags, frame, view));
    }

    private Map<String, List<Choice>> groups(Words words) {
        Map<String, List<Choice>> groups = new LinkedHashMap<>();
        groups.put(
                words.say("cut.group.hulls"),
                Party.TIERS.stream().map(tier -> choice(tier.word(), words)).toList());
        groups.put(words.say("cut.group.stations"), choices("station", others(), words));
        groups.put(
                words.say("cut.group.clients"),
                choices("client", inside.setting().clients().get(), words));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    /** Every station but this: one that fell would say of itself what it likes. */
    private Map<String, Digest> others() {
        Map<String, Digest> others = new TreeMap<>(inside.record().stations());
        others.remove(inside.setting().station());
        return others;
    }

    private static List<Choice> choices(String kind, Map<String, Digest> known, Words words) {
        return new TreeSet<>(known.keySet())
                .stream().map(name -> choice(kind + " " + name, words)).toList();
    }

    private static Choice choice(String words, Words texts) {
        String said = said(words, texts);
        return new Choice(words, said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1));
    }

    /** The fallen party as a sentence names it. */
    static String said(String chosen, Words words) {
        int space = chosen.indexOf(' ');
        return space < 0
                ? words.say("cut.what.tier", words.say("party." + chosen))
                : words.say("cut.what." + chosen.substring(0, space), chosen.substring(space + 1));
    }

    private Optional<Fallen> fallen(String chosen) {
        if (chosen.startsWith("station ")) {
            String name = chosen.substring("station ".length());
            return others().containsKey(name) ? Optional.of(new Fallen.Station(name)) : Optional.empty();
        }
        if (chosen.startsWith("client ")) {
            return Optional.ofNullable(inside.setting().clients().get().get(chosen.substring("client ".length())))
                    .map(Fallen.Badge::new);
        }
        return Party.ofWord(chosen).filter(Party::isTier).map(Fallen.Tier::new);
    }

    Reply taken(Visit visit) {
        if (visit.seat().isEmpty()) {
            return Inside.toLogIn(visit);
        }
        Seat seat = visit.seat().get();
        if (!seat.isOfficer()) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        seat.touch(inside.setting().nanos().getAsLong());
        Words words = visit.words();
        Filled form = checked(Filled.of(visit.form()), visit);
        if (!form.isGood()) {
            return asking(visit, 422, form);
        }
        if (work.stage() instanceof ExposureWork.Stage.Running) {
            return busy(visit, form);
        }
        Turnstile.Gesture gesture = inside.turnstile()
                .gesture(seat.badge(), visit.form().text("pin").toCharArray());
        return switch (gesture) {
            case Turnstile.Gesture.Refused(Turnstile.No reason, Code code) -> {
                String error = reason == Turnstile.No.NOT_TAKEN
                        ? words.refusal(code)
                        : words.say("login." + reason.name().toLowerCase(Locale.ROOT));
                yield asking(visit, LogInPages.status(reason), form.wrong("pin", error));
            }
            case Turnstile.Gesture.Made(Signer officer) -> begun(visit, form, officer);
        };
    }

    private Reply begun(Visit visit, Filled form, Signer officer) {
        return switch (inside.record().look(officer)) {
            case Outcome.Refused<LedgerLook>(Refusal refusal) ->
                asking(
                        visit,
                        refusal.code().httpStatus(),
                        form.wrong("pin", visit.words().refusal(refusal.code())));
            case Outcome.Done<LedgerLook>(LedgerLook look) -> {
                ExposureWork.Asked asked = new ExposureWork.Asked(
                        fallen(form.text("qui")).orElseThrow(),
                        form.text("qui"),
                        start(form).orElseThrow(),
                        end(form).filter(end -> !end.isAfter(now(visit))));
                yield work.begin(asked, look, visit.now()) ? Reply.to(ExposurePages.PATH) : busy(visit, form);
            }
        };
    }

    private Filled checked(Filled form, Visit visit) {
        Words words = visit.words();
        Filled checked = form;
        if (fallen(form.text("qui")).isEmpty()) {
            checked = checked.wrong("qui", words.say("expo.who.missing"));
        }
        for (String end : List.of("debut", "fin")) {
            boolean isNow = end.equals("fin")
                    && form.text("fin-jour").isEmpty()
                    && form.text("fin-heure").isEmpty();
            if (isNow) {
                continue;
            }
            if (BirthDate.read(form.text(end + "-jour")).isEmpty()) {
                checked = checked.wrong(end + "-jour", words.say("when.day"));
            }
            if (MovementTime.hour(form.text(end + "-heure")).isEmpty()) {
                checked = checked.wrong(end + "-heure", words.say("when.hour"));
            }
        }
        if (!checked.isGood()) {
            return checked;
        }
        RecordTime from = start(form).orElseThrow();
        if (from.isAfter(now(visit))) {
            return checked.wrong("debut-heure", words.say("when.future"));
        }
        if (minute(form, "fin").filter(time -> at(time).isAfter(now(visit))).isPresent()) {
            return checked.wrong("fin-heure", words.say("when.future"));
        }
        return end(form).filter(from::isAfter).isPresent()
                ? checked.wrong("fin-heure", words.say("expo.backwards"))
                : checked;
    }

    /** What was typed stays: the one that goes on was asked about somebody else. */
    private Reply busy(Visit visit, Filled form) {
        return asking(
                visit,
                Code.DUPLICATE.httpStatus(),
                form.wrong("qui", visit.words().say("expo.busy")));
    }

    private static RecordTime now(Visit visit) {
        return new RecordTime(visit.now().toEpochMilli());
    }

    /** Of an hour that comes twice the first, of one that does not come the moment the clock went on: the window is the longer one. */
    private Optional<RecordTime> start(Filled form) {
        return minute(form, "debut").map(ExposureForm::at);
    }

    /** To the last moment of the minute, of an hour that comes twice the second. */
    private Optional<RecordTime> end(Filled form) {
        return minute(form, "fin")
                .map(time -> at(time.withLaterOffsetAtOverlap()).plusMillis(MINUTE_MILLIS - 1));
    }

    private static RecordTime at(ZonedDateTime time) {
        return new RecordTime(time.toInstant().toEpochMilli());
    }

    private Optional<ZonedDateTime> minute(Filled form, String end) {
        ZoneId zone = inside.setting().zone();
        Optional<LocalDate> day = BirthDate.read(form.text(end + "-jour"));
        Optional<LocalTime> hour = MovementTime.hour(form.text(end + "-heure"));
        return day.flatMap(date -> hour.map(date::atTime)).map(local -> {
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            return change != null && change.isGap()
                    ? change.getInstant().atZone(zone)
                    : local.atZone(zone).withEarlierOffsetAtOverlap();
        });
    }
}
