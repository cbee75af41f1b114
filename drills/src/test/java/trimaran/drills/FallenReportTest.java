package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.drills.FallenReport.Writing;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/** What a report of a fallen application must say and must not, by the record. */
class FallenReportTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T08:00:00Z");

    private static final List<Writing> WRITINGS = List.of(
            writing("asked", 60, true),
            writing("unasked", 60, false),
            writing("before", -600, true),
            writing("long-before", -2_000, true));

    @Test
    void whoWasAskedAboutIsReportedAndNobodyOfWhomNothingWasWritten() {
        assertThat(wrong("asked possible", "before possible")).isEmpty();
        assertThat(wrong("asked certain", "unasked certain")).isEmpty();
    }

    @Test
    void whoIsMissingOrTooMuchIsNamed() {
        assertThat(wrong("before possible")).singleElement().asString().startsWith("asked was told of");
        assertThat(wrong("asked possible", "long-before possible"))
                .singleElement()
                .asString()
                .startsWith("long-before is reported");
        assertThat(wrong("asked possible", "nobody possible"))
                .singleElement()
                .asString()
                .startsWith("nobody is reported");
        assertThat(wrong("asked possible", "before certain"))
                .singleElement()
                .asString()
                .startsWith("before is certain");
    }

    /** A family's drills are named after whom they fell; in others people or several fall. */
    @Test
    void aDrillIsNamedAfterWhomItFells() {
        assertThat(fallen("kill-access")).contains(Party.ACCESS);
        assertThat(fallen("encrypt-witness")).contains(Party.WITNESS);
        assertThat(fallen("clock-ahead-data")).contains(Party.DATA);
        assertThat(fallen("some-answers-application")).contains(Party.APPLICATION);
        for (String name :
                List.of("partition", "kill-station", "steal-two-tiers", "lone-officer", "two-wards-return")) {
            assertThat(fallen(name)).as(name).isEmpty();
        }
    }

    private static Optional<Party> fallen(String name) {
        return Catalogue.named(name).orElseThrow().fallen();
    }

    /** @param rows a patient and how sure it is */
    private static List<String> wrong(String... rows) {
        return FallenReport.wrong(
                Arrays.stream(rows)
                        .map(row -> row.split(" ", -1))
                        .map(row -> List.of(row[0], "", row[1], "NAMED"))
                        .toList(),
                WRITINGS,
                BEGUN);
    }

    private static Writing writing(String patient, long seconds, boolean wasAsked) {
        return new Writing(patient, new RecordTime(BEGUN.plusSeconds(seconds).toEpochMilli()), wasAsked);
    }
}
