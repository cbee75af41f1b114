package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.ResourceId;

class PairTest extends MovementBench {

    private static String field(HttpResponse<String> page, String name) {
        return Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> pair() {
        browser.post(
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
                AdmissionForms.NEW,
                "lieu",
                FakeHospital.BED.toString(),
                "motif",
                "Chute");
        return browser.get("/rapprocher");
    }

    private HttpResponse<String> decide(HttpResponse<String> page, String act) {
        return browser.post(
                "/rapprocher",
                "acte",
                act,
                "envoi",
                field(page, "envoi"),
                "tache",
                field(page, "tache"),
                "version",
                field(page, "version"));
    }

    private String task() {
        return new String(web.hospital.writes.all("Task").getFirst().json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void aPairIsShownSideBySideAndKeptApart() {
        HttpResponse<String> page = pair();
        assertThat(page.body())
                .contains("/patients/" + FakeHospital.PATIENT)
                .contains("Le lien se fait à l’accueil.")
                .doesNotContain("value=\"lier\"");
        assertThat(decide(page, "lier").statusCode()).isEqualTo(403);
        assertThat(decide(page, "separer").statusCode()).isEqualTo(303);
        assertThat(browser.get("/rapprocher").body())
                .contains("Les deux dossiers restent séparés.")
                .contains("Rien n’attend");
        assertThat(task()).contains("rejected");
        HttpResponse<String> stale = browser.post(
                "/rapprocher",
                "acte",
                "separer",
                "envoi",
                Cookies.fresh(bytes -> java.util.Arrays.fill(bytes, (byte) 9)),
                "tache",
                field(page, "tache"),
                "version",
                field(page, "version"));
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("Quelqu’un a déjà décidé");
    }

    @Test
    void theAdmissionDeskLinksTwoRecordsAndTheSearchLeadsToTheOneThatIsKept() {
        web.hospital.roles = List.of("clerk");
        HttpResponse<String> page = pair();
        assertThat(decide(page, "lier").statusCode()).isEqualTo(303);
        ResourceId later = web.hospital.writes.all("Patient").stream()
                .map(one -> one.id())
                .filter(id -> !id.equals(FakeHospital.PATIENT))
                .findFirst()
                .orElseThrow();
        assertThat(new String(
                        web.hospital.writes.get(later).orElseThrow().json().toArray(), StandardCharsets.UTF_8))
                .contains("\"active\":false")
                .contains("replaced-by")
                .contains("Patient/" + FakeHospital.PATIENT);
        assertThat(new String(
                        web.hospital
                                .writes
                                .get(FakeHospital.PATIENT)
                                .orElseThrow()
                                .json()
                                .toArray(),
                        StandardCharsets.UTF_8))
                .contains("\"replaces\"");
        assertThat(task()).contains("completed");
        assertThat(browser.get("/recherche?q=Morel+14%2F03%2F1944").body())
                .contains("/patients/" + FakeHospital.PATIENT)
                .doesNotContain("/patients/" + later);
    }
}
