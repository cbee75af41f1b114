package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccessTest extends MovementBench {

    @Test
    void theRecordOfWhoIsNotInCareOpensAfterAReasonWhichIsKept() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        HttpResponse<String> asked = browser.get(RECORD + "/prescriptions");
        assertThat(asked.body()).contains("Accès motivé").contains("MOREL").doesNotContain("plan-de-soins");
        assertThat(web.hospital.broken).isEmpty();
        String submission = submission(asked);
        HttpResponse<String> wrong = browser.post(RECORD + "/acces-motive", "envoi", submission, "motif", "call");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Dites en quelques mots").contains("value=\"call\" checked");
        assertThat(web.hospital.broken).isEmpty();
        HttpResponse<String> open = browser.post(
                RECORD + "/acces-motive", "envoi", submission, "motif", "call", "mots", "Appel de son médecin");
        assertThat(open.statusCode()).isEqualTo(303);
        assertThat(web.hospital.broken).contains(FakeHospital.PATIENT);
        assertThat(browser.get(RECORD).body()).contains("plan-de-soins");
        assertThat(new String(
                        web.hospital
                                .writes
                                .all("Communication")
                                .getFirst()
                                .json()
                                .toArray(),
                        StandardCharsets.UTF_8))
                .contains("Appel de son médecin")
                .contains("break-glass")
                .contains("infirmiere");
        assertThat(browser.get(RECORD + "/acces").body())
                .contains("24/11/2026 08:12")
                .contains("Appel de son médecin")
                .contains("Appel d’un confrère ou du patient");
        assertThat(web.browser().in("medecin").get(RECORD).body()).contains("Accès motivé");
    }

    @Test
    void aReasonOfAFormThatDoesNotNameItselfOpensNothing() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        browser.get(RECORD);
        for (String name : java.util.List.of("", "x")) {
            HttpResponse<String> answer = browser.post(
                    RECORD + "/acces-motive", "envoi", name, "motif", "call", "mots", "Appel de son médecin");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("Appel de son médecin");
        }
        assertThat(web.hospital.broken).isEmpty();
        assertThat(web.hospital.writes.taken).isEmpty();
    }
}
