package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import trimaran.trial.Commands.Said;
import trimaran.trial.Waiting;

/** A patient's whole stay in the browser people use, with any one hull dead. Pictures lie in {@code target/captures} afterwards. */
@ResourceLock(BrowsedHospital.ALONE)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@ExtendWith(InBrowser.class)
class StayBrowserTest {

    private static final Path CAPTURES = Path.of("target/captures");
    private static final double SEEN_MILLIS_MAX = 20_000;
    private static final long NOTICED_SECONDS_MAX = 60;
    private static final List<String> HULLS = List.of("access", "application", "data");

    /** Records somebody opened only after a hull was dead: none a second time. */
    private static final Set<String> OPENED = new HashSet<>();

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

    @TestFactory
    Stream<DynamicTest> aStayGoesOnWithAnyOneHullKilled() {
        return HULLS.stream().map(hull -> DynamicTest.dynamicTest("without " + hull, () -> stay(hull)));
    }

    private static String called(String hull) {
        return switch (hull) {
            case "access" -> "Accès";
            case "application" -> "Application";
            default -> "Données";
        };
    }

    private static void stay(String hull) {
        Page nurse = browsed().enter("infirmiere");
        Page physician = browsed().enter("medecin");
        String name = "Zephirin" + hull;
        String ward = at(wardWithRoom(nurse));
        nurse.navigate(ward);
        String record;
        browsed().hospital().kill(hull);
        try {
            nurse.waitForSelector(
                    "#bandeau-coques >> text=" + called(hull) + " ne répond plus",
                    new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
            openedByWhoComesNow(ward, hull);
            record = admitted(nurse, name, hull);
            prescribed(physician, record, hull);
            given(nurse, record, hull);
            measured(nurse, record, hull);
            printed(nurse, ward, hull);
            discharged(nurse, record, hull);
        } finally {
            browsed().hospital().start(hull);
        }
        Waiting.until(NOTICED_SECONDS_MAX, "the header says that " + hull + " is back", () -> {
            nurse.navigate(at("/services"));
            return nurse.locator("#bandeau-coques .strip").count() == 0;
        });
        Said verified = Settling.verified(browsed().hospital(), KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
        nurse.navigate(record + "/plan-de-soins");
        assertThat(nurse.locator(".pat-name").innerText()).contains(name.toUpperCase(java.util.Locale.ROOT));
        nurse.navigate(record + "/constantes");
        assertThat(nurse.locator("main").innerText()).contains("38,7");
        nurse.navigate(record + "/prescriptions");
        assertThat(nurse.locator("main").innerText()).contains("phytoménadione");
        nurse.navigate(record + "/sejours");
        assertThat(nurse.locator("main").innerText()).contains("Sortie");
        if (hull.equals("application")) {
            reviewed(nurse, record);
        }
    }

    /** Nobody approved what was written meanwhile: the list says so, *À relire* has it, and it leaves with one press. */
    private static void reviewed(Page nurse, String record) {
        nurse.navigate(record + "/prescriptions");
        assertThat(nurse.locator("main table").first().innerText()).containsIgnoringCase("non contrôlé");
        nurse.navigate(record.replace("/patients/", "/relire/"));
        assertThat(nurse.locator("main section").count()).isGreaterThan(1);
        assertThat(PageMeasure.faults(nurse)).isEmpty();
        nurse.screenshot(new Page.ScreenshotOptions()
                .setPath(CAPTURES.resolve("relire.png"))
                .setFullPage(true));
        nurse.click("button >> text=Tout relire");
        nurse.waitForSelector(".toast.done >> text=relues");
        assertThat(nurse.locator("main").innerText()).contains("Rien à relire dans ce dossier.");
        nurse.navigate(record + "/prescriptions");
        assertThat(nurse.locator("main").innerText()).doesNotContainIgnoringCase("non contrôlé");
    }

    private static String wardWithRoom(Page page) {
        page.navigate(at("/services"));
        for (Locator row : page.locator("tbody tr:not(.sum)").all()) {
            if (Integer.parseInt(row.locator("td.num").nth(2).innerText().strip()) > 0) {
                return row.locator("th a").getAttribute("href");
            }
        }
        throw new AssertionError("no ward has a free bed");
    }

    /** The page says which hull is silent, and takes a picture of that. */
    private static void says(Page page, String hull, String name) {
        assertThat(page.locator("#bandeau-coques").innerText())
                .as(name + " " + page.url())
                .contains(called(hull) + " ne répond plus");
        assertThat(page.locator("#coques-ligne").getAttribute("class")).contains("hulls-bad");
        page.screenshot(new Page.ScreenshotOptions().setPath(CAPTURES.resolve("sans-" + hull + "-" + name + ".png")));
    }

    /** Who was not there when the hull fell logs in, and opens a record of a ward nobody looked at here: two hulls hand it out. */
    private static void openedByWhoComesNow(String nursesWard, String hull) {
        Page manager = browsed().enter("cadre");
        says(manager, hull, "arrive");
        String family = "";
        String record = "";
        for (String ward : wardsWithPatients(manager)) {
            if (record.isEmpty() && !at(ward).equals(nursesWard)) {
                manager.navigate(at(ward));
                for (Locator name : manager.locator("ol.board .bed-name:not(.bed-state) > a")
                        .all()) {
                    String href = name.getAttribute("href");
                    if (!OPENED.contains(href)) {
                        record = href;
                        family = name.innerText().strip();
                    }
                }
            }
        }
        assertThat(record).as("somebody nobody opened").isNotEmpty();
        OPENED.add(record);
        Response shown = Objects.requireNonNull(manager.navigate(at(record)));
        assertThat(shown.status()).as(shown.url()).isEqualTo(200);
        assertThat(manager.locator(".pat-name").innerText()).contains(family);
        assertThat(manager.locator(".al-down").count())
                .as("what is not readable")
                .isZero();
        says(manager, hull, "ouvert");
        manager.context().close();
    }

    /** The last first: other tests look at the first. */
    private static List<String> wardsWithPatients(Page page) {
        List<String> wards = new ArrayList<>();
        for (Locator row : page.locator("tbody tr:not(.sum)").all()) {
            if (Integer.parseInt(row.locator("td.num").nth(1).innerText().strip()) > 0) {
                wards.addFirst(row.locator("th a").getAttribute("href"));
            }
        }
        return wards;
    }

    private static String admitted(Page nurse, String name, String hull) {
        nurse.locator(".bed-free a.admit").first().click();
        nurse.fill("#nom", name);
        nurse.fill("#prenom", "Ondine");
        // Nobody else's, who would be offered in their place.
        nurse.fill("#naissance", HULLS.indexOf(hull) + 11 + "/11/1981");
        nurse.check("#sexe input[value=female]");
        nurse.click("button[value=chercher]");
        nurse.fill("#motif", "Douleur abdominale");
        says(nurse, hull, "admettre");
        nurse.click("button[value=entrer]");
        nurse.waitForURL("**/patients/*");
        assertThat(nurse.locator(".toast.done").innerText()).contains("Enregistré");
        says(nurse, hull, "admis");
        return nurse.url();
    }

    private static void prescribed(Page physician, String record, String hull) {
        physician.navigate(record + "/prescrire?m=phytomenadione");
        if (physician.locator("#rythme").count() == 0) {
            physician.navigate(record + "/prescrire");
            physician.fill("#cherche", "phytom");
            physician.click("form.search button");
            physician.click("text=phytoménadione");
        }
        physician.selectOption("#rythme", "ONCE");
        if (physician.locator("#motif").count() > 0) {
            physician.fill("#motif", "essai dans un hôpital inventé");
        }
        physician.click("form[action$='/prescrire'] button.btn-1");
        said(physician);
        says(physician, hull, "prescrit");
    }

    private static void given(Page nurse, String record, String hull) {
        nurse.navigate(record + "/plan-de-soins");
        nurse.click("a.cell.c-due:has-text('phytoménadione')");
        nurse.click("button[value=donne]");
        nurse.waitForSelector(".cell.c-given, .cell.c-local");
        said(nurse);
        says(nurse, hull, "donne");
    }

    private static void measured(Page nurse, String record, String hull) {
        nurse.navigate(record + "/mesurer");
        nurse.fill("#temperature", "38,7");
        nurse.click("form[action$='/mesurer'] .btn-1");
        said(nurse);
        says(nurse, hull, "mesure");
    }

    /** The ward on paper: the page that says what is printed, and what its form is answered with. */
    private static void printed(Page nurse, String ward, String hull) {
        nurse.navigate(ward);
        nurse.click("a[href$='/papier']");
        says(nurse, hull, "imprimer");
        String token =
                nurse.locator("form[action$='/papier'] input[name=jeton]").getAttribute("value");
        APIResponse pdf = nurse.context()
                .request()
                .post(
                        ward + "/papier",
                        RequestOptions.create()
                                .setForm(FormData.create().set("jeton", token))
                                .setTimeout(SEEN_MILLIS_MAX));
        assertThat(pdf.status()).as(pdf.statusText()).isEqualTo(200);
        assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    private static void discharged(Page nurse, String record, String hull) {
        nurse.navigate(record + "/mouvement");
        nurse.click("button[value=sortie]");
        nurse.waitForSelector(
                ".toast.done >> text=Sortie", new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
        says(nurse, hull, "sorti");
    }

    private static void said(Page page) {
        page.waitForSelector(".said >> text=Enregistré", new Page.WaitForSelectorOptions().setTimeout(SEEN_MILLIS_MAX));
    }
}
