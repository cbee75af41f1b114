package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLook;
import trimaran.station.web.OpenWeb.Browser;

/** An officer asks at a station whose data a fallen party could have read; nobody else does. */
class ExposurePagesTest {

    private static final String[] TODAY = {"qui", "application", "debut-jour", "24/11/2026", "debut-heure", "6:30"};

    private final OpenWeb web = new OpenWeb();
    private final FakeLedgers ledgers = web.hospital.tiers;

    @AfterEach
    void close() {
        ledgers.answers.drainPermits();
        ledgers.answers.release(1_000_000);
        web.close();
    }

    @Test
    void whoIsNoOfficerSeesNothingOfItAndAsksNothing() {
        Browser nurse = web.browser().in("infirmiere");
        assertThat(nurse.get("/coques").body()).doesNotContain(ExposurePages.PATH);
        for (String path : List.of(ExposurePages.PATH, ExposurePages.TABLE)) {
            assertThat(nurse.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(nurse.post(ExposurePages.PATH, with("pin", FakeHospital.PIN)).statusCode())
                .isEqualTo(403);
        Browser nobody = web.browser();
        assertThat(nobody.get("/coques").body()).doesNotContain(ExposurePages.PATH);
        assertThat(nobody.get(ExposurePages.PATH).headers().firstValue("Location"))
                .contains("/connexion?vers=" + ExposurePages.PATH);
        assertThat(ledgers.looks).isEmpty();
    }

    @Test
    void countsComeFirstThenTheRecordsAndTheTable() {
        ledgers.patients(130, WebLimits.EXPOSURE_ROWS_MAX + 1);
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        assertThat(officer.get("/coques").body()).contains("href=\"" + ExposurePages.PATH + "\"");
        String form = officer.get(ExposurePages.PATH).body();
        assertThat(form)
                .contains("value=\"data\"")
                .contains("value=\"station urgences\"")
                .contains("value=\"client labo\"");
        HttpResponse<String> begun = officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        assertThat(begun.headers().firstValue("Location")).contains(ExposurePages.PATH);
        assertThat(ledgers.looks).hasSize(1);
        String found = settled(officer);
        assertThat(found).contains("Complet").contains("la coque Application");
        assertThat(found)
                .containsSubsequence("<b class=\"big\">101</b>", "<b class=\"big\">0</b>", "<b class=\"big\">29</b>");
        assertThat(found.split("<tr>", -1)).as("a head and so many rows").hasSize(2 + WebLimits.EXPOSURE_ROWS_MAX);
        assertThat(officer.get(ExposurePages.PATH + "?page=2").body().split("<tr>", -1))
                .hasSize(2 + 1);
        HttpResponse<String> table = officer.get(ExposurePages.TABLE);
        assertThat(table.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(table.body().lines()).hasSize(102);
        assertThat(officer.get(ExposurePages.PATH + "?autre=1").body()).contains("name=\"qui\"");
        assertThat(officer.get(ExposurePages.PATH).body()).as("it is kept").contains("Complet");
    }

    @Test
    void whatIsNotWholeSaysSoBeforeAnyFigureAndGivesNoTable() {
        ledgers.patients(3, 2);
        ledgers.silent.add(Party.DATA);
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        String found = settled(officer);
        assertThat(found).containsSubsequence("INCOMPLET", "seule la coque accès", "class=\"big\"");
        assertThat(found).doesNotContain(ExposurePages.TABLE);
        assertThat(officer.get(ExposurePages.TABLE).headers().firstValue("Location"))
                .contains(ExposurePages.PATH);
    }

    @Test
    void itSaysHowFarItIsAndIsFoundAgain() {
        ledgers.patients(60, 1);
        ledgers.answers.drainPermits();
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        HttpResponse<String> waits = officer.get(ExposurePages.PATH);
        assertThat(waits.body()).contains("Calcul en cours");
        assertThat(waits.headers().firstValue("Refresh")).contains("2");
        ledgers.answers.release(5);
        assertThat(until(officer, "40 entrées lues sur 60")).contains("Calcul en cours");
        HttpResponse<String> second = officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        assertThat(second.statusCode()).as("one at a time").isEqualTo(409);
        assertThat(second.body()).contains("Un autre calcul").contains("value=\"6:30\"");
        assertThat(ledgers.looks).hasSize(1);
        ledgers.answers.release(1000);
        assertThat(settled(officer)).contains("Complet");
        assertThat(web.browser().in(FakeCuts.OFFICER).get(ExposurePages.PATH).body())
                .contains("Complet");
    }

    /** Whatever a tier says of its size before: one that answers without end fills no station's memory. */
    @Test
    void aRecordTooLargeForAStationIsSaidToBe() {
        ledgers.patients(3, 2);
        ledgers.reaches = WebLimits.EXPOSURE_ENTRIES_MAX + 1;
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        assertThat(settled(officer)).contains("trimaran exposure").contains("Aucun chiffre");
    }

    @Test
    void aTierThatAnswersWithoutEndEndsWithTheOfficersWord() {
        ledgers.patients(3, 2);
        ledgers.reaches = WebLimits.EXPOSURE_ENTRIES_MAX;
        ledgers.endless = true;
        ledgers.answers.drainPermits();
        ledgers.answers.release(9);
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        assertThat(until(officer, "entrées lues")).contains("Calcul en cours");
        web.pass(LedgerLook.LIFE_MILLIS_MAX + 1);
        ledgers.answers.release(1000);
        assertThat(settled(web.browser().in(FakeCuts.OFFICER))).contains("Pas de réponse");
    }

    /** In the night the clock goes back an hour comes twice: the window ends with the second. */
    @Test
    void theLongerWindowIsTakenWhenTheClockChanges() {
        // Shown a minute after two o'clock, the second time it was two.
        ledgers.patients(
                1, 1, new RecordTime(Instant.parse("2026-10-25T01:00:00Z").toEpochMilli()));
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(
                ExposurePages.PATH,
                "qui",
                "application",
                "debut-jour",
                "25/10/2026",
                "debut-heure",
                "2:30",
                "fin-jour",
                "25/10/2026",
                "fin-heure",
                "2:30",
                "pin",
                FakeHospital.PIN);
        assertThat(settled(officer))
                .contains("du 25/10/2026 02:30:00 au 25/10/2026 02:30:59")
                .contains("Complet")
                .containsSubsequence("<b class=\"big\">1</b>", "<b class=\"big\">0</b>", "<b class=\"big\">0</b>");
    }

    @Test
    void nobodyWhoAnswersIsNoEmptyReport() {
        ledgers.silent.addAll(Party.TIERS);
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        officer.post(ExposurePages.PATH, with("pin", FakeHospital.PIN));
        assertThat(settled(officer))
                .contains("Pas de réponse")
                .contains("démarrez-en une")
                .doesNotContain("class=\"big\"");
    }

    @Test
    void whatIsMissingOrWrongIsSaidBesideItsField() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get(ExposurePages.PATH);
        assertThat(refused(officer)).contains("id=\"qui-faute\"").contains("id=\"debut-jour-faute\"");
        assertThat(refused(officer, "qui", "station nulle-part")).contains("id=\"qui-faute\"");
        assertThat(refused(officer, "qui", "station accueil")).as("of itself").contains("id=\"qui-faute\"");
        assertThat(refused(officer, with("fin-jour", "24/11/2026", "fin-heure", "23:00")))
                .as("later than now")
                .contains("id=\"fin-heure-faute\"");
        assertThat(refused(officer, "qui", "witness")).contains("id=\"qui-faute\"");
        assertThat(refused(officer, with("fin-jour", "24/11/2026", "fin-heure", "5:00")))
                .contains("La fin vient avant le début");
        assertThat(refused(officer, with("fin-jour", "24/11/2026"))).contains("id=\"fin-heure-faute\"");
        assertThat(refused(officer, "qui", "data", "debut-jour", "25/11/2026", "debut-heure", "9:00"))
                .contains("id=\"debut-heure-faute\"");
        assertThat(refused(officer, "qui", "data", "debut-jour", "<b>", "debut-heure", "9:00"))
                .contains("&lt;b>")
                .contains("id=\"debut-jour-faute\"");
        assertThat(refused(officer, TODAY)).as("no PIN").contains("id=\"pin-faute\"");
        assertThat(officer.post(ExposurePages.PATH, with("pin", "111111")).statusCode())
                .isEqualTo(403);
        assertThat(ledgers.looks).isEmpty();
    }

    private static String refused(Browser officer, String... fields) {
        HttpResponse<String> answer = officer.post(ExposurePages.PATH, fields);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private static String settled(Browser officer) {
        return until(officer, "autre=1");
    }

    private static String until(Browser officer, String sign) {
        Semaphore pause = new Semaphore(0);
        String body = "";
        for (int i = 0; i < 500 && !body.contains(sign); i++) {
            body = officer.get(ExposurePages.PATH).body();
            try {
                boolean _ = pause.tryAcquire(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        return body;
    }

    private static String[] with(String... more) {
        List<String> fields = new ArrayList<>(List.of(TODAY));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }
}
