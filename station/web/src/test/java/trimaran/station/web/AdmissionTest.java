package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.ResourceVersion;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;

class AdmissionTest extends MovementBench {

    @Test
    void afterASearchThatFindsNobodyAPatientIsMadeAndAdmittedIntoTheBedThatWasAskedFor() {
        HttpResponse<String> first = browser.get("/admettre?lit=" + FakeHospital.BED);
        assertThat(first.body()).contains("value=\"" + FakeHospital.BED + "\" selected");
        HttpResponse<String> second = look("lieu", FakeHospital.BED.toString());
        assertThat(second.body()).contains("Personne ne lui ressemble").contains("value=\"nouveau\" checked");
        HttpResponse<String> done = enter(submission(second), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(done.statusCode()).isEqualTo(303);
        String record = done.headers().firstValue("Location").orElseThrow();
        assertThat(browser.get(record).body())
                .contains("Enregistré.")
                .contains("Admission, Chirurgie, lit 1")
                .contains("PETIT")
                .contains("provisoire");
        assertThat(browser.get(record).body()).doesNotContain("Admission, Chirurgie");
        assertThat(web.browser()
                        .in("medecin")
                        .get("/services/" + FakeHospital.SURGERY)
                        .body())
                .contains("PETIT");
    }

    @Test
    void theSameFormTwiceAdmitsOnceAndLeadsToTheSameRecord() {
        String submission = submission(look());
        HttpResponse<String> one = enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre");
        HttpResponse<String> two = enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(two.headers().firstValue("Location")).isEqualTo(one.headers().firstValue("Location"));
        assertThat(web.hospital.writes.taken).hasSize(1);
    }

    @Test
    void eachWrongFieldIsNamedBesideItAndWhatWasTypedIsKept() {
        HttpResponse<String> page = browser.post(
                "/admettre", "acte", "chercher", "nom", "", "prenom", "Ỹ-Nhi", "naissance", "31/02/1980", "sexe", "");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("Pas enregistré. Votre saisie est gardée.")
                .contains("id=\"nom-faute\"")
                .contains("id=\"naissance-faute\"")
                .contains("Cette date n’existe pas")
                .contains("value=\"Ỹ-Nhi\"")
                .contains("value=\"31/02/1980\"")
                .doesNotContain("id=\"prenom-faute\"");
        assertThat(look("nom", "x").statusCode()).isEqualTo(200);
        HttpResponse<String> tooLong = browser.post(
                "/admettre",
                "acte",
                "chercher",
                "nom",
                "n".repeat(WebLimits.NAME_MAX + 1),
                "prenom",
                "A",
                "naissance",
                "01/01/1980",
                "sexe",
                "male");
        assertThat(tooLong.statusCode()).isEqualTo(422);
        HttpResponse<String> longReason =
                enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "r".repeat(WebLimits.REASON_MAX + 1));
        assertThat(longReason.body()).contains("id=\"motif-faute\"");
        assertThat(web.hospital.writes.taken).isEmpty();
    }

    @Test
    void whoeverIsAlikeIsShownWithWhatDoesNotFitAndIsNotAdmittedTwice() {
        HttpResponse<String> page = look("nom", "x");
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> alike = browser.post(
                "/admettre",
                "acte",
                "chercher",
                "nom",
                "Morel",
                "prenom",
                "Jane",
                "naissance",
                "14/03/1944",
                "sexe",
                "male");
        assertThat(alike.body())
                .contains("MOREL Jeanne")
                .contains("autre prénom")
                .contains("autre sexe")
                .doesNotContain("autre date de naissance")
                .contains("Aucun de ceux-ci");
        HttpResponse<String> chosen = browser.post(
                "/admettre",
                "acte",
                "entrer",
                "envoi",
                submission(alike),
                "nom",
                "Morel",
                "prenom",
                "Jeanne",
                "naissance",
                "14/03/1944",
                "sexe",
                "female",
                "patient",
                FakeHospital.PATIENT.toString(),
                "lieu",
                FakeHospital.BED.toString(),
                "motif",
                "Chute");
        assertThat(chosen.statusCode()).isEqualTo(422);
        assertThat(chosen.body()).contains("Déjà présent, Médecine A").contains("tout concorde");
    }

    @Test
    void aRecordMadeAnywayLeavesAPairToCompare() {
        HttpResponse<String> done = browser.post(
                "/admettre",
                "acte",
                "entrer",
                "envoi",
                submission(look()),
                "nom",
                "Morel",
                "prenom",
                "Jeanne",
                "naissance",
                "14/03/1944",
                "sexe",
                "female",
                "patient",
                "nouveau",
                "lieu",
                FakeHospital.BED.toString(),
                "motif",
                "Chute");
        assertThat(done.statusCode()).isEqualTo(303);
        List<ResourceVersion> tasks = web.hospital.writes.all("Task");
        assertThat(tasks).hasSize(1);
        assertThat(new String(tasks.getFirst().json().toArray(), StandardCharsets.UTF_8))
                .contains("identities-to-compare")
                .contains("Patient/" + FakeHospital.PATIENT)
                .doesNotContain("Morel");
    }

