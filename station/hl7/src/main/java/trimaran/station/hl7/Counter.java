package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.WriteResult;

/**
 * Where messages are dealt with: read, turned into one transaction, written, kept, acknowledged. Nothing is acknowledged before
 * the record has it. Messages about one patient are dealt with one after the other, whatever line they come over ({@link Turns}).
 */
public final class Counter implements Reception {

    /** How often a message is worked out anew when somebody else changed what it speaks of meanwhile. */
    static final int ATTEMPTS_MAX = 5;

    private static final Set<String> ADT_EVENTS = Set.of(
            "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12", "A13", "A28", "A31", "A38", "A40",
            "A47", "Z99");

    private static final Set<Code> RACES = Set.of(
            Code.VERSION_CONFLICT, Code.DUPLICATE, Code.PRECONDITION_FAILED, Code.PREMISE_MOVED, Code.CELL_EXISTS);

    private static final Set<Code> NOT_NOW = Set.of(
            Code.UNAVAILABLE,
            Code.STALE,
            Code.BUSY,
            Code.NOT_HELD,
            Code.TOO_SLOW,
            Code.SESSION_ENDED,
            Code.SESSION_UNKNOWN,
            Code.OVER_BUDGET,
            Code.CUT);

    private static final Set<Fault.Kind> REJECTED = Set.of(
            Fault.Kind.MESSAGE_TYPE, Fault.Kind.EVENT, Fault.Kind.VERSION, Fault.Kind.NOT_NOW, Fault.Kind.TOO_LARGE);

    private final ReceptionSetting setting;
    private final Hl7Record record;
    private final Lookups lookups;
    private final Journal journal;
    private final Turns turns = new Turns();

    public Counter(ReceptionSetting setting, Hl7Record record, Journal journal) {
        this.setting = setting;
        this.record = record;
        this.journal = journal;
        this.lookups = new Lookups(record, () -> setting.now().get().millis());
    }

    @Override
    public Task take(byte[] bytes, Object line) {
        Reading.Result read = Reading.read(bytes, setting.limits().segments());
        Digest digest = Digest.sha256(bytes);
        Turns.Turn turn = turns.take(read.message().map(Turns::subjects).orElse(Set.of()), line, digest);
        return () -> {
            List<Fault> faults = new ArrayList<>(read.faults());
            boolean ended = false;
            try {
                byte[] answer = answer(bytes, digest, read, turn.await(), faults);
                ended = true;
                return answer;
            } finally {
                // What has no answer comes again, too.
                turn.end(!ended || isForLater(faults));
            }
        };
    }

    @Override
    public byte[] answer(byte[] bytes) {
        return take(bytes, new Object()).answer();
    }

    private static boolean isForLater(List<Fault> faults) {
        return faults.stream().anyMatch(one -> one.kind() == Fault.Kind.NOT_NOW);
    }

    /** @param next whether no message of its line that comes again is to be dealt with before */
    private byte[] answer(byte[] bytes, Digest digest, Reading.Result read, boolean next, List<Fault> faults) {
        String sender = read.message().map(Message::sender).orElse("");
        String controlId = read.message().map(Message::controlId).orElse("");
        if (read.isGood()) {
            Message message = read.message().orElseThrow();
            Optional<Bytes> before = journal.answered(sender, controlId, digest);
            if (before.isPresent()) {
                return before.get().toArray();
            }
            checkHeader(message, faults);
            if (!hasError(faults) && !next) {
                faults.add(Fault.error(
                        Fault.Kind.NOT_NOW,
                        Place.NOWHERE,
                        Fault.Said.of(
                                "d'abord le message précédent sur le même patient",
                                "first the message before it about the same patient"),
                        ""));
            } else if (!hasError(faults)) {
                deal(message, Bytes.wrap(bytes), digest, faults);
            }
        }
        byte[] answer = acknowledged(read.message(), faults);
        String code = answer(faults).name();
        journal.keep(new Journal.Kept(
                setting.now().get(), sender, controlId, digest, code, Bytes.wrap(answer), Bytes.wrap(bytes)));
        return answer;
    }

