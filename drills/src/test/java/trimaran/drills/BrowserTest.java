package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * The pages in the browser people use, against a filled hospital of real processes: each passes the accessibility rules of
 * axe-core, breaks none of its own content policy, works without a script, and shows what others do. Pictures of all lie in
 * {@code target/captures} afterwards.
 */
@ResourceLock(BrowsedHospital.ALONE)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@ExtendWith(InBrowser.class)
class BrowserTest {

    private static final Path CAPTURES = Path.of("target/captures");

    /** On a quiet machine a change is seen within a second; this is for one that builds beside it. */
    private static final double SEEN_MILLIS_MAX = 10_000;

    /** The first sheet of a station's life: all that prints is loaded for it, on a machine that may be busy with other tests. */
    private static final double PRINTED_MILLIS_MAX = 60_000;

    /** Begun as soon as the station is up, and again after five minutes for whoever came since. */
    private static final long FIRST_COPY_SECONDS_MAX = 400;

    private static final long BACK_SECONDS_MAX = 60;

    private static @Nullable BrowsedHospital browsed;

    @BeforeAll
    static void takeTheHospitalAndABrowser(BrowsedHospital lent) {
        browsed = lent;
    }

    private static BrowsedHospital browsed() {
        return Objects.requireNonNull(browsed);
    }

    private static String at(String path) {
        return browsed().at(path);
    }

    /** A browser window, and what went wrong in it. */
    private record Window(BrowserContext context, Page page, List<String> faults) implements AutoCloseable {

