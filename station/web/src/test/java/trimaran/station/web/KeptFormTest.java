package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.web.OpenWeb.Browser;

/** What was typed is still there when the hulls do not answer or the log-in is over. */
class KeptFormTest extends MovementBench {

    @Test
    void aFormWhoseRecordCannotBeOpenedIsShownAsTypedAndIsSentAgainByOnePress() {
        browser.get(RECORD + "/transmettre");
        web.hospital.nextFolder = Refusal.of(Code.UNAVAILABLE, "one hull");
        HttpResponse<String> kept =
                browser.post(RECORD + "/transmettre", "demande", "d1", "cible", "Chute", "donnees", "Assise par terre");
        assertThat(kept.statusCode()).isEqualTo(503);
        assertThat(kept.body())
                .contains("Pas enregistré. Votre saisie est gardée.")
                .contains("Les coques ne répondent pas assez")
                .contains("Rien de ce formulaire n’est enregistré")
                .contains("<dd class=\"text\">Assise par terre</dd>")
                .contains("name=\"cible\" value=\"Chute\"")
                .contains("name=\"demande\" value=\"d1\"");
        assertThat(browser.get(RECORD + "/transmettre").body()).contains("Assise par terre");
        HttpResponse<String> again =
                browser.post(RECORD + "/transmettre", "demande", "d1", "cible", "Chute", "donnees", "Assise par terre");
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(web.hospital.written.size() + web.hospital.writes.taken.size())
                .isEqualTo(1);
        assertThat(browser.get(RECORD + "/transmettre").body())
                .as("what is saved is not offered again")
                .doesNotContain("Assise par terre");
    }

    @Test
    void aMovementAndAnAdmissionAreKeptTheSameWay() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.nextFolder = Refusal.of(Code.UNAVAILABLE, "one hull");
        HttpResponse<String> kept = move(page, "sortie", "vers", "rehab");
        assertThat(kept.statusCode()).isEqualTo(503);
        assertThat(kept.body()).contains("name=\"vers\" value=\"rehab\"").contains("action=\"" + MOVE + "\"");
        assertThat(browser.get(MOVE).body()).contains("value=\"rehab\" selected");
        String submission = submission(look());
        web.hospital.nextReading = Refusal.of(Code.UNAVAILABLE, "one hull");
        HttpResponse<String> admission = enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(admission.statusCode()).isEqualTo(503);
        assertThat(admission.body())
                .contains("Votre saisie est gardée")
                .contains("Fièvre")
                .contains(submission);
        assertThat(enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre")
                        .statusCode())
                .isEqualTo(303);
        assertThat(web.hospital.writes.taken).hasSize(1);
        assertThat(browser.get("/admettre").body())
                .as("what is saved is not offered again")
                .doesNotContain("Fièvre")
                .doesNotContain("Votre saisie");
    }

    @Test
    void aFormNoPageReadsBackIsNotSaidToBeKeptAndTakesNoOthersPlace() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.nextFolder = Refusal.of(Code.UNAVAILABLE, "one hull");
        move(page, "sortie", "vers", "rehab");
        String path = "/services/" + FakeHospital.SURGERY + "/lit";
        web.hospital.nextReading = Refusal.of(Code.UNAVAILABLE, "one hull");
        HttpResponse<String> bed = browser.post(
                path, "lit", FakeHospital.BED.toString(), "version", "1", "etat", "K", "note", "Matelas", "envoi", "e");
        assertThat(bed.statusCode()).isEqualTo(503);
        assertThat(bed.body())
                .contains("Rien de ce formulaire n’est enregistré")
                .contains("name=\"note\" value=\"Matelas\"")
                .contains("action=\"" + path + "\"")
                .doesNotContain("href=\"" + path)
                .doesNotContain("saisie est gardée")
                .doesNotContain("Il est gardé");
        assertThat(browser.get(MOVE).body())
                .as("what was kept before is there still")
                .contains("value=\"rehab\" selected");
    }

    @Test
    void whoMayNotOrWhatIsNotThereIsSaidAndNothingIsKept() {
        browser.get(MOVE);
        web.hospital.roles = java.util.List.of("pharmacist");
        HttpResponse<String> refused = browser.post(MOVE, "acte", "sortie", "vers", "rehab");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("Votre saisie est gardée");
    }

    @Test
    void anAdmissionOutlivesTheLogInItWasTypedUnder() {
        String submission = submission(look());
        web.pass(WebLimits.IDLE_MILLIS + 1);
        HttpResponse<String> late = enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(late.statusCode()).isEqualTo(303);
        assertThat(late.headers().firstValue("Location")).contains("/connexion?vers=/admettre");
        browser.in("infirmiere");
        HttpResponse<String> back = browser.get("/admettre");
        assertThat(back.body())
                .contains("Votre saisie a été gardée")
                .contains("value=\"Fièvre\"")
                .contains("value=\"" + FakeHospital.BED + "\" selected")
                .contains("value=\"Ada\"");
        assertThat(submission(back)).isEqualTo(submission);
        assertThat(browser.get("/admettre").body()).doesNotContain("Fièvre");
        assertThat(web.hospital.writes.taken).isEmpty();
    }

    @Test
    void aMovementOutlivesItToo() {
        HttpResponse<String> page = browser.get(MOVE);
        web.pass(WebLimits.IDLE_MILLIS + 1);
        HttpResponse<String> late = move(page, "sortie", "vers", "rehab");
        assertThat(late.headers().firstValue("Location")).contains("/connexion?vers=" + MOVE);
        Browser other = web.browser().in("medecin");
        assertThat(other.get(MOVE).body()).doesNotContain("value=\"rehab\" selected");
        browser.in("infirmiere");
        assertThat(browser.get(MOVE).body())
                .contains("Votre saisie a été gardée")
                .contains("value=\"rehab\" selected");
    }

    @Test
    void aSessionTheRecordEndedMeanwhileKeepsWhatWasTyped() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.nextFolder = Refusal.of(Code.SESSION_ENDED, "ended");
        assertThat(move(page, "sortie", "vers", "rehab").headers().firstValue("Location"))
                .contains("/connexion?vers=" + MOVE);
        browser.in("infirmiere");
        assertThat(browser.get(MOVE).body()).contains("value=\"rehab\" selected");
    }
}
