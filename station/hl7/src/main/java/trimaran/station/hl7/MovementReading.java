package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the movement of a message (PAM France 2.11, ZBE; HL7 2.5, PV1 for senders without it). Legacy facts are not refused:
 * what is missing is made up and said, what cannot be read is named.
 */
final class MovementReading {

    /** What a message does to the movements of a stay. */
    enum Action {
        INSERT,
        UPDATE,
        CANCEL
    }

    /**
     * @param known whether the sender names its movements, so that a cancel finds by id
     * @param cancels the events a cancel without id may take back
     */
    record Told(Action action, Movement movement, boolean known, Set<String> cancels) {}

    private static final Fault.Said ACTIONS = Fault.Said.both("INSERT, UPDATE, CANCEL");
    private static final Fault.Said EVENTS = Fault.Said.both("A01, A02, A03, A04, A05, A06, A07");
    private static final Set<String> INSERTED = Set.of("A01", "A02", "A03", "A04", "A05", "A06", "A07");

    private final Message message;
    private final ZoneId zone;
    private final List<Fault> faults;
    private final String event;

    MovementReading(Message message, ZoneId zone, List<Fault> faults) {
        this.message = message;
        this.zone = zone;
        this.faults = faults;
        this.event = message.event();
    }

    /** Which events a cancelling event takes back; none for those that tell something new. */
    static Set<String> cancelled(String event) {
        return switch (event) {
            case "A11" -> Set.of("A01", "A04");
            case "A12" -> Set.of("A02");
            case "A13" -> Set.of("A03");
            case "A38" -> Set.of("A05");
            default -> Set.of();
        };
    }

    Optional<Told> read() {
        Optional<Segment> zbe = message.first("ZBE");
        if (zbe.isPresent()) {
            return told(zbe.get());
        }
        boolean french = message.header().value(12).component(2).equals("FRA");
        if (event.equals("Z99")) {
            faults.add(Fault.error(
                    Fault.Kind.SEGMENT_ORDER,
                    Place.of("ZBE", 0),
                    Fault.Said.of("ZBE, qui dit le mouvement à corriger", "ZBE, which says what to correct"),
                    ""));
            return Optional.empty();
        }
        if (french) {
            faults.add(Fault.warning(
                    Fault.Kind.SEGMENT_ORDER,
                    Place.of("ZBE", 0),
                    Fault.Said.of("ZBE (PAM France) ; mouvement déduit", "ZBE (PAM France); movement inferred"),
                    ""));
        }
        return legacy();
    }

    /** HL7 2.5 without ZBE: the event says what happened, EVN-6 or PV1 when. */
    private Optional<Told> legacy() {
        Set<String> cancels = cancelled(event);
        Optional<Moment> at = time("EVN", 6);
        if (at.isEmpty()) {
            at = Movement.stepOf(event) == Movement.Step.DISCHARGE ? time("PV1", 45) : Optional.empty();
        }
        if (at.isEmpty() && Movement.stepOf(event) == Movement.Step.ADMIT) {
            at = time("PV1", 44);
        }
        if (at.isEmpty() && Movement.stepOf(event) == Movement.Step.EXPECT) {
            at = time("PV2", 8);
        }
        if (at.isEmpty()) {
            at = time("EVN", 2);
        }
        if (at.isEmpty()) {
            at = time("MSH", 7);
        }
        if (at.isEmpty()) {
            faults.add(Fault.required(
                    Place.of("EVN", 6), Fault.Said.of("la date du mouvement", "the time of the movement")));
            return Optional.empty();
        }
        String id = event + "@" + at.get().fhir();
        Movement movement = movement(id, event, at.get(), false, "", "", "");
        return Optional.of(new Told(cancels.isEmpty() ? Action.INSERT : Action.CANCEL, movement, false, cancels));
    }

    private Optional<Moment> time(String segment, int field) {
        return message.first(segment)
                .map(one -> one.text(field))
                .filter(text -> !text.isEmpty())
                .flatMap(text -> Moment.read(text, zone));
    }

