package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.cut.CutTarget;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.record.Statement;
import trimaran.station.BedPlace;
import trimaran.station.WardBoard;
import trimaran.station.WardCopy;
import trimaran.station.WardPlace;
import trimaran.station.WardStay;
import trimaran.station.WriteResult;

/** A ward at night whose station reaches nobody: its people log in, read the sealed copy, and write. */
class AlonePagesTest extends BedsidePages {

    private static final WardPlace WARD = new WardPlace(
            FakeHospital.WARD,
            List.of("MED-A"),
            "Médecine A",
            "Med A",
            "Médecine",
            "46 31",
            List.of(new BedPlace(
                    FakeHospital.id(11), "Chambre 312", "312 porte", "312P", BedPlace.State.READY, "", "")));

    /** Nobody is reached; what the record had is in the copy, and nothing is opened any more. */
    void alone() {
        WardStay stay = new WardStay(
                FakeHospital.id(3),
                FakeHospital.PATIENT,
                Optional.of(FakeHospital.id(11)),
                WardStay.Presence.PRESENT,
                "2026-11-22T04:40:00Z");
        WardBoard board = new WardBoard(
                WARD,
                List.of(new WardBoard.Bed(WARD.beds().getFirst(), List.of(stay), List.of())),
                List.of(),
                List.of(new WardStay(
                        FakeHospital.id(98),
                        FakeHospital.id(99),
                        Optional.empty(),
                        WardStay.Presence.EXPECTED,
                        "2026-11-22T05:00:00Z")),
                0,
                0);
        web.sealed.content = Optional.of(new WardCopy(
                "Hôpital d’essai",
                new WallTime(OpenWeb.NOW - 180_000),
                board,
                List.of(WARD),
                Map.of(FakeHospital.PATIENT, List.copyOf(web.hospital.patient))));
        web.hospital.patient.clear();
        web.hospital.alone = true;
        web.hospital.waiting = 1;
        web.hospital.nextWrites = transaction -> {
            web.hospital.written.add(transaction);
            Digest entry = Digest.sha256(trimaran.kernel.Bytes.ofText("entry " + web.hospital.written.size()));
            web.hospital.writes.outbox.add(entry);
            List<WriteResult.Changed> changed = java.util.stream.IntStream.range(
                            0, transaction.changes().size())
                    .mapToObj(i -> new WriteResult.Changed(
                            FakeHospital.id(500 + 10L * web.hospital.written.size() + i),
                            "Observation",
                            1,
                            RecordTime.ZERO,
                            false))
                    .toList();
            return Optional.of(new WriteResult.Waiting(entry, changed, Refusal.of(Code.UNAVAILABLE, "alone")));
        };
    }

    HttpResponse<String> copy(OpenWeb.Browser browser, String pin, String use) {
        browser.get("/copie");
        return browser.post(
                "/copie", "service", FakeHospital.WARD.toString(), "badge", "accueil", "pin", pin, "faire", use);
    }

