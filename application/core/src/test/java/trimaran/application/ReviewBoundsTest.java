package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Response;
import trimaran.model.ContinuityReview;

/** What a review may cost application, and what it must bear, whoever sends it. */
final class ReviewBoundsTest extends ReviewingBench {

    /** Else a fallen station could have this tier walk through cells for what is in none. */
    @Test
    void nothingIsLookedForThatIsNotThePresentVersion() {
        ContinuityReview.Target now = written(dossier, "Observation", nurse, 2, true);
        for (long version : List.of(1L, 3L)) {
            ContinuityReview.Target other = new ContinuityReview.Target("Observation", now.id(), version);
            assertThat(code(reviewed(physician, "physician", "", other)))
                    .isEqualTo(version == 1 ? Code.RULE : Code.UNAVAILABLE);
        }
        ContinuityReview.Target none = new ContinuityReview.Target("Observation", new ResourceId(dossier.cell(), 9), 1);
        assertThat(code(reviewed(physician, "physician", "", none))).isEqualTo(Code.UNAVAILABLE);
        assertThat(cells.walked).isZero();
        approval(reviewed(physician, "physician", "", now));
        assertThat(cells.walked).isPositive();
    }

    /** In steps, between which others are answered; beyond the bound nobody can tell who wrote it. */
    @Test
    void whatWasWrittenLongAgoIsFoundInStepsAndNotWithoutEnd() {
        ContinuityReview.Target old = measured();
        Office office = office(yes);
        cells.since = AuthorSearch.PARTS_AT_ONCE;
        List<Outcome<Response>> answer = new ArrayList<>();
        office.approve(request(review(old)), answer::add);
        assertThat(answer).isEmpty();
        assertThat(cells.walked).isEqualTo(AuthorSearch.PARTS_AT_ONCE);
        loop.turn();
        loop.turn();
        approval(answer.getFirst());

        cells.since = AuthorSearch.PARTS_MAX;
        office.approve(request(review(old)), answer::add);
        for (int i = 0; i <= AuthorSearch.PARTS_MAX / AuthorSearch.PARTS_AT_ONCE; i++) {
            loop.turn();
        }
        assertThat(code(answer.getLast())).isEqualTo(Code.UNREAD);
    }

    /** Its hash stands in a header every keeper has: it must not be guessed. */
    @Test
    void aReviewWithoutChanceInItIsRefused() {
        String good = json("", List.of(measured().reference()));
        String id = "ab".repeat(ContinuityReview.CHANCE_HEX / 2);
        for (String bad : List.of(id.substring(1), id + "a", id.toUpperCase(Locale.ROOT), "")) {
            assertThat(code(asked(physician, "physician", Draft.Action.CREATE, good.replace(id, bad))))
                    .isEqualTo(Code.RULE);
        }
        approval(asked(physician, "physician", Draft.Action.CREATE, good));
    }

    @Test
    void aReviewNamesAsManyVersionsAsItsLimitAndNoMore() {
        ContinuityReview.Target[] most = new ContinuityReview.Target[ContinuityReview.TARGETS_MAX];
        ContinuityReview.Target[] more = new ContinuityReview.Target[ContinuityReview.TARGETS_MAX + 1];
        for (int i = 0; i < more.length; i++) {
            more[i] = measured();
            most[Math.min(i, most.length - 1)] = more[i];
        }
        approval(reviewed(physician, "physician", "", most));
        assertThat(code(reviewed(physician, "physician", "", more))).isEqualTo(Code.RULE);
    }
}
