package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in any script are typed, kept letter by letter, shown and found again. */
class NameScriptsTest extends MovementBench {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Παπαδοπούλου Ελένη",
                "Їжакевич Ольга",
                "محفوظ نجيب",
                "כהן דוד",
                "王 小明",
                "Nguyễn Ánh",
                "शर्मा अनिता",
                "김 민지",
                "Սարոյան Անի",
                "𠮷田 太郎",
                "O’Brien-Ñuñez Zoë"
            })
    void aNameIsKeptShownAndFoundAsItWasTyped(String name) {
        String family = name.split(" ", 2)[0];
        String given = name.split(" ", 2)[1];
        List<String> typed =
                List.of("nom", family, "prenom", given, "naissance", "29/02/1976", "sexe", "female", "motif", "Chute");
        HttpResponse<String> looked = browser.post("/admettre", with(typed, "acte", "chercher"));
        assertThat(looked.body()).contains("value=\"" + family + "\"").contains("value=\"" + given + "\"");
        HttpResponse<String> done = browser.post(
                "/admettre",
                with(
                        typed,
                        "acte",
                        "entrer",
                        "envoi",
                        submission(looked),
                        "patient",
                        AdmissionForms.NEW,
                        "lieu",
                        FakeHospital.BED.toString()));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        String record = done.headers().firstValue("Location").orElseThrow();
        String stored =
                new String(web.hospital.writes.all("Patient").getLast().json().toArray(), StandardCharsets.UTF_8);
        assertThat(stored).contains("\"" + family + "\"").contains("\"" + given + "\"");
        String upper = family.toUpperCase(Locale.ROOT);
        assertThat(browser.get(record).body()).contains(upper).contains(given);
        assertThat(browser.get("/services/" + FakeHospital.SURGERY).body()).contains("<b>" + upper + "</b>");
        for (String query : List.of(
                family + " 29/02/1976",
                given + " " + family.toUpperCase(Locale.ROOT) + " 29/02/1976",
                family.substring(0, family.offsetByCodePoints(0, 1)))) {
            String found = browser.get("/recherche?q=" + java.net.URLEncoder.encode(query, StandardCharsets.UTF_8))
                    .body();
            assertThat(found).as(query).contains(record);
        }
    }

    private static String[] with(List<String> typed, String... more) {
        List<String> all = new java.util.ArrayList<>(typed);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
