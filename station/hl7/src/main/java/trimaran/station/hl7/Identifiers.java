package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trimaran.model.NationalIdentity;
import trimaran.model.Trait;

/** Identifiers of a message: who gave them out, and what sort they are (HL7 2.5, CX data type; PAM France 2.11, PID-3). */
final class Identifiers {

    static final String OID_PREFIX = "urn:oid:";

    private static final String OID = "[0-2](\\.(0|[1-9][0-9]*))+";

    private static final String URI = "[a-z][a-z0-9+.-]{1,30}:[^\\s\"]{1,500}";

    /** One identifier with the system it belongs to. */
    record Identifier(String system, String value, String type, Place place) {

        boolean isNational() {
            return NationalIdentity.isNational(system);
        }

        Trait trait() {
            return Trait.identifier(system, value);
        }

        Map<String, Object> json(String use) {
            return Json.object(
                    "use",
                    use,
                    "type",
                    type.isEmpty()
                            ? null
                            : Json.object(
                                    "coding",
                                    Json.list(Json.object("system", Vocabulary.IDENTIFIER_TYPES, "code", type))),
                    "system",
                    system,
                    "value",
                    value);
        }
    }

    private Identifiers() {}

    /** All of a field of CX values. */
    static List<Identifier> of(Message message, Segment segment, int field) {
        List<Identifier> all = new ArrayList<>();
        int repetition = 0;
        for (Value value : segment.values(field)) {
            repetition++;
            String number = value.component(1);
            if (!number.isEmpty()) {
                all.add(new Identifier(
                        system(value, 4, message),
                        number,
                        value.component(5).toUpperCase(Locale.ROOT),
                        segment.at(field).repetition(repetition)));
            }
        }
        return all;
    }

    static Optional<Identifier> first(Message message, Segment segment, int field) {
        return of(message, segment, field).stream().findFirst();
    }

    /** The system of an assigning authority (HD): its OID or URI if it has one, else its name, else whoever sent the message. */
    static String system(Value value, int component, Message message) {
        String namespace = value.component(component, 1);
        String universal = value.component(component, 2);
        if (universal.matches(OID)) {
            return OID_PREFIX + universal;
        }
        if (value.component(component, 3).equals("URI") && universal.matches(URI)) {
            return universal;
        }
        String name = universal.isEmpty() ? namespace : universal;
        return Vocabulary.authority(name.isEmpty() ? facility(message) : name);
    }

    /** Who sent it, for what has no authority of its own. */
    static String facility(Message message) {
        Segment header = message.header();
        String facility = header.text(4);
        return facility.isEmpty() ? header.text(3) : facility;
    }
}
