package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.ResourceId;
import trimaran.model.StrictParser;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** A stay is moved by senders and at this hospital's own doors: a message changes what it speaks of, and nothing else. */
class BothDoorsTest {

    private static final String BED_12 = "CARDIO^12^P^CHDEMO";
    private static final String BED_14 = "CARDIO^14^F^CHDEMO";
    private static final String REA = "REA^1^^CHDEMO";
    private static final String DAY = "2026-11-27T";

    private final Counters here = new Counters();
    private String ours = "";

    @BeforeEach
    void aBedNoSenderKnows() throws StoppedException {
        write(draft -> draft.create(
                Json.object("resourceType", "Location", "status", "active", "name", "Lit d'ici", "mode", "instance")));
        ours = "Location/" + here.record.resources.keySet().iterator().next();
    }

    private interface Writing {
        void into(Draft draft) throws StoppedException;
    }

    private void write(Writing writing) throws StoppedException {
        Draft draft = new Draft();
        writing.into(draft);
        Transaction told = draft.transaction("here" + here.record.written.size());
        assertThat(here.record.write(
                        new Transaction(trimaran.record.EntryKind.CLINICAL, told.changes(), false, told.input())))
                .isInstanceOf(WriteResult.Recorded.class);
    }

    private Map<String, Object> stay() {
        return here.record.only("Encounter");
    }

    /** What a browser does to the stay. */
    private void change(Consumer<Map<String, Object>> change) throws Exception {
        Map<String, Object> stay = new LinkedHashMap<>(stay());
        ResourceId id = ResourceId.parse(Json.text(stay, "id"));
        change.accept(stay);
        long version = here.record.resources.getOrDefault(id, List.of()).size();
        write(draft -> draft.update(id, version, stay));
    }

    private static String at(String clock) {
        return DAY + clock + ":00+01:00";
    }

    private static void end(Map<String, Object> stay, String clock) {
        List<Object> locations = new ArrayList<>(Json.items(stay, "location"));
        Map<String, Object> last =
                new LinkedHashMap<>(Json.items(stay, "location").getLast());
        Map<String, Object> period = new LinkedHashMap<>(Json.item(last, "period"));
        period.put("end", at(clock));
        last.put("period", period);
        last.put("status", "completed");
        locations.set(locations.size() - 1, last);
        stay.put("location", locations);
    }

    private void transferHere(String clock) throws Exception {
        change(stay -> {
            end(stay, clock);
            List<Object> locations = new ArrayList<>(Json.items(stay, "location"));
            locations.add(place(clock));
            stay.put("location", locations);
        });
    }

    private Map<String, Object> place(String clock) {
        return Json.object(
                "location",
                Json.object("reference", ours, "display", "Lit d'ici"),
                "status",
                "active",
                "period",
                Json.object("start", at(clock)));
    }

    private void dischargeHere(String clock) throws Exception {
        change(stay -> {
            end(stay, clock);
            stay.put("status", "finished");
            stay.put("period", Json.object("start", Json.text(stay, "period", "start"), "end", at(clock)));
        });
    }

    private String aSmallCorrection() {
        return here.move("Z99", BED_12, "m1", "080000", "UPDATE", "A01");
    }

