package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.Transaction;
import trimaran.station.web.OpenWeb.Browser;

class SearchTest {

    private final OpenWeb web = new OpenWeb();
    private Browser browser = web.browser();

    @AfterEach
    void close() {
        web.close();
    }

    @BeforeEach
    void logIn() {
        browser = web.browser().in("infirmiere");
    }

    private HttpResponse<String> find(String typed) {
        return browser.get("/recherche?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
    }

    private void person(String family, String given, String birth, String more) {
        web.hospital.writes.write(Transaction.of(new Transaction.Change.Create(
                Texts.resource("""
                {"resourceType":"Patient","name":[{"family":"%s","given":["%s"]}],"birthDate":"%s"%s}""".formatted(family, given, birth, more).getBytes(StandardCharsets.UTF_8))
                        .orElseThrow())));
    }

    @Test
    void everyPageHasASearchInItsHeader() {
        assertThat(browser.get("/services").body()).contains("action=\"/recherche\"");
        assertThat(web.browser().get("/connexion").body()).doesNotContain("/recherche");
        assertThat(web.browser().get("/recherche?q=Morel").statusCode()).isEqualTo(303);
    }

    @Test
    void whoIsHereIsFoundByTheBeginningOfTheirNameWithWhereTheyLie() {
        String page = find("mor jea").body();
        assertThat(page)
                .contains("MOREL Jeanne")
                .contains("14/03/1944")
                .contains("82\u00a0ans")
                .contains("Médecine A, lit 312 porte")
                .contains("/patients/" + FakeHospital.PATIENT);
        assertThat(web.hospital.lookups.get()).isZero();
    }

    @Test
    void whoIsNotHereIsFoundByFamilyNameAndBirthDateInOneLookup() {
        person("Lê Văn", "Thủy", "1971-02-03", "");
        String page = find("Thủy lê văn 03/02/1971").body();
        assertThat(page).contains("LÊ VĂN Thủy").contains("pas à l’hôpital");
        assertThat(web.hospital.lookups.get()).isEqualTo(1);
        assertThat(find("lê văn").body()).contains("Personne ne répond").contains("la date de naissance");
    }

    @Test
    void aNumberIsLookedForAsIppInsOrStay() {
        person(
                "Petit",
                "Ada",
                "1980-01-02",
                ",\"identifier\":[{\"system\":\"urn:oid:1.2.250.1.213.1.4.10\",\"value\":\"280019900100183\"}]");
        assertThat(find("80041127").body()).contains("MOREL Jeanne");
        assertThat(find("2 80 01 99 001 001 83").body()).contains("PETIT Ada");
        web.hospital.add("""
                {'resourceType':'Encounter','status':'finished','class':{'code':'IMP'},'subject':{'reference':'Patient/%s'},
                'identifier':[{'system':'urn:trimaran:demo:sejour','value':'261140007'}]}""".formatted(FakeHospital.PATIENT));
        assertThat(find("261140007").body()).contains("MOREL Jeanne");
    }

    @Test
    void whatCannotBeLookedForIsSaidAndKept() {
        assertThat(find("Morel 31/02/1950").body())
                .contains("Cette date n’existe pas")
                .contains("value=\"Morel 31/02/1950\"");
        assertThat(find("!!").statusCode()).isEqualTo(422);
        assertThat(find("m".repeat(WebLimits.QUERY_MAX + 1)).statusCode()).isEqualTo(422);
        assertThat(find("").statusCode()).isEqualTo(200);
    }

    @Test
    void aLongListEndsAndSaysHowManyMoreThereAre() {
        for (int i = 0; i <= WebLimits.FOUND_MAX; i++) {
            person("Martin", "P" + i, "1950-01-01", "");
        }
        String page = find("Martin 01/01/1950").body();
        assertThat(page).contains("1 autre patient répond aussi.").contains("Ajoutez le prénom");
        assertThat(page.split("href=\"/patients/", -1)).hasSize(WebLimits.FOUND_MAX + 1);
    }

    @Test
    void aListThatMayLackSomebodySaysSo() {
        person("Durand", "Eve", "1960-05-06", "");
        browser.get("/services");
        web.hospital.nextLookup = Refusal.of(Code.OVER_BUDGET, "enough");
        assertThat(find("Durand 06/05/1960").body())
                .contains("Liste incomplète.")
                .contains("TRI-305");
    }

    @Test
    void whoWasMergedIntoAnotherIsFoundAsThatOther() {
        person(
                "Morelle",
                "Jeanne",
                "1944-03-14",
                ",\"link\":[{\"other\":{\"reference\":\"Patient/" + FakeHospital.PATIENT
                        + "\"},\"type\":\"replaced-by\"}]");
        assertThat(find("Morelle 14/03/1944").body()).contains("MOREL Jeanne").doesNotContain("MORELLE");
    }
}
