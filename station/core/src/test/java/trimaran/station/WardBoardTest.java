package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;

/** Who lies where, as doors read it. */
class WardBoardTest extends StationBench {

    private OwnSession session;
    private ResourceId ward;
    private ResourceId ninth;
    private ResourceId tenth;
    private ResourceId soiled;
    private ResourceId closed;

    @BeforeEach
    void aWardOfFourBeds() {
        session = ready();
        ward = create(session, place("wa", "Médecine A", null, ",\"alias\":[\"Méd. A\"]"));
        ResourceId late = create(session, place("ro", "Chambre 10", ward, ""));
        ResourceId room = create(session, place("ro", "Chambre 9", ward, ""));
        tenth = create(session, place("bd", "10", late, ""));
        ninth = create(session, place("bd", "9 porte", room, ""));
        soiled = create(session, place("bd", "9 fenêtre", room, ",\"operationalStatus\":{\"code\":\"H\"}"));
        closed = create(
                session,
                place(
                        "bd",
                        "9 couloir",
                        room,
                        ",\"extension\":[{\"url\":\"urn:trimaran:bed-note\","
                                + "\"valueString\":\"fuite\"}],\"operationalStatus\":{\"code\":\"C\",\"display\":\"Fermé\"}"));
    }

    private static String place(String kind, String name, @Nullable ResourceId within, String more) {
        String part = within == null ? "" : ",\"partOf\":{\"reference\":\"Location/" + within + "\"}";
        return "{\"resourceType\":\"Location\",\"name\":\"" + name + "\",\"physicalType\":{\"coding\":[{\"code\":\""
                + kind + "\"}]}" + part + more + "}";
    }

    private static String encounter(ResourceId patient, String status, ResourceId place) {
        return """
            {"resourceType":"Encounter","status":"%s","class":{"code":"IMP"},"subject":{"reference":"Patient/%s"},
             "period":{"start":"2026-03-01T10:00:00Z"},"location":[{"location":{"reference":"Location/%s"}}]}\
            """.formatted(status, patient, place);
    }

    private ResourceId stay(ResourceId patient, String status, ResourceId place) {
        return create(session, encounter(patient, status, place));
    }

    private Outcome<WardBoard> asked(ResourceId id) {
        return hospital.<Outcome<WardBoard>>await(then -> station.boards().one(session, id, then));
    }

    private WardBoard board() {
        return FakeHospital.done(asked(ward));
    }

    private List<WardBoard> boards() {
        return FakeHospital.done(hospital.<Outcome<List<WardBoard>>>await(
                then -> station.boards().all(session, then)));
    }

    @Test
    void eachCodeOfTheTableIsFitForUseOrNot() {
        assertThat(BedPlace.State.of("active", "U")).isEqualTo(BedPlace.State.READY);
        assertThat(BedPlace.State.of("active", "K")).isEqualTo(BedPlace.State.TO_CLEAN);
        assertThat(BedPlace.State.of("active", "I")).isEqualTo(BedPlace.State.CLOSED);
        assertThat(BedPlace.State.of("suspended", "U")).isEqualTo(BedPlace.State.CLOSED);
        assertThat(BedPlace.State.of("active", "X")).isEqualTo(BedPlace.State.OTHER);
    }

    @Test
    void bedsStandInTheOrderOfTheirRoomsAndSayWhetherTheyCanBeUsed() {
        WardBoard board = board();

        assertThat(board.ward().name()).isEqualTo("Médecine A");
        assertThat(board.ward().shortName()).isEqualTo("Méd. A");
        assertThat(board.beds()).extracting(bed -> bed.place().id()).containsExactly(closed, soiled, ninth, tenth);
        assertThat(board.beds())
                .extracting(bed -> bed.place().state())
                .containsExactly(
                        BedPlace.State.CLOSED, BedPlace.State.TO_CLEAN, BedPlace.State.READY, BedPlace.State.READY);
        assertThat(board.beds().getFirst().place().note()).isEqualTo("fuite");
        assertThat(board.freeCount()).isEqualTo(2);
    }

