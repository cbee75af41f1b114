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

    private HttpResponse<String> decide(String act, ResourceId task, long version) {
        return browser.post(
                "/rapprocher",
                "acte",
                act,
                "envoi",
                Cookies.fresh(bytes -> java.util.Arrays.fill(bytes, (byte) act.length())),
                "tache",
                task.toString(),
                "version",
                String.valueOf(version));
    }

    @Test
    void onlyAPairThatWaitsIsDecided() {
        HttpResponse<String> page = pair();
        ResourceId stay = web.hospital.writes.all("Encounter").getFirst().id();
        int before = web.hospital.writes.taken.size();
        assertThat(decide("separer", stay, 1).statusCode()).isEqualTo(409);
        assertThat(web.hospital.writes.taken).hasSize(before);
        ResourceId task = web.hospital.writes.all("Task").getFirst().id();
        assertThat(decide(page, "separer").statusCode()).isEqualTo(303);
        web.hospital.roles = List.of("clerk");
        browser = web.browser().in("medecin");
        browser.get("/rapprocher");
        HttpResponse<String> again = decide("lier", task, 2);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Quelqu’un a déjà décidé");
        assertThat(task()).contains("rejected");
    }

    @Test
    void pairsOfMergedRecordsTakeNoPlaceAndAreNotLinkedAgain() {
        web.hospital.roles = List.of("clerk");
        browser = web.browser().in("medecin");
        HttpResponse<String> page = pair();
        ResourceId first = web.hospital.writes.all("Task").getFirst().id();
        assertThat(decide(page, "lier").statusCode()).isEqualTo(303);
        ResourceId later = web.hospital.writes.all("Patient").stream()
                .map(one -> one.id())
                .filter(id -> !id.equals(FakeHospital.PATIENT))
                .findFirst()
                .orElseThrow();
        List<trimaran.station.Transaction.Change> changes = new java.util.ArrayList<>();
        for (int i = 0; i <= WebLimits.FOUND_MAX; i++) {
            changes.add(task(later, FakeHospital.PATIENT));
        }
        changes.add(task(FakeHospital.PATIENT, FakeHospital.PATIENT));
        web.hospital.writes.write(trimaran.station.Transaction.clinical(changes));
        List<ResourceId> tasks = web.hospital.writes.all("Task").stream()
                .map(one -> one.id())
                .filter(id -> !id.equals(first))
                .toList();
        assertThat(browser.get("/rapprocher").body())
                .contains(tasks.getLast().toString())
                .doesNotContain(tasks.getFirst().toString());
        int before = web.hospital.writes.taken.size();
        assertThat(decide("lier", tasks.getFirst(), 1).statusCode()).isEqualTo(409);
        assertThat(web.hospital.writes.taken).hasSize(before);
    }

    private static trimaran.station.Transaction.Change task(ResourceId one, ResourceId other) {
        return new trimaran.station.Transaction.Change.Create(FhirJson.resource(Json.of(
                "resourceType",
                "Task",
                "status",
                "requested",
                "intent",
                "proposal",
                "code",
                FhirJson.concept("urn:trimaran:task", "identities-to-compare"),
                "focus",
                Json.reference("Patient/" + one),
                "input",
                Json.list(Json.of(
                        "type", Json.of("text", "other"), "valueReference", Json.reference("Patient/" + other))))));
    }
}