    @Test
    void whoeverCannotSayWhoTheyAreIsAdmittedByOnePress() {
        HttpResponse<String> page = browser.get("/admettre?service=" + FakeHospital.SURGERY);
        assertThat(page.body()).contains("value=\"" + FakeHospital.BED + "\" selected");
        HttpResponse<String> done = browser.post(
                "/admettre", "acte", "inconnu", "envoi", submission(page), "lieu", FakeHospital.BED.toString());
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(browser.get(done.headers().firstValue("Location").orElseThrow())
                        .body())
                .as("the banner says it as the lists do")
                .containsPattern("<p class=\"pat-name\"><b>X inconnu [A-Z0-9]{4}</b>")
                .contains("provisoire")
                .contains("identité douteuse")
                .contains("Sexe inconnu");
        assertThat(browser.post(
                                "/admettre",
                                "acte",
                                "inconnu",
                                "envoi",
                                submission(page),
                                "lieu",
                                FakeHospital.BED.toString())
                        .statusCode())
                .isEqualTo(303);
        assertThat(web.hospital.writes.taken).hasSize(1);
    }

    @Test
    void anApparentAgeIsAYearOfBirthOrIsRefused() {
        HttpResponse<String> page = browser.get("/admettre");
        HttpResponse<String> wrong = browser.post(
                "/admettre",
                "acte",
                "inconnu",
                "envoi",
                submission(page),
                "lieu",
                FakeHospital.BED.toString(),
                "age",
                String.valueOf(AdmissionForms.AGE_MAX + 1));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("id=\"age-faute\"");
        browser.post(
                "/admettre",
                "acte",
                "inconnu",
                "envoi",
                submission(page),
                "lieu",
                FakeHospital.BED.toString(),
                "age",
                "40");
        assertThat(new String(
                        web.hospital.writes.all("Patient").getFirst().json().toArray(), StandardCharsets.UTF_8))
                .contains("\"birthDate\":\"1986\"");
    }

    @Test
    void aBedThatIsTakenToCleanOrClosedIsRefusedBesideItWithWhoAndWhen() {
        String submission = submission(look());
        assertThat(enter(submission, "nouveau", FakeHospital.id(11).toString(), "Fièvre")
                        .body())
                .contains("id=\"lieu-faute\"")
                .contains("Lit 312 porte pris par MOREL Jeanne, depuis 22/11\u00a005:40");
        assertThat(enter(submission, "nouveau", FakeHospital.id(12).toString(), "Fièvre")
                        .body())
                .contains("fuite d’eau");
        assertThat(enter(submission, "nouveau", FakeHospital.id(24).toString(), "Fièvre")
                        .body())
                .contains("Lit 3 à nettoyer");
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.BED_TAKEN, "taken"));
        HttpResponse<String> raced = enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(raced.statusCode()).isEqualTo(422);
        assertThat(raced.body()).contains("Ce lit vient d’être pris").contains("value=\"Fièvre\"");
        assertThat(enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void whatIsNotSharedYetIsSaidToBeHere() {
        web.hospital.writes.next =
                new WriteResult.Waiting(Digest.ZERO, List.of(), Refusal.of(Code.UNAVAILABLE, "alone"));
        HttpResponse<String> done = enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(done.headers().firstValue("Location")).contains("/services/" + FakeHospital.SURGERY);
        assertThat(browser.get(done.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Enregistré ici, pas encore partagé. Il partira seul, ne le refaites pas.")
                .contains("toast-local");
    }

    @Test
    void whoMayNotMovePatientsIsOfferedNoneOfItAndRefusedInWords() {
        web.hospital.roles = List.of("pharmacist");
        Browser other = web.browser().in("medecin");
        assertThat(other.get("/services").body()).doesNotContain("/admettre");
        assertThat(other.get("/services/" + FakeHospital.SURGERY).body()).doesNotContain("/admettre");
        assertThat(other.get(RECORD + "/sejours").body()).doesNotContain("/mouvement");
        HttpResponse<String> page = other.get("/admettre");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Votre badge ne permet pas cela");
        assertThat(other.post("/admettre", "acte", "inconnu").statusCode()).isEqualTo(403);
        assertThat(other.post(MOVE, "acte", "sortie").statusCode()).isEqualTo(403);
    }

    @Test
    void aNumberThatIsSomebodyElsesIsDrawnAnew() {
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.DUPLICATE, "drawn before"));
        assertThat(enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void onlySoManyPairsAreLeftToCompare() {
        for (int i = 0; i <= WebLimits.PAIRS_MAX; i++) {
            web.hospital.writes.write(trimaran.station.Transaction.of(new trimaran.station.Transaction.Change.Create(
                    Texts.resource("""
                            {"resourceType":"Patient","name":[{"family":"Petit","given":["Q%d"]}],"birthDate":"1980-01-02"}""".formatted(i).getBytes(StandardCharsets.UTF_8))
                            .orElseThrow())));
        }
        enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(web.hospital.writes.all("Task")).hasSize(WebLimits.PAIRS_MAX);
    }
}
