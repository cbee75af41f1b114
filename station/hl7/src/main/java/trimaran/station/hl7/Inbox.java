package trimaran.station.hl7;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.WallTime;
import trimaran.model.Trait;

/**
 * The messages that came, to be found again by number, patient, time and fate, and dealt with once more when what was wrong is
 * mended. Each is one line here, however often it came: its fate is that of the last time. Content is patient data; whoever shows it
 * MUST have asked who looks.
 */
public final class Inbox {

    /** Files of the journal one search reads, the newest first: about three hundred thousand messages. */
    static final int FILES_SEARCHED_MAX = 32;

    /** What became of a message. */
    public enum Fate {
        /** In the record, with nothing odd about it. */
        DONE,
        /** In the record, and somebody is to look at it. */
        DOUBTFUL,
        /** Not in the record: the message is at fault. */
        REFUSED,
        /** Not in the record: it was told to come again. */
        WAITING
    }

    /**
     * What is asked for; an empty text asks for any.
     *
     * @param patient one of the numbers of PID-3
     * @param from the oldest
     * @param to the newest
     */
    public record Query(String controlId, String patient, WallTime from, WallTime to, Optional<Fate> fate) {}

    /**
     * A message in a list.
     *
     * @param id by which {@link #open} and {@link #again} find it
     * @param type as {@code ADT A02}
     * @param french what was told of its first fault; empty for none
     * @param english the same
     */
    public record Line(
            String id,
            WallTime at,
            String sender,
            String type,
            String controlId,
            String patient,
            Fate fate,
            String french,
            String english) {}

    /**
     * A message with its segments, as they came.
     *
     * @param numbers by which the record of whom it speaks of is found
     */
    public record Content(Line line, List<String> segments, List<Trait> numbers) {
        public Content {
            segments = List.copyOf(segments);
            numbers = List.copyOf(numbers);
        }
    }

    private final Journal journal;
    private final Reception reception;
    private final ReentrantLock searching = new ReentrantLock();

    public Inbox(Journal journal, Reception reception) {
        this.journal = journal;
        this.reception = reception;
    }

    /**
     * The newest that fit, newest first. One search at a time, since each holds a whole file: {@code BUSY} while there is another.
     */
    public Outcome<List<Line>> find(Query query, int most) {
        if (!searching.tryLock()) {
            return Outcome.refused(Code.BUSY, "somebody else searches the messages");
        }
        try {
            return Outcome.done(kept(query.from(), most, kept -> fits(kept, query), Inbox::line));
        } finally {
            searching.unlock();
        }
    }

    /** The message of this id, with all it says. */
    public Optional<Content> open(String id) {
        return named(id)
                .map(kept -> new Content(
                        line(kept),
                        message(kept).stream()
                                .flatMap(message -> message.segments().stream())
                                .map(Segment::text)
                                .toList(),
                        message(kept).stream().flatMap(Inbox::traits).toList()));
    }

    /** Of everybody a message speaks of: a merge names in MRG whose numbers go. */
    private static Stream<Trait> traits(Message message) {
        return Stream.concat(
                        message.all("PID").stream().flatMap(pid -> Identifiers.of(message, pid, 3).stream()),
                        message.all("MRG").stream().flatMap(mrg -> Identifiers.of(message, mrg, 1).stream()))
                .map(Identifiers.Identifier::trait)
                .distinct();
    }

    /** Deals with a message once more, as if its sender had sent it; what is in the record already changes nothing. */
    public Optional<Line> again(String id) {
        Optional<Journal.Kept> kept = named(id);
        kept.ifPresent(one -> reception.answer(one.bytes().toArray()));
        return kept.isEmpty() ? Optional.empty() : named(id).map(Inbox::line);
    }

    /** Waits while others search. */
    private Optional<Journal.Kept> named(String id) {
        searching.lock();
        try {
            return kept(new WallTime(0), 1, kept -> kept.message().hex().equals(id), Function.identity()).stream()
                    .findFirst();
        } finally {
            searching.unlock();
        }
    }

    /** Each message once, as it was dealt with last. */
    private <T> List<T> kept(WallTime from, int most, Predicate<Journal.Kept> wanted, Function<Journal.Kept, T> as) {
        Set<Digest> seen = new HashSet<>();
        return journal.find(kept -> seen.add(kept.message()) && wanted.test(kept), as, most, from, FILES_SEARCHED_MAX);
    }

    private static boolean fits(Journal.Kept kept, Query query) {
        long at = kept.time().millis();
        return at >= query.from().millis()
                && at <= query.to().millis()
                && (query.controlId().isEmpty() || query.controlId().equals(kept.controlId()))
                && query.fate().map(fate -> fate == fate(kept)).orElse(true)
                && (query.patient().isEmpty() || numbers(kept).contains(query.patient()));
    }

    private static Optional<Message> message(Journal.Kept kept) {
        return Reading.read(kept.bytes().toArray(), Hl7Limits.STANDARD.segments())
                .message();
    }

    private static List<String> numbers(Journal.Kept kept) {
        return message(kept).stream()
                .flatMap(message -> message.all("PID").stream())
                .flatMap(pid -> pid.values(3).stream())
                .map(number -> number.component(1))
                .toList();
    }

    private static Line line(Journal.Kept kept) {
        Optional<Message> message = message(kept);
        List<String> fault = fault(kept);
        return new Line(
                kept.message().hex(),
                kept.time(),
                kept.sender().replace('|', ' ').strip(),
                message.map(one -> one.type() + " " + one.event()).orElse(""),
                kept.controlId(),
                numbers(kept).stream().findFirst().orElse(""),
                fate(kept),
                fault.getLast(),
                fault.getFirst());
    }

    /** The sentences of the first ERR (fields 7 and 8), in English and in the sender's language. */
    private static List<String> fault(Journal.Kept kept) {
        Optional<Segment> told = answer(kept).flatMap(answer -> answer.first("ERR"));
        String english = told.map(err -> err.text(7)).orElse("");
        String own = told.map(err -> err.text(8)).orElse("");
        return List.of(english, own.isEmpty() ? english : own);
    }

    private static Optional<Message> answer(Journal.Kept kept) {
        return Reading.read(kept.answer().toArray(), Hl7Limits.STANDARD.segments())
                .message();
    }

    private static Fate fate(Journal.Kept kept) {
        List<Segment> told = answer(kept).map(answer -> answer.all("ERR")).orElse(List.of());
        return switch (kept.answerCode()) {
            case "AA" -> told.isEmpty() ? Fate.DONE : Fate.DOUBTFUL;
            case "AR" ->
                told.stream().anyMatch(err -> err.text(5).equals(Code.UNAVAILABLE.tag())) ? Fate.WAITING : Fate.REFUSED;
            default -> Fate.REFUSED;
        };
    }
}