    OpenWeb.Browser seated() {
        OpenWeb.Browser browser = web.browser();
        browser.get("/connexion");
        HttpResponse<String> in = browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN);
        assertThat(in.headers().firstValue("Location")).as("to what there is").contains("/copie");
        return browser;
    }

    @Test
    void theLogInPageSaysThatABadgeOpensAllTheSame() {
        OpenWeb.Browser browser = web.browser();
        assertThat(browser.get("/connexion").body()).doesNotContain("id=\"seul\"");
        web.hospital.lone = true;
        assertThat(browser.get("/connexion").body()).as("one hull answers").doesNotContain("id=\"seul\"");
        alone();
        assertThat(browser.get("/connexion").body()).contains("id=\"seul\"").contains("Votre badge ouvre quand même");
        browser.post("/reglages", "langue", "en");
        assertThat(browser.get("/connexion").body()).contains("Your badge opens here all the same");
    }

    @Test
    void fromTheOpenedCopyAPersonReadsAndWrites() {
        alone();
        OpenWeb.Browser nurse = seated();
        assertThat(nurse.get("/copie").body())
                .contains("Ouvrir pour lire et écrire")
                .doesNotContain("Patients de");
        assertThat(copy(nurse, FakeHospital.PIN, "ecrire").headers().firstValue("Location"))
                .contains("/copie");
        String list = nurse.get("/copie").body();
        assertThat(list)
                .contains("Patients de Médecine A")
                .contains("MOREL")
                .contains("312 porte")
                .contains("14/03/1944")
                .contains(RECORD + "/transmettre")
                .contains(RECORD + "/mesurer");
        assertThat(web.hospital.opened.getLast().copies)
                .as("the core knows of whom")
                .hasSize(1);

        assertThat(nurse.get(RECORD).body())
                .contains("Copie scellée de 08:09")
                .contains("Aucune")
                .contains(RECORD + "/constantes");
        nurse.get(RECORD + "/mesurer");
        HttpResponse<String> written = nurse.post(RECORD + "/mesurer", "temperature", "38,9", "heure", "08:10");
        assertThat(written.statusCode()).isEqualTo(303);
        assertThat(nurse.get(RECORD + "/constantes").body())
                .contains("Copie scellée de 08:09")
                .contains("38,9")
                .contains("Enregistré ici, pas encore partagé");
        nurse.get(RECORD + "/transmettre");
        assertThat(nurse.post(RECORD + "/transmettre", "cible", "fièvre", "donnees", "frissons")
                        .statusCode())
                .isEqualTo(303);
        assertThat(web.hospital.written).hasSize(2);
        assertThat(nurse.get("/copie").body()).contains("2 pas encore partagées");
    }

    /** What leans on the whole record, or changes what stands there, is not offered, and not taken. */
    @Test
    void nothingElseIsOfferedOrTaken() {
        prescribe(physician());
        alone();
        web.hospital.roles = List.of("nurse", "physician");
        OpenWeb.Browser browser = seated();
        copy(browser, FakeHospital.PIN, "ecrire");
        for (String tab : List.of("", "/prescriptions", "/plan-de-soins", "/sejours")) {
            assertThat(browser.get(RECORD + tab).body())
                    .doesNotContain("/prescrire")
                    .doesNotContain("/arreter")
                    .doesNotContain("/mouvement")
                    .doesNotContain("/donner");
        }
        int before = web.hospital.written.size();
        assertThat(browser.get(RECORD + "/prescrire?m=paracetamol").statusCode())
                .isEqualTo(503);
        assertThat(browser.post(RECORD + "/prescrire", "m", "paracetamol").statusCode())
                .isEqualTo(503);
        assertThat(browser.get(RECORD + "/acces").statusCode()).isEqualTo(503);
        assertThat(browser.get(RECORD + "/mouvement").statusCode()).isEqualTo(503);
        assertThat(web.hospital.written).hasSize(before);
    }

    @Test
    void withoutALogInOrAWardBadgeNothingIsOpened() {
        alone();
        OpenWeb.Browser anybody = web.browser();
        anybody.get("/copie");
        HttpResponse<String> no = copy(anybody, FakeHospital.PIN, "ecrire");
        assertThat(no.statusCode()).as("no ward on paper unasked").isEqualTo(409);
        assertThat(no.body()).contains("Rien n’a été ouvert");
        assertThat(web.sealed.opened).isEmpty();
        assertThat(web.sealed.printed).isEmpty();

        OpenWeb.Browser nurse = seated();
        assertThat(copy(nurse, "000000", "ecrire").statusCode()).isEqualTo(403);
        assertThat(nurse.get(RECORD).statusCode()).isEqualTo(404);
        for (int i = 2; i <= WebLimits.WRONG_PINS_MAX; i++) {
            copy(nurse, "000000", "ecrire");
        }
        assertThat(copy(nurse, FakeHospital.PIN, "ecrire").statusCode())
                .as("it waits")
                .isEqualTo(429);
        assertThat(web.sealed.opened).isEmpty();
    }

    /** A clerk reads what the ward's badge shows anybody, and writes nothing. */
    @Test
    void whoeverMayNotWriteIsOfferedNoForm() {
        alone();
        web.hospital.roles = List.of("clerk");
        OpenWeb.Browser clerk = seated();
        copy(clerk, FakeHospital.PIN, "ecrire");
        assertThat(clerk.get("/copie").body()).contains("MOREL").doesNotContain("/transmettre");
        assertThat(clerk.get(RECORD).body())
                .contains("Votre badge n’y écrit rien")
                .doesNotContain("Noter et mesurer restent possibles");
        assertThat(clerk.get(RECORD + "/transmettre").statusCode()).isEqualTo(403);
    }

    @Test
    void withTheHullsBackTheRecordIsReadAndTheCopyIsNot() {
        alone();
        OpenWeb.Browser nurse = seated();
        copy(nurse, FakeHospital.PIN, "ecrire");
        assertThat(nurse.get(RECORD).body()).contains("Copie scellée de");

        web.hospital.alone = false;
        assertThat(nurse.get(RECORD).statusCode())
                .as("the record has nobody of this id now")
                .isEqualTo(404);
        assertThat(nurse.get("/copie").body()).doesNotContain("Patients de");
        assertThat(copy(nurse, FakeHospital.PIN, "ecrire").statusCode()).isEqualTo(409);

        web.hospital.alone = true;
        assertThat(nurse.get("/copie").body())
                .as("it does not come back unasked")
                .doesNotContain("Patients de")
                .doesNotContain("MOREL");
    }

    /** The copy is read without asking the core, so the end of the session has to be asked for. */
    @Test
    void theCopyGoesWithTheSessionAndWithACutOfTheStation() {
        alone();
        OpenWeb.Browser nurse = seated();
        copy(nurse, FakeHospital.PIN, "ecrire");
        assertThat(nurse.get(RECORD).statusCode()).isEqualTo(200);
        web.hospital.opened.getLast().ended = true;
        assertThat(nurse.get(RECORD).headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).startsWith("/connexion"));
        assertThat(nurse.get("/copie").body()).doesNotContain("MOREL");

        OpenWeb.Browser other = seated();
        copy(other, FakeHospital.PIN, "ecrire");
        assertThat(other.get("/copie").body()).contains("MOREL");
        web.hospital.cuts.add(new CutTarget(Statement.Target.STATION, FakeCuts.HERE, "accueil"), "");
        assertThat(other.get("/copie").body()).doesNotContain("MOREL");
        assertThat(web.browser().get("/connexion").body())
                .as("no badge opens here")
                .doesNotContain("id=\"seul\"");
    }

    @Test
    void whoIsMissingFromTheCopyIsSaid() {
        alone();
        OpenWeb.Browser nurse = seated();
        copy(nurse, FakeHospital.PIN, "ecrire");
        assertThat(nurse.get("/copie").body())
                .contains("Absent de cette copie")
                .doesNotContain("/patients/" + FakeHospital.id(99));
        assertThat(web.events)
                .as("who reads")
                .contains(new WebEvent.CopyOpened(
                        FakeHospital.WARD,
                        Digest.sha256(Bytes.ofText("accueil")),
                        Digest.sha256(Bytes.ofText("infirmiere"))));
    }

    @Test
    void aStationThatIsAloneSaysWhyABadgeDoesNotOpenForLong() {
        alone();
        OpenWeb.Browser browser = web.browser();
        browser.get("/connexion");
        for (var no : Map.of(
                        Code.UNAVAILABLE, "il ne connaît pas ce badge",
                        Code.STALE, "L’horloge de ce poste retarde",
                        Code.BUSY, "garde déjà tout ce qu’il peut garder")
                .entrySet()) {
            web.hospital.nextOpening = Refusal.of(no.getKey(), "no");
            assertThat(browser.post("/connexion", "badge", "infirmiere", "pin", FakeHospital.PIN)
                            .body())
                    .contains(no.getValue());
        }
    }

    @Test
    void theCopyGoesWithTheLogIn() {
        alone();
        OpenWeb.Browser nurse = seated();
        copy(nurse, FakeHospital.PIN, "ecrire");
        nurse.get("/copie");
        nurse.post("/verrouiller");
        assertThat(nurse.get("/copie").body()).doesNotContain("Patients de").doesNotContain("MOREL");
        OpenWeb.Browser other = seated();
        assertThat(other.get("/copie").body()).doesNotContain("MOREL");
        assertThat(other.get(RECORD).statusCode()).isEqualTo(404);
    }
}
