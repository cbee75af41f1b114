package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.station.ResourceVersion;

/** Results and documents: whose they are, what became of them, and what a correction keeps. */
class ResultsTest {

    private static int next;

    private final Counters here = new Counters();

    private static String header(String type) {
        return "MSH|^~\\&|LABO|CHDEMO|TRIMARAN|CHDEMO|20261127093000||" + type + "|L" + ++next
                + "|P|2.5|||||FRA|UNICODE UTF-8|FR";
    }

    private static byte[] result(String pid, String status, String value, String... more) {
        String[] segments = new String[more.length + 4];
        segments[0] = header("ORU^R01^ORU_R01");
        segments[1] = pid;
        segments[2] = "OBR|1||A77^LABO|IONO^Ionogramme^L|||20261127080000|||||||||||||||20261127092500||LAB|" + status;
        segments[3] = "OBX|1|NM|2823-3^Potassium^LN||" + value + "|mmol/L^^UCUM|3.5 - 5.1|H|||" + status
                + "|||20261127080000";
        System.arraycopy(more, 0, segments, 4, more.length);
        return Messages.bytes(segments);
    }

    private static String pid() {
        return Messages.pid("P1", "Quatrevent", "19510203");
    }

    private void admit() {
        here.taken(Messages.move("A01", "P1", "CARDIO^12^P", "V1", "m1", "20261127070000", "INSERT", ""));
    }

    private String patient() {
        return "Patient/" + Json.text(here.record.only("Patient"), "id");
    }

    @Test
    void aResultBecomesReportAndObservationsOfItsPatientAndStay() {
        admit();
        here.taken(result(
                pid(),
                "F",
                "5.40",
                "NTE|1||Hémolyse discrète",
                "OBX|2|SN|14682-9^Créatinine^LN||<^40|umol/L|||||F",
                "OBX|3|CE|883-9^Groupe^LN||A^A positif^L||||||F",
                Messages.pv1("CARDIO^12^P", "V1")));
        Map<String, Object> report = here.record.only("DiagnosticReport");
        assertThat(report).containsEntry("status", "final").containsEntry("issued", "2026-11-27T09:25:00+01:00");
        assertThat(Json.text(report, "subject", "reference")).isEqualTo(patient());
        assertThat(Json.text(report, "encounter", "reference")).startsWith("Encounter/");
        assertThat(Json.items(report, "result")).hasSize(3);
        Map<String, Object> potassium = here.record.all("Observation").getFirst();
        assertThat(Json.text(potassium, "valueQuantity", "value")).isEqualTo("5.40");
        assertThat(Json.text(potassium, "valueQuantity", "unit")).isEqualTo("mmol/L");
        Map<String, Object> range = Json.items(potassium, "referenceRange").getFirst();
        assertThat(Json.text(range, "low", "value")).isEqualTo("3.5");
        assertThat(Json.text(range, "high", "value")).isEqualTo("5.1");
        assertThat(Json.text(Json.items(potassium, "note").getFirst(), "text")).isEqualTo("Hémolyse discrète");
        assertThat(Json.text(here.record.all("Observation").get(1), "valueQuantity", "comparator"))
                .isEqualTo("<");
        assertThat(Json.text(here.record.all("Observation").get(2), "valueCodeableConcept", "text"))
                .isEqualTo("A positif");
    }

    /** A lookup is a call to every tier and a line in its ledger: only whether the result is new is asked. */
    @Test
    void aResultOfAKnownPatientAndStayAsksForTheResultAlone() {
        admit();
        here.record.sought.clear();
        here.taken(result(pid(), "F", "5.4", Messages.pv1("CARDIO^12^P", "V1")));
        assertThat(here.record.sought).singleElement().asString().startsWith("DiagnosticReport ");
    }

    @Test
    void aCorrectionIsANewVersionAndTheOldOneStays() {
        admit();
        here.taken(result(pid(), "F", "5.4"));
        here.taken(result(pid(), "C", "4.5"));
        List<ResourceVersion> versions = here.record.resources.values().stream()
                .filter(all -> all.getLast().type().equals("Observation"))
                .findFirst()
                .orElseThrow();
        assertThat(versions).hasSize(2);
        assertThat(text(versions.getFirst())).contains("\"value\":5.4").contains("final");
        assertThat(text(versions.getLast())).contains("\"value\":4.5").contains("corrected");
        assertThat(here.record.only("DiagnosticReport")).containsEntry("status", "corrected");
    }

