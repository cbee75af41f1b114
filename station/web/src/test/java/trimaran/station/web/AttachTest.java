package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/** Results whose patient was not found for sure: seen, attached by a person or put aside, and nobody made for them. */
class AttachTest extends MovementBench {

    private static final String PERSON_URL = "urn:uuid:00000000-0000-4000-8000-000000000000";

    @BeforeEach
    void physician() {
        web.hospital.roles = List.of("physician");
        browser = web.browser().in("medecin");
    }

    private void arrives(String family, String why, String message) {
        String person =
                """
                {"resourceType":"Person","extension":[{"url":"urn:trimaran:waiting-message","valueAttachment":
                {"contentType":"x-application/hl7-v2+er7","data":"%s"}}],
                "identifier":[{"system":"urn:trimaran:demo:ipp","value":"80041129"}],
                "name":[{"family":"%s","given":["Jeanne"]}],"gender":"female","birthDate":"1944-03-14"}""".formatted(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)), family);
        String task = """
                {"resourceType":"Task","status":"requested","intent":"proposal","code":{"coding":
                [{"system":"urn:trimaran:task","code":"result-to-attach"}]},"focus":{"reference":"%s"},
                "authoredOn":"2026-11-24T07:05:00+01:00","reasonCode":{"text":"%s"}}""".formatted(PERSON_URL, why);
        web.hospital.writes.write(Transaction.clinical(List.of(
                new Change.Create(
                        Texts.resource(person.getBytes(StandardCharsets.UTF_8)).orElseThrow(),
                        PERSON_URL,
                        List.of(),
                        ""),
                new Change.Create(
                        Texts.resource(task.getBytes(StandardCharsets.UTF_8)).orElseThrow()))));
    }

    private static String field(HttpResponse<String> page, String name) {
        return Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> choose() {
        String list = browser.get("/rattacher").body();
        return browser.get(Pattern.compile("/rattacher\\?tache=[A-Za-z0-9-]+")
                .matcher(list)
                .results()
                .findFirst()
                .orElseThrow()
                .group());
    }

    private HttpResponse<String> decide(HttpResponse<String> page, String act, String... more) {
        List<String> fields = new java.util.ArrayList<>(List.of("acte", act));
        for (String name : List.of("envoi", "tache", "version")) {
            fields.addAll(List.of(name, field(page, name)));
        }
        fields.addAll(List.of(more));
        return browser.post("/rattacher", fields.toArray(String[]::new));
    }

    private String task() {
        List<ResourceVersion> tasks = web.hospital.writes.all("Task");
        return new String(tasks.getLast().json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void whatWaitsIsListedWithWhatItSaysAndWhyAndNoValueOfIt() {
        arrives("Morel", "name or birth date differ", "LABO;Ionogramme");
        assertThat(browser.get("/rattacher").body())
                .contains("Ionogramme")
                .contains("2 valeurs, de LABO")
                .contains("MOREL Jeanne")
                .contains("14/03/1944")
                .contains("le nom ou la naissance diffère");
        assertThat(choose().body())
                .contains("À qui est-ce")
                .contains(FakeHospital.PATIENT.toString())
                .contains("tout concorde");
    }

    @Test
    void attachedItIsInThatRecordWithTheNameOfWhoDidItAndNobodyIsMade() {
        arrives("Morel", "unknown number", "LABO;Ionogramme");
        HttpResponse<String> page = choose();
        assertThat(decide(page, "rattacher").statusCode()).isEqualTo(422);
        HttpResponse<String> done = decide(page, "rattacher", "patient", FakeHospital.PATIENT.toString());
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(browser.get("/rattacher").body())
                .contains("Rattaché à MOREL Jeanne")
                .contains("Rien n’attend");
        String report = new String(
                web.hospital.writes.all("DiagnosticReport").getFirst().json().toArray(), StandardCharsets.UTF_8);
        assertThat(report)
                .contains("Patient/" + FakeHospital.PATIENT)
                .contains("\"authorString\":\"Médecin\"")
                .contains("Ionogramme");
        assertThat(task())
                .contains("\"completed\"")
                .contains("\"value\":\"medecin\"")
                .doesNotContain("Patient/");
        assertThat(web.hospital.writes.all("Patient")).isEmpty();
        assertThat(decide(page, "rattacher", "patient", FakeHospital.PATIENT.toString(), "x", "y")
                        .body())
                .contains("Quelqu’un a déjà décidé")
                .contains("<dt>Maintenant</dt><dd>Rattaché à un patient</dd>")
                .contains("<dt>Votre saisie</dt><dd>Rattacher à MOREL Jeanne</dd>");
    }

    @Test
    void whatIsNobodysIsPutAsideWithAReason() {
        arrives("Inconnue", "unknown number", "LABO;Ionogramme");
        HttpResponse<String> page = choose();
        assertThat(page.body()).contains("autre nom").doesNotContain("tout concorde");
        assertThat(decide(page, "refuser").body()).contains("id=\"motif-faute\"");
        assertThat(decide(page, "refuser", "motif", "r".repeat(WebLimits.REASON_MAX + 1))
                        .statusCode())
                .isEqualTo(422);
        assertThat(decide(page, "refuser", "motif", "Patient d’un autre hôpital")
                        .statusCode())
                .isEqualTo(303);
        assertThat(task()).contains("\"rejected\"").contains("Patient d’un autre hôpital");
        assertThat(web.hospital.writes.all("DiagnosticReport")).isEmpty();
    }

    @Test
    void aRefusalOfTheRecordKeepsTheReasonThatWasTyped() {
        arrives("Inconnue", "unknown number", "LABO;Ionogramme");
        HttpResponse<String> page = choose();
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.BUSY, "full"));
        HttpResponse<String> refused = decide(page, "refuser", "motif", "Autre hôpital");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("value=\"Autre hôpital\"");
        assertThat(task()).contains("\"requested\"");
    }

    @Test
    void whatIsDecidedHereAndNotSharedYetIsNotDecidedASecondTime() {
        arrives("Morel", "unknown number", "LABO;Ionogramme");
        HttpResponse<String> page = choose();
        HttpResponse<String> theirs = choose();
        Digest entry = Digest.sha256("attached".getBytes(StandardCharsets.UTF_8));
        List<Transaction> sent = new CopyOnWriteArrayList<>();
        web.hospital.waiting = 5;
        web.hospital.writes.outbox.add(entry);
        web.hospital.nextWrites = transaction -> {
            sent.add(transaction);
            return Optional.of(new WriteResult.Waiting(entry, List.of(), Refusal.of(Code.UNAVAILABLE, "one hull")));
        };
        assertThat(decide(page, "rattacher", "patient", FakeHospital.PATIENT.toString())
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.get("/rattacher").body()).contains("Rien n’attend").doesNotContain("/rattacher?tache=");
        browser = web.browser().in("infirmiere");
        browser.get("/rattacher");
        HttpResponse<String> second = decide(theirs, "refuser", "motif", "Autre hôpital");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("Déjà décidé à ce poste, pas encore partagé");
        assertThat(browser.get("/rattacher?tache=" + field(theirs, "tache")).body())
                .contains("Déjà décidé à ce poste");
        assertThat(sent).hasSize(1);
        web.hospital.writes.outbox.remove(entry);
        assertThat(browser.get("/rattacher").body())
                .as("it was refused on its way and waits again")
                .contains("Ionogramme");
    }

    @Test
    void whatCannotBeOpenedIsNotPutAside() {
        arrives("Morel", "unknown number", "LABO;Ionogramme");
        HttpResponse<String> page = choose();
        web.hospital.writes.shut = "Person";
        assertThat(browser.get("/rattacher?tache=" + field(page, "tache")).body())
                .doesNotContain("value=\"refuser\"");
        HttpResponse<String> refused = decide(page, "refuser", "motif", "Autre hôpital");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("Ne s’ouvre pas maintenant");
        assertThat(task()).contains("\"requested\"");
    }

    @Test
    void onlySoManyAreOpenedAtOnceAndTheOthersAreCounted() {
        for (int i = 0; i <= WebLimits.ATTACH_MAX; i++) {
            arrives("Autre" + i, "unknown number", "LABO;Examen" + i);
        }
        assertThat(browser.get("/rattacher").body()).contains("1 autre attend.").contains("Examen0");
    }

    @Test
    void whoMayNotIsOfferedNothingAndRefused() {
        arrives("Morel", "unknown number", "LABO;Ionogramme");
        web.hospital.roles = List.of("nurse");
        browser = web.browser().in("infirmiere");
        assertThat(browser.get("/services").body()).doesNotContain("/rattacher");
        assertThat(browser.get("/rattacher").statusCode()).isEqualTo(403);
        assertThat(browser.post("/rattacher", "acte", "rattacher").statusCode()).isEqualTo(403);
    }
}
