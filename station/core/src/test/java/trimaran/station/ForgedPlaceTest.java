package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Place;

/** Parts under places that data never gave them: the leaf in the tree tells, and only the part's own. */
class ForgedPlaceTest extends StationBench {

    private final FakeTier liar = hospital.tier(Party.ACCESS);

    @Test
    void aForgedPlaceIsNotBelieved() {
        ResourceId patient = patientWithAnObservation();
        OwnSession reader = hospital.session(station, hospital.machine);
        lie(parts -> changed(parts, ForgedPlaceTest::yesterday));

        PatientFolder folder = folder(reader, patient.cell());

        assertThat(folder.resources()).allMatch(each -> each.lastUpdated().millis() > 1_767_000_000_000L);
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isTrue();
    }

    @Test
    void aForgedPlaceOfAnOldPartIsNotBelievedEither() {
        ResourceId patient = patientWithAnObservation();
        OwnSession reader = laterReader();
        lie(parts -> changed(parts, ForgedPlaceTest::yesterday));

        assertThat(folder(reader, patient.cell()).resources())
                .allMatch(each -> each.lastUpdated().millis() > 1_767_000_000_000L);
        assertThat(proofsAsked()).isPositive();
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isTrue();
    }

    /** Its feed begins behind all that is there: it has not seen the leaves and asks for proofs. */
    private OwnSession laterReader() {
        station.stop();
        hospital.network.crash(SimulatedNetwork.peer("station"));
        station = hospital.station("second station");
        return ready(hospital.machine);
    }

    private int proofsAsked() {
        return hospital.tiers.values().stream()
                .mapToInt(tier -> tier.asked(Request.ProveInclusion.class))
                .sum();
    }

    @Test
    void oneProofServesAllCellsThatEndWithOneEntry() {
        ResourceId patient = patientAndPulseInOneEntry();
        OwnSession reader = laterReader();

        assertThat(folder(reader, patient.cell()).resources()).hasSize(2);

        assertThat(proofsAsked()).isEqualTo(1);
    }

    @Test
    void aForgedPlaceIsNotBelievedBecauseAnotherCellProvedItsEntry() {
        ResourceId patient = patientAndPulseInOneEntry();
        OwnSession reader = laterReader();
        lie(parts -> Bent.eachPart(parts, part -> part.part() == 0 ? part : forged(part, ForgedPlaceTest::yesterday)));

        assertThat(folder(reader, patient.cell()).resources())
                .hasSize(2)
                .allMatch(each -> each.lastUpdated().millis() > 1_767_000_000_000L);
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isTrue();
    }

    private ResourceId patientAndPulseInOneEntry() {
        String urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        String pulse = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"pulse\"},"
                + "\"subject\":{\"reference\":\"" + urn + "\"},\"effectiveDateTime\":\"2026-03-01\"}";
        Transaction both = Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(PATIENT), urn, List.of(), ""),
                new Transaction.Change.Create(FakeHospital.resource(pulse))));
        return write(ready(), both).versions().getFirst().id();
    }

    private ResourceId patientWithAnObservation() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        station.close(session);
        return patient;
    }

    private void lie(UnaryOperator<Response> lie) {
        liar.lie = lie;
    }

    private static Response changed(Response parts, UnaryOperator<Place> forge) {
        return Bent.eachPart(parts, part -> forged(part, forge));
    }

    private static Response.SealedPart forged(Response.SealedPart part, UnaryOperator<Place> forge) {
        return new Response.SealedPart(
                part.header(), forge.apply(place(part.place())).encode(), part.part(), part.blob());
    }

    private static Place place(Bytes bytes) {
        try {
            return Place.decode(bytes);
        } catch (MalformedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Place yesterday(Place place) {
        return new Place(place.index(), new RecordTime(1), place.verdict(), place.parts(), place.held());
    }
}
