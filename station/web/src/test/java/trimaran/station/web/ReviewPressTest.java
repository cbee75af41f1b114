package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.model.ContinuityReview;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WriteResult;

/** What one press writes, and what it does not, whatever the hulls answer. */
class ReviewPressTest extends ReviewBench {

    /** Nothing answers in time: what lies in the outbox is one review, however often somebody presses. */
    @Test
    void whatWaitsIsWrittenOnce() {
        unreviewed("Ponction");
        unreviewed("Suture");
        web.hospital.nextWrites = transaction -> Optional.of(web.hospital.reviews.keep(transaction));
        browser.post(PATH);
        assertThat(browser.get(PATH).body()).contains("attendent la réponse des coques.");
        browser.post(PATH);
        assertThat(web.hospital.reviews.kept).hasSize(1);
    }

    /** The first that waits is the last that is asked: the others would wait as long, one after the other. */
    @Test
    void whereOneWaitsTheOthersAreNotAskedOneByOne() {
        unreviewed("Ponction");
        unreviewed("Suture");
        web.hospital.nextWrites = transaction -> Optional.of(
                transaction.changes().getFirst() instanceof Transaction.Change.Create create
                                && create.resource().values("target.reference").size() > 2
                        ? new WriteResult.Refused(Refusal.at(Code.RULE, "Procedure", "planted"))
                        : web.hospital.reviews.keep(transaction));
        browser.post(PATH);
        assertThat(web.hospital.reviews.kept).hasSize(1);
        assertThat(browser.get(PATH).body()).contains("1 relecture attend la réponse des coques.");
    }

