package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;

/** What becomes of what is written at the bed: taken once, only here, refused, or cut off by the end of a log-in. */
class BedsideWritesTest extends BedsidePages {

    @Test
    void theSameFormSentTwiceIsStoredOnce() {
        Browser physician = physician();
        String id = first(FORM_ID, physician.get(RECORD + "/mesurer").body());
        for (int i = 0; i < 2; i++) {
            reload(
                    physician,
                    physician.post(RECORD + "/mesurer", "demande", id, "temperature", "38,4", "heure", "08:10"));
        }
        assertThat(web.hospital.written).hasSize(1);
        reload(physician, physician.post(RECORD + "/mesurer", "demande", id, "temperature", "38,9", "heure", "08:10"));
        assertThat(web.hospital.written).hasSize(2);
    }

    @Test
    void whoMayNotIsShownNoButtonAndTheirFormIsRefused() {
        Browser nurse = nurse();
        assertThat(nurse.get(RX).body()).doesNotContain("/prescrire");
        assertThat(nurse.get(RECORD + "/prescrire").statusCode()).isEqualTo(403);
        nurse.get(RX);
        HttpResponse<String> answer = nurse.post(RECORD + "/prescrire", "m", "paracetamol");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Votre badge ne permet pas cela");
        web.hospital.roles = List.of("clerk");
        Browser clerk = web.browser().in("infirmiere");
        assertThat(clerk.get(RECORD + "/constantes").body()).doesNotContain("/mesurer");
        assertThat(web.hospital.written).isEmpty();
    }

    @Test
    void whatIsOnlyHereIsShownAsSuchAndCannotBeGivenTwice() {
        prescribe(physician());
        Browser nurse = nurse();
        String dose = dose(nurse);
        assertThat(nurse.get("/services/" + FakeHospital.WARD).body()).contains("1 à 08:30");
        web.hospital.waiting = 1;
        ResourceId id = FakeHospital.id(77);
        web.hospital.nextWrites = transaction -> Optional.of(new WriteResult.Waiting(
                Digest.ZERO,
                List.of(new WriteResult.Changed(id, "MedicationAdministration", 1, RecordTime.ZERO, false)),
                Refusal.of(Code.UNAVAILABLE, "alone")));
        String plan = reload(nurse, give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        assertThat(plan)
                .contains("Enregistré ici, pas encore partagé")
                .contains("c-local")
                .doesNotContain("Annuler cette saisie");
        assertThat(give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:11")
                        .statusCode())
                .isEqualTo(409);
        assertThat(nurse.get("/services/" + FakeHospital.WARD).body()).doesNotContain("1 à 08:30");
        web.hospital.waiting = 0;
        assertThat(nurse.get(PLAN).body()).contains("Ce n’est plus gardé ici");
    }

    @Test
    void aRefusalSaysWhyAndKeepsWhatWasTyped() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/mesurer");
        web.hospital.nextWrites = transaction -> Optional.of(new WriteResult.Refused(Refusal.of(Code.BUSY, "full")));
        HttpResponse<String> answer = nurse.post(RECORD + "/mesurer", "temperature", "37,2", "heure", "08:10");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("Pas enregistré. Le poste est occupé")
                .contains("value=\"37,2\"");
    }

    @Test
    void careIsNotRefusedBecauseLookingUpIs() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/mesurer");
        web.hospital.nextWrites = transaction -> transaction.input().isEmpty()
                ? Optional.empty()
                : Optional.of(new WriteResult.Refused(Refusal.of(Code.OVER_BUDGET, "200 an hour")));
        reload(nurse, nurse.post(RECORD + "/mesurer", "temperature", "37,2", "heure", "08:10"));
        assertThat(web.hospital.written).hasSize(1);
    }

    @Test
    void whatWasTypedWhenTheLogInEndedIsGivenBackToItsPersonAlone() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/transmettre");
        web.hospital.opened.getLast();
        web.pass(WebLimits.IDLE_MILLIS + 1);
        sweep();
        HttpResponse<String> answer = nurse.post(RECORD + "/transmettre", "cible", "chute", "donnees", "au sol à 8 h");
        assertThat(answer.headers().firstValue("Location")).contains("/connexion?vers=" + RECORD + "/transmettre");
        assertThat(web.hospital.written).isEmpty();
        nurse.cookies.remove("trimaran");
        Browser other = web.browser().in("medecin");
        assertThat(other.get(RECORD + "/transmettre").body()).doesNotContain("au sol");
        nurse.in("infirmiere");
        String page = nurse.get(RECORD + "/transmettre").body();
        assertThat(page).contains("au sol à 8 h").contains("value=\"chute\"").contains("pas encore enregistrée");
        assertThat(nurse.get(RECORD + "/transmettre").body()).doesNotContain("au sol");
    }

    /** Waits for the door to lock idle screens, as it does every two seconds. */
    private void sweep() {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!web.hospital.opened.getLast().closed && System.nanoTime() < until) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        assertThat(web.hospital.opened.getLast().closed).isTrue();
    }

    @Test
    void aSessionTheRegistryEndedKeepsTheDraft() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/transmettre");
        web.hospital.nextWrites =
                transaction -> Optional.of(new WriteResult.Refused(Refusal.of(Code.SESSION_ENDED, "over")));
        HttpResponse<String> answer = nurse.post(RECORD + "/transmettre", "cible", "sortie", "donnees", "prête");
        assertThat(answer.headers().firstValue("Location")).contains("/connexion?vers=" + RECORD + "/transmettre");
        web.hospital.nextWrites = null;
        nurse.in("infirmiere");
        assertThat(nurse.get(RECORD + "/transmettre").body()).contains("prête");
    }

    @Test
    void aStationThatDidNotAnswerInTimeSaysThatNobodyKnows() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/mesurer");
        web.hospital.waiting = 1;
        web.hospital.nextWrites = transaction -> Optional.of(new WriteResult.Waiting(
                Digest.ZERO, List.of(), Refusal.of(Code.UNAVAILABLE, "the station did not answer in time")));
        assertThat(reload(nurse, nurse.post(RECORD + "/mesurer", "temperature", "37,2", "heure", "08:10")))
                .contains("Le poste n’a pas répondu à temps")
                .doesNotContain("<b>Enregistré.</b>");
    }

    @Test
    void aDraftIsGivenBackForTheMedicineItIsOfAndStaysKeptTillItsPageIsMade() {
        Browser physician = physician();
        physician.get(RECORD + "/prescrire?m=paracetamol");
        web.hospital.nextWrites =
                transaction -> Optional.of(new WriteResult.Refused(Refusal.of(Code.SESSION_ENDED, "over")));
        prescribe(physician, "commentaire", "avant la toilette");
        web.hospital.nextWrites = null;
        physician.in("medecin");
        String other = physician.get(RECORD + "/prescrire?m=amoxclav").body();
        assertThat(other).doesNotContain("avant la toilette").doesNotContain("pas encore enregistrée");
        web.hospital.nextFault = new IllegalStateException("planted");
        assertThat(physician.get(RECORD + "/prescrire?m=paracetamol").statusCode())
                .isEqualTo(500);
        assertThat(physician.get(RECORD + "/prescrire?m=paracetamol").body()).contains("avant la toilette");
        assertThat(physician.get(RECORD + "/prescrire?m=paracetamol").body()).doesNotContain("avant la toilette");
    }
}
