package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Refusal;
import trimaran.model.NationalIdentity;

/** Makes a Patient of PID (HL7 2.5, 3.4.2; PAM France 2.11 and its rules for the INS and PID-32). Pure. */
final class Patients {

    private final Message message;
    private final Segment pid;
    private final ZoneId zone;
    private final boolean demo;
    private final List<Fault> faults;
    private final List<Identifiers.Identifier> identifiers;

    Patients(Message message, Segment pid, ZoneId zone, boolean demo, List<Fault> faults) {
        this.message = message;
        this.pid = pid;
        this.zone = zone;
        this.demo = demo;
        this.faults = faults;
        this.identifiers = Identifiers.of(message, pid, 3);
    }

    /** The hospital's own numbers for this patient (IPP), the first of them the one in use. */
    List<Identifiers.Identifier> own() {
        return identifiers.stream()
                .filter(one -> !one.isNational())
                .filter(one -> one.type().isEmpty() || one.type().equals("PI"))
                .toList();
    }

    /** The INS, if the sender vouches for it; otherwise a receiver takes the rest without it (PAM France 2.11, PID-32). */
    Optional<Identifiers.Identifier> national() {
        IdentityState state = IdentityState.of(pid, Optional.empty(), new ArrayList<>());
        return identifiers.stream()
                .filter(Identifiers.Identifier::isNational)
                .filter(one -> state.bearsNational()
                        && NationalIdentity.refusal(one.system(), demo).isEmpty())
                .findFirst();
    }

    /** Family names the person may be known by, with the birth date: what a doubtful match is looked for by. */
    List<String> families(Map<String, Object> patient) {
        Set<String> families = new LinkedHashSet<>();
        Json.items(patient, "name").forEach(name -> families.add(Json.text(name, "family")));
        families.remove("");
        return List.copyOf(families);
    }

    /** The patient as this message tells it, over what is known. Fields that are empty say nothing; {@code ""} deletes. */
    Map<String, Object> patient(Optional<Map<String, Object>> known) {
        Map<String, Object> patient = known.<Map<String, Object>>map(LinkedHashMap::new)
                .orElseGet(() -> Json.object("resourceType", "Patient"));
        IdentityState before = known.map(IdentityState::read).orElse(IdentityState.PROVISIONAL);
        IdentityState state = IdentityState.of(pid, known.map(one -> before), faults);
        Json.put(patient, "extension", extensions(patient, state));
        Json.put(patient, "identifier", identifiers(patient, state));
        replace(patient, "name", 5, names());
        replace(patient, "gender", 8, gender());
        birthDate(patient);
        deceased(patient);
        replace(patient, "address", 11, addresses());
        List<Object> telecom = new ArrayList<>(telecom(13, "home"));
        telecom.addAll(telecom(14, "work"));
        replace(patient, "telecom", 13, telecom);
        return patient;
    }

    private void replace(Map<String, Object> patient, String name, int field, Object value) {
        boolean nothing = value instanceof List<?> list
                ? list.isEmpty()
                : String.valueOf(value).isEmpty();
        if (!nothing || pid.value(field).isDeletion()) {
            Json.put(patient, name, value);
        }
    }

    private List<Object> extensions(Map<String, Object> patient, IdentityState state) {
        List<Object> kept = new ArrayList<>();
        Set<String> ours = Set.of(Vocabulary.IDENTITY_STATE, Vocabulary.IDENTITY_ATTRIBUTE, Vocabulary.BIRTH_PLACE);
        Map<String, Object> birthPlace = birthPlace();
        for (Map<String, Object> one : Json.items(patient, "extension")) {
            boolean place = Json.text(one, "url").equals(Vocabulary.BIRTH_PLACE);
            if (!ours.contains(Json.text(one, "url")) || (place && birthPlace.isEmpty())) {
                kept.add(one);
            }
        }
        kept.addAll(state.json());
        if (!birthPlace.isEmpty()) {
            kept.add(Json.object("url", Vocabulary.BIRTH_PLACE, "valueAddress", birthPlace));
        }
        return kept;
    }

