package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/**
 * The pages {@link BrowserTest} and {@link AdmissionBrowserTest} do not come by: what waits to be decided, what another system sent,
 * forms that are refused, pages that say no. Each is given to axe-core and to {@link PageMeasure} in French by day and in English by
 * night. Pictures lie in {@code target/captures} afterwards.
 */
@ResourceLock(BrowsedHospital.ALONE)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@ExtendWith(InBrowser.class)
class EveryPageBrowserTest {

    private static final Path CAPTURES = Path.of("target/captures");

    /** A patient of an invented sender, one who may be the same, and a result of somebody nobody knows. */
    private static final List<String> MESSAGES = List.of("""
            MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20261127083000||ADT^A28^ADT_A05|P1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM
            EVN||20261127083000
            PID|||P000001^^^CHDEMO&1.2.250.1.999.1&ISO^PI||Quatrevent^Odile^Odile Marthe^^^^L~Quatrevent^Odile^^^^^D||19510203|F||||||||||||||||||||||||PROV
            """, """
            MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20261127083100||ADT^A28^ADT_A05|P2|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM
            EVN||20261127083100
            PID|||P000002^^^CHDEMO&1.2.250.1.999.1&ISO^PI||Quatrevent^Odile^Odile Marthe^^^^L~Quatrevent^Odile^^^^^D||19510203|F||||||||||||||||||||||||PROV
            """, """
            MSH|^~\\&|LABO|CHDEMO|TRIMARAN|CHDEMO|20261127090000||ORU^R01^ORU_R01|P3|P|2.5|||||FRA|UNICODE UTF-8|FR
            PID|||P999999^^^CHDEMO&1.2.250.1.999.1&ISO^PI||Inconnue^Nadège||19800101|F
            OBR|1||A1|24326-1^Ionogramme^LN|||20261127080000|||||||||||||||20261127090000|||F
            OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L|3.5-5.1|N|||F
            """, """
            MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20261127083200||ADT^A01^ADT_A01|P4|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM
            EVN||20261127083200
            """);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path scratch;

    private static @Nullable BrowsedHospital browsed;

    private final Map<String, List<?>> violations = new LinkedHashMap<>();

    @BeforeAll
    static void takeTheHospitalAndABrowser(BrowsedHospital lent) throws IOException {
        browsed = lent;
        Path file = scratch.resolve("messages.hl7");
        Files.writeString(file, String.join("\n", MESSAGES));
        Said said = lent.hospital().run("replay", file.toString());
        System.out.println(said);
    }

    private static BrowsedHospital browsed() {
        return Objects.requireNonNull(browsed);
    }

    private static String at(String path) {
        return browsed().at(path);
    }

    private static final String DOSE = "a.cell[href*='/donner?']";

