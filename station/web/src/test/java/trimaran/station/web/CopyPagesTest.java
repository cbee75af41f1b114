package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** A ward's sealed copy, read while nobody can log in. */
class CopyPagesTest {

    private final OpenWeb web = new OpenWeb();
    private final OpenWeb.Browser anybody = web.browser();

    @AfterEach
    void close() {
        web.close();
    }

    private HttpResponse<String> open(String pin) {
        return anybody.post("/copie", "service", FakeHospital.WARD.toString(), "badge", "accueil", "pin", pin);
    }

    @Test
    void withTheWardsBadgeTheCopyOpensWhileNoHullAnswers() {
        web.hospital.lone = true;
        assertThat(anybody.get("/connexion").body()).contains("href=\"/copie\"");
        HttpResponse<String> page = anybody.get("/copie");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Médecine A")
                .contains("copie de 08:09")
                .doesNotContain("plus récentes");
        HttpResponse<String> pdf = open(FakeHospital.PIN);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF");
        assertThat(web.sealed.printed).containsExactly(FakeHospital.WARD);
        assertThat(web.events)
                .contains(new WebEvent.CopyPrinted(FakeHospital.WARD, Digest.sha256(Bytes.ofText("accueil"))));
        assertThat(web.hospital.opened).as("nobody logged in").isEmpty();
    }

    @Test
    void whoseStationMadeTheCopyIsSaidIfItWasAnother() {
        assertThat(anybody.get("/copie").body()).doesNotContain("faite par le poste");

        SealedCopies.Copy own = web.sealed.newest.getFirst();
        web.sealed.newest = List.of(new SealedCopies.Copy(own.ward(), own.name(), own.made(), Optional.of("urgences")));

        assertThat(anybody.get("/copie").body()).contains("copie de 08:09, faite par le poste urgences");
    }

    @Test
    void whileTheHullsAnswerThePageLeadsToTheBoard() {
        assertThat(anybody.get("/copie").body()).contains("données plus récentes");
    }

    @Test
    void wrongPinsMakeTheBadgeWaitAndSayNothing() {
        anybody.get("/copie");
        for (int i = 1; i < WebLimits.WRONG_PINS_MAX; i++) {
            assertThat(open("000000").statusCode()).isEqualTo(403);
        }
        assertThat(web.events).isEmpty();
        assertThat(open("000000").statusCode()).isEqualTo(429);
        assertThat(web.events).as("an operator hears of guessing").containsExactly(new WebEvent.BadgeWaits());
        assertThat(open(FakeHospital.PIN).statusCode()).isEqualTo(429);
        web.pass(WebLimits.WRONG_PIN_WAIT_MILLIS + 1);
        assertThat(open(FakeHospital.PIN).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsMissingIsSaidAndNothingOpens() {
        anybody.get("/copie");
        assertThat(anybody.post("/copie", "badge", "accueil", "pin", FakeHospital.PIN)
                        .body())
                .contains("Choisissez un service.");
        assertThat(open("").body()).contains("Tapez le code PIN");
        assertThat(open("1".repeat(WebLimits.PIN_MAX + 1)).statusCode()).isEqualTo(422);
        assertThat(anybody.post(
                                "/copie",
                                "service",
                                FakeHospital.WARD.toString(),
                                "badge",
                                "../accueil",
                                "pin",
                                FakeHospital.PIN)
                        .body())
                .contains("Aucun badge de service");
        web.sealed.badges = List.of();
        assertThat(anybody.get("/copie").body()).contains("Apportez-le").doesNotContain("name=\"pin\"");
        web.sealed.newest = List.of();
        assertThat(anybody.get("/copie").body()).contains("aucune copie scellée");
        assertThat(web.sealed.printed).isEmpty();
    }

    /** The right PIN of another ward's badge is no guess, and says what to do. */
    @Test
    void anotherWardsBadgeIsSaidToBeOne() {
        anybody.get("/copie");
        web.sealed.badges = List.of("accueil", FakeCopies.OTHER_WARDS);
        for (int i = 0; i <= WebLimits.WRONG_PINS_MAX; i++) {
            HttpResponse<String> answer = anybody.post(
                    "/copie",
                    "service",
                    FakeHospital.WARD.toString(),
                    "badge",
                    FakeCopies.OTHER_WARDS,
                    "pin",
                    FakeHospital.PIN);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("s’ouvre avec un autre badge");
        }
    }

    @Test
    void aFormFromElsewhereOpensNothing() {
        anybody.get("/copie");
        anybody.token("elsewhere");
        assertThat(open(FakeHospital.PIN).body()).doesNotContain("%PDF");
        assertThat(web.sealed.printed).isEmpty();
    }
}
