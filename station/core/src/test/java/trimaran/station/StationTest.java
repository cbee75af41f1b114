package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Trait;

class StationTest {

    static final String PATIENT = """
            {"resourceType":"Patient","identifier":[{"system":"urn:ins","value":"1"}],
             "name":[{"family":"Dupont","given":["Anne"]}],"birthDate":"1950-02-03"}""";

    final FakeHospital hospital = new FakeHospital(Long.getLong("seed", 1));
    final Station station = hospital.station();

    OwnSession ready() {
        boolean ready = hospital.loops.runUntil(
                () -> station.state().ready() && station.state().fresh(), 20_000);
        assertThat(ready).isTrue();
        return hospital.session(station, hospital.nurse);
    }

    WriteResult.Recorded write(OwnSession session, Transaction transaction) {
        WriteResult result = hospital.<WriteResult>await(then -> station.write(session, transaction, then));
        assertThat(result).isInstanceOf(WriteResult.Recorded.class);
        return (WriteResult.Recorded) result;
    }

    WriteResult.Recorded create(OwnSession session, String json) {
        return write(session, Transaction.of(new Transaction.Change.Create(FakeHospital.resource(json))));
    }

    List<ResourceVersion> versions(OwnSession session, ResourceId id) {
        return FakeHospital.done(hospital.<Outcome<List<ResourceVersion>>>await(
                then -> station.versions(session, id, Request.Purpose.CARE, then)));
    }

    @Test
    void aStationFollowsAllTiersAndKnowsTheRegistry() {
        ready();

        assertThat(station.state().tiers().values()).allMatch(StationState.TierState::up);
        assertThat(station.registry().badge(hospital.nurse.publicKey().id())).isPresent();
        assertThat(hospital.events).noneMatch(event -> event instanceof StationEvent.FeedDropped);
    }

    @Test
    void whatIsWrittenIsAcknowledgedByACheckpointAndReadBack() {
        OwnSession session = ready();

        WriteResult.Recorded patient = create(session, PATIENT);
        ResourceId id = patient.versions().getFirst().id();
        WriteResult.Recorded observation = create(session, observation(id));

        assertThat(patient.by()).isEqualTo(WriteResult.Acknowledgement.CHECKPOINT);
        assertThat(patient.versions().getFirst().version()).isEqualTo(1);
        List<ResourceVersion> read = versions(session, id);
        assertThat(new String(read.getFirst().supplied(), StandardCharsets.UTF_8))
                .contains("Dupont")
                .contains("\"versionId\":\"1\"");
        assertThat(versions(session, observation.versions().getFirst().id())).hasSize(1);
        assertThat(hospital.tier(Party.DATA).asked(Request.Fetch.class)).isZero();
    }

    @Test
    void anotherSessionOpensTheCellsFromTheTiers() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT).versions().getFirst().id();
        create(session, observation(id));
        station.close(session);
        OwnSession other = hospital.session(station, hospital.machine);

        PatientFolder folder = FakeHospital.done(hospital.<Outcome<PatientFolder>>await(
                then -> station.patient(other, id.cell(), Request.Purpose.CARE, then)));

        assertThat(folder.resources())
                .extracting(ResourceVersion::type)
                .containsExactlyInAnyOrder("Patient", "Observation");
    }

    @Test
    void aTraitLeadsToThePatient() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT).versions().getFirst().id();

        List<ResourceId> found = FakeHospital.done(hospital.<Outcome<List<ResourceId>>>await(
                then -> station.find(session, "Patient", List.of(Trait.identifier("urn:ins", "1")), then)));

        assertThat(found).containsExactly(id);
    }

    static String observation(ResourceId patient) {
        return """
            {"resourceType":"Observation","status":"final","code":{"text":"pulse"},
             "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-03-01T10:00:00Z","valueInteger":70}""".formatted(patient);
    }
}
