package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/** A ward on paper, from its board. */
class PaperTest {

    private static final String WARD = "/services/" + FakeHospital.WARD;
    private static final String PAPER = WARD + "/papier";

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void theBoardLeadsToAPageThatPrintsOnlyWhenAsked() {
        OpenWeb.Browser nurse = web.browser().in("infirmiere");
        assertThat(nurse.get(WARD).body()).contains("href=\"" + PAPER + "\"").contains("Imprimer le service");
        HttpResponse<String> page = nurse.get(PAPER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Présents : 1, attendus : 0").contains("target=\"_blank\"");
        assertThat(web.hospital.opened.getLast().printed).isEmpty();
        HttpResponse<String> pdf = nurse.post(PAPER);
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(pdf.body()).isEqualTo("%PDF-1.7 FRENCH");
        assertThat(web.hospital.opened.getLast().printed).containsExactly(FakeHospital.WARD);
    }

    @Test
    void whatIsNotNotedIsNotPrintedAndSaysWhy() {
        OpenWeb.Browser nurse = web.browser().in("infirmiere");
        nurse.get(PAPER);
        web.hospital.opened.getLast().nextNote = Refusal.of(Code.UNAVAILABLE, "one tier answers");
        HttpResponse<String> refused = nurse.post(PAPER);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body())
                .contains("Pas imprimé.")
                .contains("Préparer le PDF")
                .doesNotContain("%PDF");
    }

    @Test
    void nobodyPrintsWithoutALogInOrFromElsewhere() {
        OpenWeb.Browser nurse = web.browser().in("infirmiere");
        assertThat(web.send(web.to(PAPER).GET()).statusCode()).isEqualTo(303);
        OpenWeb.Browser stranger = web.browser();
        stranger.get("/connexion");
        assertThat(stranger.post(PAPER).headers().firstValue("Location")).contains("/connexion?vers=" + PAPER);
        assertThat(nurse.get("/services/" + FakeHospital.SURGERY + "/papier").statusCode())
                .isEqualTo(404);
        assertThat(nurse.get("/services/nowhere/papier").statusCode()).isEqualTo(404);
        assertThat(web.hospital.opened.getLast().printed).isEmpty();
    }
}
