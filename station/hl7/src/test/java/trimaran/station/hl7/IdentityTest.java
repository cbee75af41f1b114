package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Identities after PAM France (ITI-30) and RNIV: four states, no INS without VALI, no silent merge. */
class IdentityTest {

    private static final String INS = "~299019912345678^^^ASIP-SANTE-INS-NIR&" + Messages.TEST_INS + "&ISO^INS";

    private final Counters here = new Counters();

    private static String pid(String ipp, String family, String ins, String state) {
        return Messages.pid(ipp, family, "19510203")
                .replace("ISO^PI", "ISO^PI" + ins)
                .replaceAll("PROV$", state);
    }

    private String tell(String event, String pid, String... more) {
        String[] segments = new String[more.length + 3];
        segments[0] = Messages.msh(event);
        segments[1] = "EVN||20261127083000";
        segments[2] = pid;
        System.arraycopy(more, 0, segments, 3, more.length);
        return here.taken(Messages.bytes(segments));
    }

    private static String state(Map<String, Object> patient) {
        return Json.items(patient, "extension").stream()
                .filter(one -> Json.text(one, "url").equals(Vocabulary.IDENTITY_STATE))
                .map(one -> Json.text(one, "valueCode"))
                .findFirst()
                .orElse("");
    }

    private static List<String> systems(Map<String, Object> patient) {
        return Json.items(patient, "identifier").stream()
                .map(one -> Json.text(one, "system"))
                .toList();
    }

    @Test
    void theInsIsHeldOfAQualifiedIdentityOnly() {
        tell("A28", pid("P1", "Quatrevent", INS, "VALI"));
        Map<String, Object> patient = here.record.only("Patient");
        assertThat(state(patient)).isEqualTo("qualifiee");
        assertThat(systems(patient)).containsExactly("urn:oid:1.2.250.1.999.1", "urn:oid:" + Messages.TEST_INS);
        assertThat(Json.items(patient, "name"))
                .extracting(one -> Json.text(one, "use"))
                .containsExactly("official", "usual");
        assertThat(Json.items(patient, "name").getFirst().get("given")).isEqualTo(List.of("Odile", "Marthe"));
        assertThat(patient).containsEntry("birthDate", "1951-02-03").containsEntry("gender", "female");
    }

    @Test
    void anUnvouchedInsIsLeftOutAndSaid() {
        String answer = tell("A28", pid("P1", "Quatrevent", INS, "PROV"));
        assertThat(answer).contains("ERR||PID^1^32|0^").contains("|W|");
        assertThat(state(here.record.only("Patient"))).isEqualTo("provisoire");
        assertThat(systems(here.record.only("Patient"))).containsExactly("urn:oid:1.2.250.1.999.1");
    }

    @Test
    void theFourStatesAreReadAndNeverInferred() {
        Map<String, String> expected = Map.of(
                "VALI", "validee",
                "PROV", "provisoire",
                "RECUP", "recuperee",
                "VALI~DOUT", "provisoire",
                "VALI~HOMA", "validee",
                "VALI~FICT", "provisoire",
                "", "provisoire");
        expected.forEach((word, state) -> {
            Counters fresh = new Counters();
            fresh.taken(Messages.bytes(Messages.msh("A28"), pid("P1", "Quatrevent", "", word)));
            assertThat(state(fresh.record.only("Patient"))).as(word).isEqualTo(state);
        });
    }

    @Test
    void aRealInsIsNotTakenByAnInventedHospital() {
        String answer = tell("A28", pid("P1", "Quatrevent", INS.replace("4.10", "4.8"), "VALI"));
        assertThat(answer).contains("PID^1^3^2|0^");
        assertThat(systems(here.record.only("Patient"))).containsExactly("urn:oid:1.2.250.1.999.1");
    }

    @Test
    void anAuthorityMayBeAnOidAUriOrAName() {
        for (String[] pair : new String[][] {
            {"CH&1.2.250.1.999.1&ISO", "urn:oid:1.2.250.1.999.1"},
            {"CH&urn:example:ipp&URI", "urn:example:ipp"},
            {"CH&17&N", "urn:trimaran:authority:17"},
            {"CH du Lac", "urn:trimaran:authority:CH%20du%20Lac"},
            {"", "urn:trimaran:authority:CHDEMO"}
        }) {
            Counters fresh = new Counters();
            fresh.taken(Messages.bytes(Messages.msh("A28"), "PID|||P1^^^" + pair[0] + "^PI||Quatrevent^Odile^^^^^L"));
            assertThat(systems(fresh.record.only("Patient"))).containsExactly(pair[1]);
        }
    }

    @Test
    void aDowngradeTakesTheInsAway() {
        tell("A28", pid("P1", "Quatrevent", INS, "VALI"));
        tell("A31", pid("P1", "Quatrevent", "", "PROV"));
        assertThat(systems(here.record.only("Patient"))).containsExactly("urn:oid:1.2.250.1.999.1");
        assertThat(state(here.record.only("Patient"))).isEqualTo("provisoire");
    }

    @Test
    void whatAMessageLeavesEmptyStaysAndWhatItDeletesGoes() {
        tell("A28", pid("P1", "Quatrevent", "", "VALI"));
        tell("A31", "PID|||P1^^^CHDEMO&1.2.250.1.999.1&ISO^PI||Quatrevent^Odile^^^^^L||||||\"\"");
        Map<String, Object> patient = here.record.only("Patient");
        assertThat(patient).containsEntry("birthDate", "1951-02-03").doesNotContainKey("address");
        assertThat(state(patient)).isEqualTo("validee");
        assertThat(here.record.written).hasSize(2);
    }

