package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.station.web.Received.Fate;

/**
 * <i>Messages reçus</i>: what other systems sent, found by number, patient, day and fate, and dealt with once more when its cause is
 * mended. It is for the admission desk, which knows who patients are and where they lie: of results and documents
 * nothing is shown but who sent them and about which number, and of no message why somebody is here.
 */
final class ReceivedPages {

    /** Segments that say who somebody is and where they lie; all others may hold what only carers read. */
    private static final Set<String> SHOWN = Set.of("MSH", "EVN", "PID", "PD1", "MRG", "PV1", "ZBE", "ERR", "MSA");

    /** PID-3, after the segment's name. */
    private static final int NUMBERS = 3;

    private static final String ROLE = "clerk";

    /** Where the sentence of a fault says what came. */
    private static final Pattern GOT = Pattern.compile(" ; reçu : |; got: ");

    /**
     * The list.
     *
     * @param fates that can be asked for
     */
    record View(Filled form, List<Fate> fates, List<Received.Line> lines, boolean more) {
        View {
            fates = List.copyOf(fates);
            lines = List.copyOf(lines);
        }
    }

    /**
     * One segment.
     *
     * @param text all of it; empty where it is not for whoever looks
     */
    record Segment(String name, String text) {}

    /** One message. */
    record Opened(Received.Line line, List<Segment> segments) {
        Opened {
            segments = List.copyOf(segments);
        }
    }

    private final Inside inside;
    private final Received received;

    ReceivedPages(Inside inside, Received received) {
        this.inside = inside;
        this.received = received;
    }

    /** Who looks after what other systems send. */
    static boolean mayLook(Frame frame) {
        return frame.seat().filter(seat -> seat.care().roles().contains(ROLE)).isPresent();
    }

    static String href(Received.Line line) {
        return "/messages/" + line.id();
    }

    /** What was told of the first fault, in the reader's language; what came instead may be a finding, but for admissions. */
    static String why(Frame frame, Received.Line line) {
        String all = frame.words().tag().startsWith("fr") ? line.french() : line.english();
        return line.type().startsWith("ADT ") ? all : GOT.split(all, 2)[0];
    }

    static String look(Fate fate) {
        return switch (fate) {
            case DONE -> "b-ok";
            case DOUBTFUL -> "b-warn";
            case REFUSED -> "b-danger";
            case WAITING -> "b-late";
        };
    }

    static String icon(Fate fate) {
        return switch (fate) {
            case DONE -> "donne";
            case DOUBTFUL -> "revoir";
            case REFUSED -> "non-donne";
            case WAITING -> "attente";
        };
    }

    static String at(Frame frame, Received.Line line) {
        return frame.clock().day(line.at()) + " " + frame.clock().second(line.at());
    }

    Reply shown(Visit visit, Seat seat, List<String> steps) {
        if (!seat.care().roles().contains(ROLE)) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        return switch (steps.size()) {
            case 1 -> list(visit);
            case 2 -> one(visit, seat, steps.get(1));
            default -> inside.problem(visit, Code.NOT_FOUND);
        };
    }

    private Reply list(Visit visit) {
        Filled form = Filled.of(visit.query());
        Optional<LocalDate> day = BirthDate.read(form.text("jour"));
        if (!form.text("jour").isEmpty() && day.isEmpty()) {
            form = form.wrong("jour", visit.words().say("when.day"));
        }
        Instant from = day.map(this::start).orElse(Instant.EPOCH);
        Instant to = day.map(one -> start(one.plusDays(1)).minusMillis(1)).orElse(visit.now());
        Received.Query query = new Received.Query(form.text("numero"), form.text("patient"), from, to, fate(form));
        Outcome<List<Received.Line>> searched =
                form.isGood() ? received.find(query, WebLimits.ROWS_MAX + 1) : Outcome.done(List.of());
        if (searched instanceof Outcome.Refused<List<Received.Line>>(Refusal busy)) {
            return inside.problem(visit, busy);
        }
        List<Received.Line> found = ((Outcome.Done<List<Received.Line>>) searched).value();
        boolean more = found.size() > WebLimits.ROWS_MAX;
        View view = new View(
                form, List.of(Fate.values()), found.subList(0, Math.min(found.size(), WebLimits.ROWS_MAX)), more);
        Frame frame = inside.frame(visit, visit.words().say("recv.title"), "messages");
        return Inside.page(form.isGood() ? 200 : 422, (out, tags) -> JterecusGenerated.render(out, tags, frame, view));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(inside.setting().zone()).toInstant();
    }