    @Test
    void whoeverHasNoLookupLeftInThisHourStillSeesTheWardsThisStationKnows() {
        stay(create(session, PATIENT), "in-progress", ninth);
        assertThat(board().bed(ninth).orElseThrow().lying()).hasSize(1);
        hospital.loops.runMillis(WardReading.HOUSE_AGAIN_MILLIS + 1);
        Party.TIERS.forEach(party -> {
            hospital.tier(party).silentTo = Request.Lookup.class;
            hospital.tier(party).silentWith = Code.OVER_BUDGET;
        });

        assertThat(board().bed(ninth).orElseThrow().lying()).hasSize(1);
    }

    @Test
    void whoLiesWhoWaitsForABedAndWhoIsToComeStandApart() {
        ResourceId one = create(session, PATIENT);
        ResourceId other = create(session, PATIENT);
        ResourceId third = create(session, PATIENT);
        ResourceId lies = stay(one, "in-progress", ninth);
        ResourceId waits = stay(other, "in-progress", ward);
        ResourceId comes = stay(third, "planned", tenth);

        WardBoard board = board();

        assertThat(board.bed(ninth).orElseThrow().lying())
                .extracting(WardStay::encounter)
                .containsExactly(lies);
        assertThat(board.bed(ninth).orElseThrow().lying())
                .extracting(WardStay::patient)
                .containsExactly(one);
        assertThat(board.unplaced()).extracting(WardStay::encounter).containsExactly(waits);
        assertThat(board.expected()).extracting(WardStay::encounter).containsExactly(comes);
        assertThat(board.bed(tenth).orElseThrow().reserved()).hasSize(1);
        assertThat(board.present()).hasSize(2);
        assertThat(board.freeCount()).isZero();
        assertThat(board.unreadable()).isZero();
    }

    @Test
    void whoHasLeftIsOnTheBoardNoMore() {
        ResourceId patient = create(session, PATIENT);
        ResourceId lies = stay(patient, "in-progress", ninth);
        assertThat(board().present()).hasSize(1);

        String gone = encounter(patient, "finished", ninth)
                .replace("T10:00:00Z\"}", "T10:00:00Z\",\"end\":\"2026-03-02T10:00:00Z\"}");
        write(session, Transaction.of(new Transaction.Change.Update(lies, 1, FakeHospital.resource(gone), "")));

        assertThat(board().present()).isEmpty();
        assertThat(board().freeCount()).isEqualTo(2);
    }

    /** The stay says it, the ward's line repeats it, so that a list of wards counts departures and opens no patient. */
    @Test
    void whenSomebodyIsToLeaveIsOnTheBoardFollowsTheStayAndEndsWithIt() {
        String tomorrow = "2026-03-03T12:00:00+01:00";
        ResourceId patient = create(session, PATIENT);
        ResourceId lies = create(session, leaving(encounter(patient, "in-progress", ninth), tomorrow));
        assertThat(board().present()).extracting(WardStay::leaves).containsExactly(tomorrow);

        update(lies, 1, encounter(patient, "in-progress", ninth));
        assertThat(board().present()).extracting(WardStay::leaves).containsExactly("");

        String later = "2026-03-04T12:00:00+01:00";
        update(lies, 2, leaving(encounter(patient, "in-progress", ninth), later));
        assertThat(board().bed(ninth).orElseThrow().lying())
                .extracting(WardStay::leaves)
                .containsExactly(later);
        assertThat(board().present()).extracting(WardStay::start).containsExactly("2026-03-01T10:00:00Z");

        update(lies, 3, leaving(encounter(patient, "in-progress", tenth), later));
        assertThat(board().bed(ninth).orElseThrow().lying()).isEmpty();
        assertThat(board().bed(tenth).orElseThrow().lying())
                .extracting(WardStay::leaves)
                .containsExactly(later);

        String gone = encounter(patient, "finished", tenth)
                .replace("T10:00:00Z\"}", "T10:00:00Z\",\"end\":\"2026-03-02T10:00:00Z\"}");
        update(lies, 4, leaving(gone, later));
        assertThat(board().present()).isEmpty();
    }

    private void update(ResourceId id, long version, String json) {
        write(session, Transaction.of(new Transaction.Change.Update(id, version, FakeHospital.resource(json), "")));
    }

    private static String leaving(String encounter, String at) {
        return encounter.replaceFirst(
                "\\{", "{\"extension\":[{\"url\":\"urn:trimaran:expected-end\",\"valueDateTime\":\"" + at + "\"}],");
    }

