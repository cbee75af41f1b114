package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import trimaran.station.web.OpenWeb.Browser;

/** A record open in browsers of a nurse and a physician, and what they do with it; the clock stands at 08:12 in Paris. */
abstract class BedsidePages {

    static final String RECORD = "/patients/" + FakeHospital.PATIENT;
    static final String PLAN = RECORD + "/plan-de-soins";
    static final String RX = RECORD + "/prescriptions";
    static final Pattern FORM_ID = Pattern.compile("name=\"demande\" value=\"([^\"]+)\"");
    static final Pattern DUE = Pattern.compile("<a class=\"cell c-(?:due|late)\" href=\"([^\"]+)\"");

    final OpenWeb web = new OpenWeb();

    @BeforeEach
    void asked() {
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','code':{'coding':[{'system':'http://snomed.info/sct','code':'716186003'}],
                'text':'Aucune'},'patient':{'reference':'Patient/x'}}""");
    }

    @AfterEach
    void close() {
        web.close();
    }

    Browser physician() {
        web.hospital.roles = List.of("physician");
        return web.browser().in("medecin");
    }

    Browser nurse() {
        web.hospital.roles = List.of("nurse");
        return web.browser().in("infirmiere");
    }

    static String first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        assertThat(found.find()).as(pattern + " in " + page).isTrue();
        return String.valueOf(found.group(1)).replace("&amp;", "&");
    }

    /** Paracetamol by mouth at 08:30 and 20:00, written at 08:12. */
    HttpResponse<String> prescribe(Browser browser, String... more) {
        String id =
                first(FORM_ID, browser.get(RECORD + "/prescrire?m=paracetamol").body());
        List<String> fields = new java.util.ArrayList<>(List.of(more));
        List<String> usual = List.of(
                "demande",
                id,
                "m",
                "paracetamol",
                "dose",
                "1",
                "unite",
                "g",
                "voie",
                "ORAL",
                "rythme",
                "FIXED",
                "heures",
                "08:30 20h",
                "jour",
                "24/11/2026",
                "heure",
                "08:12",
                "duree",
                "3",
                "commentaire",
                "au repas");
        for (int i = 0; i < usual.size(); i += 2) {
            if (!List.of(more).contains(usual.get(i))) {
                fields.add(usual.get(i));
                fields.add(usual.get(i + 1));
            }
        }
        return browser.post(RECORD + "/prescrire", fields.toArray(String[]::new));
    }

    String dose(Browser browser) {
        return first(DUE, browser.get(PLAN).body());
    }

    HttpResponse<String> give(Browser browser, String dose, String... fields) {
        Matcher shown = FORM_ID.matcher(browser.get(dose).body());
        String id = shown.find() ? String.valueOf(shown.group(1)) : "of a page shown before";
        Matcher address = Pattern.compile("p=([^&]+)(?:&a=([0-9]+))?$").matcher(dose);
        assertThat(address.find()).isTrue();
        List<String> all = new java.util.ArrayList<>(List.of(
                "demande",
                id,
                "p",
                String.valueOf(address.group(1)),
                "a",
                address.group(2) == null ? "" : String.valueOf(address.group(2))));
        all.addAll(List.of(fields));
        return browser.post(RECORD + "/donner", all.toArray(String[]::new));
    }

    static String reload(Browser browser, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return browser.get(answer.headers().firstValue("Location").orElseThrow())
                .body();
    }
}
