package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;

/** An answer by name leaves nobody out who was acknowledged before it was asked for, or it is none. */
class SystemIndexTest extends StationBench {

    private SystemIndex index(OwnSession session) {
        return FakeHospital.done(asked(session));
    }

    private Outcome<SystemIndex> asked(OwnSession session) {
        return hospital.<Outcome<SystemIndex>>await(then -> station.index(session, then));
    }

    private List<ResourceId> found(OwnSession session, String family) {
        return index(session).search(family, "", "", 10);
    }

    private static String patient(String family) {
        return PATIENT.replace("Dupont", family).replace("\"value\":\"1\"", "\"value\":\"" + family + "\"");
    }

    /** A resource so large that its author's station does not keep its plain text. */
    private static String large(String family) {
        String text = "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                + "a".repeat(StationLimits.PLAIN_KEPT_BYTES) + "</div>\"},";
        return patient(family).replaceFirst("\"identifier\"", text.replace("\\", "\\\\") + "\"identifier\"");
    }

    @Test
    void itFindsByNameInAnySpellingAndFollowsChanges() {
        OwnSession session = ready(hospital.machine);
        ResourceId id = create(session, PATIENT);
        SystemIndex index = index(session);

        assertThat(index.search("dupont", "", "", 10)).containsExactly(id);
        assertThat(index.search("Düpon", "ann", "1950", 10)).containsExactly(id);
        assertThat(index.search("dupond", "", "", 10)).isEmpty();
        ResourceId second = create(session, patient("Dupré"));
        assertThat(index.isCurrent()).isTrue();
        assertThat(index.search("dup", "", "", 10)).containsExactlyInAnyOrder(id, second);
        assertThat(code(asked(ready()))).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void itIsGivenOnlyOnceItIsBuilt() {
        OwnSession session = ready(hospital.machine);
        List<ResourceId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(create(session, patient("Martin" + i)));
        }
        OwnSession other = afresh(session);

        assertThat(found(other, "martin")).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void whatAnotherSessionWroteIsWaitedFor() {
        OwnSession searching = ready(hospital.machine);
        SystemIndex index = index(searching);
        OwnSession nurse = hospital.session(station, hospital.nurse);

        ResourceId id = create(nurse, patient("Moreau"));

        assertThat(index.isCurrent()).isFalse();
        assertThat(found(searching, "moreau")).containsExactly(id);
    }

    @Test
    void aPatientTooLargeToBeKeptOpenIsFound() {
        OwnSession session = ready(hospital.machine);
        index(session);

        ResourceId id = create(session, large("Legrand"));

        assertThat(found(session, "legrand")).containsExactly(id);
    }

    @Test
    void aPatientWrittenByASessionThatEndedMeanwhileIsFound() {
        OwnSession searching = ready(hospital.machine);
        index(searching);
        OwnSession nurse = hospital.session(station, hospital.nurse);
        List<WriteResult> results = new ArrayList<>();
        station.write(nurse, creation(patient("Perrin")), results::add);
        hospital.loops.runUntil(() -> station.state().waiting() > 0, 5_000);
        station.close(nurse);

        assertThat(hospital.loops.runUntil(() -> !results.isEmpty(), 20_000)).isTrue();
        assertThat(found(searching, "perrin")).hasSize(1);
    }

    @Test
    void aPatientOfAnotherStationIsFoundOnceTheFeedTold() {
        OwnSession searching = ready(hospital.machine);
        index(searching);
        Station first = station;
        MemoryDisk disk = hospital.disk;
        hospital.disk = new MemoryDisk();
        station = hospital.station("other");
        ResourceId id = create(ready(hospital.nurse), patient("Roussel"));
        station = first;
        hospital.disk = disk;

        assertThat(hospital.loops.runUntil(() -> station.state().size() == hospital.covered, 20_000))
                .isTrue();
        assertThat(found(searching, "roussel")).containsExactly(id);
    }

    @Test
    void aPatientOnlyTwoTiersHoldIsFound() {
        OwnSession session = ready(hospital.machine);
        create(session, patient("Avant"));
        index(session);
        hospital.down(Party.DATA);

        WriteResult.Recorded held = write(session, creation(patient("Pendant")));

        assertThat(held.by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        assertThat(found(session, "pendant"))
                .containsExactly(held.versions().getFirst().id());
    }

    @Test
    void oneTierAloneMakesNoIndex() {
        OwnSession session = ready(hospital.machine);
        create(session, patient("Seul"));
        hospital.tier(Party.ACCESS).silentTo = Request.ListSubjects.class;
        hospital.tier(Party.DATA).silentTo = Request.ListSubjects.class;

        assertThat(code(asked(session))).isEqualTo(Code.BUSY);
        hospital.tier(Party.DATA).silentTo = null;
        assertThat(found(session, "seul")).hasSize(1);
    }

    @Test
    void anIndexOfASessionThatEndedAnswersNothing() {
        OwnSession session = ready(hospital.machine);
        SystemIndex index = index(session);
        station.close(session);

        assertThat(index.isCurrent()).isFalse();
        assertThat(code(asked(session))).isIn(Code.SESSION_ENDED, Code.NOT_ALLOWED);
    }
}