    @Override
    public byte[] refusal(Hl7Event.Reason reason) {
        boolean large = reason == Hl7Event.Reason.TOO_LARGE;
        Fault fault = Fault.error(
                large ? Fault.Kind.TOO_LARGE : Fault.Kind.NOT_NOW,
                Place.NOWHERE,
                large
                        ? Fault.Said.of(
                                "au plus " + setting.limits().messageBytes() + " octets",
                                "at most " + setting.limits().messageBytes() + " bytes")
                        : Fault.Said.of("de la place, tout à l'heure", "room, in a moment"),
                "");
        return acknowledged(Optional.empty(), List.of(fault));
    }

    private byte[] acknowledged(Optional<Message> message, List<Fault> faults) {
        Acknowledgement.Answer answer = answer(faults);
        if (answer != Acknowledgement.Answer.AA) {
            Code code = faults.stream()
                    .filter(one -> one.severity() == Fault.Severity.ERROR)
                    .map(one -> one.kind().code())
                    .findFirst()
                    .orElse(Code.BROKEN);
            setting.events().accept(new Hl7Event.NotTaken(Hl7Event.Answer.valueOf(answer.name()), code));
        }
        return new Acknowledgement(message, setting.now().get()).write(answer, faults);
    }

    private static Acknowledgement.Answer answer(List<Fault> faults) {
        if (!hasError(faults)) {
            return Acknowledgement.Answer.AA;
        }
        boolean rejected = faults.stream()
                .anyMatch(one -> one.severity() == Fault.Severity.ERROR && REJECTED.contains(one.kind()));
        return rejected ? Acknowledgement.Answer.AR : Acknowledgement.Answer.AE;
    }

    private static boolean hasError(List<Fault> faults) {
        return faults.stream().anyMatch(one -> one.severity() == Fault.Severity.ERROR);
    }

    private static void checkHeader(Message message, List<Fault> faults) {
        Segment header = message.header();
        if (message.controlId().isEmpty()) {
            faults.add(Fault.required(
                    Place.of("MSH", 10), Fault.Said.of("le numéro du message", "the message control id")));
        }
        if (!header.text(12).matches("2\\.[1-9](\\.[0-9])?")) {
            faults.add(Fault.error(
                    Fault.Kind.VERSION, Place.of("MSH", 12), Fault.Said.both("2.1 … 2.9"), header.text(12)));
        }
        checkType(message.type(), message.event(), faults);
    }

    private static void checkType(String type, String event, List<Fault> faults) {
        Place place = Place.of("MSH", 9);
        Set<String> events = switch (type) {
            case "ADT" -> ADT_EVENTS;
            case "ORU" -> Set.of("R01");
            case "MDM" -> Set.of("T02");
            default -> Set.of();
        };
        if (events.isEmpty()) {
            faults.add(
                    Fault.error(Fault.Kind.MESSAGE_TYPE, place.component(1), Fault.Said.both("ADT, ORU, MDM"), type));
        } else if (!events.contains(event)) {
            String wanted = String.join(" ", events.stream().sorted().toList());
            faults.add(Fault.error(Fault.Kind.EVENT, place.component(2), Fault.Said.both(wanted), event));
        }
    }

    private void deal(Message message, Bytes bytes, Digest digest, List<Fault> faults) {
        try {
            attempts(message, bytes, digest, faults);
        } catch (RuntimeException broken) {
            setting.events().accept(new Hl7Event.Broken(broken));
            faults.add(Fault.error(Fault.Kind.BROKEN, Place.NOWHERE, Fault.Said.both(""), ""));
        }
    }

