package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.Statement;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;

/** What was promised at this station and refused since is shown until a person has seen it. */
class RefusedPagesTest extends MovementBench {

    private static final Digest SESSION = Digest.sha256(Bytes.ofText("session of a physician"));
    private static final Digest BADGE = Digest.sha256(Bytes.ofText("badge of a physician"));
    private static final String PROCEDURE =
            "{'resourceType':'Procedure','status':'completed','code':{'text':'Ponction <lombaire>'},'note':[{'text':'RAS'}]}";

    private RefusedEntry refused() {
        web.hospital.authors.put(
                SESSION, new LedgerView.Badge(BADGE, Optional.of(Statement.BadgeKind.PERSON), List.of("physician")));
        return web.hospital.refused.add(
                Code.RULE, SESSION, Optional.of(FakeHospital.PATIENT.cell()), Optional.of(PROCEDURE));
    }

    private static String path(RefusedEntry entry) {
        return RefusedPages.PATH + "/" + entry.entry().hex();
    }

    @Test
    void everyPageSaysThatSomethingIsNotInTheRecordAndTheListSaysWhoseAndWhy() {
        assertThat(browser.get("/services").body()).doesNotContain(RefusedPages.PATH);
        RefusedEntry entry = refused();

        assertThat(browser.get("/services").body())
                .contains("1 écriture de ce poste n’est pas au dossier.", "href=\"" + RefusedPages.PATH + "\"");
        assertThat(browser.get("/coques").body()).contains("Promises ici, absentes du dossier</dt><dd><b>1</b>");
        assertThat(browser.get(RefusedPages.PATH).body())
                .contains("href=\"" + path(entry) + "\"", "médecin, badge", "(" + Code.RULE.tag() + ")")
                .doesNotContain("Ponction");
        browser.post("/reglages", "langue", "en", "vers", "/services");
        assertThat(browser.get(RefusedPages.PATH).body()).contains("Why it is not in the record");
    }

    /** Its session never came into the record: who wrote it is what the station kept with it. */
    @Test
    void whatABadgeThatWasEndedWroteIsNamedWithItsAuthorAndThatReason() {
        LedgerView.Badge nurse = new LedgerView.Badge(BADGE, Optional.of(Statement.BadgeKind.PERSON), List.of("nurse"));
        web.hospital.refused.add(
                Code.NOT_SIGNED_IN,
                SESSION,
                Optional.of(nurse),
                Optional.of(FakeHospital.PATIENT.cell()),
                Optional.of(PROCEDURE));
        assertThat(browser.get(RefusedPages.PATH).body())
                .contains("infirmi", "badge", "avait été retiré")
                .doesNotContain("Les coques ne l’ont pas acceptée");
    }

    @Test
    void theListSaysHowManyStandBehindTheLastItShows() {
        for (int i = 0; i < WebLimits.ROWS_MAX; i++) {
            refused();
        }
        assertThat(browser.get(RefusedPages.PATH).body()).doesNotContain("après celles-ci");
        refused();
        refused();
        String page = browser.get(RefusedPages.PATH).body();
        assertThat(page).contains("Encore 2 après celles-ci");
        assertThat(page.split("<th scope=\"row\"", -1)).hasSize(1 + WebLimits.ROWS_MAX);
    }

    @Test
    void itsContentIsShownWithEveryValueAndWhoeverHasSeenItRemovesIt() {
        RefusedEntry entry = refused();
        HttpResponse<String> page = browser.get(path(entry));
        assertThat(page.body())
                .contains("Ceci n’est pas au dossier.", "Acte Ponction &lt;lombaire&gt;", "<dd>RAS</dd>")
                .contains("href=\"/patients/" + FakeHospital.PATIENT + "\"");

        HttpResponse<String> seen = browser.post(path(entry));
        assertThat(seen.statusCode()).isEqualTo(303);
        assertThat(web.hospital.refused.putAway).containsExactly(entry.entry());
        assertThat(browser.get(RefusedPages.PATH).body())
                .contains("Retiré. Le dossier n’a pas changé.", "Rien : tout ce qui a été écrit ici");
        assertThat(browser.get(path(entry)).statusCode()).isEqualTo(404);
        assertThat(browser.post(path(entry)).statusCode()).isEqualTo(404);
    }

    /** It was to open a record of its own: nobody has a key to it, and the page says what to do. */
    @Test
    void whatNobodyCanOpenSaysSo() {
        RefusedEntry entry = web.hospital.refused.add(Code.DUPLICATE, SESSION, Optional.empty(), Optional.empty());
        assertThat(browser.get(path(entry)).body())
                .contains("elle ne peut plus être lue à ce poste", "Une personne que ce poste ne peut pas nommer");
    }

    /** Who is not in this person's care is shown after a reason alone, as everywhere. */
    @Test
    void ofWhoeverIsNotInCareAReasonIsAskedFirst() {
        RefusedEntry entry = refused();
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        HttpResponse<String> page = browser.get(path(entry));
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/patients/" + FakeHospital.PATIENT);
        assertThat(page.body()).doesNotContain("Ponction");
    }

    @Test
    void whoIsNotLoggedInSeesNothing() {
        RefusedEntry entry = refused();
        OpenWeb.Browser stranger = web.browser();
        assertThat(stranger.get(RefusedPages.PATH).body()).doesNotContain("médecin");
        assertThat(stranger.get(path(entry)).statusCode()).isEqualTo(303);
        assertThat(web.hospital.refused.putAway).isEmpty();
        assertThat(browser.get(RefusedPages.PATH + "/nothing").statusCode()).isEqualTo(404);
        assertThat(browser.get(RefusedPages.PATH + "/a/b").statusCode()).isEqualTo(404);
    }

    /** What was not read is not removed, and whoever may not read it does not remove it either. */
    @Test
    void onlyWhoeverMayReadAllOfItRemovesIt() {
        RefusedEntry entry = refused();
        web.hospital.refused.closed = 1;
        HttpResponse<String> page = browser.get(path(entry));
        assertThat(page.body()).contains("Une partie n’est pas lisible").doesNotContain("Vu, retirer");
        web.hospital.refused.closed = 0;
        browser.get(path(entry));
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        OpenWeb.Browser other = web.browser().in("medecin");
        assertThat(other.post(path(entry)).headers().firstValue("Location"))
                .contains("/patients/" + FakeHospital.PATIENT);
        assertThat(web.hospital.refused.putAway).isEmpty();
    }

    /** A value of any length is shown as far as anybody reads. */
    @Test
    void aLongValueIsCut() {
        String text = "{'resourceType':'Procedure','note':[{'text':'" + "x".repeat(WebLimits.VALUE_SHOWN + 1) + "'}]}";
        RefusedEntry entry = web.hospital.refused.add(
                Code.CUT, SESSION, Optional.of(FakeHospital.PATIENT.cell()), Optional.of(text));
        assertThat(browser.get(path(entry)).body())
                .contains("x".repeat(WebLimits.VALUE_SHOWN) + "…", "a été coupé")
                .doesNotContain("x".repeat(WebLimits.VALUE_SHOWN + 1));
    }
}