    @Test
    void aTransferMadeHereSurvivesTheNextMessage() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        transferHere("10:00");
        aSmallCorrection();
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "Lit d'ici active 10:00");
        aSmallCorrection();
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "Lit d'ici active 10:00");
    }

    @Test
    void theSendersNextTransferFollowsTheOneMadeHere() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        transferHere("10:00");
        here.move("A02", REA, "m2", "113000", "INSERT", "");
        assertThat(here.places())
                .containsExactly(
                        "CARDIO 12 P completed 08:00-10:00", "Lit d'ici completed 10:00-11:30", "REA 1 active 11:30");
        here.move("A12", BED_12, "m2", "113000", "CANCEL", "A02");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "Lit d'ici active 10:00");
    }

    @Test
    void aDischargeMadeHereSurvivesAndIsTakenBackHere() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        dischargeHere("11:00");
        aSmallCorrection();
        assertThat(stay().get("status")).isEqualTo("finished");
        assertThat(Json.text(stay(), "period", "end")).isEqualTo(at("11:00"));
        change(stay -> {
            stay.put("status", "in-progress");
            stay.put("period", Json.object("start", at("08:00")));
            Map<String, Object> open =
                    new LinkedHashMap<>(Json.items(stay, "location").getLast());
            open.put("status", "active");
            open.put("period", Json.object("start", at("08:00")));
            stay.put("location", Json.list(open));
        });
        aSmallCorrection();
        assertThat(stay().get("status")).isEqualTo("in-progress");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
    }

    @Test
    void whatWasUndoneHereStaysUndoneUntilItsSenderSpeaksOfIt() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", REA, "m2", "100000", "INSERT", "");
        change(stay -> {
            Map<String, Object> first =
                    new LinkedHashMap<>(Json.items(stay, "location").getFirst());
            first.put("status", "active");
            first.put("period", Json.object("start", at("08:00")));
            stay.put("location", Json.list(first));
        });
        aSmallCorrection();
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
        String answer = here.move("Z99", REA, "m2", "101500", "UPDATE", "A02");
        assertThat(answer).contains("un mouvement annulé ici").contains("|W|");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:15", "REA 1 active 10:15");
    }

    @Test
    void anAdmissionUndoneHereStaysUndone() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        change(stay -> {
            end(stay, "08:30");
            stay.put("status", "cancelled");
        });
        here.move("A12", BED_12, "m2", "100000", "CANCEL", "A02");
        assertThat(stay().get("status")).isEqualTo("cancelled");
    }

    @Test
    void anArrivalHereOfSomebodyExpectedSurvives() throws Exception {
        here.move("A05", BED_14, "m0", "180000", "INSERT", "");
        change(stay -> {
            stay.put("status", "in-progress");
            stay.put("period", Json.object("start", at("17:30")));
            List<Object> locations = new ArrayList<>(Json.items(stay, "location"));
            locations.add(place("17:30"));
            stay.put("location", locations);
        });
        here.move("Z99", BED_14, "m0", "180000", "UPDATE", "A05");
        assertThat(stay().get("status")).isEqualTo("in-progress");
        assertThat(here.places()).containsExactly("CARDIO 14 F planned 18:00", "Lit d'ici active 17:30");
    }

    @Test
    void twoWordsOfOneMomentAreBothKeptAndSaid() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        transferHere("10:00");
        String answer = here.move("A02", REA, "m2", "100000", "INSERT", "");
        assertThat(answer).contains("les deux sont gardés").contains("|W|");
        assertThat(Stays.course(java.util.Optional.of(stay())).movements())
                .filteredOn(Movement::counts)
                .hasSize(3);
        assertThat(here.places().getLast()).isEqualTo("REA 1 active 10:00");
    }

    @Test
    void theSameMovementMadeAtBothDoorsIsOne() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", BED_14, "m2", "090000", "INSERT", "");
        String bed = Json.text(Json.items(stay(), "location").getLast(), "location", "reference");
        here.move("A12", BED_12, "m2", "090000", "CANCEL", "A02");
        ours = bed;
        transferHere("10:00");
        String answer = here.move("A02", BED_14, "m3", "101000", "INSERT", "");
        assertThat(answer).doesNotContain("|W|");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "Lit d'ici active 10:00");
    }

    @Test
    void aStayMadeHereKeepsItsPlacesWhenASenderMovesIt() throws Exception {
        here.taken(Messages.identity("A28", "P1", "Quatrevent", "19510203"));
        String patient = "Patient/" + Json.text(here.record.only("Patient"), "id");
        Map<String, Object> number = Json.object("system", "urn:oid:1.2.250.1.999.2", "value", "V1");
        write(draft -> draft.create(Json.object(
                "resourceType",
                "Encounter",
                "identifier",
                Json.list(number),
                "status",
                "in-progress",
                "class",
                Json.object("system", Vocabulary.ENCOUNTER_CLASSES, "code", "IMP"),
                "subject",
                Json.object("reference", patient),
                "reasonCode",
                Json.list(Json.object("text", "Décompensation")),
                "period",
                Json.object("start", at("07:00")),
                "location",
                Json.list(place("07:00")))));
        here.move("A02", REA, "m2", "100000", "INSERT", "");
        assertThat(here.places()).containsExactly("Lit d'ici completed 07:00-10:00", "REA 1 active 10:00");
        assertThat(Json.text(Json.items(stay(), "reasonCode").getFirst(), "text"))
                .isEqualTo("Décompensation");
        assertThat(Json.text(stay(), "period", "start")).isEqualTo(at("07:00"));
    }

    @Test
    void whatElseWasNotedHereStays() throws Exception {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        change(stay -> {
            stay.put("status", "onleave");
            stay.put("class", Json.object("system", Vocabulary.ENCOUNTER_CLASSES, "code", "EMER"));
            stay.put("hospitalization", Json.object("specialArrangement", Json.list(Json.object("text", "fauteuil"))));
            List<Object> people = new ArrayList<>(Json.items(stay, "participant"));
            people.add(Json.object("individual", Json.object("display", "Interne de garde")));
            stay.put("participant", people);
        });
        here.move("A02", BED_12, "m2", "090000", "INSERT", "");
        assertThat(stay().get("status")).isEqualTo("onleave");
        assertThat(Json.text(stay(), "class", "code")).isEqualTo("EMER");
        assertThat(Json.item(stay(), "hospitalization")).containsKey("specialArrangement");
        assertThat(Json.items(stay(), "participant"))
                .extracting(one -> Json.text(one, "individual", "display"))
                .containsExactlyInAnyOrder("Jeanne Arpège", "Interne de garde");
        String emergency = new String(
                        Messages.move("A06", "P1", BED_12, "V1", "m3", "20261127100000", "INSERT", ""),
                        java.nio.charset.StandardCharsets.UTF_8)
                .replace("PV1||I|", "PV1||O|");
        assertThat(StrictParser.parse(Json.write(stay()))).isInstanceOf(trimaran.kernel.Outcome.Done.class);
        here.taken(emergency.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(Json.text(stay(), "class", "code")).isEqualTo("AMB");
    }
}
