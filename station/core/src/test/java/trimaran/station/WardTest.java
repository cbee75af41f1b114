package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.record.Annex;
import trimaran.record.CellKind;
import trimaran.record.Header;
import trimaran.record.NewCell;

/** Movements: the stay and the ward in one entry. */
class WardTest extends StationBench {

    private static final String PATIENT = """
        {"resourceType":"Patient","name":[{"family":"Martin"}],"birthDate":"1950-01-01"}\
        """;

    private OwnSession session;
    private ResourceId patient;
    private ResourceId ward;
    private ResourceId bed;
    private ResourceId other;

    @BeforeEach
    void aWardWithTwoBedsAndAPatient() {
        session = ready();
        ward = create(session, location("wa", null));
        ResourceId room = create(session, location("ro", ward));
        bed = create(session, location("bd", room));
        other = create(session, location("bd", room));
        patient = create(session, PATIENT);
    }

    private static String location(String type, @org.jspecify.annotations.Nullable ResourceId within) {
        String part = within == null ? "" : ",\"partOf\":{\"reference\":\"Location/" + within + "\"}";
        return "{\"resourceType\":\"Location\",\"physicalType\":{\"coding\":[{\"code\":\"" + type + "\"}]}" + part
                + "}";
    }

    private String encounter(String status, ResourceId place, String end) {
        return """
            {"resourceType":"Encounter","status":"%s","class":{"code":"IMP"},"subject":{"reference":"Patient/%s"},
             "period":{"start":"2026-03-01T10:00:00Z"%s},
             "location":[{"location":{"reference":"Location/%s"},"status":"active"}]}\
            """.formatted(status, patient, end, place);
    }

    private void update(ResourceId id, long version, String json) {
        write(session, Transaction.of(new Transaction.Change.Update(id, version, FakeHospital.resource(json), "")));
    }

    private Header last() {
        return hospital.record.entries.getLast().header();
    }

    private List<NewCell> wardCells() {
        return hospital.record.openings.values().stream()
                .filter(cell -> cell.kind() == CellKind.WARD)
                .toList();
    }

    private List<BedLine> board() {
        List<BedLine> lines = new ArrayList<>();
        for (NewCell cell : wardCells()) {
            FakeHospital.done(hospital.<trimaran.kernel.Outcome<PatientFolder>>await(
                    then -> station.patient(session, cell.cell(), Request.Purpose.CARE, then)));
            station.cells()
                    .get(cell.cell())
                    .orElseThrow()
                    .all()
                    .forEach(versions ->
                            lines.add(BedLine.read(versions.getLast().json()).orElseThrow()));
        }
        return lines;
    }

    @Test
    void anAdmissionIsOneEntryWithPartsInTheStayAndTheWard() {
        ResourceId stay = create(session, encounter("in-progress", bed, ""));

        assertThat(last().author().parts()).hasSize(2);
        CellId subject = wardCells().getFirst().subject();
        assertThat(board()).singleElement().satisfies(line -> {
            assertThat(line.status()).isEqualTo(BedLine.PRESENT);
            assertThat(line.encounter()).isEqualTo("Encounter/" + stay);
            assertThat(line.subject()).isEqualTo("Patient/" + patient);
            assertThat(line.bed()).isEqualTo("Location/" + bed);
            assertThat(line.start()).isEqualTo("2026-03-01T10:00:00Z");
        });
        assertThat(hospital.record.placements)
                .containsExactly(new Annex.Placement(patient.cell(), subject, Annex.Placement.State.PRESENT));
    }

    @Test
    void aTransferClosesOneLineAndBeginsAnotherInTheSameCell() {
        ResourceId stay = create(session, encounter("in-progress", bed, ""));

        update(stay, 1, encounter("in-progress", other, ""));

        assertThat(board()).extracting(BedLine::status).containsExactlyInAnyOrder(BedLine.LEFT, BedLine.PRESENT);
        assertThat(wardCells()).hasSize(1);
    }

