package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** A hospital of fakes with one station, and the questions most tests ask of it. */
class StationBench {

    static final String PATIENT = """
            {"resourceType":"Patient","identifier":[{"system":"urn:ins","value":"1"}],
             "name":[{"family":"Dupont","given":["Anne"]}],"birthDate":"1950-02-03"}""";

    final FakeHospital hospital = new FakeHospital(Long.getLong("seed", 1));
    Station station = hospital.station();

    private String life = "station";

    /** The same station after a crash. */
    Station restarted() {
        // Whatever life it is: what the one before had still in mind to write must not come over the next one's.
        hospital.network.crash(SimulatedNetwork.peer("station"));
        life += " again";
        return hospital.station(life);
    }

    OwnSession ready() {
        return ready(hospital.nurse);
    }

    OwnSession ready(Signer badge) {
        boolean ready = hospital.loops.runUntil(
                () -> station.state().ready() && station.state().fresh(), 20_000);
        assertThat(ready).isTrue();
        return hospital.session(station, badge);
    }

    WriteResult result(OwnSession session, Transaction transaction) {
        return hospital.<WriteResult>await(then -> station.write(session, transaction, then));
    }

    WriteResult.Recorded write(OwnSession session, Transaction transaction) {
        WriteResult result = result(session, transaction);
        assertThat(result).isInstanceOf(WriteResult.Recorded.class);
        return (WriteResult.Recorded) result;
    }

    ResourceId create(OwnSession session, String json) {
        return write(session, creation(json)).versions().getFirst().id();
    }

    static Transaction creation(String json) {
        return Transaction.of(new Transaction.Change.Create(FakeHospital.resource(json)));
    }

    Outcome<List<ResourceVersion>> tried(OwnSession session, ResourceId id) {
        return hospital.<Outcome<List<ResourceVersion>>>await(
                then -> station.versions(session, id, Request.Purpose.CARE, then));
    }

    static Code code(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Refused<?>(var refusal) -> refusal.code();
            case Outcome.Done<?> done -> throw new AssertionError("not refused");
        };
    }

    List<ResourceVersion> versions(OwnSession session, ResourceId id) {
        return FakeHospital.done(tried(session, id));
    }

    PatientFolder folder(OwnSession session, CellId cell) {
        return FakeHospital.done(hospital.<Outcome<PatientFolder>>await(
                then -> station.patient(session, cell, Request.Purpose.CARE, then)));
    }

    /** Ends a session and opens another, so that everything has to be opened anew. */
    OwnSession afresh(OwnSession session) {
        station.close(session);
        return hospital.session(station, hospital.machine);
    }

    boolean heard(Predicate<StationEvent> event) {
        return hospital.events.stream().anyMatch(event);
    }

    static String observation(ResourceId patient) {
        return observation(patient, "2026-03-01T10:00:00Z");
    }

    static String observation(ResourceId patient, String time) {
        return """
            {"resourceType":"Observation","status":"final","code":{"text":"pulse"},
             "subject":{"reference":"Patient/%s"},"effectiveDateTime":"%s","valueInteger":70}""".formatted(patient, time);
    }

    /** Words of chance, which deflate badly. */
    static String words(int length) {
        return new Random(7)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String procedure(ResourceId patient) {
        return """
            {"resourceType":"Procedure","status":"completed","code":{"text":"suture"},
             "subject":{"reference":"Patient/%s"},"performedDateTime":"2026-03-01T10:00:00Z"}""".formatted(patient);
    }

    /** Two officers order new keys for all that anybody was handed, and the station hears of it. */
    final void order() {
        RecordTime from = new RecordTime(VirtualLoops.START_MILLIS);
        RecordTime now = hospital.now();
        Statement roll = new Statement.Roll(Statement.Holder.PARTY, Statement.Target.EVERYTHING, from, now, now);
        List<Signer> officers = List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2"));
        int before = station.registry().rolls().size();
        hospital.record(SignedStatement.signed(hospital.origin, roll, officers));
        assertThat(hospital.loops.runUntil(() -> station.registry().rolls().size() > before, 20_000))
                .isTrue();
    }
}
