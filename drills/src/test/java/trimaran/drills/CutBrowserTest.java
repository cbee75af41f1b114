package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** An officer cuts a hull in the browser people use, by keyboard alone. Pictures lie in {@code target/captures} afterwards. */
@Isolated("a time is held against a limit")
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CutBrowserTest {

    private static final Path CAPTURES = Path.of("target/captures");
    private static final long SECONDS_MAX = 60;

    @Test
    void anOfficerCutsAndPrintsTheCard(TrialHospital hospital) throws IOException {
        Optional<Path> chromium = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "no chromium on the path: pages are not tried in a browser");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium.get())
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            cutInFrench(hospital, browser);
        } finally {
            reopen(hospital);
        }
    }

    private static void cutInFrench(TrialHospital hospital, Browser browser) throws IOException {
        List<String> faults = new ArrayList<>();
        Page page = window(browser, "fr-FR", ColorScheme.LIGHT, faults);
        String at = "http://localhost:" + hospital.port();
        page.navigate(at + "/connexion?badge=direction");
        page.fill("#pin", TrialHospital.PIN);
        page.keyboard().press("Enter");
        page.waitForURL("**/coques");
        picture(page, "couper-coques");
        page.focus("a[href='/coques/couper']");
        page.keyboard().press("Enter");
        page.waitForURL("**/coques/couper");
        picture(page, "couper-choix");
        page.focus("input[value='application']");
        page.keyboard().press("Space");
        page.fill("#pourquoi", "Exercice : écran rouge au bureau des entrées");
        page.keyboard().press("Enter");
        page.waitForSelector("#pin");
        picture(page, "couper-confirmer");
        page.keyboard().type("111111");
        page.keyboard().press("Enter");
        page.waitForSelector("#faute");
        picture(page, "couper-code-faux");
        page.keyboard().type(TrialHospital.PIN);
        page.keyboard().press("Enter");
        page.waitForSelector("#entendu");
        picture(page, "couper-fait");
        page.navigate(at + "/coques");
        Waiting.until(SECONDS_MAX, "the hull is shown as cut", () -> {
            page.reload();
            return page.locator(".strip-cut").count() == 1;
        });
        assertThat(page.locator(".hull .b-danger").textContent()).contains("coupée");
        picture(page, "couper-coques-apres");
        page.click("#coupures a");
        page.waitForSelector(".cutcard");
        picture(page, "couper-carte");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".top").isVisible()).isFalse();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(CAPTURES.resolve("couper-carte-papier.png"))
                .setFullPage(true));
        Page night = window(browser, "en-GB", ColorScheme.DARK, faults);
        night.navigate(at + "/coques");
        assertThat(night.locator(".strip-cut").textContent()).contains("was cut on purpose");
        picture(night, "couper-coques-nuit");
        // A wrong PIN is answered 403, and the browser says so on its console.
        assertThat(faults).allMatch(fault -> fault.contains("403"));
        reopen(hospital);
        Waiting.until(SECONDS_MAX, "the pages say no more of it", () -> {
            night.reload();
            return night.locator(".strip-cut").count() == 0;
        });
    }

    private static Page window(Browser browser, String language, ColorScheme light, List<String> faults) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setLocale(language)
                .setColorScheme(light));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
        return page;
    }

    private static void reopen(TrialHospital hospital) {
        Said said = hospital.run("reopen", "application", "--officer", "direction", "--officer", "informatique");
        assertThat(said.isWell()).as(said.toString()).isTrue();
    }

    /** Takes it, and asks axe-core for what breaks WCAG 2.2 A and AA and good practice. */
    private static void picture(Page page, String name) throws IOException {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(CAPTURES.resolve(name + ".png"))
                .setFullPage(true));
        try (InputStream in = CutBrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version", "") + "/axe.min.js")) {
            page.evaluate(new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n =>"
                + " n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
        assertThat((List<?>) found).as(name).isEmpty();
    }
}
