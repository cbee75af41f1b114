package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLine;
import trimaran.record.Statement;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** Who changed what while somebody was writing: a movement, a bed, a pair of records. */
class MeanwhileTest extends MovementBench {

    private static final Digest SESSION = Digest.sha256(Bytes.ofText("session of a physician elsewhere"));
    private static final Digest BADGE = Digest.sha256(Bytes.ofText("badge of a physician elsewhere"));
    private static final String NAMED = "<dt>Dernière modification par</dt><dd>médecin, badge "
            + BADGE.toString().substring(0, BadgeWords.NUMBER_SHOWN) + "</dd>";
    private static final String UNNAMED = "<dd>Une personne que ce poste ne peut pas nommer pour l’instant</dd>";

    private static LedgerView.Badge physician() {
        return new LedgerView.Badge(BADGE, Optional.of(Statement.BadgeKind.PERSON), List.of("physician"));
    }

    /** From now on somebody else writes, of whom the registry knows who they are. */
    private void elsewhere() {
        web.hospital.writes.session = SESSION;
        web.hospital.authors.put(SESSION, physician());
    }

    private HttpResponse<String> stale() {
        HttpResponse<String> page = browser.get(MOVE);
        move("transfert", "lieu", FakeHospital.BED.toString());
        HttpResponse<String> answer = move(page, "sortie", "vers", "rehab", "jour", "24/11/2026", "heure", "08:05");
        assertThat(answer.statusCode()).isEqualTo(409);
        return answer;
    }

    @Test
    void aStaleMovementSaysWhoWhenWhereToAndWhatWasTyped() {
        elsewhere();
        assertThat(stale().body())
                .contains(NAMED)
                .contains("<dt>Quand</dt><dd>08:12</dd>")
                .contains("<dt>Maintenant</dt><dd>Chirurgie, lit 1</dd>")
                .contains("<dt>Votre saisie</dt><dd>Sortie, soins de suite, 24/11/2026, 08:05</dd>");
        move("annuler");
        browser.post("/reglages", "langue", "en", "vers", MOVE);
        assertThat(stale().body()).contains("<dt>Last changed by</dt>").contains("Discharge, rehabilitation");
    }

    @Test
    void whoseStayWasTakenBackMeanwhileSaysByWhomAndKeepsWhatWasTyped() {
        elsewhere();
        HttpResponse<String> page = browser.get(MOVE);
        move("annuler");
        HttpResponse<String> answer = move(page, "sortie", "vers", "rehab", "jour", "24/11/2026", "heure", "08:05");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains(NAMED)
                .contains("<dt>Maintenant</dt><dd>annulé</dd>")
                .contains("<dt>Votre saisie</dt><dd>Sortie, soins de suite, 24/11/2026, 08:05</dd>");
    }

    @Test
    void whoseNeighbourWasMovedMeanwhileSaysByWhomAndWhereTo() {
        enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        ResourceId ada = web.hospital.writes.all("Patient").getFirst().id();
        move("transfert", "lieu", FakeHospital.OTHER_BED.toString());
        elsewhere();
        assertThat(move("echange", "avec", ada + "." + FakeHospital.BED).statusCode())
                .isEqualTo(303);
        HttpResponse<String> answer = move("echange", "avec", ada + "." + FakeHospital.BED);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("n’est plus dans ce lit")
                .contains(NAMED)
                .contains("<dt>Maintenant</dt><dd>PETIT Ada, Chirurgie, lit 2</dd>")
                .contains("<dt>Votre saisie</dt><dd>Échanger deux lits, Chirurgie, lit 1</dd>");
    }

