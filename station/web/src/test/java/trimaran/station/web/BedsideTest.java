package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;

/** What is prescribed, given, measured and noted at the bed. */
class BedsideTest extends BedsidePages {

    @Test
    void whatIsPrescribedIsDueOnThePlanAndOnceGivenSaysByWhom() {
        Browser physician = physician();
        String page = reload(physician, prescribe(physician));
        assertThat(page).contains("Enregistré.").contains("paracétamol 1").contains("au repas");
        Browser nurse = nurse();
        String dose = dose(nurse);
        assertThat(nurse.get(dose).body()).contains("paracétamol").contains("voie orale");
        String plan = reload(nurse, give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        assertThat(plan).contains("c-given").contains("Infirmière").contains("Annuler cette saisie");
        assertThat(web.hospital.all("MedicationAdministration"))
                .singleElement()
                .asString()
                .contains("\"valueDateTime\":\"2026-11-24T08:30:00+01:00\"")
                .contains("\"value\":\"infirmiere\"");
    }

    @Test
    void theSecondWhoGivesTheSameDoseIsToldWhoWasFirstAndNothingIsStored() {
        prescribe(physician());
        Browser one = nurse();
        Browser other = nurse();
        String dose = dose(one);
        other.get(dose);
        reload(one, give(one, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        HttpResponse<String> second = give(other, dose, "fait", "donne", "quantite", "1", "heure", "08:12");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("quelqu’un l’a déjà noté").contains("Infirmière");
        assertThat(web.hospital.all("MedicationAdministration")).hasSize(1);
    }

    @Test
    void aDoseAnotherStationWasFasterWithIsRefusedByTheRecordItself() {
        prescribe(physician());
        Browser nurse = nurse();
        String dose = dose(nurse);
        web.hospital.nextWrites = transaction -> {
            assertThat(transaction.changes())
                    .singleElement()
                    .satisfies(one -> assertThat(((Transaction.Change.Create) one).elseRefused())
                            .isTrue());
            return Optional.of(new WriteResult.Refused(Refusal.of(Code.DUPLICATE, "there")));
        };
        HttpResponse<String> answer = give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("vient d’être notée par quelqu’un d’autre");
    }

    @Test
    void aDoseGivenByMistakeIsTakenBackForAWhileByItsAuthorAlone() {
        prescribe(physician());
        Browser nurse = nurse();
        String dose = dose(nurse);
        String plan = reload(nurse, give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        String id = first(Pattern.compile("name=\"id\" value=\"([^\"]+)\""), plan);
        Browser other = physician();
        other.get(PLAN);
        assertThat(other.post(RECORD + "/annuler", "id", id, "version", "1").statusCode())
                .isEqualTo(409);
        web.pass(WebLimits.UNDO_MILLIS + 1);
        assertThat(nurse().get(dose).body()).doesNotContain("Annuler cette saisie");
        web.nanos.addAndGet(-(WebLimits.UNDO_MILLIS + 1) * 1_000_000);
        Browser again = nurse();
        again.get(PLAN);
        String undone = reload(again, again.post(RECORD + "/annuler", "id", id, "version", "1"));
        assertThat(undone).contains("c-due").contains("saisie annulée");
        assertThat(web.hospital.all("MedicationAdministration").getFirst()).contains("entered-in-error");
        reload(again, give(again, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        assertThat(web.hospital.all("MedicationAdministration")).hasSize(2);
    }

    @Test
    void aDoseNotGivenSaysWhyAndALateOneThatItWasLate() {
        prescribe(physician());
        Browser nurse = nurse();
        HttpResponse<String> unsaid = give(nurse, dose(nurse), "fait", "non", "raison", "", "precision", "peut-être");
        assertThat(unsaid.statusCode()).isEqualTo(422);
        assertThat(unsaid.body()).contains("Choisissez pourquoi").contains("value=\"peut-être\"");
        web.pass(2 * 3_600_000L);
        Browser later = nurse();
        assertThat(later.get(dose(later)).body()).contains("en retard de 1");
        assertThat(reload(later, give(later, dose(later), "fait", "non", "raison", "Vomissements")))
                .contains("Vomissements");
    }

    @Test
    void anAllergyAsksForAReasonWhichStandsInThePrescription() {
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','criticality':'high','code':{'coding':[{'system':'http://snomed.info/sct',
                'code':'91936005'}],'text':'Pénicilline'},'patient':{'reference':'Patient/x'}}""");
        Browser physician = physician();
        HttpResponse<String> page = physician.get(RECORD + "/prescrire?m=amoxclav");
        assertThat(page.body()).contains("Allergie connue : PÉNICILLINE").contains("Prescrire malgré l’alerte");
        HttpResponse<String> without = prescribe(physician, "m", "amoxclav");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(web.hospital.written).isEmpty();
        String seen = first(Pattern.compile("name=\"alertes\" value=\"([^\"]+)\""), without.body());
        String saved = reload(
                physician,
                prescribe(physician, "m", "amoxclav", "alertes", seen, "motif", "test négatif, allergologue d’accord"));
        assertThat(saved).contains("Motif : test négatif");
        assertThat(web.hospital.all("MedicationRequest").getFirst())
                .contains("DetectedIssue")
                .contains("allergologue");
    }

    @Test
    void whereTheCheckIsOffThePageSaysSoAndAsksNothing() {
        try (OpenWeb survivant = new OpenWeb(true, false)) {
            survivant.hospital.roles = List.of("physician");
            Browser physician = survivant.browser().in("medecin");
            assertThat(physician.get(RECORD + "/prescrire?m=amoxclav").body())
                    .contains("Contrôle des allergies : désactivé (mode Survivant)")
                    .doesNotContain("Contrôle des allergies et des doublons : actif");
        }
    }

    @Test
    void whatIsWrongIsSaidBesideItsFieldAndWhatWasTypedIsKept() {
        Browser physician = physician();
        HttpResponse<String> answer = prescribe(
                physician,
                "dose",
                "beaucoup",
                "jour",
                "31/11/2026",
                "heures",
                "8 heures",
                "duree",
                "0",
                "commentaire",
                "à jeun");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"beaucoup\"")
                .contains("31/11/2026 n’existe pas")
                .contains("Des heures séparées")
                .contains("value=\"à jeun\"")
                .contains("id=\"dose-faute\"");
        assertThat(web.hospital.written).isEmpty();
    }

    @Test
    void aStoppedPrescriptionLeavesThePlanAndAStalePageSaysWhoStoppedIt() {
        Browser physician = physician();
        String list = reload(physician, prescribe(physician));
        String stop = first(Pattern.compile("href=\"([^\"]+arreter[^\"]+)\""), list);
        physician.get(stop);
        String id = stop.substring(stop.indexOf("p=") + 2);
        assertThat(physician
                        .post(RECORD + "/arreter", "p", id, "version", "1", "motif", "")
                        .statusCode())
                .isEqualTo(422);
        reload(physician, physician.post(RECORD + "/arreter", "p", id, "version", "1", "motif", "Fin de la douleur"));
        assertThat(physician.get(PLAN).body()).doesNotContain("c-due");
        HttpResponse<String> stale = physician.post(RECORD + "/arreter", "p", id, "version", "1", "motif", "Encore");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("Arrêtée par Médecin").contains("Fin de la douleur");
    }

    @Test
    void vitalSignsThatCannotBeAreRefusedAndRareOnesAskedAbout() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/mesurer");
        HttpResponse<String> no = nurse.post(
                RECORD + "/mesurer", "temperature", "384", "systolic", "80", "diastolic", "120", "heure", "08:10");
        assertThat(no.body())
                .contains("attendu entre 25 et 45")
                .contains("La tension haute")
                .contains("value=\"384\"");
        HttpResponse<String> rare = nurse.post(RECORD + "/mesurer", "pulse", "38", "heure", "08:10");
        assertThat(rare.body()).contains("Valeurs rares : Pouls 38/min");
        assertThat(web.hospital.written).isEmpty();
        String seen = first(Pattern.compile("name=\"confirme\" value=\"([^\"]+)\""), rare.body());
        String page = reload(nurse, nurse.post(RECORD + "/mesurer", "pulse", "38", "heure", "08:10", "confirme", seen));
        assertThat(page).contains("Pouls 38/min");
        reload(
                nurse,
                nurse.post(RECORD + "/mesurer", "systolic", "142", "diastolic", "81", "pain", "3", "heure", "08:11"));
        assertThat(nurse.get(RECORD + "/constantes").body()).contains("142/81");
        assertThat(nurse.post(RECORD + "/mesurer", "pulse", "70", "heure", "09:00")
                        .body())
                .contains("pas encore passée");
    }

    @Test
    void aFocusedNoteIsADocument() {
        Browser nurse = nurse();
        nurse.get(RECORD + "/transmettre");
        assertThat(nurse.post(RECORD + "/transmettre", "cible", "douleur").body())
                .contains("Écrivez au moins");
        String page = reload(
                nurse,
                nurse.post(
                        RECORD + "/transmettre",
                        "cible",
                        "douleur",
                        "donnees",
                        "6 sur 10 <b>",
                        "actions",
                        "antalgique"));
        assertThat(page)
                .contains("Transmission infirmière : douleur")
                .contains("Données : 6 sur 10 &lt;b&gt;")
                .contains("Actions : antalgique");
    }

    @Test
    void onDemandAsksAgainWhereItComesTooSoon() {
        Browser physician = physician();
        reload(physician, prescribe(physician, "rythme", "DEMAND", "besoin", "douleur", "ecart", "6", "maximum", "2"));
        Browser nurse = nurse();
        String dose = first(
                Pattern.compile("<a class=\"btn\" href=\"([^\"]+donner[^\"]+)\""),
                nurse.get(PLAN).body());
        reload(nurse, give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        HttpResponse<String> soon = give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12");
        assertThat(soon.statusCode()).isEqualTo(422);
        assertThat(soon.body()).contains("Trop tôt : pas avant 14:12");
        HttpResponse<String> much =
                give(nurse, dose, "fait", "donne", "quantite", "1,5", "heure", "08:12", "confirme", "oui");
        reload(nurse, much);
        assertThat(web.hospital.all("MedicationAdministration")).hasSize(2);
    }
}