    @Test
    void whatTellsNothingNewIsNotWritten() {
        tell("A28", pid("P1", "Quatrevent", "", "VALI"));
        tell("A31", pid("P1", "Quatrevent", "", "VALI"));
        tell("A08", pid("P1", "Quatrevent", "", "VALI"));
        assertThat(here.record.written).hasSize(1);
        tell("A08", pid("P1", "Quatre-Vents", "", "VALI"));
        assertThat(here.record.written).hasSize(2);
    }

    @Test
    void aDoubtfulMatchIsListedAndNotMerged() {
        tell("A28", pid("P1", "Quatrevent", "", "VALI"));
        String answer = tell("A28", pid("P2", "QUATREVENT", "", "PROV"));
        assertThat(answer).contains("à rapprocher");
        assertThat(here.record.all("Patient")).hasSize(2);
        Map<String, Object> task = here.record.only("Task");
        assertThat(task).containsEntry("code", Doubts.code(Vocabulary.IDENTITIES_TO_COMPARE));
        assertThat(Json.text(task, "focus", "reference")).startsWith("Patient/");
        assertThat(task.toString()).doesNotContain("uatrevent").doesNotContain("UATREVENT");
    }

    @Test
    void theSameInsUnderAnotherNumberIsDoubtful() {
        tell("A28", pid("P1", "Quatrevent", INS, "VALI"));
        tell(
                "A28",
                Messages.pid("P2", "Ruisseau", "19600101")
                        .replace("ISO^PI", "ISO^PI" + INS)
                        .replaceAll("PROV$", "VALI"));
        assertThat(here.record.all("Task")).hasSize(1);
    }

    @Test
    void noMoreThanSoManyPairsAreListed() {
        for (int i = 0; i < Doubts.PAIRS_MAX + 2; i++) {
            tell("A28", pid("P" + i, "Quatrevent", "", "PROV"));
        }
        int before = here.record.all("Task").size();
        tell("A28", pid("PX", "Quatrevent", "", "PROV"));
        assertThat(here.record.all("Task")).hasSize(before + Doubts.PAIRS_MAX);
    }

    @Test
    void aMergeLinksBothAndLaterMessagesFollowIt() {
        tell("A28", pid("P1", "Quatrevent", "", "VALI"));
        tell("A28", Messages.pid("P2", "Ruisseau", "19600101"));
        tell("A40", pid("P1", "Quatrevent", "", "VALI"), "MRG|P2^^^CHDEMO&1.2.250.1.999.1&ISO^PI");
        assertThat(here.record.all("Patient"))
                .extracting(one -> Json.text(Json.items(one, "link").getFirst(), "type"))
                .containsExactlyInAnyOrder("replaces", "replaced-by");
        assertThat(here.record.all("Patient").get(1)).containsEntry("active", Json.FALSE);
        String answer =
                here.taken(Messages.move("A01", "P2", "CARDIO^1^P", "V1", "m1", "20261127080000", "INSERT", ""));
        assertThat(answer).contains("fusionné");
        String survivor = "Patient/" + Json.text(here.record.all("Patient").getFirst(), "id");
        assertThat(Json.text(here.record.only("Encounter"), "subject", "reference"))
                .isEqualTo(survivor);
    }

    @Test
    void aMergeOfSomebodyUnknownIsKeptForWhatComesLater() {
        tell("A28", pid("P1", "Quatrevent", "", "VALI"));
        String answer = tell("A40", pid("P1", "Quatrevent", "", "VALI"), "MRG|P9^^^CHDEMO&1.2.250.1.999.1&ISO^PI");
        assertThat(answer).contains("MRG^1^1|204^");
        tell("A31", pid("P9", "Quatrevent", "", "VALI"));
        assertThat(here.record.all("Patient")).hasSize(2);
    }

    @Test
    void aMergeWithoutMrgIsExplained() {
        String answer = here.ask(Messages.identity("A40", "P1", "Quatrevent", "19510203"));
        assertThat(answer).contains("MSA|AE|").contains("ERR||MRG^1|100^");
    }

    @Test
    void correctedIdentifiersReplaceWrongOnes() {
        tell("A28", pid("P1", "Quatrevent", INS, "VALI"));
        tell("A47", pid("P7", "Quatrevent", "", "PROV"), "MRG|P1^^^CHDEMO&1.2.250.1.999.1&ISO^PI" + INS);
        Map<String, Object> patient = here.record.only("Patient");
        assertThat(Json.items(patient, "identifier"))
                .extracting(one -> Json.text(one, "use") + " " + Json.text(one, "value"))
                .containsExactly("usual P7", "old P1");
    }

    @Test
    void aPatientWithoutTheHospitalsNumberIsExplained() {
        String answer = here.ask(Messages.bytes(
                Messages.msh("A28"), "PID|||1^^^X&" + Messages.TEST_INS + "&ISO^INS||Quatrevent^Odile^^^^^L"));
        assertThat(answer).contains("MSA|AE|").contains("ERR||PID^1^3|101^");
        assertThat(here.ask(Messages.bytes(Messages.msh("A28")))).contains("ERR||PID^1|100^");
    }

    @Test
    void aWrongDateOrSexIsLeftOutAndSaid() {
        String answer = tell("A28", pid("P1", "Quatrevent", "", "VALI").replace("19510203|F", "19519999|Q"));
        assertThat(answer).contains("ERR||PID^1^7|102^").contains("ERR||PID^1^8|103^");
        assertThat(here.record.only("Patient")).doesNotContainKey("birthDate").doesNotContainKey("gender");
    }
}