    @Test
    void aTransferThatIsTakenBackNeverWasAndTheLineOfBeforeGoesOn() {
        String first = encounter("in-progress", bed, "")
                .replace("\"active\"", "\"active\",\"period\":{\"start\":\"2026-03-01T10:00:00Z\"}");
        ResourceId stay = create(session, first);
        update(
                stay,
                1,
                encounter("in-progress", other, "")
                        .replace("\"active\"", "\"active\",\"period\":{\"start\":\"2026-03-01T12:00:00Z\"}"));

        update(stay, 2, first);

        assertThat(board()).filteredOn(BedLine::isOpen).singleElement().satisfies(line -> {
            assertThat(line.bed()).isEqualTo("Location/" + bed);
            assertThat(line.start()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(line.end()).isEmpty();
        });
        assertThat(board()).extracting(BedLine::status).containsExactlyInAnyOrder(BedLine.PRESENT, BedLine.VOID);
    }

    @Test
    void aDischargeFreesTheBedAndCancellingItTakesTheLineUpAgain() {
        ResourceId stay = create(session, encounter("in-progress", bed, ""));
        CellId subject = wardCells().getFirst().subject();

        update(stay, 1, encounter("finished", bed, ",\"end\":\"2026-03-02T10:00:00Z\""));

        assertThat(board()).singleElement().satisfies(line -> {
            assertThat(line.status()).isEqualTo(BedLine.LEFT);
            assertThat(line.end()).isEqualTo("2026-03-02T10:00:00Z");
        });
        assertThat(hospital.record.placements.getLast())
                .isEqualTo(new Annex.Placement(patient.cell(), subject, Annex.Placement.State.LEFT));

        update(stay, 2, encounter("in-progress", bed, ""));

        assertThat(board()).singleElement().satisfies(line -> {
            assertThat(line.status()).isEqualTo(BedLine.PRESENT);
            assertThat(line.end()).isEmpty();
        });
    }

    @Test
    void aWeekIsNumberedAsIso8601Does() {
        assertThat(Wards.week(1_795_000_000_000L)).isEqualTo("2026-W47");
        assertThat(Wards.week(java.time.Instant.parse("2027-01-01T12:00:00Z").toEpochMilli()))
                .isEqualTo("2026-W53");
    }

    @Test
    void aTransferToAnotherWardTellsKeepersOfBoth() {
        ResourceId second = create(session, location("wa", null));
        ResourceId there = create(session, location("bd", second));
        ResourceId stay = create(session, encounter("in-progress", bed, ""));

        update(stay, 1, encounter("in-progress", there, ""));

        assertThat(wardCells()).hasSize(2);
        assertThat(hospital.record.placements)
                .extracting(Annex.Placement::state)
                .containsExactlyInAnyOrder(
                        Annex.Placement.State.PRESENT, Annex.Placement.State.LEFT, Annex.Placement.State.PRESENT);
        assertThat(last().author().parts()).hasSize(3);
    }

    /** Application may read the wards an entry writes about, and refuses the whole entry that wants another read. */
    @Test
    void theWardSomebodyOnceLayInIsNotReadForTheOneTheyLieIn() {
        ResourceId emergency = create(session, location("wa", null));
        create(session, encounter("in-progress", emergency, ""));
        CellId there = wardCells().getFirst().cell();

        create(session, encounter("in-progress", bed, "").replace("\"location\":[", """
            "location":[{"location":{"reference":"Location/%s"},"status":"completed",
             "period":{"start":"2026-03-01T10:00:00Z","end":"2026-03-01T14:00:00Z"}},\
            """.formatted(emergency)));

        assertThat(wardCells()).hasSize(2);
        assertThat(hospital.readable).doesNotContain(there);
    }

    @Test
    void aStayThatIsOverClaimsNoBed() {
        create(session, encounter("finished", bed, ",\"end\":\"2026-03-02T10:00:00Z\""));

        assertThat(wardCells()).isEmpty();
        assertThat(last().author().parts()).hasSize(1);
    }

    @Test
    void aPlaceInNoWardHasNoBoard() {
        ResourceId house = create(session, location("bu", null));

        create(session, encounter("in-progress", house, ""));

        assertThat(wardCells()).isEmpty();
    }
}