    @Test
    void anArrivalSomebodyNotedBeforeIsShownAsAnArrival() {
        expected();
        elsewhere();
        HttpResponse<String> page = browser.get(MOVE);
        assertThat(page.body()).contains("value=\"arrivee\"").doesNotContain("value=\"transfert\"");
        assertThat(move(page, "arrivee", "lieu", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(move(page, "arrivee", "lieu", FakeHospital.OTHER_BED.toString())
                        .body())
                .contains(NAMED)
                .contains("<dt>Votre saisie</dt><dd>Arrivée, Chirurgie, lit 2</dd>");
        assertThat(browser.get(MOVE).body()).contains("value=\"transfert\"");
    }

    @Test
    void aBadgeThatWasOpenedHereHasItsName() {
        elsewhere();
        web.hospital.authors.put(
                SESSION,
                new LedgerView.Badge(
                        web.hospital.signer.publicKey().id(), Optional.of(Statement.BadgeKind.PERSON), List.of()));
        assertThat(stale().body()).contains("<dd>Infirmière</dd>");
    }

    @Test
    void aSessionTheRegistryForgotIsFoundInTheLedgersAndOneNobodyKnowsIsSaidToBeSo() {
        web.hospital.writes.session = SESSION;
        assertThat(stale().body()).contains(UNNAMED);
        move("annuler");
        web.hospital.ledgers = Outcome.done(new LedgerView(
                List.of(new LedgerView.Act(
                        new RecordTime(OpenWeb.NOW),
                        LedgerLine.Act.RELEASED,
                        SESSION,
                        Optional.of(physician()),
                        Optional.empty(),
                        Set.of(Party.DATA),
                        false,
                        Optional.empty())),
                Set.of(),
                LedgerView.Differences.NONE,
                false));
        assertThat(stale().body()).contains(NAMED);
        move("annuler");
        web.hospital.ledgers = Outcome.refused(Code.UNAVAILABLE, "nobody answers");
        assertThat(stale().body()).contains(UNNAMED);
    }

    @Test
    void whereTheStayIsAsItWasNobodyIsSaidToHaveChangedIt() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.PREMISE_MOVED, "the ward changed"));
        assertThat(move(page, "annuler").body())
                .contains("Ce séjour a changé")
                .contains("<dt>Maintenant</dt><dd>Médecine A, lit 312 porte</dd>")
                .doesNotContain("Dernière modification par");
    }

    @Test
    void aStaleBedSaysWhoWhenHowItIsAndWhatWasTyped() {
        web.hospital.patient.add(new ResourceVersion(
                FakeHospital.BED,
                "Location",
                1,
                new RecordTime(1),
                Bytes.ofText("{\"resourceType\":\"Location\",\"status\":\"active\",\"name\":\"1\"}"),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO));
        elsewhere();
        String path = "/services/" + FakeHospital.SURGERY + "/lit";
        HttpResponse<String> page = browser.get(path + "?lit=" + FakeHospital.BED);
        assertThat(set(path, page, "nettoyer", "").statusCode()).isEqualTo(303);
        assertThat(set(path, page, "panne", "sommier").body())
                .contains("Quelqu’un a changé ce lit")
                .contains(NAMED)
                .contains("<dt>Votre saisie</dt><dd>en panne, sommier</dd>")
                .contains("value=\"sommier\"");
        HttpResponse<String> raced = browser.get(path + "?lit=" + FakeHospital.BED);
        web.hospital.nextWrites = transaction -> {
            // Somebody is faster between this form's reading and its writing.
            web.hospital.nextWrites = null;
            web.hospital.writes.write(Transaction.clinical(transaction.changes()));
            return Optional.empty();
        };
        assertThat(set(path, raced, "travaux", "").body()).contains(NAMED).contains("<dd>travaux dans la chambre</dd>");
    }

    private HttpResponse<String> set(String path, HttpResponse<String> page, String state, String note) {
        return browser.post(
                path,
                "lit",
                FakeHospital.BED.toString(),
                "version",
                field(page, "version"),
                "envoi",
                field(page, "envoi"),
                "etat",
                state,
                "note",
                note);
    }

    private static String field(HttpResponse<String> page, String name) {
        Matcher found =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return Objects.requireNonNull(found.group(1));
    }

    @Test
    void aPairSomebodyDecidedSaysWhoAndWhat() {
        browser.post(
                "/admettre",
                "acte",
                "entrer",
                "envoi",
                submission(look()),
                "nom",
                "Morel",
                "prenom",
                "Jeanne",
                "naissance",
                "14/03/1944",
                "sexe",
                "female",
                "patient",
                AdmissionForms.NEW,
                "lieu",
                FakeHospital.BED.toString(),
                "motif",
                "Chute");
        elsewhere();
        HttpResponse<String> page = browser.get("/rapprocher");
        ResourceId task = web.hospital.writes.all("Task").getFirst().id();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = browser.post(
                    "/rapprocher",
                    "acte",
                    "separer",
                    "envoi",
                    i == 0 ? field(page, "envoi") : submission(look()),
                    "tache",
                    task.toString(),
                    "version",
                    field(page, "version"));
            if (i == 1) {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(answer.body())
                        .contains(NAMED)
                        .contains("<dt>Maintenant</dt><dd>Les deux dossiers restent séparés.</dd>")
                        .contains("<dd>Deux personnes : garder séparés</dd>");
            }
        }
    }
}