    private List<Object> identifiers(Map<String, Object> patient, IdentityState state) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Identifiers.Identifier one : identifiers) {
            if (one.isNational()) {
                if (mayBear(one, state)) {
                    all.put(key(one.system(), one.value()), one.json("official"));
                }
            } else {
                all.put(key(one.system(), one.value()), one.json(all.isEmpty() ? "usual" : ""));
            }
        }
        boolean national = all.keySet().stream().anyMatch(key -> key.startsWith(Vocabulary.INS_ROOT));
        for (Map<String, Object> one : Json.items(patient, "identifier")) {
            String system = Json.text(one, "system");
            boolean replaced = NationalIdentity.isNational(system) && (national || !state.bearsNational());
            if (!replaced) {
                all.putIfAbsent(key(system, Json.text(one, "value")), one);
            }
        }
        return new ArrayList<>(all.values());
    }

    private static String key(String system, String value) {
        return system + "|" + value;
    }

    private boolean mayBear(Identifiers.Identifier ins, IdentityState state) {
        Optional<Refusal> refusal = NationalIdentity.refusal(ins.system(), demo);
        if (refusal.isPresent()) {
            faults.add(Fault.warning(
                    Fault.Kind.FLAGGED,
                    ins.place(),
                    Fault.Said.of(
                            "un INS du domaine de cet établissement ; identité enregistrée sans lui",
                            "an INS of the namespace this hospital holds; recorded without it"),
                    ins.system()));
            return false;
        }
        if (!state.bearsNational()) {
            faults.add(Fault.warning(
                    Fault.Kind.FLAGGED,
                    pid.at(32),
                    Fault.Said.of(
                            "VALI avec un INS ; identité enregistrée sans l'INS",
                            "VALI with an INS; recorded without the INS"),
                    pid.raw(32)));
            return false;
        }
        return true;
    }

    // ---- names, sex, dates

    private List<Object> names() {
        List<Object> names = new ArrayList<>();
        boolean official = false;
        for (Value name : pid.values(5)) {
            if (name.component(1).isEmpty() && name.component(2).isEmpty()) {
                continue;
            }
            String use = switch (name.component(7)) {
                case "L" -> "official";
                case "M" -> "maiden";
                case "D", "S" -> "usual";
                case "N" -> "nickname";
                case "A", "B" -> official ? "usual" : "official";
                default -> official ? "usual" : "official";
            };
            official |= use.equals("official");
            names.add(Json.object(
                    "use",
                    use,
                    "family",
                    name.component(1),
                    "given",
                    given(name),
                    "prefix",
                    Json.list(name.component(5))));
        }
        return names;
    }

    /** The first given name, then those of the list France puts into the third component, which begins with it. */
    private static List<Object> given(Value name) {
        Set<Object> given = new LinkedHashSet<>();
        if (!name.component(2).isEmpty()) {
            given.add(name.component(2));
        }
        for (String one : name.component(3).split("[ ,]+", -1)) {
            if (!one.isEmpty() && !one.equalsIgnoreCase(name.component(2))) {
                given.add(one);
            }
        }
        return new ArrayList<>(given);
    }

    private String gender() {
        String code = pid.text(8);
        String gender = switch (code) {
            case "M" -> "male";
            case "F" -> "female";
            case "O", "A" -> "other";
            case "U", "N", "I" -> "unknown";
            default -> "";
        };
        if (gender.isEmpty() && !code.isEmpty()) {
            faults.add(Fault.warning(Fault.Kind.NOT_IN_TABLE, pid.at(8), Fault.Said.both("F, M, O, U, A, N"), code));
        }
        return gender;
    }

    private void birthDate(Map<String, Object> patient) {
        String text = pid.text(7);
        if (text.isEmpty()) {
            if (pid.value(7).isDeletion()) {
                patient.remove("birthDate");
            }
            return;
        }
        Optional<Moment> birth = Moment.read(text, zone);
        if (birth.isEmpty()) {
            faults.add(Fault.warning(
                    Fault.Kind.WRONG_TYPE,
                    pid.at(7),
                    Fault.Said.of("une date AAAAMMJJ ; non reprise", "a date YYYYMMDD; left out"),
                    text));
            return;
        }
        String shown = birth.get().fhir();
        patient.put("birthDate", shown.substring(0, Math.min(10, shown.length())));
    }

    private void deceased(Map<String, Object> patient) {
        Optional<Moment> died = Moment.read(pid.text(29), zone);
        if (died.isPresent()) {
            patient.remove("deceasedBoolean");
            patient.put("deceasedDateTime", died.get().fhir());
        } else if (pid.text(30).equals("Y") && !patient.containsKey("deceasedDateTime")) {
            patient.put("deceasedBoolean", Json.TRUE);
        } else if (pid.text(30).equals("N") || pid.value(29).isDeletion()) {
            patient.remove("deceasedDateTime");
            patient.remove("deceasedBoolean");
        }
    }

    // ---- where they live, and were born

    private List<Object> addresses() {
        List<Object> all = new ArrayList<>();
        for (Value address : pid.values(11)) {
            String type = address.component(7);
            if (!type.equals("BDL") && !type.equals("BR") && !type.equals("N")) {
                Map<String, Object> json = address(address);
                if (!json.isEmpty()) {
                    Map<String, Object> used = Json.object(
                            "use", type.equals("O") || type.equals("B") ? "work" : type.equals("C") ? "temp" : "home");
                    used.putAll(json);
                    all.add(used);
                }
            }
        }
        return all;
    }

    private static Map<String, Object> address(Value address) {
        return Json.object(
                "line",
                Json.list(address.component(1), address.component(2)),
                "city",
                address.component(3),
                "district",
                address.component(4),
                "postalCode",
                address.component(5),
                "country",
                address.component(6));
    }

    private Map<String, Object> birthPlace() {
        for (Value address : pid.values(11)) {
            if (address.component(7).equals("BDL")) {
                String insee = address.component(9);
                Map<String, Object> place = Json.object(
                        "extension",
                        insee.isEmpty()
                                ? null
                                : Json.list(Json.object(
                                        "url",
                                        Vocabulary.INSEE,
                                        "valueCoding",
                                        Json.object("system", Vocabulary.INSEE_CODES, "code", insee))));
                place.putAll(address(address));
                return place;
            }
        }
        return Json.object("city", pid.text(23));
    }

    private List<Object> telecom(int field, String use) {
        List<Object> all = new ArrayList<>();
        for (Value value : pid.values(field)) {
            String mail = value.component(4);
            String number = value.component(12).isEmpty() ? value.component(1) : value.component(12);
            String spoken = value.component(7).isEmpty() ? number : value.component(6) + value.component(7);
            if (!mail.isEmpty()) {
                all.add(Json.object("system", "email", "value", mail, "use", use));
            }
            if (!spoken.isEmpty()) {
                String kind = value.component(3).equals("CP") ? "mobile" : use;
                all.add(Json.object("system", "phone", "value", spoken, "use", kind));
            }
        }
        return all;
    }

    Message message() {
        return message;
    }
}
