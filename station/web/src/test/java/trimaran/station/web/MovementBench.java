package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import trimaran.station.ResourceVersion;
import trimaran.station.web.OpenWeb.Browser;

/** A hospital with a second ward, and somebody in front of its forms of movements. */
abstract class MovementBench {

    static final Pattern SUBMISSION = Pattern.compile("name=\"envoi\" value=\"([^\"]+)\"");
    static final String RECORD = "/patients/" + FakeHospital.PATIENT;
    static final String MOVE = RECORD + "/mouvement";

    final OpenWeb web = new OpenWeb();
    Browser browser = web.browser();

    @BeforeEach
    void logIn() {
        web.hospital.second = true;
        web.hospital.add("""
                {'resourceType':'Encounter','status':'in-progress','class':{'code':'IMP'},
                'subject':{'reference':'Patient/%s'},'period':{'start':'2026-11-22T05:40:00+01:00'},
                'location':[{'location':{'reference':'Location/%s'},'status':'active',
                'period':{'start':'2026-11-22T05:40:00+01:00'}}]}""".formatted(FakeHospital.PATIENT, FakeHospital.id(11)));
        browser = web.browser().in("infirmiere");
    }

    /** The patient is not there yet, and somebody said why they look. */
    void expected() {
        web.hospital.patient.removeLast();
        web.hospital.lives = true;
        web.hospital.add("""
                {'resourceType':'Encounter','status':'planned','class':{'code':'IMP'},
                'subject':{'reference':'Patient/%s'},'period':{'start':'2026-11-24T10:00:00+01:00'},
                'location':[{'location':{'reference':'Location/%s'},'status':'planned'}]}""".formatted(FakeHospital.PATIENT, FakeHospital.SURGERY));
        browser.get(RECORD);
        assertThat(browser.get(RECORD).statusCode()).isEqualTo(200);
        assertThat(browser.post(
                                RECORD + "/acces-motive",
                                "envoi",
                                Cookies.fresh(bytes -> java.util.Arrays.fill(bytes, (byte) 7)),
                                "motif",
                                "prepare",
                                "mots",
                                "Venue prévue")
                        .statusCode())
                .isEqualTo(303);
    }

    @AfterEach
    void close() {
        web.close();
    }

    static String submission(HttpResponse<String> page) {
        Matcher found = SUBMISSION.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return Objects.requireNonNull(found.group(1));
    }

    HttpResponse<String> look(String... more) {
        List<String> fields = new ArrayList<>(List.of(
                "acte", "chercher", "nom", "Petit", "prenom", "Ada", "naissance", "02/01/1980", "sexe", "female"));
        fields.addAll(List.of(more));
        return browser.post("/admettre", fields.toArray(String[]::new));
    }

    HttpResponse<String> enter(String submission, String patient, String place, String reason) {
        return enter(browser, submission, patient, place, reason);
    }

    static HttpResponse<String> enter(Browser who, String submission, String patient, String place, String reason) {
        return who.post(
                "/admettre",
                "acte",
                "entrer",
                "envoi",
                submission,
                "nom",
                "Petit",
                "prenom",
                "Ada",
                "naissance",
                "02/01/1980",
                "sexe",
                "female",
                "patient",
                patient,
                "lieu",
                place,
                "motif",
                reason);
    }

    HttpResponse<String> move(String act, String... more) {
        HttpResponse<String> page = browser.get(MOVE);
        assertThat(page.statusCode()).isEqualTo(200);
        return move(page, act, more);
    }

    HttpResponse<String> move(HttpResponse<String> page, String act, String... more) {
        return move(browser, page, act, more);
    }

    static HttpResponse<String> move(Browser who, HttpResponse<String> page, String act, String... more) {
        List<String> fields = new ArrayList<>(List.of("acte", act, "envoi", submission(page)));
        for (String name : List.of("sejour", "version")) {
            Matcher found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
            assertThat(found.find()).isTrue();
            fields.addAll(List.of(name, Objects.requireNonNull(found.group(1))));
        }
        fields.addAll(List.of(more));
        return who.post(MOVE, fields.toArray(String[]::new));
    }

    String stay() {
        List<ResourceVersion> all = web.hospital.writes.folder(FakeHospital.PATIENT, web.hospital.patient).stream()
                .filter(one -> one.type().equals("Encounter"))
                .toList();
        return new String(all.getLast().json().toArray(), StandardCharsets.UTF_8);
    }
}
