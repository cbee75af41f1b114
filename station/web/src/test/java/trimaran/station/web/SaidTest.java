package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;

/** The line above a record follows what became of what was written, and says no more of it than the record does. */
class SaidTest {

    private static final ResourceId WRITTEN = FakeHospital.id(501);
    private static final Instant AT = Instant.ofEpochMilli(OpenWeb.NOW);
    private static final String PULSE = """
            {"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],\
            "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}],"text":"Pouls"},\
            "effectiveDateTime":"2026-03-01T02:10:00Z","valueQuantity":{"value":88,"unit":"/min"}}""";

    private final KeptWrites kept = new KeptWrites();

    @Test
    void whatNobodyHadApprovedIsSavedOnceItIsReviewed() {
        assertThat(said(Said.State.REVIEW).by(chart(pulse(true)), kept, false).state())
                .isEqualTo(Said.State.REVIEW);
        assertThat(said(Said.State.REVIEW).by(chart(pulse(false)), kept, false).state())
                .isEqualTo(Said.State.SAVED);
    }

    /** A copy made before, or a record that cannot be opened, says nothing of a review. */
    @Test
    void whatIsNotSeenIsNotCalledReviewed() {
        assertThat(said(Said.State.REVIEW).by(chart(pulse(false)), kept, true).state())
                .isEqualTo(Said.State.REVIEW);
        assertThat(said(Said.State.REVIEW).by(chart(), kept, false).state()).isEqualTo(Said.State.REVIEW);
    }

    @Test
    void whatLayHereIsToBeReviewedWhereNobodyApprovedIt() {
        kept.add(FakeHospital.PATIENT, List.of(pulse(false)));
        assertThat(said(Said.State.LOCAL).by(chart(), kept, false).state()).isEqualTo(Said.State.LOCAL);
        kept.settled(kept.entries());
        assertThat(said(Said.State.LOCAL).by(chart(pulse(true)), kept, false).state())
                .isEqualTo(Said.State.REVIEW);
        assertThat(said(Said.State.LOCAL).by(chart(pulse(false)), kept, false).state())
                .isEqualTo(Said.State.SAVED);
        assertThat(said(Said.State.LOCAL).by(chart(), kept, false).state()).isEqualTo(Said.State.LOST);
    }

    private static Said said(Said.State state) {
        return new Said(state, "Pouls", FakeHospital.PATIENT, AT, List.of(WRITTEN), Optional.empty());
    }

    private static Chart chart(ResourceVersion... versions) {
        return ChartFold.of(List.of(versions), new View(AT, ZoneId.of("Europe/Paris"), Places.of(List.of())));
    }

    private static ResourceVersion pulse(boolean continuity) {
        return new ResourceVersion(
                WRITTEN,
                "Observation",
                1,
                new RecordTime(OpenWeb.NOW),
                Bytes.ofText(PULSE),
                ResourceVersion.Standing.RECORDED,
                continuity,
                Digest.ZERO,
                Digest.ZERO,
                false);
    }
}
