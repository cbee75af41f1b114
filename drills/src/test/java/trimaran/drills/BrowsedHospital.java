package trimaran.drills;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A filled hospital of real processes and the browser this machine has, for tests of pages. */
final class BrowsedHospital implements AutoCloseable {

    /** One browser at a time: each takes what two programs of a hospital take. */
    static final String ALONE = "browser";

    private static final long FILLED_SECONDS_MAX = 400;

    private final Path scratch;
    private final TrialHospital hospital;
    private final Playwright playwright;
    private final Browser browser;

    private BrowsedHospital(Path scratch, TrialHospital hospital, Playwright playwright, Browser browser) {
        this.scratch = scratch;
        this.hospital = hospital;
        this.playwright = playwright;
        this.browser = browser;
    }

    static boolean isPossible() {
        return chromium().isPresent();
    }

    /** @throws java.util.NoSuchElementException on a machine without a browser */
    static BrowsedHospital open(Path scratch, int beds) {
        Path chromium = chromium().orElseThrow();
        TrialHospital filled = TrialHospital.foundToFill(House.found().briefly(), scratch.resolve("filled"), beds);
        Waiting.until(
                FILLED_SECONDS_MAX,
                "the hospital is filled",
                () -> filled.upSaid().contains("FILLED "));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // The superuser of a build machine has no sandbox to start a browser in.
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        return new BrowsedHospital(scratch, filled, playwright, browser);
    }

    private static Optional<Path> chromium() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    TrialHospital hospital() {
        return hospital;
    }

    Browser browser() {
        return browser;
    }

    /** An empty window. */
    Page screen() {
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 720)
                        .setLocale("fr-FR"))
                .newPage();
    }

    /** A window in which somebody has just logged in. */
    Page enter(String badge) {
        return enter(screen(), badge);
    }

    /** Badge and PIN, as for the first time this shift at this screen. */
    Page enter(Page page, String badge) {
        page.navigate(at("/connexion?badge=" + badge));
        page.fill("#pin", TrialHospital.PIN);
        page.click("form[action='/connexion'] button.btn-1");
        page.waitForURL("**/services");
        return page;
    }

    /** What a class before left open. */
    void closeWindows() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    /** The address of a page. */
    String at(String path) {
        return "http://localhost:" + hospital.port() + path;
    }

    @Override
    public void close() {
        try (hospital) {
            playwright.close();
        } finally {
            TrialHospital.remove(scratch);
        }
    }
}