    @Test
    void thePagesOfAPhysicianAreAccessible() {
        for (boolean english : List.of(false, true)) {
            try (BrowserContext context = window(english)) {
                Page page = logIn(context, "medecin");
                String record = somebody(page);
                look(page, "/services", "services");
                look(page, record + "/prescrire", "prescrire");
                look(page, record + "/prescrire?m=paracetamol", "prescrire-forme");
                page.locator("form[action$='/prescrire'] button.btn-1").click();
                look(page, "prescrire-faute");
                page.navigate(at(record + "/prescriptions"));
                follow(page, "a[href*='/arreter?']", "arreter");
                look(page, "/rattacher", "rattacher");
                follow(page, "a[href^='/rattacher?tache=']", "rattacher-un");
                look(page, "/relire", "relire");
                look(page, "/nulle-part", "introuvable");
                look(page, "/messages", "interdit");
                look(page, record + "/transmettre", "transmettre");
                page.locator("form[action$='/transmettre'] .btn-1").click();
                look(page, "transmettre-faute");
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void thePagesOfANurseAreAccessible() {
        for (boolean english : List.of(false, true)) {
            try (BrowserContext context = window(english)) {
                Page page = logIn(context, "infirmiere");
                String record = somebody(page);
                follow(page, "a[href*='/lit?lit=']", "lit");
                page.locator("form[action$='/lit'] .btn-1").click();
                look(page, "lit-faute");
                someDoseToGive(page);
                follow(page, DOSE, "donner");
                look(page, record + "/mesurer", "mesurer");
                page.fill("#temperature", "99");
                page.locator("form[action$='/mesurer'] .btn-1").click();
                look(page, "mesurer-faute");
                look(page, "/admettre", "admettre");
                page.fill("#nom", "Quatrevent");
                page.fill("#prenom", "Odile");
                page.fill("#naissance", "31/02/1951");
                page.locator("button[value=chercher]").click();
                look(page, "admettre-faute");
                page.fill("#naissance", "03/02/1951");
                page.check("#sexe input[value=female]");
                page.locator("button[value=chercher]").click();
                look(page, "admettre-semblables");
                look(page, "/recherche?q=quatrevent+03%2F02%2F1951", "recherche-naissance");
                look(page, "/recherche?q=zzzz", "recherche-personne");
                look(page, record + "/mouvement", "mouvement-infirmiere");
                page.navigate(at("/services"));
                page.navigate(at(page.locator("tbody th a").first().getAttribute("href") + "/papier"));
                look(page, "imprimer-service");
                page.navigate(at("/connexion"));
                context.clearCookies();
                page.navigate(at("/connexion?badge=infirmiere"));
                page.fill("#pin", "000000");
                page.locator("form[action='/connexion'] button.btn-1").click();
                look(page, "connexion-faute");
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void thePagesOfTheAdmissionDeskAreAccessible() {
        for (boolean english : List.of(false, true)) {
            try (BrowserContext context = window(english)) {
                Page page = logIn(context, "accueil");
                look(page, "/rapprocher", "rapprocher");
                assertThat(page.locator("form[action='/rapprocher']").count()).isPositive();
                look(page, "/non-partage", "non-partage");
                look(page, "/messages", "messages");
                follow(page, "tbody a[href^='/messages/']", "message");
                look(page, "/messages?patient=P000001", "messages-cherche");
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void thePagesOfAnOfficerAreAccessible() {
        for (boolean english : List.of(false, true)) {
            try (BrowserContext context = window(english)) {
                Page page = context.newPage();
                page.navigate(at("/connexion?badge=direction"));
                page.fill("#pin", TrialHospital.PIN);
                page.click("form[action='/connexion'] button.btn-1");
                page.waitForURL("**/coques");
                look(page, "/coques", "coques-officier");
                look(page, "/coques/exposition?autre=1", "exposition");
                page.check("input[name=qui][value=application]");
                page.fill("#debut-jour", "31/02/2026");
                page.fill("#debut-heure", "8:00");
                page.fill("#pin", TrialHospital.PIN);
                page.click("form[action='/coques/exposition'] button.btn-1");
                look(page, "exposition-faute");
                page.fill("#debut-jour", "01/01/2026");
                page.fill("#pin", TrialHospital.PIN);
                page.click("form[action='/coques/exposition'] button.btn-1");
                page.waitForSelector("a[href='/coques/exposition?autre=1']");
                assertThat(page.locator("a[href='/coques/exposition/liste']").count())
                        .isOne();
                look(page, "exposition-trouvee");
            }
        }
        assertThat(violations).isEmpty();
    }

    /** A check that cannot fail is none. */
    @Test
    void aTargetThatIsTooSmallAndAPageThatIsTooLargeAreFound() {
        try (BrowserContext context = window(false)) {
            Page page = context.newPage();
            page.navigate(at("/connexion"));
            assertThat(PageMeasure.faults(page)).isEmpty();
            assertThat(PageMeasure.faults(page, 1_000))
                    .singleElement()
                    .asString()
                    .startsWith("too large");
            // The pages' own policy would forbid the planted sizes.
            page.navigate("about:blank");
            String targets = "<button style='width:20px;height:60px;padding:0;border:0'>n</button>"
                    + "<a href='/' style='display:block;width:60px;height:30px'>for a mouse</a>"
                    + "<button style='width:60px;height:60px'>whole</button>"
                    + "<div style='position:relative'><button style='width:60px;height:60px'>covered</button>"
                    + "<div style='position:absolute;inset:10px 0 0 0'></div></div>"
                    + "<p>A sentence with <a href='/'>a link</a> in it.</p>";
            page.setContent("<body>" + targets);
            assertThat(PageMeasure.faults(page, Integer.MAX_VALUE))
                    .extracting(one -> one.replaceAll(".*button |.*: a ", "").replaceAll(":.*", ""))
                    .containsExactly("n", "covered");
            page.setContent("<body class='bedside'>" + targets);
            assertThat(PageMeasure.faults(page, Integer.MAX_VALUE))
                    .extracting(one -> one.replaceAll(".*button |.*: a ", "").replaceAll(":.*", ""))
                    .containsExactly("n", "for a mouse", "covered");
        }
    }

    private static BrowserContext window(boolean english) {
        return browsed()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 720)
                        .setLocale(english ? "en-GB" : "fr-FR")
                        .setColorScheme(english ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    private static Page logIn(BrowserContext context, String badge) {
        Page page = context.newPage();
        page.navigate(at("/connexion?badge=" + badge));
        page.fill("#pin", TrialHospital.PIN);
        page.click("form[action='/connexion'] button.btn-1");
        page.waitForURL("**/services");
        return page;
    }

    /** A record, with the board of its ward shown. */
    private static String somebody(Page page) {
        page.navigate(at("/services"));
        page.navigate(at(page.locator("tbody th a").first().getAttribute("href")));
        return page.locator("ol.board .bed-name a[href^='/patients/']").first().getAttribute("href");
    }

    /** A plan with a dose to give, of whichever patient has one at this hour. */
    private static void someDoseToGive(Page page) {
        page.navigate(at("/services"));
        for (String ward : links(page, "tbody th a")) {
            page.navigate(at(ward));
            for (String record : links(page, "ol.board .bed-name a[href^='/patients/']")) {
                page.navigate(at(record + "/plan-de-soins"));
                if (page.locator(DOSE).count() > 0) {
                    return;
                }
            }
        }
    }

    private static List<String> links(Page page, String link) {
        return page.locator(link).all().stream()
                .map(one -> one.getAttribute("href"))
                .toList();
    }

    private void follow(Page page, String link, String name) {
        Locator first = page.locator(link).first();
        assertThat(first.count())
                .as(name + ": no " + link + " on " + page.url())
                .isPositive();
        page.navigate(at(first.getAttribute("href")));
        look(page, name);
    }

    private void look(Page page, String path, String name) {
        page.navigate(at(path));
        look(page, name);
    }

    /** What axe-core finds against WCAG 2.2 A and AA and good practice on the page that is shown. */
    private void look(Page page, String name) {
        page.waitForLoadState();
        String language = String.valueOf(page.locator("html").getAttribute("lang"));
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(CAPTURES.resolve("toutes-" + language + "-" + name + ".png"))
                .setFullPage(true));
        page.evaluate(axe());
        Object found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n =>"
                + " n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
        List<String> all = PageMeasure.behind(found, page);
        if (!all.isEmpty()) {
            violations.put(language + " " + name, all);
        }
    }

    private static String axe() {
        try (InputStream in = EveryPageBrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version", "") + "/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
