package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.WriteResult;

class MovementTest extends MovementBench {

    @Test
    void aPatientIsTransferredDischargedAndBothAreTakenBack() {
        assertThat(move("transfert", "lieu", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(browser.get(RECORD + "/sejours").body()).contains("Transfert, Chirurgie, lit 1");
        assertThat(browser.get(MOVE).body()).contains("La dernière chose notée est un transfert");
        HttpResponse<String> left = move("sortie", "vers", "rehab");
        assertThat(left.headers().firstValue("Location")).contains("/services/" + FakeHospital.SURGERY);
        assertThat(stay()).contains("\"finished\"").contains("rehab").contains("\"end\"");
        assertThat(move("annuler").statusCode()).isEqualTo(303);
        assertThat(stay()).contains("in-progress").doesNotContain("rehab");
        assertThat(move("annuler").statusCode()).isEqualTo(303);
        assertThat(stay())
                .contains("Location/" + FakeHospital.id(11))
                .doesNotContain("Location/" + FakeHospital.BED)
                .doesNotContain("completed");
        assertThat(move("annuler").statusCode()).isEqualTo(303);
        assertThat(stay()).contains("\"cancelled\"");
    }

    @Test
    void theSameMovementTwiceIsStoredOnce() {
        HttpResponse<String> page = browser.get(MOVE);
        HttpResponse<String> one = move(page, "transfert", "lieu", FakeHospital.BED.toString());
        HttpResponse<String> two = move(page, "transfert", "lieu", FakeHospital.BED.toString());
        assertThat(two.statusCode()).isEqualTo(303);
        assertThat(two.headers().firstValue("Location")).isEqualTo(one.headers().firstValue("Location"));
        assertThat(web.hospital.writes.taken).hasSize(1);
    }

    @Test
    void aStalePageSaysWhatChangedMeanwhileAndStoresNothing() {
        HttpResponse<String> page = browser.get(MOVE);
        move("transfert", "lieu", FakeHospital.BED.toString());
        HttpResponse<String> stale = move(page, "sortie", "vers", "home");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body())
                .contains("Ce séjour a changé pendant que vous écriviez.")
                .contains("<dd>Chirurgie, lit 1</dd>");
        assertThat(web.hospital.writes.taken).hasSize(1);
    }

    @Test
    void aFasterOneIsSeenWhenTheRecordRefusesAnOldVersion() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "faster"));
        assertThat(move(page, "sortie", "vers", "home").body()).contains("Ce séjour a changé");
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.ALREADY_DISCHARGED, "left"));
        assertThat(move("sortie", "vers", "home").body()).contains("déjà sorti").contains("TRI-402");
    }

    @Test
    void twoBedsAreChangedOverInOneEntry() {
        enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        ResourceId ada = web.hospital.writes.all("Patient").getFirst().id();
        move("transfert", "lieu", FakeHospital.OTHER_BED.toString());
        assertThat(browser.get(MOVE).body()).contains("lit 1, PETIT Ada");
        int before = web.hospital.writes.taken.size();
        HttpResponse<String> done = move("echange", "avec", ada + "." + FakeHospital.BED);
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(web.hospital.writes.taken).hasSize(before + 1);
        assertThat(web.hospital.writes.taken.getLast().changes()).hasSize(2);
        assertThat(stay()).contains("Location/" + FakeHospital.BED);
        assertThat(move("echange", "avec", ada + "." + FakeHospital.BED).body()).contains("n’est plus dans ce lit");
        assertThat(move("echange").body()).contains("id=\"avec-faute\"");
    }

    @Test
    void aTimeToComeOrBeforeTheStayIsRefusedBesideIt() {
        assertThat(move("sortie", "jour", "24/11/2026", "heure", "09:00").body())
                .contains("id=\"heure-faute\"")
                .contains("dans l’avenir");
        assertThat(move("sortie", "jour", "22/11/2026", "heure", "05:00").body())
                .contains("avant l’entrée du 22/11");
        assertThat(move("transfert", "lieu", FakeHospital.BED.toString(), "jour", "32/11/2026")
                        .body())
                .contains("id=\"jour-faute\"");
        assertThat(move("transfert", "lieu", FakeHospital.BED.toString(), "heure", "vingt")
                        .body())
                .contains("Écrivez l’heure");
        assertThat(move("transfert", "lieu", FakeHospital.id(11).toString()).body())
                .contains("Le patient est déjà là.");
        assertThat(web.hospital.writes.taken).isEmpty();
    }

    @Test
    void takingBackIntoABedThatIsTakenSaysByWhom() {
        move("transfert", "lieu", FakeHospital.BED.toString());
        move("transfert", "lieu", FakeHospital.OTHER_BED.toString());
        enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(move("annuler").body()).contains("Lit 1 pris par PETIT Ada");
    }

    @Test
    void whoIsExpectedArrives() {
        expected();
        assertThat(move("arrivee", "lieu", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(stay()).contains("in-progress").contains("Location/" + FakeHospital.BED);
        assertThat(browser.get(MOVE).body()).contains("La dernière chose notée est l’arrivée");
        assertThat(move("transfert", "lieu", FakeHospital.OTHER_BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(move("annuler").statusCode()).isEqualTo(303);
        assertThat(move("annuler").statusCode()).isEqualTo(303);
        assertThat(stay())
                .contains("\"planned\"")
                .contains("Location/" + FakeHospital.SURGERY)
                .contains("\"period\":{\"start\":\"2026-11-24T10:00:00+01:00\"}")
                .doesNotContain("cancelled")
                .doesNotContain("in-progress")
                .doesNotContain("Location/" + FakeHospital.BED);
        assertThat(browser.get(RECORD + "/sejours").body()).contains("Arrivée annulée");
    }

    @Test
    void formsOfOnePersonAreRememberedUpToABound() {
        Submissions submissions = new Submissions();
        for (int i = 0; i <= WebLimits.SUBMISSIONS_MAX; i++) {
            submissions.once("form" + i, () -> Reply.to("/services"));
        }
        assertThat(submissions.size()).isEqualTo(WebLimits.SUBMISSIONS_MAX);
    }

    @Test
    void aStayKeepsWhatAMovementDoesNotSpeakOf() {
        Map<String, Object> stay = trimaran.model.JsonTree.glimpse(trimaran.kernel.Bytes.ofText("""
                {"resourceType":"Encounter","status":"in-progress","diagnosis":[{"rank":1}],
                "hospitalization":{"admitSource":{"text":"urgences"}},"period":{"start":"2026-11-22"},
                "location":[{"location":{"reference":"Location/a"},"status":"active"}]}"""))
                .orElseThrow();
        Map<String, Object> left = StayChange.discharged(stay, "2026-11-24T08:00:00+01:00", "home");
        assertThat(left).containsKey("diagnosis");
        assertThat(StayChange.takenBack(left, "2026-11-24T08:01:00+01:00")).isEqualTo(stay);
    }

    @Test
    void anotherMovementUnderTheNameOfOneThatWasDoneIsNotTakenForIt() {
        HttpResponse<String> page = browser.get(MOVE);
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        HttpResponse<String> other = move(page, "transfert", "lieu", FakeHospital.OTHER_BED.toString());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("Ce séjour a changé");
        assertThat(web.hospital.writes.taken).hasSize(1);
    }

    @Test
    void theRecordIsToldOfAMovementByAllThatItsFormSays() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.BUSY, "full"));
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        assertThat(web.hospital.writes.taken.getFirst().input()).doesNotContain(submission(page));
    }

    @Test
    void whereSomebodyWasExpectedDoesNotEndWithTheStayAndIsNoPlaceTheyAreIn() {
        Map<String, Object> stay = trimaran.model.JsonTree.glimpse(trimaran.kernel.Bytes.ofText("""
                {"resourceType":"Encounter","status":"in-progress","class":{"code":"IMP"},
                "period":{"start":"2026-11-24T08:00:00+01:00"},
                "location":[{"location":{"reference":"Location/a"},"status":"active",
                "period":{"start":"2026-11-24T08:00:00+01:00"}},
                {"location":{"reference":"Location/b"},"status":"planned","period":{"start":"2026-11-24T10:00:00+01:00"}}]}"""))
                .orElseThrow();
        assertThat(StayChange.place(stay)).isEqualTo("a");
        Map<String, Object> left = StayChange.discharged(stay, "2026-11-24T09:00:00+01:00", "home");
        assertThat(trimaran.model.JsonTree.items(left, "location").getLast())
                .isEqualTo(trimaran.model.JsonTree.items(stay, "location").getLast());
        assertThat(StayChange.takenBack(left, "2026-11-24T09:01:00+01:00")).isEqualTo(stay);
        trimaran.station.ResourceVersion version = new trimaran.station.ResourceVersion(
                FakeHospital.id(100),
                "Encounter",
                1,
                new trimaran.kernel.RecordTime(1),
                trimaran.kernel.Bytes.EMPTY,
                trimaran.station.ResourceVersion.Standing.RECORDED,
                false,
                trimaran.kernel.Digest.ZERO);
        assertThat(new CurrentStay(version, stay).began()).contains(java.time.Instant.parse("2026-11-24T07:00:00Z"));
    }
}
