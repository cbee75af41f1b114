package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.model.ContinuityReview;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WriteResult;

/** What nobody approved is on a list, and leaves it with one press or with a sentence. */
class ReviewPagesTest extends ReviewBench {

    @Test
    void everyPageCountsWhatIsToReviewAndTheListNamesThePatients() {
        assertThat(browser.get("/services").body()).doesNotContain(ReviewPages.PATH);
        assertThat(browser.get(ReviewPages.PATH).body()).contains("Rien à relire parmi les patients");
        unreviewed("Ponction");
        assertThat(browser.get("/services").body()).contains("À relire (1)", "href=\"" + ReviewPages.PATH + "\"");
        assertThat(browser.get(ReviewPages.PATH).body())
                .contains("href=\"" + PATH + "\"", "Médecine A")
                .doesNotContain("Ponction");
        browser.post("/reglages", "langue", "en", "vers", "/services");
        assertThat(browser.get(ReviewPages.PATH).body()).contains("To review (1)");
    }

    @Test
    void onePressHasItReviewedAndASecondChangesNothing() {
        Unreviewed entry = unreviewed("Ponction <lombaire>");
        assertThat(browser.get(PATH).body())
                .contains("Acte Ponction &lt;lombaire&gt;", "infirmière, badge", "L’application ne répondait pas.");

        HttpResponse<String> pressed =
                browser.post(PATH, "entree", entry.entry().hex());
        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(browser.get(PATH).body()).contains("1 écriture relue.", "Rien à relire dans ce dossier.");
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(browser.get(PATH).body()).contains("Déjà relu.");
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review)
                        .contains(entry.targets().getFirst().reference(), "Patient/" + FakeHospital.PATIENT, Json.BADGE)
                        .doesNotContain("\"reason\""));
    }

    /** Nobody has to unfold anything to see what they confirm, or of whom. */
    @Test
    void whatWasMeasuredStandsInTheHeadingAndTheBirthDateBesideTheName() {
        web.hospital.reviews.add(
                SESSION,
                Optional.empty(),
                ResourceVersion.Standing.RECORDED,
                "{'resourceType':'Observation','code':{'text':'TA'},'component':[{'valueQuantity':{'value':128}},"
                        + "{'valueQuantity':{'comparator':'<','value':7.50,'unit':'kPa'}}]}");
        assertThat(browser.get(PATH).body()).contains("<b>128 / &lt;", "7,50", "kPa</b>", "14/03/1944</h1>");
        assertThat(browser.get(ReviewPages.PATH).body()).contains(", 14/03/1944");
    }

    @Test
    void allOfAPatientAreReviewedWithOnePress() {
        unreviewed("Ponction");
        assertThat(browser.get(PATH).body()).doesNotContain("Tout relire");
        unreviewed("Suture");
        assertThat(browser.get(PATH).body()).contains("Tout relire");
        browser.post(PATH);
        assertThat(browser.get(PATH).body()).contains("2 écritures relues.");
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void ofAllThatIsPressedWhatTheRulesAcceptIsReviewedAndTheRestStays() {
        Unreviewed good = unreviewed("Suture");
        unreviewed("Ponction");
        web.hospital.reviews.no = Code.RULE;
        web.hospital.reviews.accepted.add(good.entry());
        browser.post(PATH);
        assertThat(browser.get(PATH).body())
                .contains("1 écriture relue. 1 écriture refusée par les règles", "Ponction", "Les règles la refusent.")
                .doesNotContain("Suture");
    }

    /** The hour's lookups are for finding patients: a review does without. */
    @Test
    void whereNothingCanBeLookedUpItIsReviewedAllTheSame() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.nextWrites = transaction -> {
            boolean named = transaction.changes().getFirst() instanceof Transaction.Change.Create create
                    && !create.chosenId().isEmpty();
            return named
                    ? Optional.of(new WriteResult.Refused(Refusal.of(Code.OVER_BUDGET, "planted")))
                    : web.hospital.reviews.take(transaction);
        };
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(browser.get(PATH).body()).contains("1 écriture relue.");
        assertThat(reviews()).hasSize(1);
    }

    /** A hull that is away for a moment is no reason against an entry. */
    @Test
    void whatCannotBeJudgedNowIsNoRefusal() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.BUSY;
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(503);
        assertThat(browser.get(PATH).body()).doesNotContain("Les règles la refusent.");
    }

    @Test
    void onePressReviewsSoManyAndNoMore() {
        for (int i = 0; i <= Reviewer.AT_ONCE_MAX; i++) {
            unreviewed("Acte " + i);
        }
        browser.post(PATH);
        assertThat(web.hospital.reviews.open).hasSize(1);
    }

    @Test
    void whatTheRulesRefuseStaysWithTheReasonUntilSomebodySaysWhy() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.ROLE_MISSING;
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(browser.get(PATH).body())
                .contains(
                        "1 écriture refusée par les règles",
                        "Les règles la refusent.",
                        "Le rôle de son auteur ne le permettait pas.",
                        Code.ROLE_MISSING.tag(),
                        "Confirmer quand même");
        assertThat(reviews()).isEmpty();

        browser.post(PATH, "entree", entry.entry().hex(), "phrase", "Urgence <vitale>");
        assertThat(browser.get(PATH).body()).contains("1 écriture relue.", "Rien à relire dans ce dossier.");
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review).contains("Urgence <vitale>"));
    }

    @Test
    void aSentenceIsForWhatWasRefusedAndNoLongerThanItsLimit() {
        Unreviewed entry = unreviewed("Ponction");
        String hex = entry.entry().hex();
        String longest = "x".repeat(ContinuityReview.REMARK_MAX);
        assertThat(browser.post(PATH, "phrase", "parce que").statusCode()).isEqualTo(400);
        assertThat(browser.post(PATH, "entree", hex, "phrase", longest + "x").statusCode())
                .isEqualTo(400);
        assertThat(reviews()).isEmpty();
        assertThat(browser.post(PATH, "entree", hex, "phrase", longest).statusCode())
                .isEqualTo(303);
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void whileApplicationIsSilentNobodyIsOfferedAReview() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.applicationUp = false;
        assertThat(browser.get(PATH).body())
                .contains("rien ne peut être relu pour l’instant")
                .doesNotContain("name=\"entree\"");
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(503);
        assertThat(reviews()).isEmpty();
    }

    @Test
    void whoReviewsNothingIsShownNoButtonAndRefused() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.roles = List.of("laboratory");
        assertThat(browser.get("/services").body()).doesNotContain("À relire (1)");
        assertThat(browser.get(PATH).body()).doesNotContain("name=\"entree\"");
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(403);
        assertThat(reviews()).isEmpty();
    }

    /** Both versions count, and application judges the one on top alone. */
    @Test
    void whatLiesUnderAConflictIsCorrectedAndNotReviewed() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.open.set(
                0,
                new Unreviewed(
                        entry.entry(),
                        entry.session(),
                        false,
                        entry.authored(),
                        entry.no(),
                        true,
                        entry.versions(),
                        Map.of()));
        assertThat(browser.get(PATH).body())
                .contains("Une autre version a été écrite en même temps")
                .doesNotContain("name=\"entree\"");
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(reviews()).isEmpty();
    }

    /** Whoever confirms that something was taken back must see what. */
    @Test
    void whatWasTakenBackShowsWhatItWas() {
        Unreviewed entry = unreviewed("Pénicilline");
        ResourceVersion was = entry.versions().getFirst();
        ResourceVersion gone = new ResourceVersion(
                was.id(),
                was.type(),
                2,
                was.lastUpdated(),
                Bytes.EMPTY,
                was.standing(),
                true,
                entry.entry(),
                was.session());
        web.hospital.reviews.open.set(
                0,
                new Unreviewed(
                        entry.entry(),
                        entry.session(),
                        false,
                        entry.authored(),
                        entry.no(),
                        false,
                        List.of(gone),
                        Map.of(gone.id(), was)));
        assertThat(browser.get(PATH).body()).contains("Pénicilline", "retrait");
    }

    @Test
    void whatHasNoPlaceYetWaits() {
        Unreviewed entry = web.hospital.reviews.add(
                SESSION,
                Optional.of(Code.BED_TAKEN),
                ResourceVersion.Standing.PROVISIONAL,
                "{'resourceType':'Procedure','status':'completed'}");
        assertThat(browser.get(PATH).body())
                .contains("Pas encore placée", "Écrite malgré le refus de l’application. Le lit était pris.")
                .doesNotContain("name=\"entree\"");
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(reviews()).isEmpty();
    }

    @Test
    void ofWhoeverIsNotInCareAReasonIsAskedFirst() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        for (HttpResponse<String> reply : List.of(
                browser.get(PATH), browser.post(PATH, "entree", entry.entry().hex()))) {
            assertThat(reply.statusCode()).isEqualTo(303);
            assertThat(reply.headers().firstValue("Location")).contains("/patients/" + FakeHospital.PATIENT);
        }
        assertThat(reviews()).isEmpty();
        assertThat(browser.get(ReviewPages.PATH).body())
                .contains("Encore 1 dossier ouvert à ce poste", "href=\"/patients/" + FakeHospital.PATIENT + "\"")
                .doesNotContain("Rien à relire");
    }

    /** Their stay is on the board still: what waits of them is as well. */
    @Test
    void whoseIdentityWasTakenBackIsListedWithoutAName() {
        unreviewed("Ponction");
        web.hospital.patient.removeIf(one -> one.type().equals("Patient"));
        assertThat(browser.get(ReviewPages.PATH).body())
                .contains("Identité retirée du dossier", "href=\"" + PATH + "\"")
                .doesNotContain("Encore 1 dossier");
    }

    @Test
    void whoIsNotLoggedInSeesNothing() {
        Unreviewed entry = unreviewed("Ponction");
        OpenWeb.Browser stranger = web.browser();
        assertThat(stranger.get(PATH).statusCode()).isEqualTo(303);
        assertThat(stranger.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(303);
        assertThat(browser.get(ReviewPages.PATH + "/nothing").statusCode()).isEqualTo(404);
        assertThat(browser.get(ReviewPages.PATH + "/a/b").statusCode()).isEqualTo(404);
        assertThat(reviews()).isEmpty();
    }

    /** What somebody took back is not in the record any more: it is on the list, and the record says so. */
    @Test
    void theRecordCountsWhatIsOnItsList() {
        assertThat(browser.get(RECORD).body()).doesNotContain("contrôlée");
        unreviewed("Ponction");
        assertThat(browser.get(RECORD).body())
                .contains("1 écriture de ce dossier n’a pas été contrôlée.", "href=\"" + PATH + "\"");
    }

    /** Beside an old system everything is sent by one: what the ward itself wrote must not drown in it. */
    @Test
    void whatOtherSystemsSentIsAListApart() {
        Digest feed = Digest.sha256(Bytes.ofText("session of a connector"));
        web.hospital.reviews.services.add(feed);
        for (String what : List.of("Radio", "Scanner")) {
            web.hospital.reviews.add(
                    feed,
                    Optional.empty(),
                    ResourceVersion.Standing.RECORDED,
                    "{'resourceType':'Procedure','status':'completed','code':{'text':'" + what + "'}}");
        }
        assertThat(browser.get("/services").body())
                .doesNotContain("À relire (")
                .contains("href=\"" + ReviewPages.PATH + "\"");
        assertThat(browser.get(RECORD).body()).doesNotContain("contrôlée");
        assertThat(browser.get(ReviewPages.PATH).body())
                .contains(
                        "Rien à relire parmi les patients",
                        "Venues d’autres systèmes : 2 écritures",
                        "href=\"" + PATH + "\"");
        assertThat(browser.get(PATH).body())
                .contains("Venues d’autres systèmes : 2 écritures", "Venue d’un autre système, prise sans contrôle.");

        unreviewed("Ponction");
        assertThat(browser.get("/services").body()).contains("À relire (1)");
        browser.post(PATH);
        assertThat(web.hospital.reviews.open).hasSize(2).allMatch(Unreviewed::service);
        browser.post(PATH, "liste", ReviewPages.SERVICES);
        assertThat(web.hospital.reviews.open).isEmpty();
    }

    @Test
    void whatIsBeyondThePageIsCounted() {
        for (int i = 0; i < WebLimits.ROWS_MAX; i++) {
            unreviewed("Acte " + i);
        }
        assertThat(browser.get(PATH).body()).doesNotContain("de plus, à relire après");
        unreviewed("Suture");
        assertThat(browser.get(PATH).body())
                .contains("1 écriture de plus, à relire après celles-ci.")
                .doesNotContain("Suture");
    }

    /** A session is remembered for so long, what it wrote for ever. */
    @Test
    void ofAnAuthorNobodyRemembersItIsSaidThat() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.SESSION_UNKNOWN;
        web.hospital.reviews.place = "Procedure";
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(browser.get(PATH).body())
                .contains("L’hôpital ne sait plus dans quelle session elle a été écrite", "Confirmer quand même")
                .doesNotContain("Les règles la refusent.");
    }
}