    private void attempts(Message message, Bytes bytes, Digest digest, List<Fault> faults) {
        Optional<Refusal> last = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            List<Fault> found = new ArrayList<>();
            Optional<Refusal> refusal = attempt(message, bytes, digest, found);
            if (refusal.isEmpty()) {
                faults.addAll(found);
                return;
            }
            last = refusal;
            if (!RACES.contains(refusal.get().code())) {
                break;
            }
        }
        last.ifPresent(refusal -> faults.add(told(refusal)));
    }

    private static Fault told(Refusal refusal) {
        Fault.Kind kind = NOT_NOW.contains(refusal.code()) || RACES.contains(refusal.code())
                ? Fault.Kind.NOT_NOW
                : Fault.Kind.REFUSED;
        return Fault.error(
                kind,
                Place.NOWHERE,
                Fault.Said.both(refusal.code().tag() + " " + refusal.sentence()
                        + (refusal.place().isEmpty() ? "" : " (" + refusal.place() + ")")),
                "");
    }

    /** @return why the record did not take it; empty if it did, or if the message is at fault */
    private Optional<Refusal> attempt(Message message, Bytes bytes, Digest digest, List<Fault> found) {
        try {
            Draft draft = draft(message, bytes, digest, found);
            if (hasError(found) || draft.isEmpty()) {
                return Optional.empty();
            }
            String input = "hl7/" + message.sender() + "/" + message.controlId() + "/" + digest.hex();
            return switch (record.write(draft.transaction(input))) {
                case WriteResult.Recorded recorded -> {
                    lookups.learn(draft.changes(), recorded.versions());
                    recorded(recorded, found);
                    yield Optional.empty();
                }
                case WriteResult.Waiting waiting ->
                    Optional.of(Refusal.of(Code.UNAVAILABLE, waiting.reason().sentence()));
                case WriteResult.Refused(Refusal refusal) -> Optional.of(refusal);
            };
        } catch (StoppedException stopped) {
            return Optional.of(stopped.refusal());
        }
    }

    private static void recorded(WriteResult.Recorded recorded, List<Fault> found) {
        if (recorded.conflict()) {
            found.add(Fault.warning(
                    Fault.Kind.FLAGGED,
                    Place.NOWHERE,
                    Fault.Said.of(
                            "enregistré en conflit avec une autre version",
                            "recorded in conflict with another version"),
                    ""));
        }
    }

    private Draft draft(Message message, Bytes bytes, Digest digest, List<Fault> found) throws StoppedException {
        Draft draft = new Draft();
        Moment now = Moment.ofMillis(setting.now().get().millis(), setting.zone());
        Identities identities = new Identities(message, setting.zone(), setting.demo(), lookups, draft, found, now);
        if (!message.type().equals("ADT")) {
            Optional<Patients> about = identities.named();
            Subjects subjects = new Subjects(message, lookups, draft, found, identities, now);
            if (about.isPresent()) {
                told(message, draft, found, () -> subjects.find(about.get(), bytes.unsafeArray(), digest.hex()));
            }
            return draft;
        }
        Optional<Patients> said = identities.said();
        if (said.isPresent()) {
            told(message, draft, found, identities, said.get());
        }
        return draft;
    }

    /** Looks for the patient of a result. */
    private interface Search {
        Optional<Subjects.Subject> find() throws StoppedException;
    }

    private void told(Message message, Draft draft, List<Fault> found, Search search) throws StoppedException {
        if (message.type().equals("ORU")) {
            Results results = new Results(message, setting.zone(), lookups, draft, found);
            Optional<Subjects.Subject> subject = results.isWhole() ? search.find() : Optional.empty();
            if (subject.isPresent()) {
                results.carryOut(subject.get());
            }
        } else {
            Documents documents = new Documents(message, setting.zone(), lookups, draft, found);
            Optional<Subjects.Subject> subject = documents.isWhole() ? search.find() : Optional.empty();
            if (subject.isPresent()) {
                documents.carryOut(subject.get());
            }
        }
    }

    private void told(Message message, Draft draft, List<Fault> found, Identities identities, Patients said)
            throws StoppedException {
        switch (message.event()) {
            case "A28", "A31", "A08" -> identities.identify(said, true);
            case "A47" -> identities.correctIdentifiers(said);
            case "A40" -> identities.merge(said);
            default ->
                new Admissions(
                                message,
                                lookups,
                                draft,
                                found,
                                identities,
                                new MovementReading(message, setting.zone(), found))
                        .carryOut(said);
        }
    }
}