    private static String text(ResourceVersion version) {
        return new String(version.json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void aReportIsCompletedAndLosesNothing() {
        admit();
        here.taken(result(pid(), "P", "5.4"));
        here.taken(Messages.bytes(
                header("ORU^R01^ORU_R01"),
                pid(),
                "OBR|1||A77^LABO|IONO^Ionogramme^L|||20261127080000||||||||||||||||||F",
                "OBX|1|NM|2951-2^Sodium^LN||140|mmol/L|||||F"));
        assertThat(here.record.all("Observation")).hasSize(2);
        assertThat(Json.items(here.record.only("DiagnosticReport"), "result")).hasSize(2);
    }

    @Test
    void anUnmatchedResultMakesNoPatientAndWaits() {
        byte[] message = result(pid(), "F", "5.4");
        String answer = here.taken(message);
        assertThat(answer).contains("attend d'être rattaché").contains("|W|");
        assertThat(here.record.all("Patient")).isEmpty();
        assertThat(here.record.all("Observation")).isEmpty();
        Map<String, Object> person = here.record.only("Person");
        Map<String, Object> waiting = Json.items(person, "extension").getFirst();
        assertThat(Base64.getDecoder().decode(Json.text(waiting, "valueAttachment", "data")))
                .isEqualTo(message);
        Map<String, Object> task = here.record.only("Task");
        assertThat(task).containsEntry("code", Doubts.code(Vocabulary.RESULT_TO_ATTACH));
        assertThat(Json.text(task, "focus", "reference")).isEqualTo("Person/" + Json.text(person, "id"));
        assertThat(task.toString()).doesNotContain("uatrevent").doesNotContain("P1");
    }

    /** A number typed wrong names somebody else. */
    @Test
    void aNumberThatContradictsNameOrBirthDateIsNotBelieved() {
        admit();
        here.taken(result(Messages.pid("P1", "Quatrevent", "19520203"), "F", "5.4"));
        here.taken(result(Messages.pid("P1", "Ruisseau", "19510203"), "F", "5.4"));
        assertThat(here.record.all("Observation")).isEmpty();
        assertThat(here.record.all("Task")).hasSize(2);
        here.taken(result(Messages.pid("P1", "QUATREVENT", "1951"), "F", "5.4"));
        assertThat(here.record.all("Observation")).hasSize(1);
    }

    @Test
    void whatIsMissingOrWrongInAResultIsNamed() {
        admit();
        assertThat(here.ask(Messages.bytes(header("ORU^R01"), pid())))
                .contains("MSA|AE|")
                .contains("ERR||OBR^1|100^");
        assertThat(here.ask(Messages.bytes(header("ORU^R01"), pid(), "OBR|1", "OBX|1|NM|||5")))
                .contains("ERR||OBR^1^3|101^")
                .contains("ERR||OBR^1^4|101^")
                .contains("ERR||OBX^1^3|101^");
        String answer = here.taken(result(pid(), "Q", "trouble"));
        assertThat(answer).contains("ERR||OBX^1^5|102^").contains("ERR||OBX^1^11|103^");
        assertThat(here.record.only("Observation"))
                .containsEntry("valueString", "trouble")
                .containsEntry("status", "unknown");
        assertThat(here.ask(Messages.bytes(header("ORU^R30"), pid())))
                .contains("MSA|AR|")
                .contains("201^");
    }

    private static byte[] document(String number, String parent, String content) {
        return Messages.bytes(
                header("MDM^T02^MDM_T02"),
                "EVN||20261127093000",
                pid(),
                Messages.pv1("CARDIO^12^P", "V1"),
                "TXA|1|CR^Compte rendu^L|TX|20261127090000|||||17^Arpège^Jeanne|||" + number + "^DOC|" + parent
                        + "||||AU",
                content);
    }

    private static String pdf(String text) {
        return "OBX|1|ED|CR^Compte rendu^L||^APPLICATION^PDF^Base64^"
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "||||||F";
    }

    private Map<String, Object> attachment(Map<String, Object> document) {
        return Json.items(document, "content").stream()
                .map(one -> Json.object(
                        "contentType",
                        Json.text(one, "attachment", "contentType"),
                        "data",
                        new String(
                                Base64.getDecoder().decode(Json.text(one, "attachment", "data")),
                                StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDocumentIsKeptReplacedAndFollowed() {
        admit();
        here.taken(document("D1", "", pdf("erste")));
        Map<String, Object> first = here.record.only("DocumentReference");
        assertThat(first).containsEntry("status", "current").containsEntry("docStatus", "final");
        assertThat(attachment(first))
                .containsEntry("contentType", "application/pdf")
                .containsEntry("data", "erste");
        here.taken(document("D1", "", pdf("zweite")));
        assertThat(attachment(here.record.only("DocumentReference"))).containsEntry("data", "zweite");
        here.taken(document("D2", "D1^DOC", "OBX|1|TX|CR||Zeile eins~Zeile zwei"));
        assertThat(here.record.all("DocumentReference"))
                .extracting(one -> one.get("status"))
                .containsExactly("superseded", "current");
        assertThat(attachment(here.record.all("DocumentReference").get(1)))
                .containsEntry("data", "Zeile eins\nZeile zwei");
    }

    @Test
    void aMebibyteOfContentPassesAndDamagedContentIsNamed() {
        admit();
        here.taken(document("D1", "", pdf("x".repeat(1 << 20))));
        assertThat(here.ask(document("D2", "", "OBX|1|ED|CR||^APPLICATION^PDF^Hex^xyz")))
                .contains("MSA|AE|")
                .contains("ERR||OBX^1^5^^5|102^");
        assertThat(here.ask(document("", "", "OBX|1|TX|CR||")))
                .contains("ERR||TXA^1^12|101^")
                .contains("ERR||OBX^1^5|101^");
        assertThat(here.ask(Messages.bytes(header("MDM^T02"), pid()))).contains("ERR||TXA^1|100^");
    }

    @Test
    void anUnmatchedDocumentWaits() {
        here.taken(document("D1", "", pdf("x")));
        assertThat(here.record.all("Patient")).isEmpty();
        assertThat(here.record.only("Person")).containsKey("extension");
    }
}
