package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** What is written alone of a patient whose record nobody has open, and of whom it is not. */
class AloneWritesTest extends AloneBench {

    private OwnSession session = ready();

    @BeforeEach
    void longAlone() {
        alone(3_600_000);
        assertThat(station.cells().isEmpty()).as("every lease is over").isTrue();
        session = hospital.session(station, hospital.nurse);
    }

    private Code refused(String json) {
        return result(session, creation(json)) instanceof WriteResult.Refused(var refusal)
                ? refusal.code()
                : Code.BROKEN;
    }

    @Test
    void ofWhomTheOpenedCopyNamesItIsWrittenAtOnceAndEachInACellOfItsOwn() {
        station.boards().opened(copyOf(patient));
        Set<CellId> cells = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            WriteResult.Waiting waiting = promised(session, observation(patient, "2026-03-01T1" + i + ":00:00Z"));
            cells.add(waiting.versions().getFirst().id().cell());
        }
        assertThat(cells).hasSize(3).doesNotContain(patient.cell());
        assertThat(station.cells().isEmpty()).as("nothing more is open").isTrue();
        assertThat(code(tried(session, patient))).as("and nothing is read").isEqualTo(Code.UNAVAILABLE);

        reached();
        assertThat(folder(session, patient.cell()).resources())
                .filteredOn(one -> one.type().equals("Observation"))
                .hasSize(4);
    }

    /** Its key was handed to another session, and is used by nobody else. */
    @Test
    void whatSomebodyElseHasOpenIsNotWrittenInto() {
        reached();
        folder(session, patient.cell());
        alone(60_000);
        assertThat(station.cells().ofSubject(patient.cell())).isNotEmpty();
        OwnSession other = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        WriteResult.Waiting waiting = promised(other, observation(patient));
        CellId cell = waiting.versions().getFirst().id().cell();
        assertThat(station.cells().get(cell)).isEmpty();
    }

    @Test
    void ofWhomNobodyNamedNothingIsWritten() {
        assertThat(refused(observation(patient))).isEqualTo(Code.UNAVAILABLE);
        station.boards().opened(copyOf(new ResourceId(new CellId(7, 7), 1)));
        assertThat(refused(observation(patient))).isEqualTo(Code.UNAVAILABLE);
        station = restarted();
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS);
        session = hospital.session(station, hospital.nurse);
        assertThat(refused(observation(patient))).isEqualTo(Code.UNAVAILABLE);
    }

    /** What changes what stands in the record, or depends on it, is not done without seeing it. */
    @Test
    void nothingIsWrittenButMeasuresAndNotes() {
        station.boards().opened(copyOf(patient));
        assertThat(refused(procedure(patient))).isEqualTo(Code.UNAVAILABLE);
        assertThat(refused("""
            {"resourceType":"MedicationAdministration","status":"completed","medicationCodeableConcept":{"text":"x"},
             "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-03-01T10:00:00Z"}""".formatted(patient))).isEqualTo(Code.UNAVAILABLE);
        Transaction both = Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(observation(patient))),
                new Transaction.Change.Create(FakeHospital.resource(procedure(patient)))));
        assertThat(result(session, both)).isInstanceOf(WriteResult.Refused.class);
        assertThat(promised(session, """
            {"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/%s"},
             "date":"2026-03-01T10:00:00Z","content":[{"attachment":{"contentType":"text/plain","data":"YQ=="}}]}""".formatted(patient))).isNotNull();
    }

    /** Tiers forget what they held once it has its place, as the session that was opened here may have been held. */
    private void settled() {
        Party.TIERS.forEach(tier -> hospital.tier(tier)
                .held
                .keySet()
                .removeIf(entry -> hospital.record.placedBefore(hospital.covered, entry)));
        hospital.heldChanged();
    }

    /** One who is on no copy and no board is no patient of the record: what was promised is shown to a person. */
    @Test
    void whatIsOfNoPatientOfTheRecordIsRefusedThere() {
        ResourceId nobody = new ResourceId(new CellId(9, 9), 1);
        station.boards().opened(copyOf(nobody));
        promised(session, observation(nobody));
        reached();
        settled();
        assertThat(station.state().waiting()).as("it may come yet").isEqualTo(1);
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS + 60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(station.refused().all())
                .singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo(Code.BAD_REFERENCE));
    }

    @Test
    void whileATierAnswersTheRecordIsOpenedAsEver() {
        station.boards().opened(copyOf(patient));
        reached();
        int opens = hospital.record.opens.size();
        assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Recorded.class);
        assertThat(hospital.record.opens.size()).isGreaterThan(opens);
    }

    @Test
    void asManyAreRememberedAsAHospitalHasBeds() {
        TierTable nobody = new TierTable(station.setting().loop());
        Unopened unopened = new Unopened(nobody, station.cells());
        unopened.learn(List.of(patient.cell()));
        for (int i = 0; i < StationLimits.UNOPENED_MAX - 1; i++) {
            unopened.learn(List.of(new CellId(5, i)));
        }
        assertThat(unopened.isKnown(patient.cell())).isTrue();
        unopened.learn(List.of(new CellId(6, 0)));
        assertThat(unopened.isKnown(patient.cell())).isFalse();
    }
}
