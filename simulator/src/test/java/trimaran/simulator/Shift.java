package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.OwnSession;
import trimaran.station.PatientFolder;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/**
 * The people and machines at the real stations: they admit patients, note, correct, take back, move and look things up at
 * whichever station is up, and go on with what another station wrote.
 */
final class Shift {

    private static final long SESSION_MILLIS = 8 * 3_600_000L;

    /** Procedures are refused here, and conditions rely on what others write. */
    private static final List<String> KINDS = List.of(
            "Observation",
            "Observation",
            "Observation",
            "AllergyIntolerance",
            "AllergyIntolerance",
            "Condition",
            "Condition",
            "Procedure");

    private final Hospital hospital;
    private final SplittableRandom random;
    private final Promises promises;
    private final Rolls rolls;
    private final Signer machine;
    private final Signer physician;
    private final Map<String, OwnSession> sessions = new HashMap<>();
    private final List<ResourceId> patients = new ArrayList<>();
    private final List<ResourceId> beds = new ArrayList<>();
    private final Map<ResourceId, Known> known = new LinkedHashMap<>();
    private boolean building;
    private long read;

    /** What people know of a resource: its type, the version they saw last, and whose it is. */
    private record Known(String type, long version, ResourceId patient) {}

    Shift(Hospital hospital, SplittableRandom random, Console console) {
        this.hospital = hospital;
        this.random = random;
        this.rolls = new Rolls(hospital, random.split(), console);
        this.promises = hospital.promises();
        this.machine = hospital.suites().badge(hospital.loops().entropy());
        this.physician = hospital.suites().badge(hospital.loops().entropy());
        RecordTime now = new RecordTime(hospital.loops().trueTime().millis());
        console.state(new Statement.Grant(
                machine.publicKey(),
                Statement.BadgeKind.SERVICE,
                List.of("service"),
                List.of("system/*.cruds"),
                List.of(),
                now));
        console.state(new Statement.Grant(
                physician.publicKey(), Statement.BadgeKind.PERSON, List.of("physician"), List.of(), List.of(), now));
    }

    /** Readings that were answered. */
    long read() {
        return read;
    }

    /** Orders to roll what was handed out in this shift. */
    Rolls rolls() {
        return rolls;
    }

    /** Patients somebody was told are recorded. */
    List<ResourceId> patients() {
        return patients;
    }

    /** The whole-record session of a station in its present life, opened if there is none. */
    void session(RealStation station, boolean person, Consumer<OwnSession> then) {
        String key = station.name() + "/" + station.life() + (person ? "/person" : "/machine");
        OwnSession open = sessions.get(key);
        if (open != null) {
            then.accept(open);
            return;
        }
        station.ask(desk -> desk.open(person ? physician : machine, SESSION_MILLIS), outcome -> {
            if (outcome instanceof Outcome.Done<OwnSession>(OwnSession session)) {
                sessions.put(key, session);
                then.accept(session);
            }
        });
    }

    void next() {
        RealStation station =
                hospital.wards().get(random.nextInt(hospital.wards().size()));
        if (!station.isUp()) {
            return;
        }
        int drawn = random.nextInt(100);
        boolean person = drawn % 3 == 0;
        if (beds.isEmpty() && !building) {
            building = true;
            session(station, false, session -> ward(station, session));
        } else if (patients.isEmpty() || drawn < 10) {
            session(station, person, session -> patient(station, session));
        } else if (drawn < 40) {
            session(station, person, session -> note(station, session));
        } else if (drawn < 55) {
            session(station, false, session -> change(station, session));
        } else if (drawn < 68) {
            session(station, person, session -> stay(station, session));
        } else if (drawn < 88) {
            session(station, false, session -> look(station, session));
        } else if (drawn < 96) {
            session(station, false, session -> search(station, session));
        } else {
            leave(station, person);
        }
    }

    // ---- writing

    private void ward(RealStation station, OwnSession session) {
        String ward = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        List<Promises.Line> lines = new ArrayList<>();
        lines.add(location("wa", ""));
        lines.add(location("bd", ward));
        lines.add(location("bd", ward));
        List<Transaction.Change> changes = new ArrayList<>();
        lines.forEach(line -> changes.add(
                new Transaction.Change.Create(resource(line.json()), changes.isEmpty() ? ward : "", List.of(), "")));
        write(station, session, lines, Transaction.clinical(changes), result -> {
            building = false;
            if (result instanceof WriteResult.Recorded recorded) {
                recorded.versions().stream().skip(1).forEach(bed -> beds.add(bed.id()));
            }
        });
    }

    private Promises.Line location(String kind, String within) {
        int mark = promises.nextMark();
        String part = within.isEmpty() ? "" : ",\"partOf\":{\"reference\":\"" + within + "\"}";
        return new Promises.Line(
                mark,
                "Location",
                "{\"resourceType\":\"Location\",\"name\":\"mark " + mark
                        + "\",\"physicalType\":{\"coding\":[{\"code\":\"" + kind + "\"}]}" + part + "}");
    }