    private static Optional<Fate> fate(Filled form) {
        for (Fate fate : Fate.values()) {
            if (fate.name().equals(form.text("suite"))) {
                return Optional.of(fate);
            }
        }
        return Optional.empty();
    }

    private Reply one(Visit visit, Seat seat, String id) {
        Optional<Received.Content> content = received.open(id);
        if (content.isEmpty()) {
            return inside.problem(visit, Code.NOT_FOUND);
        }
        if (noted(seat, content.get()) instanceof Outcome.Refused<Boolean>(Refusal refusal)) {
            return inside.problem(visit, refusal);
        }
        List<Segment> segments = new ArrayList<>();
        for (String text : content.get().segments()) {
            String name = text.substring(0, Math.min(3, text.length()));
            segments.add(new Segment(name, seen(content.get().line().type().startsWith("ADT "), name, text)));
        }
        Opened opened = new Opened(content.get().line(), segments);
        Frame frame = inside.frame(visit, visit.words().say("recv.title"), "messages");
        return Inside.page(200, (out, tags) -> JterecuGenerated.render(out, tags, frame, opened));
    }

    /** A message about somebody the record knows is shown once the ledgers have a line of it, as one of any copy of theirs. */
    private Outcome<Boolean> noted(Seat seat, Received.Content content) {
        if (content.numbers().isEmpty()) {
            return Outcome.done(true);
        }
        return seat.care().findAny("Patient", content.numbers()).then(known -> {
            if (!known.isEmpty()) {
                return seat.care().exported(known, inside.setting().station());
            }
            return Writing.enoughUp(inside)
                    ? Outcome.done(true)
                    : Outcome.refused(Code.UNAVAILABLE, "one hull alone says that nobody has this number");
        });
    }

    /** What of a segment the admission desk is shown. */
    private static String seen(boolean admission, String name, String text) {
        if (admission) {
            return SHOWN.contains(name) ? text : "";
        }
        if (name.equals("PID") && text.length() > name.length()) {
            String bar = text.substring(name.length(), name.length() + 1);
            String[] fields = text.split(Pattern.quote(bar), NUMBERS + 2);
            return fields.length > NUMBERS ? name + bar.repeat(NUMBERS) + fields[NUMBERS] : "";
        }
        return name.equals("MSH") ? text : "";
    }

    /** Once more; what is in the record already changes nothing, so the form may come twice. */
    Reply again(Visit visit) {
        String id = visit.path().substring("/messages/".length());
        Optional<Seat> seat = visit.seat();
        if (seat.isEmpty()) {
            return Inside.toLogIn(visit);
        }
        if (!seat.get().care().roles().contains(ROLE)) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        Optional<Received.Line> line = received.again(id);
        if (line.isEmpty()) {
            return inside.problem(visit, Code.NOT_FOUND);
        }
        Digest badge = Digest.sha256(seat.get().badge().getBytes(StandardCharsets.UTF_8));
        inside.setting().events().accept(new WebEvent.MessageAgain(badge));
        boolean done = line.get().fate() == Fate.DONE || line.get().fate() == Fate.DOUBTFUL;
        seat.get()
                .tell(new Notice(
                        done ? "" : "toast-local",
                        done ? "donne" : "non-donne",
                        visit.words().say("recv.again." + line.get().fate())));
        return Reply.to(visit.path());
    }
}
