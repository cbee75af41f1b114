package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.web.OpenWeb.Browser;

class LogInTest {

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void aBadgeAndItsPinOpenTheWards() {
        Browser browser = web.browser();
        assertThat(browser.get("/").headers().firstValue("Location")).contains("/connexion");
        assertThat(browser.get("/connexion").body()).contains("Infirmière").doesNotContain("MOREL");
        HttpResponse<String> in = browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN);
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/services");
        assertThat(browser.get("/services").body()).contains("Médecine A").contains("Verrouiller");
    }

    @Test
    void theCookieIsRandomOutOfReachOfScriptsAndOfOtherSites() {
        Browser browser = web.browser();
        browser.get("/connexion");
        HttpResponse<String> in = browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN);
        assertThat(in.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("trimaran=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(Cookies.set("x", "y", true)).endsWith("; Secure");
        assertThat(web.browser().in("infirmiere").cookies.get("trimaran"))
                .isNotEqualTo(browser.cookies.get("trimaran"));
    }

    @Test
    void theCookieOfBeforeTheLogInIsNotTheOneOfAfter() {
        Browser browser = web.browser();
        browser.cookies.put("trimaran", "A".repeat(43));
        browser.in("infirmiere");
        assertThat(browser.cookies.get("trimaran")).isNotEqualTo("A".repeat(43));
    }

    @Test
    void wrongPinsOfABadgeAreFewAndThenItWaits() {
        Browser browser = web.browser();
        browser.get("/connexion");
        for (int i = 1; i < WebLimits.WRONG_PINS_MAX; i++) {
            assertThat(browser.post("/connexion", "badge", "medecin", "pin", "111111")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(browser.post("/connexion", "badge", "medecin", "pin", "111111")
                        .statusCode())
                .isEqualTo(429);
        int before = web.hospital.unlockings.get();
        HttpResponse<String> right = browser.post("/connexion", "badge", "medecin", "pin", FakeHospital.PIN);
        assertThat(right.statusCode()).as("the right PIN waits as well").isEqualTo(429);
        assertThat(right.body()).contains("attend cinq minutes");
        assertThat(web.hospital.unlockings.get())
                .as("nothing is unlocked meanwhile")
                .isEqualTo(before);
        assertThat(web.events).containsExactly(new WebEvent.BadgeWaits());
        assertThat(browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN)
                        .statusCode())
                .as("another badge opens")
                .isEqualTo(303);
        web.pass(WebLimits.WRONG_PIN_WAIT_MILLIS + 1);
        Browser later = web.browser();
        later.get("/connexion");
        assertThat(later.post("/connexion", "badge", "medecin", "pin", FakeHospital.PIN)
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void anUnknownBadgeLooksLikeAWrongPinAndTakesAsLong() {
        Browser browser = web.browser();
        browser.get("/connexion");
        long began = System.nanoTime();
        HttpResponse<String> unknown = browser.post("/connexion", "badge", "personne", "pin", "111111");
        assertThat(System.nanoTime() - began).isGreaterThan((WebLimits.REFUSED_MILLIS - 100) * 1_000_000);
        HttpResponse<String> wrong = browser.post("/connexion", "badge", "medecin", "pin", "111111");
        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
        assertThat(unknown.body()).contains("Le badge ou le code n’est pas le bon");
    }

    @Test
    void aNameOrAPinThatCannotBeOneUnlocksNothing() {
        Browser browser = web.browser();
        browser.get("/connexion");
        String longName = "a".repeat(WebLimits.BADGE_NAME_MAX + 1);
        String longPin = "1".repeat(WebLimits.PIN_MAX + 1);
        assertThat(browser.post("/connexion", "badge", longName, "pin", "1").statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/connexion", "badge", "medecin", "pin", longPin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/connexion", "badge", "../medecin", "pin", "1").statusCode())
                .isEqualTo(403);
        assertThat(web.hospital.unlockings.get()).isZero();
    }

    @Test
    void tooManyUnlockingsAtOnceAreTurnedAway() throws InterruptedException {
        java.util.concurrent.CountDownLatch begun = new java.util.concurrent.CountDownLatch(WebLimits.UNLOCKINGS_MAX);
        java.util.concurrent.CountDownLatch end = new java.util.concurrent.CountDownLatch(1);
        web.hospital.whileUnlocking = () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        List<Thread> slow = java.util.stream.IntStream.range(0, WebLimits.UNLOCKINGS_MAX)
                .mapToObj(i -> Thread.ofVirtual().start(() -> web.browser().in("infirmiere")))
                .toList();
        begun.await();
        Browser browser = web.browser();
        browser.get("/connexion");
        assertThat(browser.post("/connexion", "badge", "medecin", "pin", FakeHospital.PIN)
                        .statusCode())
                .isEqualTo(503);
        end.countDown();
        for (Thread one : slow) {
            one.join();
        }
    }

    @Test
    void theLockClosesTheSessionAndTheBadgeAloneOpensItAgainAtThisBrowserOnly() {
        Browser browser = web.browser().in("infirmiere");
        String cookie = String.valueOf(browser.cookies.get("trimaran"));
        browser.post("/verrouiller");
        assertThat(web.hospital.opened.getFirst().closed).isTrue();
        assertThat(browser.cookies).doesNotContainKey("trimaran");
        browser.cookies.put("trimaran", cookie);
        assertThat(browser.get("/services").statusCode())
                .as("the old cookie opens nothing")
                .isEqualTo(303);
        browser.cookies.remove("trimaran");
        assertThat(browser.get("/connexion").body()).contains("Déjà là");
        assertThat(browser.post("/connexion", "badge", "infirmiere").statusCode())
                .isEqualTo(303);
        Browser elsewhere = web.browser();
        elsewhere.get("/connexion");
        assertThat(elsewhere.post("/connexion", "badge", "infirmiere").statusCode())
                .isEqualTo(422);
    }

    @Test
    void afterTheShiftOrItsEndTheBadgeAloneOpensNothing() {
        Browser browser = web.browser().in("infirmiere");
        browser.post("/verrouiller");
        browser.get("/connexion");
        browser.post("/fin-de-poste", "badge", "infirmiere");
        browser.get("/connexion");
        assertThat(browser.post("/connexion", "badge", "infirmiere").statusCode())
                .isEqualTo(422);
        Browser other = web.browser().in("infirmiere");
        other.post("/verrouiller");
        web.pass(WebLimits.SHIFT_MILLIS + 1);
        other.get("/connexion");
        assertThat(other.post("/connexion", "badge", "infirmiere").statusCode()).isEqualTo(422);
    }

    @Test
    void whereTheHospitalIsNotInventedNoBadgeIsShownAndThePinIsAlwaysAskedFor() {
        try (OpenWeb real = new OpenWeb(false)) {
            Browser browser = real.browser().in("infirmiere");
            browser.post("/verrouiller");
            assertThat(browser.get("/connexion").body())
                    .doesNotContain("Déjà là")
                    .doesNotContain("Fictif");
            assertThat(browser.post("/connexion", "badge", "infirmiere").statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void aScreenNobodyIsAtLocksItselfThoughItsPageGoesOnAsking() {
        Browser browser = web.browser().in("infirmiere");
        String board = "/services/" + FakeHospital.WARD;
        browser.get(board);
        web.pass(WebLimits.IDLE_MILLIS - 1_000);
        assertThat(browser.get(board + "/tableau").statusCode()).isEqualTo(200);
        web.pass(2_000);
        HttpResponse<String> asked = browser.get(board + "/tableau");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("HX-Redirect")).contains("/connexion?vers=" + board);
        assertThat(browser.get(board).statusCode()).isEqualTo(303);
    }

    @Test
    void whoComesBackIsOfferedTheirLastPageAlsoAtAnotherBrowser() {
        Browser browser = web.browser().in("infirmiere");
        String page = "/patients/" + FakeHospital.PATIENT + "/resultats";
        browser.get(page);
        browser.post("/verrouiller");
        Browser elsewhere = web.browser().in("infirmiere");
        assertThat(elsewhere.get("/services").body()).contains("Reprendre").contains("href=\"" + page + "\"");
        elsewhere.get(page);
        assertThat(elsewhere.get("/services").body()).doesNotContain("Reprendre");
    }

    @Test
    void aPageAskedForBeforeTheLogInIsShownAfterIt() {
        Browser browser = web.browser();
        String page = "/patients/" + FakeHospital.PATIENT;
        assertThat(browser.get(page).headers().firstValue("Location")).contains("/connexion?vers=" + page);
        browser.get("/connexion?vers=" + page);
        assertThat(browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN, "vers", page)
                        .headers()
                        .firstValue("Location"))
                .contains(page);
        Browser other = web.browser();
        other.get("/connexion");
        assertThat(other.post(
                                "/connexion",
                                "badge",
                                "infirmiere",
                                "pin",
                                FakeHospital.PIN,
                                "vers",
                                "//elsewhere.example")
                        .headers()
                        .firstValue("Location"))
                .contains("/services");
    }

    @Test
    void aFormThatIsNotOfAPageShownHereDoesNothing() {
        Browser browser = web.browser().in("infirmiere");
        Browser other = web.browser().in("medecin");
        String own = browser.token();
        browser.token(other.token());
        assertThat(browser.post("/verrouiller").statusCode()).isEqualTo(403);
        browser.token("");
        assertThat(browser.post("/verrouiller").statusCode()).isEqualTo(403);
        browser.token(own);
        assertThat(browser.post("/verrouiller", Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/verrouiller", Map.of("Origin", "http://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.hospital.opened).noneMatch(care -> care.closed);
        assertThat(browser.post("/verrouiller").statusCode()).isEqualTo(303);
    }

    @Test
    void beyondTheSeatsWhoDidNothingForLongestIsLockedOut() {
        Browser first = web.browser().in("infirmiere");
        for (int i = 0; i < WebLimits.SEATS_MAX; i++) {
            web.pass(1);
            web.browser().in("medecin");
        }
        assertThat(first.get("/services").statusCode()).isEqualTo(303);
        assertThat(web.hospital.opened.getFirst().closed).isTrue();
        assertThat(web.hospital.opened).filteredOn(care -> care.closed).hasSize(1);
    }

    @Test
    void shiftsRememberedAreFew() {
        Shifts shifts = new Shifts(() -> 1);
        for (int i = 0; i <= WebLimits.SHIFTS_MAX; i++) {
            shifts.begin(trimaran.kernel.Digest.ZERO, "badge-" + i, web.hospital.signer, List.of());
        }
        assertThat(shifts.size()).isEqualTo(WebLimits.SHIFTS_MAX);
        assertThat(shifts.of(trimaran.kernel.Digest.ZERO, "badge-0")).isEmpty();
    }

    @Test
    void aBadgeTheHospitalDoesNotTakeIsToldWhy() {
        Browser browser = web.browser();
        browser.get("/connexion");
        web.hospital.nextOpening = Refusal.of(Code.CUT, "cut");
        HttpResponse<String> answer = browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("coupé volontairement").contains("TRI-307");
    }
}