    /** A patient, sometimes with a first note in the same entry. */
    private void patient(RealStation station, OwnSession session) {
        int mark = promises.nextMark();
        String urn = "urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        List<Promises.Line> lines = new ArrayList<>(List.of(identity(mark)));
        List<Transaction.Change> changes = new ArrayList<>();
        boolean once = random.nextInt(3) == 0;
        List<Trait> onlyIfNone = once ? List.of(Trait.identifier("urn:ipp", "ipp " + mark)) : List.of();
        changes.add(new Transaction.Change.Create(resource(lines.getFirst().json()), urn, onlyIfNone, ""));
        if (random.nextInt(3) == 0) {
            lines.add(note("Observation", urn));
            changes.add(new Transaction.Change.Create(resource(lines.getLast().json())));
        }
        write(station, session, lines, Transaction.clinical(changes), result -> {
            if (result instanceof WriteResult.Recorded recorded) {
                ResourceId id = recorded.versions().getFirst().id();
                patients.add(id);
                recorded.versions().forEach(one -> known.put(one.id(), new Known(one.type(), one.version(), id)));
            }
        });
    }

    private static Promises.Line identity(int mark) {
        return new Promises.Line(
                mark,
                "Patient",
                "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:ipp\",\"value\":\"ipp " + mark
                        + "\"}],\"name\":[{\"family\":\"mark " + mark + "\"}],\"birthDate\":\"1950-02-03\"}");
    }

    private Promises.Line note(String type, String patient) {
        int mark = promises.nextMark();
        String subject = (type.equals("AllergyIntolerance") ? "\"patient\"" : "\"subject\"") + ":{\"reference\":\""
                + patient + "\"}";
        String status = switch (type) {
            case "Observation" -> "\"status\":\"final\",";
            case "Procedure" -> "\"status\":\"completed\",";
            default -> "";
        };
        String date = type.equals("Observation")
                ? ",\"effectiveDateTime\":\"2026-0" + (1 + random.nextInt(2) * 3) + "-01\""
                : "";
        return new Promises.Line(
                mark,
                type,
                "{\"resourceType\":\"" + type + "\"," + status + "\"code\":{\"text\":\"mark " + mark + "\"}," + subject
                        + date + "}");
    }

    private void note(RealStation station, OwnSession session) {
        ResourceId patient = pick(patients);
        List<Promises.Line> lines = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? 3 : 1;
        for (int i = 0; i < count; i++) {
            String type = KINDS.get(random.nextInt(KINDS.size()));
            lines.add(note(type, "Patient/" + patient));
        }
        create(station, session, patient, lines);
    }

    private void create(RealStation station, OwnSession session, ResourceId patient, List<Promises.Line> lines) {
        List<Transaction.Change> changes = lines.stream()
                .<Transaction.Change>map(line -> new Transaction.Change.Create(resource(line.json())))
                .toList();
        write(station, session, lines, Transaction.clinical(changes), result -> {
            if (result instanceof WriteResult.Recorded recorded) {
                recorded.versions().forEach(one -> known.put(one.id(), new Known(one.type(), one.version(), patient)));
            }
        });
    }

    /** A correction or a taking back of what somebody saw, perhaps some time ago. */
    private void change(RealStation station, OwnSession session) {
        List<ResourceId> notes = known.keySet().stream()
                .filter(id -> !patients.contains(id))
                .filter(id -> !Optional.ofNullable(known.get(id))
                        .map(Known::type)
                        .orElse("")
                        .equals("Encounter"))
                .toList();
        if (notes.isEmpty()) {
            return;
        }
        ResourceId id = pick(notes);
        Known seen = Optional.ofNullable(known.get(id)).orElseThrow();
        boolean removes = random.nextInt(8) == 0;
        Promises.Line line = removes
                ? new Promises.Line(promises.nextMark(), seen.type(), "")
                : note(seen.type(), "Patient/" + seen.patient());
        Transaction.Change change = removes
                ? new Transaction.Change.Delete(id, seen.type(), seen.version())
                : new Transaction.Change.Update(id, seen.version(), resource(line.json()), "");
        write(station, session, List.of(line), Transaction.of(change), result -> {
            if (result instanceof WriteResult.Recorded recorded) {
                recorded.versions()
                        .forEach(one -> known.put(id, new Known(seen.type(), one.version(), seen.patient())));
            }
        });
    }