    @Test
    void aBedTakenOutOfTheHouseLeavesWhoLiesThereWithoutOneAndDropsNobody() {
        ResourceId patient = create(session, PATIENT);
        stay(patient, "in-progress", ninth);
        write(session, Transaction.of(new Transaction.Change.Delete(ninth, "Location", 1)));

        assertThat(board().beds()).hasSize(3);
        assertThat(board().unplaced()).extracting(WardStay::patient).containsExactly(patient);
    }

    /** The first to come into a ward is seen at once where they were admitted, although nobody had been looked for since. */
    @Test
    void theFirstAdmissionIsSeenAtOnce() {
        assertThat(board().present()).isEmpty();

        stay(create(session, PATIENT), "in-progress", ninth);

        assertThat(board().present()).hasSize(1);
    }

    /** A look costs nothing while nothing changes: lookups are counted, and an hour has few. */
    @Test
    void aBoardThatIsLookedAtAgainAsksNobody() {
        stay(create(session, PATIENT), "in-progress", ninth);
        create(session, place("wa", "Médecine B", null, ""));
        assertThat(boards()).hasSize(2);
        int before = hospital.lookups;

        for (int i = 0; i < 20; i++) {
            assertThat(boards()).hasSize(2);
        }

        assertThat(hospital.lookups).isEqualTo(before);
    }

    @Test
    void allWardsStandByTheirNames() {
        ResourceId second = create(session, place("wa", "Médecine B", null, ""));
        stay(create(session, PATIENT), "in-progress", second);

        assertThat(boards()).extracting(board -> board.ward().name()).containsExactly("Médecine A", "Médecine B");
        assertThat(boards().getLast().unplaced()).hasSize(1);
    }

    /** Board and thirty folders, all open: a look, not a wait. */
    @Test
    void aWardOfThirtyThatIsOpenIsReadInATrice() {
        List<ResourceId> patients = new ArrayList<>();
        ResourceId room = create(session, place("ro", "Chambre 20", ward, ""));
        for (int i = 0; i < 30; i++) {
            ResourceId patient = create(session, PATIENT);
            patients.add(patient);
            stay(patient, "in-progress", create(session, place("bd", "20 " + i, room, "")));
            create(session, observation(patient));
        }
        ward(patients);

        long began = System.nanoTime();
        ward(patients);
        long millis = (System.nanoTime() - began) / 1_000_000;

        System.out.println("a ward of 30 and their folders, open: " + millis + " ms");
        assertThat(millis).isLessThan(500);
    }

    private void ward(List<ResourceId> patients) {
        assertThat(board().present()).hasSize(30);
        patients.forEach(patient ->
                assertThat(folder(session, patient.cell()).resources()).hasSize(3));
    }

    @Test
    void whatIsNoWardIsNotFound() {
        assertThat(code(asked(ninth))).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aSessionThatHasEndedSeesNoBoard() {
        station.close(session);

        assertThat(code(asked(ward))).isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void whatIsPrintedIsWrittenDownByTheTiersFirst() {
        CellId cell = create(session, PATIENT).cell();

        assertThat(noted(cell).isDone()).isTrue();

        assertThat(hospital.printed.keySet()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(hospital.printed.values()).allMatch(cells -> cells.equals(List.of(cell)));
        station.close(session);
        assertThat(code(noted(cell))).isEqualTo(Code.SESSION_ENDED);
    }

    private Outcome<Boolean> noted(CellId cell) {
        return hospital.<Outcome<Boolean>>await(then -> station.printing()
                .note(session, trimaran.line.message.LedgerLine.Act.PRINTED, List.of(cell, cell), Digest.ZERO, then));
    }

    @Test
    void roomNineStandsBeforeRoomTen() {
        assertThat(WardPlaces.byNumber("Chambre 9", "Chambre 10")).isNegative();
        assertThat(WardPlaces.byNumber("Chambre 010", "Chambre 10")).isZero();
        assertThat(WardPlaces.byNumber("312 fenêtre", "312 porte")).isNegative();
        assertThat(WardPlaces.byNumber("312", "312 porte")).isNegative();
    }
}
