package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Approval;
import trimaran.record.Signature;
import trimaran.record.SignedRefusal;

/** A station that reaches nobody: what lies in its outbox can be corrected there, as often as need be. */
class CorrectedWhileWaitingTest extends StationBench {

    /** Letters of what does not fit a message. */
    private static final int LARGE = 200_000;

    private final List<WriteResult> told = new ArrayList<>();
    private OwnSession session;
    private ResourceId patient;
    private ResourceId measured;

    /** The quarter is open here, and one measurement is in the record. */
    @BeforeEach
    void alone() {
        session = ready();
        patient = create(session, PATIENT);
        measured = create(session, observation(patient));
        folder(session, patient.cell());
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);
    }

    private WriteResult told(Transaction transaction) {
        int before = told.size();
        station.write(session, transaction, told::add);
        hospital.loops.runUntil(() -> told.size() > before, 2 * StationLimits.PATIENCE_MILLIS);
        assertThat(told).hasSize(before + 1);
        return told.getLast();
    }

    private Transaction corrected(ResourceId id, long version) {
        String json = observation(patient).replace("70", String.valueOf(70 + version));
        return Transaction.of(new Transaction.Change.Update(id, version, FakeHospital.resource(json), ""));
    }

    private Transaction correctedProcedure(ResourceId id, long version) {
        String json = procedure(patient).replace("suture", "suture " + version);
        return Transaction.of(new Transaction.Change.Update(id, version, FakeHospital.resource(json), ""));
    }

    private static ResourceId waiting(WriteResult result, long version) {
        assertThat(result).isInstanceOf(WriteResult.Waiting.class);
        WriteResult.Changed changed = ((WriteResult.Waiting) result).versions().getFirst();
        assertThat(changed.version()).isEqualTo(version);
        return changed.id();
    }

    private void back() {
        hospital.tier(Party.DATA).refuseOnce = Code.UNAVAILABLE;
        Party.TIERS.forEach(hospital::up);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 120_000))
                .isTrue();
        assertThat(station.state().refused()).isZero();
        assertThat(heard(StationEvent.PlacedInConflict.class::isInstance)).isFalse();
    }

    private List<ResourceVersion> inTheRecord(ResourceId id) {
        OwnSession other = hospital.session(station, hospital.machine);
        List<ResourceVersion> versions = versions(other, id);
        assertThat(versions).allMatch(one -> one.standing() == ResourceVersion.Standing.RECORDED);
        return versions;
    }

    @Test
    void whatIsWrittenAloneIsCorrectedAloneAndComesIntoTheRecordInItsOrder() {
        ResourceId pulse = waiting(told(creation(observation(patient))), 1);
        for (int version = 1; version <= 3; version++) {
            assertThat(waiting(told(corrected(pulse, version)), version + 1)).isEqualTo(pulse);
        }

        back();

        List<ResourceVersion> versions = inTheRecord(pulse);
        assertThat(versions).extracting(ResourceVersion::version).containsExactly(1L, 2L, 3L, 4L);
        assertThat(new String(versions.getLast().json().toArray(), StandardCharsets.UTF_8))
                .contains("\"valueInteger\":73");
    }

    @Test
    void whatTheRecordHasIsCorrectedAloneTwice() {
        waiting(told(corrected(measured, 1)), 2);
        waiting(told(corrected(measured, 2)), 3);

        back();

        assertThat(inTheRecord(measured)).extracting(ResourceVersion::version).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anEarlierLifeOfTheStationWroteIt() {
        waiting(told(corrected(measured, 1)), 2);
        station = restarted();
        assertThat(station.state().waiting()).isEqualTo(1);
        hospital.tier(Party.DATA).refuseAlways = Code.UNAVAILABLE;
        Party.TIERS.forEach(tier -> hospital.tier(tier).holdRefusal = Code.UNAVAILABLE);
        Party.TIERS.forEach(hospital::up);
        session = ready();
        folder(session, patient.cell());

        waiting(told(corrected(measured, 2)), 3);

        hospital.tier(Party.DATA).refuseAlways = null;
        Party.TIERS.forEach(tier -> hospital.tier(tier).holdRefusal = null);
        back();
        assertThat(inTheRecord(measured)).extracting(ResourceVersion::version).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatNobodyWroteIsStillRefused() {
        ResourceId pulse = waiting(told(creation(observation(patient))), 1);

        assertThat(((WriteResult.Refused) told(corrected(pulse, 2))).refusal().code())
                .isEqualTo(Code.NOT_FOUND);
        waiting(told(corrected(pulse, 1)), 2);
        assertThat(((WriteResult.Refused) told(corrected(measured, 2)))
                        .refusal()
                        .code())
                .isEqualTo(Code.VERSION_CONFLICT);
        assertThat(((WriteResult.Refused) told(Transaction.of(new Transaction.Change.Delete(pulse, "Procedure", 2))))
                        .refusal()
                        .code())
                .as("it is no Procedure")
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void whatIsTakenBackAloneIsTakenBackOnce() {
        ResourceId pulse = waiting(told(creation(observation(patient))), 1);
        waiting(told(Transaction.of(new Transaction.Change.Delete(pulse, "Observation", 1))), 2);

        assertThat(((WriteResult.Refused) told(Transaction.of(new Transaction.Change.Delete(pulse, "Observation", 2))))
                        .refusal()
                        .code())
                .isEqualTo(Code.GONE);

        back();
        assertThat(inTheRecord(pulse)).hasSize(2);
    }

    /** It comes to the tiers piece by piece, and data places what two of them hold as soon as it hears of it. */
    @Test
    void whatIsLargeIsNotOvertakenByItsCorrection() {
        hospital.record.placesHeld = true;
        ResourceId pulse = waiting(told(creation(observation(patient).replace("pulse", words(LARGE)))), 1);
        waiting(told(corrected(pulse, 1)), 2);

        back();

        assertThat(staged()).as("it is large").isPositive();
        assertThat(inTheRecord(pulse)).extracting(ResourceVersion::version).containsExactly(1L, 2L);
    }

    @Test
    void norIsWhatApplicationHasToApproveBefore() {
        hospital.record.placesHeld = true;
        ResourceId suture = waiting(told(creation(procedure(patient).replace("suture", words(LARGE)))), 1);
        waiting(told(correctedProcedure(suture, 1)), 2);

        back();

        assertThat(staged()).as("it is large").isPositive();
        assertThat(inTheRecord(suture)).extracting(ResourceVersion::version).containsExactly(1L, 2L);
    }

    private int staged() {
        return Party.TIERS.stream()
                .mapToInt(tier -> hospital.tier(tier).asked(Request.Stage.class))
                .sum();
    }

    /** Application refuses the second of three: the third then stands on what the first wrote, and goes after it. */
    @Test
    void whereTheOneBetweenIsRefusedTheLastWaitsForTheFirst() {
        hospital.record.placesHeld = true;
        ResourceId suture = waiting(told(creation(procedure(patient).replace("suture", words(LARGE)))), 1);
        waiting(told(correctedProcedure(suture, 1)), 2);
        waiting(told(correctedProcedure(suture, 2)), 3);
        int[] approved = {0};
        hospital.tier(Party.APPLICATION).lie = response ->
                response instanceof Response.Approved(Approval approval) && ++approved[0] == 2
                        ? denied(approval.entry())
                        : response;

        Party.TIERS.forEach(hospital::up);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 120_000))
                .isTrue();

        assertThat(station.state().refused()).isEqualTo(1);
        List<ResourceVersion> versions = versions(hospital.session(station, hospital.machine), suture);
        assertThat(versions)
                .as("the second is of a version that is not there")
                .extracting(ResourceVersion::standing)
                .containsExactly(ResourceVersion.Standing.RECORDED, ResourceVersion.Standing.CONFLICT);
        assertThat(new String(versions.getLast().json().toArray(), StandardCharsets.UTF_8))
                .contains("suture 2");
    }

    private Response denied(Digest entry) {
        SignedRefusal signed = new SignedRefusal(entry, Code.RULE, hospital.now(), Signature.NONE);
        return new Response.Denied(signed, Code.RULE, "not allowed by a rule", "");
    }

    /** Both would be its second version: one of them is certain to be in conflict. */
    @Test
    void besideWhatWaitsNothingReplacesTheSame() {
        waiting(told(corrected(measured, 1)), 2);

        Refusal refusal = ((WriteResult.Refused) told(corrected(measured, 1))).refusal();

        assertThat(refusal.code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(refusal.sentence()).isEqualTo("the present version is 2, still here");
        waiting(told(corrected(measured, 2)), 3);
        back();
        assertThat(inTheRecord(measured)).extracting(ResourceVersion::version).containsExactly(1L, 2L, 3L);
    }

    /** From which bed somebody goes is read from the record, which does not know of the first yet. */
    @Test
    void aMovementBesideOneThatWaitsIsTakenAsBefore() {
        Party.TIERS.forEach(hospital::up);
        session = ready();
        ResourceId stay = create(session, encounter("in-progress"));
        folder(session, patient.cell());
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);

        for (String status : List.of("onleave", "finished")) {
            Transaction moved = Transaction.of(
                    new Transaction.Change.Update(stay, 1, FakeHospital.resource(encounter(status)), ""));
            waiting(told(moved), 2);
        }
    }

    private String encounter(String status) {
        return """
            {"resourceType":"Encounter","status":"%s","class":{"code":"AMB"},"subject":{"reference":"Patient/%s"},
             "period":{"start":"2026-03-01T10:00:00Z"}}""".formatted(status, patient);
    }
}
