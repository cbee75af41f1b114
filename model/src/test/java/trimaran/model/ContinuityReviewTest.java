package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

final class ContinuityReviewTest {

    private static final ResourceId ID = new ResourceId(new CellId(3, 4), 5);
    private static final ContinuityReview.Target TARGET = new ContinuityReview.Target("Observation", ID, 12);

    private static Bytes review(String system, String... references) {
        StringBuilder targets = new StringBuilder();
        for (String one : references) {
            targets.append(targets.isEmpty() ? "" : ",")
                    .append("{'reference':'")
                    .append(one)
                    .append("'}");
        }
        return Bytes.ofText(("{'resourceType':'Provenance','target':[" + targets
                        + "],'recorded':'2026-04-01T00:00:00Z','activity':{'coding':[{'system':'" + system
                        + "','code':'reviewed'}]},'entity':[{'role':'source','what':{'reference':'"
                        + TARGET.reference() + "'}}],'agent':[{'who':{'display':'x'}}]}")
                .replace('\'', '"'));
    }

    @Test
    void aReviewIsToldByItsSystemAndNothingElseIsOne() {
        Bytes review = review(ContinuityReview.SYSTEM, "Patient/p");
        assertThat(ContinuityReview.is("Provenance", review)).isTrue();
        assertThat(ContinuityReview.is("Observation", review)).isFalse();
        assertThat(ContinuityReview.is("Provenance", review("urn:trimaran:other", "Patient/p")))
                .isFalse();
        assertThat(ContinuityReview.is("Provenance", review(ContinuityReview.SYSTEM + "s", "Patient/p")))
                .isFalse();
        assertThat(ContinuityReview.is("Provenance", Bytes.EMPTY)).isFalse();
        assertThat(ShownToApplication.shown("Provenance", review)).isTrue();
        assertThat(ShownToApplication.shown("Provenance", Bytes.EMPTY)).isFalse();
    }

    @Test
    void aReferenceWithItsVersionComesBackAsItWasWritten() {
        assertThat(ContinuityReview.Target.of(TARGET.reference())).contains(TARGET);
    }

    @Test
    void aReferenceWithoutAVersionOrToElsewhereNamesNothing() {
        for (String reference : List.of(
                "",
                "Observation/" + ID,
                "Observation/" + ID + "/_history/",
                "Observation/" + ID + "/_history/0",
                "Observation/" + ID + "/_history/x",
                "Observation/" + ID + "/_history/12345678901",
                "Observation/mine/_history/1",
                "/_history/1",
                "https://elsewhere.example/Observation/" + ID + "/_history/1")) {
            assertThat(ContinuityReview.Target.of(reference)).as(reference).isEmpty();
        }
    }

    @Test
    void theSameVersionsGiveTheSameIdAndOthersAnother() {
        ContinuityReview.Target next = new ContinuityReview.Target("Observation", ID, 13);
        String id = ContinuityReview.idOf(List.of(TARGET));
        assertThat(id).isEqualTo(ContinuityReview.idOf(List.of(TARGET))).matches("[A-Za-z0-9.-]{1,64}");
        assertThat(ContinuityReview.idOf(List.of(next))).isNotEqualTo(id);
        assertThat(ContinuityReview.idOf(List.of(TARGET, next))).isNotEqualTo(id);
    }

    /** What else a Provenance refers to is not what it is about. */
    @Test
    void onlyTargetsAreReviewed() {
        Bytes json = review(ContinuityReview.SYSTEM, "Patient/" + ID, "Observation/" + ID + "/_history/1");
        assertThat(ContinuityReview.targets(json)).containsExactly(new ContinuityReview.Target("Observation", ID, 1));
        assertThat(ContinuityReview.targets(Bytes.ofText("{"))).isEmpty();
    }
}