    private Optional<Told> told(Segment zbe) {
        int shift = shift(zbe);
        Value id = zbe.value(1);
        Optional<Moment> at = Moment.read(zbe.text(2), zone);
        if (id.component(1).isEmpty()) {
            faults.add(
                    Fault.required(zbe.at(1), Fault.Said.of("l'identifiant du mouvement", "the id of the movement")));
        }
        if (at.isEmpty()) {
            faults.add(Fault.error(
                    zbe.has(2) ? Fault.Kind.WRONG_TYPE : Fault.Kind.REQUIRED,
                    zbe.at(2),
                    Fault.Said.of("une date AAAAMMJJHHMMSS", "a time YYYYMMDDHHMMSS"),
                    zbe.text(2)));
        }
        Optional<Action> action = action(zbe, shift);
        String original = original(zbe, shift, action);
        if (id.component(1).isEmpty() || at.isEmpty() || action.isEmpty() || original.isEmpty()) {
            return Optional.empty();
        }
        String name = id.component(1) + "|" + authority(id);
        Movement movement = movement(
                name,
                original,
                at.get(),
                historic(zbe, shift),
                unit(zbe.value(7 + shift)),
                unit(zbe.value(8 + shift)),
                zbe.text(9 + shift));
        return Optional.of(new Told(action.get(), movement, true, cancelled(event)));
    }

    private String authority(Value id) {
        String universal = id.component(3);
        String name = universal.isEmpty() ? id.component(2) : universal;
        return name.isEmpty() ? Identifiers.facility(message) : name;
    }

    /** Some senders write one separator too many before ZBE-4: all behind it stands one field further. */
    private int shift(Segment zbe) {
        boolean shifted = !zbe.has(4)
                && zbe.text(5).matches("INSERT|UPDATE|CANCEL")
                && zbe.text(6).matches("[YN]?");
        if (shifted) {
            faults.add(Fault.warning(
                    Fault.Kind.NOT_IN_TABLE,
                    zbe.at(4),
                    Fault.Said.of(
                            "INSERT, UPDATE, CANCEL ; segment décalé d'un champ, lu comme tel",
                            "INSERT, UPDATE, CANCEL; the segment is shifted by one field and read so"),
                    ""));
        }
        return shifted ? 1 : 0;
    }

    private Optional<Action> action(Segment zbe, int shift) {
        String text = zbe.text(4 + shift);
        for (Action action : Action.values()) {
            if (action.name().equals(text)) {
                return Optional.of(action);
            }
        }
        faults.add(Fault.error(
                text.isEmpty() ? Fault.Kind.REQUIRED : Fault.Kind.NOT_IN_TABLE, zbe.at(4 + shift), ACTIONS, text));
        return Optional.empty();
    }

    private boolean historic(Segment zbe, int shift) {
        String text = zbe.text(5 + shift);
        if (!text.matches("[YN]")) {
            faults.add(Fault.warning(
                    text.isEmpty() ? Fault.Kind.REQUIRED : Fault.Kind.NOT_IN_TABLE,
                    zbe.at(5 + shift),
                    Fault.Said.of("Y ou N ; lu comme N", "Y or N; read as N"),
                    text));
        }
        return text.equals("Y");
    }

    /** The event the movement began with: ZBE-6 where something is corrected, else the message's own. */
    private String original(Segment zbe, int shift, Optional<Action> action) {
        if (INSERTED.contains(event)) {
            return event;
        }
        String text = zbe.text(6 + shift);
        if (INSERTED.contains(text)) {
            return text;
        }
        Set<String> cancels = cancelled(event);
        if (!cancels.isEmpty()) {
            // The event says it, too.
            faults.add(Fault.warning(
                    text.isEmpty() ? Fault.Kind.REQUIRED : Fault.Kind.NOT_IN_TABLE, zbe.at(6 + shift), EVENTS, text));
            return cancels.stream().sorted().findFirst().orElseThrow();
        }
        if (action.isPresent()) {
            faults.add(Fault.error(
                    text.isEmpty() ? Fault.Kind.REQUIRED : Fault.Kind.NOT_IN_TABLE, zbe.at(6 + shift), EVENTS, text));
        }
        return "";
    }

    /** An XON: the number of the unit (component 10, before 2.5 component 3), with its name. */
    private static String unit(Value value) {
        String number = value.component(10).isEmpty() ? value.component(3) : value.component(10);
        String name = value.component(1);
        return number.isEmpty() ? name : name.isEmpty() ? number : number + " " + name;
    }

    private Movement movement(
            String id, String began, Moment at, boolean historic, String medical, String care, String nature) {
        Optional<Segment> pv1 = message.first("PV1");
        Spot spot = pv1.filter(one -> Movement.stepOf(began) != Movement.Step.DISCHARGE)
                .map(one -> Spot.of(message, one.value(3)))
                .orElse(Spot.NONE);
        String patientClass = pv1.map(one -> one.text(2)).orElse("");
        return Movement.told(id, began, at, historic, spot, medical, care, nature, patientClass);
    }
}