        static Window open(int width, int height, String language, ColorScheme light, boolean scripts) {
            BrowserContext context = browsed()
                    .browser()
                    .newContext(new Browser.NewContextOptions()
                            .setViewportSize(width, height)
                            .setLocale(language)
                            .setColorScheme(light)
                            .setJavaScriptEnabled(scripts));
            Page page = context.newPage();
            List<String> faults = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    faults.add(message.text());
                }
            });
            page.onPageError(faults::add);
            return new Window(context, page, faults);
        }

        Window logIn(String badge) {
            page.navigate(at("/connexion?badge=" + badge));
            page.fill("#pin", TrialHospital.PIN);
            page.click("form[action='/connexion'] button.btn-1");
            page.waitForURL("**/services");
            return this;
        }

        /** The ward with most patients, and one of them. */
        List<String> somewhere() {
            page.navigate(at("/services"));
            String ward = page.locator("tbody th a").first().getAttribute("href");
            page.navigate(at(ward));
            String record = page.locator("ol.board .bed-name a[href^='/patients/']")
                    .first()
                    .getAttribute("href");
            return List.of(ward, record, record.substring(record.lastIndexOf('/') + 1));
        }

        void show(String path, String name) {
            page.navigate(at(path));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(CAPTURES.resolve(name + ".png"))
                    .setFullPage(true));
        }

        /** What axe-core finds against WCAG 2.2 A and AA and good practice. */
        List<?> violations(String axe) {
            page.evaluate(axe);
            Object found =
                    page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n =>"
                            + " n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
            return PageMeasure.behind(found, page);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = BrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version", "") + "/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> pages(List<String> somewhere) {
        String record = somewhere.get(1);
        return List.of(
                "/coques",
                "/services",
                somewhere.get(0),
                record,
                record + "/prescriptions",
                record + "/plan-de-soins",
                record + "/constantes",
                record + "/resultats",
                record + "/documents",
                record + "/sejours",
                record + "/acces",
                record + "/mesurer",
                record + "/transmettre");
    }

    private static String name(String path) {
        String[] steps = path.substring(1).split("/", -1);
        return steps.length == 3 ? steps[2] : steps.length == 2 ? steps[0].replaceAll("s$", "") : steps[0];
    }

    @Test
    void everyPageIsAccessibleAndBreaksNoPolicyByDayByNightAndOnATablet() throws IOException {
        String axe = axe();
        for (String look : List.of("jour", "nuit", "tablette", "english")) {
            boolean tablet = look.equals("tablette");
            try (Window window = Window.open(
                    tablet ? 820 : 1280,
                    tablet ? 1180 : 720,
                    look.equals("english") ? "en-GB" : "fr-FR",
                    look.equals("nuit") ? ColorScheme.DARK : ColorScheme.LIGHT,
                    true)) {
                window.show("/connexion", look + "-connexion");
                assertThat(window.violations(axe)).as(look + " /connexion").isEmpty();
                window.logIn("infirmiere");
                for (String path : pages(window.somewhere())) {
                    window.show(path, look + "-" + name(path));
                    assertThat(window.violations(axe)).as(look + " " + path).isEmpty();
                }
                assertThat(window.faults()).as(look).isEmpty();
            }
        }
    }

    @Test
    void whatIsPrescribedIsDueThenGivenAndSeenByOthers() throws IOException {
        String axe = axe();
        try (Window physician = Window.open(1280, 720, "fr-FR", ColorScheme.LIGHT, false);
                Window nurse = Window.open(820, 1180, "fr-FR", ColorScheme.DARK, true);
                Window other = Window.open(1280, 720, "fr-FR", ColorScheme.LIGHT, true)) {
            List<String> somewhere = physician.logIn("medecin").somewhere();
            String record = somewhere.get(1);
            other.logIn("cadre").page().navigate(at(somewhere.get(0)));
            physician.show(record + "/prescrire", "prescrire-livret");
            physician.page().fill("#cherche", "phytom");
            physician.page().click("form.search button");
            physician.page().click("text=phytoménadione");
            physician.page().selectOption("#rythme", "ONCE");
            String hour = physician.page().inputValue("#heure");
            physician.page().screenshot(new Page.ScreenshotOptions().setPath(CAPTURES.resolve("prescrire.png")));
            prescribed(physician.page());
            other.page()
                    .waitForSelector("text=à " + hour, new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));

            nurse.logIn("infirmiere").page().navigate(at(record + "/plan-de-soins"));
            nurse.page().click("a.cell.c-due:has-text('phytoménadione')");
            assertThat(nurse.violations(axe)).as("donner").isEmpty();
            nurse.page().screenshot(new Page.ScreenshotOptions().setPath(CAPTURES.resolve("tablette-donner.png")));
            nurse.page().click("button[value=donne]");
            nurse.page().waitForSelector("a.cell.c-given:has-text('phytoménadione')");
            assertThat(nurse.page().locator(".said").textContent()).contains("Enregistré.");
            nurse.page().navigate(at(record + "/mesurer"));
            nurse.page().fill("#temperature", "38,7");
            nurse.page().fill("#systolic", "131");
            nurse.page().fill("#diastolic", "77");
            nurse.page().click("form[action$='/mesurer'] .btn-1");
            nurse.page().waitForSelector("text=Enregistré.");
            assertThat(nurse.faults()).isEmpty();
            nurse.show(record + "/acces", "acces-qui");
            assertThat(nurse.page().locator("main").textContent())
                    .contains("Les trois journaux ont été consultés et disent la même chose.")
                    .contains("Infirmière")
                    .contains("Médecin")
                    .contains("Ouvert")
                    .contains("Saisie annoncée à Application, sans son texte");

            other.page().navigate(at(record + "/constantes"));
            assertThat(other.page().locator("main").textContent())
                    .contains("38,7")
                    .contains("131/77");
            other.page().navigate(at(record + "/plan-de-soins"));
            assertThat(other.page()
                            .locator("a.cell.c-given:has-text('phytoménadione')")
                            .count())
                    .isEqualTo(1);
        }
    }

    /** Whatever the check found about this patient is confirmed. */
    private static void prescribed(Page page) {
        if (page.locator("#motif").count() > 0) {
            page.fill("#motif", "essai dans un hôpital inventé");
        }
        page.click("form[action$='/prescrire'] button.btn-1");
        page.waitForSelector("text=Enregistré.");
    }

    @Test
    void allWorksWithoutAScript() {
        try (Window window = Window.open(1280, 720, "fr-FR", ColorScheme.LIGHT, false)) {
            window.logIn("medecin");
            List<String> somewhere = window.somewhere();
            assertThat(window.page().locator("ol.board > li").count()).isGreaterThan(5);
            window.page().navigate(at(somewhere.get(1)));
            window.page().click("nav.tabs >> text=Plan de soins");
            assertThat(window.page().locator("section.pat").isVisible()).isTrue();
            window.page().click("text=Verrouiller");
            window.page().waitForURL("**/connexion");
            window.page().navigate(at(somewhere.get(1)));
            assertThat(window.page().url()).contains("/connexion");
        }
    }

    @Test
    void whatIsWrittenElsewhereAndWhatHappensToAHullIsSeenOnAnOpenBoard() {
        try (Window window = Window.open(1280, 720, "fr-FR", ColorScheme.LIGHT, true)) {
            List<String> somewhere = window.logIn("cadre").somewhere();
            window.page().navigate(at(somewhere.get(0)));
            try (FhirClient client = browsed().hospital().client()) {
                FhirClient.Reply reply = client.create(
                        "Flag",
                        "{\"resourceType\":\"Flag\",\"meta\":{\"tag\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/"
                                + "v3-ActReason\",\"code\":\"HTEST\"}]},\"status\":\"active\",\"code\":{\"text\":\"Écrit"
                                + " ailleurs\"},\"subject\":{\"reference\":\"Patient/" + somewhere.get(2) + "\"}}");
                assertThat(reply.isDone()).as(reply.toString()).isTrue();
                long written = System.nanoTime();
                window.page()
                        .waitForSelector(
                                "text=Écrit ailleurs", new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
                System.out.println("a change made elsewhere was seen on the open board after "
                        + (System.nanoTime() - written) / 1_000_000 + " ms");
            }
            browsed().hospital().kill("application");
            window.page()
                    .waitForSelector(
                            "text=La coque Application ne répond plus",
                            new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
            window.page().screenshot(new Page.ScreenshotOptions().setPath(CAPTURES.resolve("percee-service.png")));
            window.show("/coques", "percee-coques");
            window.show(somewhere.get(1) + "/acces", "percee-acces");
            assertThat(window.page().locator("main").textContent())
                    .contains("Application ne répond pas : son journal est lu dans les copies des deux autres coques.")
                    .contains("Cadre de santé");
            browsed().hospital().start("application");
        }
    }

    @Test
    void withEveryHullDeadASealedCopyOpensAlsoAfterTheStationWasStartedAgain() {
        try (Window window = Window.open(1280, 720, "fr-FR", ColorScheme.LIGHT, true)) {
            Page page = window.page();
            Waiting.until(FIRST_COPY_SECONDS_MAX, "a ward has its sealed copy", () -> {
                page.navigate(at("/copie"));
                return page.locator("input[name=service]").count() > 0;
            });
            List<String> hulls = List.of("access", "application", "data");
            try {
                hulls.forEach(browsed().hospital()::kill);
                copy(page);
                browsed().hospital().kill(TrialHospital.STATION);
                browsed().hospital().start(TrialHospital.STATION);
                copy(page);
            } finally {
                hulls.forEach(browsed().hospital()::start);
            }
            Waiting.until(BACK_SECONDS_MAX, "somebody can log in again", () -> {
                page.navigate(at("/connexion?badge=infirmiere"));
                page.fill("#pin", TrialHospital.PIN);
                page.click("form[action='/connexion'] button.btn-1");
                return page.url().endsWith("/services");
            });
        }
    }

    private static void copy(Page page) {
        page.navigate(at("/copie"));
        page.screenshot(new Page.ScreenshotOptions().setPath(CAPTURES.resolve("copie-scellee.png")));
        FormData form = FormData.create()
                .set("jeton", page.locator("main input[name=jeton]").getAttribute("value"))
                .set("service", page.locator("input[name=service]").first().getAttribute("value"))
                .set("badge", TrialHospital.STATION)
                .set("pin", TrialHospital.PIN);
        isPdf(page.context()
                .request()
                .post(at("/copie"), RequestOptions.create().setForm(form).setTimeout(PRINTED_MILLIS_MAX)));
    }

    private static void isPdf(APIResponse answer) {
        assertThat(answer.status()).as(answer.statusText()).isEqualTo(200);
        assertThat(new String(answer.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
}
