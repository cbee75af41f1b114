package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.WardCopyState;
import trimaran.station.web.OpenWeb.Browser;

class PagesTest {

    private static final String BOARD = "/services/" + FakeHospital.WARD;
    private static final String RECORD = "/patients/" + FakeHospital.PATIENT;
    private static final List<String> PAGES = List.of(
            "/connexion",
            "/coques",
            "/services",
            BOARD,
            RECORD,
            RECORD + "/prescriptions",
            RECORD + "/plan-de-soins",
            RECORD + "/constantes",
            RECORD + "/resultats",
            RECORD + "/documents",
            RECORD + "/sejours");

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void everyAnswerSaysWhatMayBeLoadedAndIsKeptNowhere() {
        Browser browser = web.browser().in("infirmiere");
        List<HttpResponse<String>> answers = new ArrayList<>();
        PAGES.forEach(page -> answers.add(browser.get(page)));
        answers.forEach(
                one -> assertThat(one.statusCode()).as(one.uri().getPath()).isEqualTo(200));
        List.of("/", "/nowhere", "/services/x", RECORD + "/x", BOARD + "/tableau", "/s/x/base.css", "/a%20b")
                .forEach(path -> answers.add(browser.get(path)));
        answers.add(web.send(web.to("/services").method("DELETE", HttpRequest.BodyPublishers.noBody())));
        answers.add(browser.post("/nowhere"));
        for (HttpResponse<String> one : answers) {
            String policy = one.headers().firstValue("Content-Security-Policy").orElse("");
            assertThat(policy)
                    .as(one.uri().getPath())
                    .startsWith(
                            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'")
                    .doesNotContain("unsafe")
                    .contains("frame-ancestors 'none'");
            assertThat(one.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(one.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(one.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(one.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(100_000);
        }
    }

    @Test
    void onlyTheBoardMayRunAScript() {
        Browser browser = web.browser().in("infirmiere");
        for (String page : PAGES) {
            HttpResponse<String> answer = browser.get(page);
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElse("");
            assertThat(policy.contains("script-src 'self'")).as(page).isEqualTo(page.equals(BOARD));
            assertThat(answer.body().contains("<script")).as(page).isEqualTo(page.equals(BOARD));
            assertThat(answer.body())
                    .as(page)
                    .doesNotContainPattern("<style|style=|\\son[a-z]+=|javascript:|https?://(?!www\\.w3\\.org)");
        }
    }

    @Test
    void filesPagesAreDressedWithAreKeptByTheBrowserUnderAnAddressOfTheirBytes() {
        Browser browser = web.browser();
        String page = browser.get("/connexion").body();
        List<String> files = Pattern.compile("(?:href|src)=\"(/s/[^\"#]+)")
                .matcher(page)
                .results()
                .map(found -> String.valueOf(found.group(1)))
                .distinct()
                .toList();
        assertThat(files).hasSizeGreaterThan(4);
        files.forEach(file -> {
            HttpResponse<String> answer = browser.get(file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        });
        assertThat(new Assets().at("x/base.css")).isEmpty();
        assertThat(new Assets().at(new Assets().stamp() + "/../fr.properties")).isEmpty();
    }

    @Test
    void whatARecordSaysIsTextAndNothingElse() {
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'code':'active'}]},
                'code':{'text':'<script>alert(1)</script> \\"pénicilline\\"'}}""");
        Browser browser = web.browser().in("infirmiere");
        for (String page : PAGES) {
            assertThat(browser.get(page).body())
                    .as(page)
                    .doesNotContain("<script>alert")
                    .doesNotContain("<SCRIPT>ALERT");
        }
        assertThat(browser.get(RECORD).body())
                .contains("&lt;SCRIPT&gt;ALERT(1)")
                .contains("PÉNICILLINE");
    }

    @Test
    void theBannerSaysEachOfTheFourStatesOfAllergiesInItsOwnForm() {
        Browser browser = web.browser().in("infirmiere");
        assertThat(browser.get(RECORD).body())
                .contains("MOREL")
                .contains("14/03/1944")
                .contains("82\u00a0ans")
                .contains("al-missing")
                .contains("Allergies non renseignées. Demandez avant la première dose.");
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'code':'active'}]},
                'code':{'text':'Aucune allergie connue','coding':[{'system':'http://snomed.info/sct','code':'716186003'}]}}""");
        assertThat(browser.get(RECORD).body()).contains("al-none").contains("Aucune allergie connue");
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'code':'active'}]},
                'code':{'text':'pénicilline'}}""");
        assertThat(browser.get(RECORD).body()).contains("al-known").contains("PÉNICILLINE");
    }

    @Test
    void theBoardShowsWhoLiesWhereAndWhyABedIsClosed() {
        String board = web.browser().in("infirmiere").get(BOARD).body();
        assertThat(board)
                .contains("<b>MOREL</b>")
                .contains("F\u00a082\u00a0ans")
                .contains("Non renseignées")
                .contains("bed-blocked")
                .contains("fuite d’eau")
                .contains("Tableau tel qu’à 08:12:00");
    }

    @Test
    void aRecordThatDoesNotOpenMakesTheListIncompleteAndSaysSo() {
        Browser browser = web.browser().in("infirmiere");
        web.hospital.patient.clear();
        String board = browser.get(BOARD).body();
        assertThat(board).contains("Nom non renseigné");
        assertThat(browser.get(RECORD).statusCode()).isEqualTo(404);
    }

    @Test
    void aBoardThatAsksGetsNothingWhileNothingChangedAndTheNewOneWhenSomethingDid() {
        Browser browser = web.browser().in("infirmiere");
        String ask = asked(browser.get(BOARD).body());
        assertThat(browser.get(ask).statusCode()).isEqualTo(204);
        web.hospital.add("""
                {'resourceType':'Flag','status':'active','code':{'text':'Isolement contact',
                'coding':[{'system':'urn:trimaran:flag','code':'isolation-contact'}]}}""");
        HttpResponse<String> changed = browser.get(ask);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("Contact").doesNotContain("<html").contains("id=\"bandeau-coques\"");
        assertThat(browser.get(asked(changed.body())).statusCode()).isEqualTo(204);
        web.hospital.applicationUp = false;
        assertThat(browser.get(asked(changed.body())).body()).contains("La coque Application ne répond plus");
    }

    private static String asked(String page) {
        java.util.regex.Matcher ask = Pattern.compile("hx-get=\"([^\"]+)\"").matcher(page);
        assertThat(ask.find()).isTrue();
        return String.valueOf(ask.group(1));
    }

    @Test
    void aHoledHullIsSaidOnEveryPageInAUsersWords() {
        web.hospital.applicationUp = false;
        web.hospital.waiting = 2;
        Browser browser = web.browser().in("infirmiere");
        for (String page : PAGES) {
            assertThat(browser.get(page).body())
                    .as(page)
                    .contains("Deux coques sur trois")
                    .contains("La coque Application ne répond plus depuis 08:07. Le service continue.")
                    .contains("2 écritures gardées ici, pas encore partagées");
        }
        assertThat(browser.get("/coques").body()).contains("Les lectures ne changent pas.");
    }

    @Test
    void howTheSealedCopiesOfTheWardsStandIsSaid() {
        Browser browser = web.browser().in("infirmiere");
        assertThat(browser.get("/coques").body()).doesNotContain("copies scellées");

        WallTime now = new WallTime(OpenWeb.NOW);
        web.copies = new WardCopyState(
                List.of(copied("Cardiologie", now.plusMillis(-60_000), 0), copied("Pédiatrie", now, 0)),
                Optional.empty());
        assertThat(browser.get("/coques").body())
                .contains("copies scellées des services", "à jour", "Services copiés\u00a0: 2.", "60\u00a0s")
                .doesNotContain("à surveiller");

        web.copies = new WardCopyState(
                List.of(
                        copied("Cardiologie", now.plusMillis(-WardCopyState.OLD_MILLIS - 1), 0),
                        copied("Pédiatrie", now, 2),
                        new WardCopyState.Ward(
                                new ResourceId(new CellId(0, 9), 9),
                                "Réanimation",
                                Optional.empty(),
                                0,
                                Optional.of(Refusal.of(Code.UNAVAILABLE, "two tiers are needed")))),
                Optional.empty());
        assertThat(browser.get("/coques").body())
                .contains("à surveiller")
                .contains("Cardiologie\u00a0: dernière copie à 07:56")
                .contains("Pédiatrie\u00a0: dossiers absents de la copie\u00a0: 2.")
                .contains("Réanimation\u00a0: pas encore de copie.");
        web.copies = new WardCopyState(List.of(), Optional.of(Refusal.of(Code.DISK_FULL, "the disk is full")));
        assertThat(browser.get("/coques").body())
                .contains("La dernière copie n’a pas pu se faire.", "Aucune copie encore.");
    }

    private static WardCopyState.Ward copied(String name, WallTime at, int unopened) {
        ResourceId id = new ResourceId(new CellId(0, name.length()), 1);
        return new WardCopyState.Ward(id, name, Optional.of(at), unopened, Optional.empty());
    }

    @Test
    void eachSpeaksItsReadersLanguageAndKeepsTheChosenOne() {
        Browser browser = web.browser();
        assertThat(browser.get("/connexion").body()).contains("<html lang=\"fr\"");
        assertThat(browser.get("/connexion", "Accept-Language", "en-GB,en;q=0.8,fr;q=0.5")
                        .body())
                .contains("<html lang=\"en\"")
                .contains("Three hulls of three");
        browser.get("/connexion");
        browser.post("/reglages", "langue", "en", "vers", "/coques");
        browser.post("/reglages", "theme", "nuit", "vers", "/coques");
        assertThat(browser.get("/coques", "Accept-Language", "fr").body())
                .contains("<html lang=\"en\" data-theme=\"nuit\"");
    }

    @Test
    void whatIsTooLongOrCannotBeReadIsAPlainPageAndNothingBreaks() {
        Browser browser = web.browser().in("infirmiere");
        byte[] long1 = new byte[WebLimits.FORM_BYTES_MAX + 1];
        java.util.Arrays.fill(long1, (byte) 'a');
        assertThat(browser.raw("/verrouiller", Map.of(), long1).statusCode()).isEqualTo(413);
        byte[] many = "a=1&".repeat(WebLimits.FORM_FIELDS_MAX + 1).getBytes(StandardCharsets.US_ASCII);
        assertThat(browser.raw("/verrouiller", Map.of(), many).statusCode()).isEqualTo(400);
        for (String bad : List.of("a=%", "a=%4", "a=%zz", "a=%ff%fe", "%c3=1")) {
            HttpResponse<String> answer =
                    browser.raw("/verrouiller", Map.of(), bad.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(answer.body()).contains("TRI-100").contains("Rien n’a été enregistré");
        }
        assertThat(browser.raw("/verrouiller", Map.of("Content-Type", "text/plain"), new byte[] {1})
                        .statusCode())
                .isEqualTo(415);
        assertThat(browser.get("/" + "a".repeat(WebDoor.PATH_MAX)).statusCode()).isEqualTo(404);
        assertThat(browser.get("/services?x=%ff").statusCode()).isEqualTo(400);
        assertThat(web.events).isEmpty();
        assertThat(browser.get("/services").statusCode()).isEqualTo(200);
    }

    @Test
    void aFaultIsNotedAndToldByItsCodeAlone() {
        Browser browser = web.browser().in("infirmiere");
        web.hospital.nextFault = new IllegalStateException("secret words");
        HttpResponse<String> answer = browser.get("/services");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("TRI-504").doesNotContain("secret words");
        assertThat(web.events).singleElement().isInstanceOf(WebEvent.Broken.class);
    }

    @Test
    void aRefusalIsToldInWordsWithItsCodeLast() {
        Browser browser = web.browser().in("infirmiere");
        web.hospital.nextReading = Refusal.of(Code.UNAVAILABLE, "too few tiers");
        HttpResponse<String> answer = browser.get("/services");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("voyez le classeur. (TRI-500)");
    }

    @Test
    void aSessionTheRegistryEndedIsALogIn() {
        Browser browser = web.browser().in("infirmiere");
        web.hospital.nextReading = Refusal.of(Code.SESSION_ENDED, "over");
        assertThat(browser.get("/services").headers().firstValue("Location")).contains("/connexion?vers=/services");
        assertThat(web.hospital.opened.getFirst().closed).isTrue();
    }

    @Test
    void moreRequestsThanAreAnsweredAtOnceHearThatTheStationIsBusy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(WebLimits.REQUESTS_MAX);
        CountDownLatch end = new CountDownLatch(1);
        web.hospital.shown = new java.util.AbstractList<>() {
            @Override
            public String get(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public int size() {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return 0;
            }
        };
        List<Thread> slow = java.util.stream.IntStream.range(0, WebLimits.REQUESTS_MAX)
                .mapToObj(i -> Thread.ofVirtual().start(() -> web.browser().get("/connexion")))
                .toList();
        begun.await();
        assertThat(web.browser().get("/coques").statusCode()).isEqualTo(503);
        end.countDown();
        for (Thread one : slow) {
            one.join();
        }
        assertThat(web.browser().get("/coques").statusCode()).isEqualTo(200);
    }

    @Test
    void longListsEndWithHowManyAreNotShownAndLongTextsSayThatTheyGoOn() {
        for (int i = 0; i <= WebLimits.ROWS_MAX; i++) {
            web.hospital.add("""
                    {'resourceType':'Observation','status':'final','category':[{'coding':[{'code':'laboratory'}]}],
                    'code':{'text':'Potassium'},'effectiveDateTime':'2026-11-%02dT06:%02d:00Z',
                    'valueQuantity':{'value':2.7,'unit':'mmol/L'}}""".formatted(1 + i / 60, i % 60));
        }
        web.hospital.add("""
                {'resourceType':'DocumentReference','status':'current','type':{'text':'Note'},'content':[{'attachment':
                {'contentType':'text/plain; charset=utf-8','data':'%s'}}]}""".formatted(java.util.Base64.getEncoder()
                .encodeToString("m".repeat(WebLimits.TEXT_MAX + 1).getBytes(StandardCharsets.UTF_8))));
        Browser browser = web.browser().in("infirmiere");
        assertThat(browser.get(RECORD + "/resultats").body()).contains("1 ligne plus ancienne n’est pas montrée.");
        assertThat(browser.get(RECORD + "/documents").body()).contains("la fin n’est pas montrée ici");
    }

    @Test
    void theCurveHasFewLanesAndFewPoints() {
        for (int lane = 0; lane <= Trend.LANES_MAX; lane++) {
            for (int i = 0; i <= (lane == 0 ? Trend.POINTS_MAX : 1); i++) {
                web.hospital.add("""
                        {'resourceType':'Observation','status':'final','category':[{'coding':[{'code':'vital-signs'}]}],
                        'code':{'text':'Signe %d'},'effectiveDateTime':'2026-11-24T%02d:%02d:00Z',
                        'valueQuantity':{'value':%d,'unit':'/min'}}""".formatted(lane, 1 + i / 60, i % 60, 60 + i % 9));
            }
        }
        String page = web.browser().in("infirmiere").get(RECORD + "/constantes").body();
        assertThat(Pattern.compile("class=\"ln\"").matcher(page).results().count())
                .isEqualTo(Trend.LANES_MAX);
        assertThat(Pattern.compile("<circle").matcher(page).results().count())
                .isEqualTo(Trend.POINTS_MAX + 2L * (Trend.LANES_MAX - 1));
    }

    @Test
    void chartsKeptFoldedAreFewAndGoAfterAWhile() {
        Charts charts = new Charts(web.nanos::get);
        trimaran.station.chart.View view = new trimaran.station.chart.View(
                java.time.Instant.ofEpochMilli(OpenWeb.NOW),
                java.time.ZoneId.of("Europe/Paris"),
                trimaran.station.chart.Places.NONE);
        for (int i = 0; i <= WebLimits.CHARTS_MAX; i++) {
            charts.of(FakeHospital.id(i), web.hospital.patient, view);
        }
        assertThat(charts.size()).isEqualTo(WebLimits.CHARTS_MAX);
        assertThat(charts.of(FakeHospital.id(9), web.hospital.patient, view))
                .isSameAs(charts.of(FakeHospital.id(9), web.hospital.patient, view));
        web.pass(WebLimits.CHART_MILLIS + 1);
        charts.of(FakeHospital.id(9), web.hospital.patient, view);
        assertThat(charts.size()).isEqualTo(1);
    }
}
