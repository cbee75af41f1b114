package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;

/** What beds are fit for and who is to leave, as the ward says it. */
class BedTest extends MovementBench {

    private static final String WARD = "/services/" + FakeHospital.SURGERY;

    @BeforeEach
    void beds() {
        for (ResourceId bed : List.of(FakeHospital.BED, FakeHospital.id(24), FakeHospital.id(11))) {
            web.hospital.patient.add(new ResourceVersion(
                    bed,
                    "Location",
                    1,
                    new RecordTime(1),
                    Bytes.ofText("""
                            {"resourceType":"Location","extension":[{"url":"urn:x","valueString":"kept"},
                            {"url":"urn:trimaran:bed-note","valueString":"old"}],"status":"active","name":"1"}"""),
                    ResourceVersion.Standing.RECORDED,
                    false,
                    Digest.ZERO));
        }
    }

    private static String page(ResourceId bed) {
        return WARD + "/lit?lit=" + bed;
    }

    private HttpResponse<String> set(HttpResponse<String> page, ResourceId bed, String state, String note) {
        Matcher version = Pattern.compile("name=\"version\" value=\"([0-9]+)\"").matcher(page.body());
        assertThat(version.find()).as(page.body()).isTrue();
        return browser.post(
                WARD + "/lit",
                "lit",
                bed.toString(),
                "version",
                Objects.requireNonNull(version.group(1)),
                "envoi",
                submission(page),
                "etat",
                state,
                "note",
                note);
    }

    private String location(ResourceId bed) {
        return new String(web.hospital.writes.get(bed).orElseThrow().json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void aNurseBlocksABedWithAReasonAndFreesItAgain() {
        assertThat(browser.get(WARD).body()).contains(page(FakeHospital.BED));
        HttpResponse<String> done =
                set(browser.get(page(FakeHospital.BED)), FakeHospital.BED, "panne", "sommier, jusqu’à lundi");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).contains(WARD);
        assertThat(browser.get(WARD).body()).contains("Lit 1 : en panne");
        assertThat(location(FakeHospital.BED))
                .contains("\"suspended\"")
                .contains("\"code\":\"C\"")
                .contains("v2-0116")
                .contains("en panne, sommier, jusqu’à lundi")
                .contains("\"kept\"")
                .doesNotContain("\"old\"");
        assertThat(set(browser.get(page(FakeHospital.BED)), FakeHospital.BED, "pret", "")
                        .statusCode())
                .isEqualTo(303);
        assertThat(location(FakeHospital.BED))
                .contains("\"active\"")
                .contains("\"code\":\"U\"")
                .doesNotContain("bed-note");
    }

    @Test
    void everyStateIsOneOfTheTable() {
        for (BedForms.Choice choice : BedForms.Choice.values()) {
            assertThat(set(
                                    browser.get(page(FakeHospital.BED)),
                                    FakeHospital.BED,
                                    choice.word(),
                                    "pourquoi " + choice.word())
                            .statusCode())
                    .as(choice.word())
                    .isEqualTo(303);
            assertThat(location(FakeHospital.BED)).containsPattern("\"code\":\"[UHKIC]\"");
        }
    }

    @Test
    void whatIsMissingIsNamedAndWhatWasTypedStays() {
        HttpResponse<String> page = browser.get(page(FakeHospital.BED));
        assertThat(set(page, FakeHospital.BED, "", "fuite").body())
                .contains("Choisissez l’état du lit")
                .contains("value=\"fuite\"");
        assertThat(set(page, FakeHospital.BED, "autre", "").body()).contains("Écrivez pourquoi");
        assertThat(set(page, FakeHospital.BED, "panne", "n".repeat(WebLimits.WORD_MAX + 1))
                        .statusCode())
                .isEqualTo(422);
        assertThat(web.hospital.writes.taken).isEmpty();
    }

    @Test
    void aBedSomebodyChangedMeanwhileOrLiesInIsNotSet() {
        HttpResponse<String> page = browser.get(page(FakeHospital.BED));
        set(page, FakeHospital.BED, "nettoyer", "");
        HttpResponse<String> stale = set(page, FakeHospital.BED, "pret", "");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("Quelqu’un a changé ce lit");
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "faster"));
        assertThat(set(browser.get(page(FakeHospital.BED)), FakeHospital.BED, "pret", "")
                        .body())
                .contains("Quelqu’un a changé ce lit");
        HttpResponse<String> next = browser.get(page(FakeHospital.BED));
        move("transfert", "lieu", FakeHospital.BED.toString());
        assertThat(browser.get(page(FakeHospital.BED)).body()).contains("Quelqu’un est dans ce lit");
        assertThat(set(next, FakeHospital.BED, "panne", "").statusCode()).isEqualTo(409);
    }

    @Test
    void whoMayNotIsOfferedNothingAndRefused() {
        assertThat(browser.get(WARD + "/lit?lit=" + FakeHospital.id(99)).statusCode())
                .isEqualTo(404);
        web.hospital.roles = List.of("clerk");
        Browser clerk = web.browser().in("infirmiere");
        assertThat(clerk.get(WARD).body()).doesNotContain("/lit?lit=");
        assertThat(clerk.get(page(FakeHospital.BED)).statusCode()).isEqualTo(403);
        assertThat(clerk.post(WARD + "/lit", "lit", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPlannedDischargeIsOnTheStayAndOnTheBoardUntilItIsTakenBack() {
        assertThat(browser.get(MOVE).body()).contains("Aucune date n’est notée");
        assertThat(move("prevoir", "quand", "25/11/2026", "quelle", "07:30").statusCode())
                .isEqualTo(303);
        assertThat(browser.get(RECORD + "/sejours").body())
                .contains("Sortie prévue 25/11\u00a007:30")
                .contains("<dt>Sortie prévue</dt>");
        assertThat(browser.get("/services/" + FakeHospital.WARD).body())
                .contains("Sort 25/11\u00a007:30")
                .contains("sorties sous 24 h</dt><dd>1");
        assertThat(browser.get("/services").body())
                .contains("sorties sous 24 h</dt><dd>1")
                .contains(">Sorties 24 h</th>");
        browser.post("/reglages", "langue", "en", "vers", "/services");
        assertThat(browser.get("/services").body())
                .contains("leaving within 24 h</dt><dd>1")
                .contains(">Leaving 24 h</th>");
        browser.post("/reglages", "langue", "fr", "vers", "/services");
        assertThat(move("prevoir", "quand", "", "quelle", "").statusCode()).isEqualTo(303);
        assertThat(stay()).doesNotContain("expected-end");
        assertThat(browser.get("/services").body()).contains("sorties sous 24 h</dt><dd>0");
        assertThat(browser.get("/services/" + FakeHospital.WARD).body()).contains("sorties sous 24 h</dt><dd>0");
    }

    @Test
    void aPlannedDischargeIsFromTodayOnAndWithinAYear() {
        assertThat(move("prevoir", "quand", "23/11/2026").body()).contains("à partir d’aujourd’hui");
        assertThat(move("prevoir", "quand", "01/01/2028").body()).contains("à partir d’aujourd’hui");
        assertThat(move("prevoir", "quand", "31/11/2026").body()).contains("Cette date n’existe pas");
        assertThat(move("prevoir", "quelle", "12:00").body()).contains("Écrivez le jour");
        assertThat(move("prevoir", "quand", "25/11/2026", "quelle", "midi").body())
                .contains("Écrivez l’heure");
        assertThat(web.hospital.writes.taken).isEmpty();
    }
}
