package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;

class ReviewReasonsTest {

    private final ReviewReasons reasons = new ReviewReasons();

    private static Digest entry(int number) {
        return Digest.sha256(Bytes.ofText("entry " + number));
    }

    @Test
    void theOldestIsForgottenOverTheLimitAndWhatWasSaidAgainIsNotOld() {
        for (int i = 0; i < ReviewReasons.REASONS_MAX; i++) {
            reasons.keep(entry(i), Code.RULE);
        }
        reasons.keep(entry(0), Code.BED_TAKEN);
        assertThat(reasons.of(entry(1))).contains(Code.RULE);
        reasons.keep(entry(ReviewReasons.REASONS_MAX), Code.RULE);
        assertThat(reasons.of(entry(1))).isEmpty();
        assertThat(reasons.of(entry(0))).contains(Code.BED_TAKEN);
    }

    @Test
    void whatIsReviewedHasNoReasonAnyMore() {
        reasons.keep(entry(1), Code.RULE);
        reasons.forget(entry(1));
        assertThat(reasons.of(entry(1))).isEmpty();
    }
}