    /** Another screen has just pressed: its review has the id, and a second without one would be a second review. */
    @Test
    void whatIsOnItsWayFromElsewhereIsNotWrittenWithoutItsId() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.taken.add(entry.reviewId());
        web.hospital.nextWrites = transaction -> Optional.of(web.hospital.reviews.keep(transaction));
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(503);
        assertThat(web.hospital.reviews.kept).isEmpty();
    }

    @Test
    void whatWaitsWithoutAnIdIsWrittenOnceToo() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.nextWrites = transaction -> {
            boolean named = transaction.changes().getFirst() instanceof Transaction.Change.Create create
                    && !create.chosenId().isEmpty();
            if (named) {
                return Optional.of(new WriteResult.Refused(Refusal.of(Code.OVER_BUDGET, "planted")));
            }
            WriteResult kept = web.hospital.reviews.keep(transaction);
            web.hospital.writes.outbox.add(((WriteResult.Waiting) kept).entry());
            return Optional.of(kept);
        };
        browser.post(PATH, "entree", entry.entry().hex());
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(web.hospital.reviews.kept).hasSize(1);
        assertThat(browser.get(PATH).body()).contains("1 relecture attend la réponse des coques.");
    }

    /** Its id stays taken: the entry is open again all the same, and is reviewed again. */
    @Test
    void whoseReviewWasTakenBackIsReviewedAnew() {
        Unreviewed entry = unreviewed("Ponction");
        browser.post(PATH, "entree", entry.entry().hex());
        web.hospital.reviews.open.add(entry);
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(browser.get(PATH).body()).contains("1 écriture relue.", "Rien à relire dans ce dossier.");
        assertThat(reviews()).hasSize(2);
    }

    @Test
    void soManyIdsAreTriedAndNoMore() {
        Unreviewed entry = unreviewed("Ponction");
        for (int taken = 0; taken < Reviewer.IDS_MAX - 1; taken++) {
            web.hospital.reviews.taken.add(ContinuityReview.idOf(entry.targets(), taken));
        }
        browser.post(PATH, "entree", entry.entry().hex());
        assertThat(reviews()).hasSize(1);
        web.hospital.reviews.open.add(entry);
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(Code.DUPLICATE.httpStatus());
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void nobodyIsTakenForTheirOwnColleague() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.RULE;
        browser.post(PATH, "entree", entry.entry().hex());
        web.hospital.nextWrites =
                transaction -> Optional.of(new WriteResult.Refused(Refusal.at(Code.NOT_ALLOWED, "Procedure", "own")));
        browser.post(PATH, "entree", entry.entry().hex(), "phrase", "Vu au lit");
        assertThat(browser.get(PATH).body())
                .contains("à un collègue de la confirmer", Code.RULE.tag())
                .doesNotContain(Code.NOT_ALLOWED.tag());
    }

    @Test
    void whatIsNoJudgementIsNoReasonAgainstTheEntry() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.DISK_FULL;
        assertThat(browser.post(PATH, "entree", entry.entry().hex()).statusCode())
                .isEqualTo(Code.DISK_FULL.httpStatus());
        assertThat(browser.get(PATH).body()).doesNotContain("Les règles la refusent.", Code.DISK_FULL.tag());
    }

    /** One that cannot be written for a reason of its own keeps nobody from the others. */
    @Test
    void whatIsRefusedTogetherIsAskedOneByOneWhateverTheReason() {
        Unreviewed stuck = unreviewed("Ponction");
        Unreviewed good = unreviewed("Suture");
        web.hospital.reviews.no = Code.VERSION_CONFLICT;
        web.hospital.reviews.accepted.add(good.entry());
        browser.post(PATH);
        assertThat(browser.get(PATH).body())
                .contains("1 écriture relue.")
                .doesNotContain("Les règles la refusent.", Code.VERSION_CONFLICT.tag());
        assertThat(web.hospital.reviews.open).containsExactly(stuck);
    }

    @Test
    void whoeverMayNotConfirmIsToldAndTheReasonStays() {
        Unreviewed entry = unreviewed("Ponction");
        web.hospital.reviews.no = Code.RULE;
        browser.post(PATH, "entree", entry.entry().hex());
        web.hospital.reviews.mayConfirm = false;
        browser.post(PATH, "entree", entry.entry().hex(), "phrase", "Vu au lit");
        assertThat(browser.get(PATH).body())
                .contains("Votre rôle ne permet pas de confirmer cette écriture.", Code.RULE.tag())
                .doesNotContain(Code.ROLE_MISSING.tag());
        assertThat(reviews()).isEmpty();
    }

    /** What no rule may look at, as every visit outside a stay, would else want a sentence each. */
    @Test
    void oneSentenceServesForAllThatTheRulesCannotJudge() {
        Unreviewed wrong = unreviewed("Ponction");
        web.hospital.reviews.no = Code.RULE;
        browser.post(PATH, "entree", wrong.entry().hex());
        unreviewed("Consultation");
        unreviewed("Seconde consultation");
        assertThat(browser.get(PATH).body()).doesNotContain("Confirmer ensemble");
        web.hospital.reviews.no = Code.UNREAD;
        browser.post(PATH);
        assertThat(browser.get(PATH).body())
                .contains("2 écritures que les règles ne peuvent pas juger", "Confirmer ensemble");

        browser.post(PATH, "liste", "", "phrase", "Agenda vérifié");

        assertThat(browser.get(PATH).body()).contains("2 écritures relues.").doesNotContain("Confirmer ensemble");
        assertThat(web.hospital.reviews.open).containsExactly(wrong);
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review).contains("Agenda vérifié"));
    }

    @Test
    void ofSeveralWhatOneMayNotConfirmStaysAndTheyAreTold() {
        Unreviewed own = unreviewed("Consultation");
        unreviewed("Seconde consultation");
        web.hospital.reviews.no = Code.UNREAD;
        browser.post(PATH);
        web.hospital.nextWrites = transaction ->
                transaction.changes().getFirst() instanceof Transaction.Change.Create create
                                && create.resource()
                                        .values("target.reference")
                                        .contains(own.targets().getFirst().reference())
                        ? Optional.of(new WriteResult.Refused(Refusal.at(Code.NOT_ALLOWED, "Encounter", "own")))
                        : web.hospital.reviews.take(transaction);
        browser.post(PATH, "liste", "", "phrase", "Agenda vérifié");
        assertThat(browser.get(PATH).body())
                .contains("1 écriture relue. 1 autre reste : elle est à confirmer par un collègue.")
                .doesNotContain(Code.NOT_ALLOWED.tag());
        assertThat(web.hospital.reviews.open).containsExactly(own);
    }

    /** Each write that is looked up costs one of two hundred an hour. */
    @Test
    void oneThatIsRefusedAmongTwentyIsFoundByHalves() {
        for (int i = 1; i < Reviewer.AT_ONCE_MAX; i++) {
            web.hospital.reviews.accepted.add(unreviewed("Acte " + i).entry());
        }
        Unreviewed wrong = unreviewed("Suture");
        web.hospital.reviews.no = Code.RULE;
        List<Transaction> writes = new ArrayList<>();
        web.hospital.nextWrites = transaction -> {
            writes.add(transaction);
            return web.hospital.reviews.take(transaction);
        };
        browser.post(PATH);
        assertThat(web.hospital.reviews.open).containsExactly(wrong);
        assertThat(writes).hasSizeLessThan(Reviewer.AT_ONCE_MAX / 2 + 2);
    }

    /** Where the hulls fall silent midway, what was confirmed before is told. */
    @Test
    void whatWasConfirmedBeforeTheHullsFellSilentIsTold() {
        unreviewed("Ponction");
        Unreviewed rest = unreviewed("Suture");
        web.hospital.reviews.no = Code.RULE;
        web.hospital.reviews.accepted.add(web.hospital.reviews.open.getFirst().entry());
        int[] asked = {0};
        web.hospital.nextWrites = transaction -> ++asked[0] == 3
                ? Optional.of(new WriteResult.Refused(Refusal.of(Code.BUSY, "planted")))
                : web.hospital.reviews.take(transaction);
        browser.post(PATH);
        assertThat(browser.get(PATH).body()).contains("1 écriture relue. Le contrôle n’a pas répondu pour la suite");
        assertThat(web.hospital.reviews.open).containsExactly(rest);
    }

    /** Application refuses a review that bears no chance, and each bears its own. */
    @Test
    void eachReviewBearsItsOwnChance() {
        for (String what : List.of("Ponction", "Suture")) {
            browser.post(PATH, "entree", unreviewed(what).entry().hex());
        }
        List<String> ids = reviews().stream()
                .map(review -> review.replaceAll("(?s).*\"activity\":\\{[^}]*?\"id\":\"([^\"]*)\".*", "$1"))
                .toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(ContinuityReview::isChance);
    }

    /** Somebody of another ward had it asked: for the ward's own it is among all. */
    @Test
    void whatCouldNotBeJudgedIsAskedAgainWithTheOthers() {
        unreviewed("Ponction");
        unreviewed("Suture");
        web.hospital.reviews.no = Code.UNREAD;
        browser.post(PATH);
        assertThat(browser.get(PATH).body()).contains("Tout relire");
        web.hospital.reviews.no = null;
        browser.post(PATH);
        assertThat(web.hospital.reviews.open).isEmpty();
    }

    @Test
    void whatWasRefusedDoesNotKeepTheRestWaiting() {
        for (int i = 0; i < Reviewer.AT_ONCE_MAX; i++) {
            unreviewed("Acte " + i);
        }
        web.hospital.reviews.no = Code.RULE;
        browser.post(PATH);
        Unreviewed last = unreviewed("Suture");
        web.hospital.reviews.accepted.add(last.entry());
        browser.post(PATH);
        assertThat(browser.get(PATH).body()).contains("1 écriture relue.");
        assertThat(web.hospital.reviews.open).doesNotContain(last).hasSize(Reviewer.AT_ONCE_MAX);
    }
}
