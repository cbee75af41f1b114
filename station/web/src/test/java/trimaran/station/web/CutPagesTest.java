package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.record.RecordLimits;
import trimaran.record.Statement;
import trimaran.station.web.OpenWeb.Browser;

/** An officer cuts from the page of the hulls; nobody else sees anything to press. */
class CutPagesTest {

    private static final String WHY = "écrans chiffrés";

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void whoIsNoOfficerSeesNothingToPressAndCanSendNothing() {
        Browser nurse = web.browser().in("infirmiere");
        assertThat(nurse.get("/coques").body()).doesNotContain("/coques/couper");
        assertThat(nurse.get("/coques/couper").statusCode()).isEqualTo(403);
        for (String path : List.of(CutPages.CHOOSE, CutPages.CUT)) {
            assertThat(nurse.post(path, "quoi", "data", "pin", FakeHospital.PIN).statusCode())
                    .isEqualTo(403);
        }
        Browser nobody = web.browser();
        assertThat(nobody.get("/coques").body()).doesNotContain("/coques/couper");
        assertThat(nobody.get("/coques/couper").headers().firstValue("Location"))
                .contains("/connexion?vers=/coques/couper");
        assertThat(web.hospital.cuts.signed).isEmpty();
        Browser late = web.browser().in(FakeCuts.OFFICER);
        late.get("/coques/couper");
        web.pass(WebLimits.IDLE_MILLIS + 1);
        assertThat(late.post(CutPages.CUT, "quoi", "data", "pin", FakeHospital.PIN)
                        .headers()
                        .firstValue("Location"))
                .contains("/connexion?vers=/coques/coupure");
        assertThat(web.hospital.cuts.signed).isEmpty();
        assertThat(late.in(FakeCuts.OFFICER).get("/coques/coupure").body()).contains("name=\"quoi\"");
    }

