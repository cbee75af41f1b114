package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import trimaran.trial.TrialHospital;

/**
 * Search, admission and movements in the browser people use, against a filled hospital of real processes: what one does is seen
 * on the open board of another. Pictures lie in {@code target/captures} afterwards.
 */
@ResourceLock(BrowsedHospital.ALONE)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@ExtendWith(InBrowser.class)
class AdmissionBrowserTest {

    private static final Path CAPTURES = Path.of("target/captures");

    /** On a quiet machine a change is seen within a second; this is for one that builds beside it. */
    private static final double SEEN_MILLIS_MAX = 10_000;

    /** From the press on the board to the open record of whoever cannot say who they are. */
    private static final long UNKNOWN_MILLIS_MAX = 15_000;

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

    private static Page logIn(String badge, ColorScheme light) {
        BrowserContext context = browsed()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 720)
                        .setLocale("fr-FR")
                        .setColorScheme(light));
        Page page = context.newPage();
        page.navigate(at("/connexion?badge=" + badge));
        page.fill("#pin", TrialHospital.PIN);
        page.click("form[action='/connexion'] button.btn-1");
        page.waitForURL("**/services");
        return page;
    }

    private static void picture(Page page, String name) throws IOException {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(CAPTURES.resolve(name + ".png"))
                .setFullPage(true));
        assertThat(violations(page)).as(name).isEmpty();
    }

    /** What axe-core finds against WCAG 2.2 A and AA and good practice. */
    private static List<?> violations(Page page) throws IOException {
        try (InputStream in = AdmissionBrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version", "") + "/axe.min.js")) {
            page.evaluate(new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n =>"
                + " n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
        return PageMeasure.behind(found, page);
    }

    private static void waitFor(Page page, String selector) {
        page.waitForSelector(selector, new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
    }

    /** A ward with a free bed. */
    private static String wardWithRoom(Page page) {
        page.navigate(at("/services"));
        for (Locator row : page.locator("tbody tr:not(.sum)").all()) {
            if (Integer.parseInt(row.locator("td.num").nth(2).innerText().strip()) > 0) {
                return row.locator("th a").getAttribute("href");
            }
        }
        throw new AssertionError("no ward has a free bed");
    }

    @Test
    void somebodyIsAdmittedTransferredDischargedAndThatIsTakenBackUnderTheEyesOfAnother() throws IOException {
        Page nurse = logIn("infirmiere", ColorScheme.LIGHT);
        String ward = wardWithRoom(nurse);
        Page other = logIn("cadre", ColorScheme.LIGHT);
        other.navigate(at(ward));

        nurse.navigate(at(ward));
        nurse.locator(".bed-free a.admit").first().click();
        picture(nurse, "admettre-qui");
        nurse.fill("#nom", "Zwaenepoel");
        nurse.fill("#prenom", "Ondine");
        nurse.fill("#naissance", "29/02/1976");
        nurse.check("#sexe input[value=female]");
        nurse.click("button[value=chercher]");
        nurse.fill("#motif", "Douleur abdominale");
        picture(nurse, "admettre-ou");
        nurse.click("button[value=entrer]");
        nurse.waitForURL("**/patients/*");
        assertThat(nurse.locator(".toast.done").innerText()).contains("Enregistré.");
        String record = nurse.url();
        picture(nurse, "admis");
        waitFor(other, "ol.board >> text=ZWAENEPOEL");

        nurse.fill("#q", "zwaen");
        nurse.keyboard().press("Enter");
        nurse.waitForURL("**/recherche*");
        picture(nurse, "recherche");
        nurse.click("tbody th a");
        nurse.waitForURL(record);

        nurse.navigate(record + "/mouvement");
        picture(nurse, "mouvement");
        String free = nurse.locator("#lieu option").all().get(1).getAttribute("value");
        nurse.selectOption("#lieu", free);
        nurse.click("button[value=transfert]");
        waitFor(nurse, ".toast.done >> text=Transfert");

        nurse.navigate(record + "/mouvement");
        nurse.click("button[value=sortie]");
        waitFor(nurse, ".toast.done >> text=Sortie");
        other.waitForSelector(
                "ol.board >> text=ZWAENEPOEL",
                new Page.WaitForSelectorOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED)
                        .setTimeout(SEEN_MILLIS_MAX));

        nurse.navigate(record + "/mouvement");
        nurse.click("button[value=annuler]");
        waitFor(nurse, ".toast.done >> text=Sortie annulée");
        nurse.navigate(record + "/mouvement");
        nurse.click("button[value=annuler]");
        waitFor(nurse, ".toast.done >> text=Transfert annulé");
        waitFor(other, "ol.board >> text=ZWAENEPOEL");
    }

    @Test
    void whoeverCannotSayWhoTheyAreLiesInABedWithinFifteenSeconds() throws IOException {
        Page nurse = logIn("infirmiere", ColorScheme.DARK);
        nurse.navigate(at(wardWithRoom(nurse)));
        long pressed = System.nanoTime();
        nurse.click("a[href^='/admettre?service=']");
        nurse.click("button[value=inconnu]");
        nurse.waitForURL("**/patients/*");
        long millis = (System.nanoTime() - pressed) / 1_000_000;
        assertThat(nurse.locator(".pat-name").innerText()).contains("X inconnu");
        System.out.println("somebody unknown was admitted after " + millis + " ms");
        assertThat(millis).isLessThan(UNKNOWN_MILLIS_MAX);
        picture(nurse, "x-inconnu");
    }

    @Test
    void whoHasLeftIsOpenedAfterAReason() throws IOException {
        Page physician = logIn("medecin", ColorScheme.LIGHT);
        String ward = wardWithRoom(physician);
        physician.navigate(at(ward));
        physician.click("a[href^='/admettre?service=']");
        physician.click("button[value=inconnu]");
        physician.waitForURL("**/patients/*");
        String record = physician.url();
        physician.navigate(record + "/mouvement");
        physician.click("button[value=sortie]");
        waitFor(physician, ".toast.done");
        Page nurse = logIn("infirmiere", ColorScheme.LIGHT);
        nurse.navigate(record);
        assertThat(nurse.locator("h1").innerText()).contains("Accès motivé");
        picture(nurse, "acces-motive");
        nurse.check("input[value=call]");
        nurse.fill("#mots", "Appel de la famille");
        nurse.click("form[action$=acces-motive] button");
        nurse.waitForURL(record);
        assertThat(nurse.locator(".pat-name").innerText()).contains("X inconnu");
        nurse.navigate(record + "/acces");
        picture(nurse, "acces-motif");
        assertThat(nurse.locator("tr:has-text('Accès motivé') >> text=Appel de la famille")
                        .count())
                .isPositive();
    }
}