    /** Admits, transfers or discharges. */
    private void stay(RealStation station, OwnSession session) {
        if (beds.isEmpty()) {
            return;
        }
        List<ResourceId> stays = known.keySet().stream()
                .filter(id -> Optional.ofNullable(known.get(id))
                        .map(Known::type)
                        .orElse("")
                        .equals("Encounter"))
                .toList();
        if (stays.isEmpty() || random.nextInt(3) == 0) {
            ResourceId patient = pick(patients);
            create(station, session, patient, List.of(encounter(patient, "in-progress", pick(beds))));
            return;
        }
        ResourceId id = pick(stays);
        Known seen = Optional.ofNullable(known.get(id)).orElseThrow();
        boolean ends = random.nextInt(3) == 0;
        Promises.Line line = encounter(seen.patient(), ends ? "finished" : "in-progress", pick(beds));
        Transaction.Change change = new Transaction.Change.Update(id, seen.version(), resource(line.json()), "");
        write(station, session, List.of(line), Transaction.of(change), result -> {
            if (result instanceof WriteResult.Recorded recorded) {
                recorded.versions()
                        .forEach(one -> known.put(id, new Known(seen.type(), one.version(), seen.patient())));
            }
        });
    }

    private Promises.Line encounter(ResourceId patient, String status, ResourceId bed) {
        int mark = promises.nextMark();
        String end = status.equals("finished") ? ",\"end\":\"2026-01-02T10:00:00Z\"" : "";
        return new Promises.Line(
                mark,
                "Encounter",
                "{\"resourceType\":\"Encounter\",\"status\":\"" + status + "\",\"class\":{\"code\":\"IMP\"},"
                        + "\"subject\":{\"reference\":\"Patient/" + patient + "\"},\"reasonCode\":[{\"text\":\"mark "
                        + mark + "\"}],\"period\":{\"start\":\"2026-01-01T00:00:00Z\"" + end + "},"
                        + "\"location\":[{\"location\":{\"reference\":\"Location/" + bed
                        + "\"},\"status\":\"active\"}]}");
    }

    private void write(
            RealStation station,
            OwnSession session,
            List<Promises.Line> lines,
            Transaction transaction,
            Consumer<WriteResult> then) {
        if (!station.isUp()) {
            return;
        }
        Promises.Promise promise = promises.begin(station, lines);
        Set<Statement.Roll> known = rolls.known(station);
        station.ask(desk -> desk.write(session, transaction), result -> {
            promises.told(promise, result);
            rolls.told(station, session, known, result);
            then.accept(result);
        });
    }

    // ---- reading

    private void look(RealStation station, OwnSession session) {
        if (!station.isUp()) {
            return;
        }
        ResourceId id = known.isEmpty() ? pick(patients) : pick(List.copyOf(known.keySet()));
        if (random.nextInt(4) == 0) {
            station.ask(desk -> desk.patient(session, pick(patients).cell(), Request.Purpose.CARE), outcome -> {
                if (outcome instanceof Outcome.Done<PatientFolder>(PatientFolder folder)) {
                    read++;
                    rolls.had(station, session, folder.resources().stream().map(ResourceVersion::id));
                    folder.resources()
                            .forEach(one ->
                                    promises.shown(station.name(), one.id(), folder.history(one.id()), Set.of()));
                }
            });
            return;
        }
        Set<Integer> due = promises.due(station, id);
        station.ask(desk -> desk.versions(session, id), outcome -> {
            if (outcome instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> versions)) {
                read++;
                rolls.had(station, session, Stream.of(id));
                promises.shown(station.name(), id, versions, due);
                ResourceVersion last = versions.getLast();
                known.computeIfPresent(id, (same, old) -> new Known(old.type(), last.version(), old.patient()));
            }
        });
    }

    private void search(RealStation station, OwnSession session) {
        if (!station.isUp()) {
            return;
        }
        ResourceId patient = pick(patients);
        Optional<Integer> mark = promises.markOf(patient);
        if (mark.isEmpty()) {
            return;
        }
        station.ask(
                desk -> desk.find(session, "Patient", List.of(Trait.identifier("urn:ipp", "ipp " + mark.get()))),
                outcome -> {
                    if (outcome instanceof Outcome.Done<List<ResourceId>>(List<ResourceId> found)) {
                        read++;
                        if (found.stream().anyMatch(one -> !one.equals(patient))) {
                            hospital.oracle().broken("foundIsWhatWasWritten", patient + " is found as " + found);
                        }
                    }
                });
    }

    private void leave(RealStation station, boolean person) {
        OwnSession session = sessions.remove(station.name() + "/" + station.life() + (person ? "/person" : "/machine"));
        if (session != null) {
            station.ask(desk -> desk.close(session), done -> hospital.loops().note("closed"));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Resource resource(String json) {
        return switch (StrictParser.parse(Bytes.ofText(json).toArray())) {
            case Outcome.Done<Resource>(Resource resource) -> resource;
            case Outcome.Refused<Resource>(var refusal) -> throw new IllegalStateException(refusal + " of " + json);
        };
    }
}