    @Test
    void anOfficerWithoutAGrantSeesHullsAndNoPatient() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        assertThat(web.hospital.opened).as("no session").isEmpty();
        assertThat(officer.get("/").headers().firstValue("Location")).contains("/coques");
        assertThat(officer.get("/coques").body())
                .contains("href=\"/coques/couper\"")
                .contains("Direction")
                .doesNotContain("href=\"/services\"")
                .doesNotContain("role=\"search\"");
        for (String page :
                List.of("/services", "/services/" + FakeHospital.WARD, "/patients/" + FakeHospital.PATIENT)) {
            assertThat(officer.get(page).statusCode()).as(page).isEqualTo(403);
            assertThat(officer.get(page).body()).as(page).doesNotContain("MOREL");
        }
        assertThat(officer.get("/recherche?q=morel").body()).doesNotContain("MOREL");
    }

    @Test
    void theBadgeOfAnOfficerNeverOpensWithoutItsPin() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.post("/verrouiller");
        officer.get("/connexion");
        assertThat(officer.post("/connexion", "badge", FakeCuts.OFFICER).statusCode())
                .isEqualTo(422);
        web.hospital.cuts.granted = true;
        officer.in(FakeCuts.OFFICER).post("/verrouiller");
        officer.get("/connexion");
        assertThat(officer.post("/connexion", "badge", FakeCuts.OFFICER).statusCode())
                .isEqualTo(422);
    }

    @Test
    void anOfficerCutsWithAFreshPinAndIsToldWhoHeard() {
        web.hospital.cuts.applicationSilent = true;
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        assertThat(officer.get("/coques/couper").body())
                .contains("value=\"data\"")
                .contains("value=\"station urgences\"")
                .contains("value=\"application care\"")
                .contains("value=\"client labo\"")
                .contains("value=\"all\"");
        String sure = officer.post(CutPages.CHOOSE, "quoi", "station urgences", "pourquoi", " " + WHY + " ")
                .body();
        assertThat(sure)
                .contains("Couper le poste urgences")
                .contains("Ce qui s")
                .contains("Ce qui continue")
                .contains(WHY)
                .contains("name=\"pin\"");
        assertThat(web.hospital.cuts.signed).as("nothing yet").isEmpty();
        HttpResponse<String> done =
                officer.post(CutPages.CUT, "quoi", "station urgences", "pourquoi", WHY, "pin", FakeHospital.PIN);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body())
                .contains("Coupé à 08:12:00")
                .contains("la coque Accès</b> l’applique, 12 ms")
                .contains("la coque Application</b> n’a pas répondu")
                .contains("/coques/carte?quoi=station+urgences");
        assertThat(web.hospital.cuts.signed).singleElement().satisfies(cut -> {
            assertThat(cut.target()).isEqualTo(Statement.Target.STATION);
            assertThat(cut.subject()).isEqualTo(FakeCuts.ELSEWHERE);
            assertThat(cut.why()).isEqualTo(WHY);
        });
    }

    @Test
    void anOfficerReadsHowWhatIsCutIsOpenedAgain() {
        web.hospital.cuts.add(CutTarget.tier(Party.DATA), WHY);
        String command = "trimaran reopen data --officer A --officer B";
        assertThat(web.browser().in(FakeCuts.OFFICER).get("/coques").body()).contains(command);
        assertThat(web.browser().in("infirmiere").get("/coques").body())
                .contains(WHY)
                .doesNotContain(command);
    }

    @Test
    void withoutTheRightPinNothingIsCut() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get("/coques/couper");
        officer.post(CutPages.CHOOSE, "quoi", "all");
        assertThat(officer.post(CutPages.CUT, "quoi", "all").statusCode())
                .as("no PIN")
                .isEqualTo(422);
        for (int i = 1; i < WebLimits.WRONG_PINS_MAX; i++) {
            HttpResponse<String> wrong = officer.post(CutPages.CUT, "quoi", "all", "pin", "111111");
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).contains("code n’est pas le bon").contains("name=\"pin\"");
        }
        assertThat(officer.post(CutPages.CUT, "quoi", "all", "pin", "111111").statusCode())
                .isEqualTo(429);
        assertThat(officer.post(CutPages.CUT, "quoi", "all", "pin", FakeHospital.PIN)
                        .statusCode())
                .as("it waits")
                .isEqualTo(429);
        assertThat(web.hospital.cuts.signed).isEmpty();
    }

    @Test
    void whatIsNotThereOrCutAlreadyIsSaid() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get("/coques/couper");
        for (String nothing : List.of("", "witness", "station nowhere", "client nobody", "application x", "a b c d")) {
            HttpResponse<String> no = officer.post(CutPages.CUT, "quoi", nothing, "pin", FakeHospital.PIN);
            assertThat(no.statusCode()).as(nothing).isEqualTo(422);
        }
        assertThat(officer.post(CutPages.CHOOSE, "quoi", "station <b>").body())
                .contains("station &lt;b&gt;")
                .doesNotContain("station <b>");
        String longWhy = "x".repeat(RecordLimits.WHY_BYTES_MAX + 1);
        assertThat(officer.post(CutPages.CHOOSE, "quoi", "data", "pourquoi", longWhy)
                        .body())
                .contains("Le motif est trop long");
        web.hospital.cuts.add(CutTarget.tier(Party.DATA), WHY);
        HttpResponse<String> again = officer.post(CutPages.CUT, "quoi", "data", "pin", FakeHospital.PIN);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("déjà coupé");
        HttpResponse<String> second = officer.post(CutPages.CUT, "quoi", "access", "pin", FakeHospital.PIN);
        assertThat(second.body()).contains("demande deux officiers");
        assertThat(web.hospital.cuts.signed).isEmpty();
    }

    @Test
    void whatTheHullsRefuseIsNotSaidToBeDone() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get("/coques/couper");
        for (Code code : List.of(Code.UNAVAILABLE, Code.OFFICERS_MISSING, Code.NOT_ALLOWED, Code.CUT)) {
            web.hospital.cuts.refusal = code;
            HttpResponse<String> no = officer.post(CutPages.CUT, "quoi", "data", "pin", FakeHospital.PIN);
            assertThat(no.statusCode()).isEqualTo(code.httpStatus());
            assertThat(no.body()).contains(code.tag()).doesNotContain("Coupé à");
        }
        web.hospital.cuts.refusal = Code.UNAVAILABLE;
        assertThat(officer.post(CutPages.CUT, "quoi", "data", "pin", FakeHospital.PIN)
                        .body())
                .contains("Débranchez");
        web.hospital.cuts.refusal = Code.BAD_VALUE;
        assertThat(officer.post(CutPages.CUT, "quoi", "data", "pin", FakeHospital.PIN)
                        .body())
                .contains("L’horloge de ce poste", "Rien n’a été signé");
    }

    @Test
    void anOfficerWithAGrantWorksAndCutsAndCutsStillWhileNoHullAnswers() {
        web.hospital.cuts.granted = true;
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        assertThat(web.hospital.opened).hasSize(1);
        assertThat(officer.get("/coques").body()).contains("/coques/couper").contains("href=\"/services\"");
        web.hospital.nextOpening = Refusal.of(Code.UNAVAILABLE, "no hull");
        Browser alone = web.browser().in(FakeCuts.OFFICER);
        assertThat(alone.get("/coques").body()).contains("/coques/couper").doesNotContain("href=\"/services\"");
    }

    @Test
    void aCutIsShownAsACutAndGoesWithItsReopening() {
        Browser nurse = web.browser().in("infirmiere");
        web.hospital.cuts.add(CutTarget.tier(Party.APPLICATION), WHY);
        web.hospital.applicationUp = false;
        for (String page : List.of("/services", "/coques")) {
            assertThat(nurse.get(page).body())
                    .contains("strip-cut")
                    .contains("La coque Application est coupée volontairement depuis 08:12. Motif : " + WHY)
                    .doesNotContain("La coque Application ne répond plus");
        }
        assertThat(nurse.get("/coques").body()).contains("coupée</span>").contains("/coques/carte?quoi=application");
        web.hospital.cuts.standing.clear();
        assertThat(nurse.get("/coques").body())
                .doesNotContain("volontairement")
                .contains("La coque Application ne répond plus");
        web.hospital.applicationUp = true;
        web.hospital.cuts.add(CutTarget.application("care"), "");
        assertThat(nurse.get("/services").body())
                .contains("Coupure volontaire depuis 08:12 : l’application soins.")
                .contains("Trois coques sur trois");
        assertThat(nurse.get("/coques").body())
                .contains("Le contrôle de ce qui est coupé : fait à la réouverture")
                .doesNotContain("Rien n’attend.");
        web.hospital.cuts.standing.clear();
        web.hospital.cuts.add(CutTarget.everything(), "");
        assertThat(nurse.get("/services").body())
                .contains("Tout est coupé volontairement depuis 08:12. Ce poste est seul.")
                .contains("Tout est coupé</span>");
        web.hospital.cuts.standing.clear();
        web.hospital.cuts.add(new CutTarget(Statement.Target.STATION, FakeCuts.HERE, "accueil"), "");
        assertThat(nurse.get("/services").body()).contains("Ce poste est coupé volontairement depuis 08:12.");
    }

    @Test
    void theCardSaysWhatSinceWhenByWhomAndWhomToCallToAnybody() {
        Browser officer = web.browser().in(FakeCuts.OFFICER);
        officer.get("/coques/couper");
        officer.post(CutPages.CUT, "quoi", "client labo", "pourquoi", WHY, "pin", FakeHospital.PIN);
        Browser anybody = web.browser();
        String card = anybody.get("/coques/carte?quoi=client+labo").body();
        assertThat(card)
                .contains("COUPÉ : le système raccordé labo")
                .contains("24/11/2026 08:12:00")
                .containsPattern("<dd>[^<]*[0-9a-f]{8}[^<]*</dd>")
                .doesNotContain("<dd>Direction</dd>")
                .contains(WHY)
                .contains(".....")
                .contains("trimaran reopen client labo");
        assertThat(officer.get("/coques/carte?quoi=client+labo").body())
                .as("a badge's name is told to whoever is logged in")
                .contains("<dd>Direction</dd>");
        web.calls = List.of("Astreinte 46 17");
        assertThat(anybody.get("/coques/carte?quoi=client+labo").body())
                .contains("Astreinte 46 17")
                .doesNotContain(".....");
        anybody.cookies.put("langue", "en");
        assertThat(anybody.get("/coques/carte?quoi=client+labo", "Accept-Language", "en")
                        .statusCode())
                .isEqualTo(200);
        assertThat(anybody.get("/coques/carte?quoi=data").statusCode()).isEqualTo(404);
        assertThat(anybody.get("/coques/carte").statusCode()).isEqualTo(404);
    }
}
