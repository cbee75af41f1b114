package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.station.fhir.DateCriterion.Prefix;

class DateSpanTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static DateSpan span(String text) {
        return DateSpan.of(text, PARIS).orElseThrow();
    }

    @Test
    void a_value_is_as_wide_as_it_is_precise() {
        assertThat(span("2026"))
                .isEqualTo(new DateSpan(Instant.parse("2025-12-31T23:00:00Z"), Instant.parse("2026-12-31T23:00:00Z")));
        assertThat(span("2026-02"))
                .isEqualTo(new DateSpan(Instant.parse("2026-01-31T23:00:00Z"), Instant.parse("2026-02-28T23:00:00Z")));
        // The day summer time begins in has 23 hours.
        assertThat(span("2026-03-29"))
                .isEqualTo(new DateSpan(Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z")));
        assertThat(span("2026-11-27T08:00Z"))
                .isEqualTo(new DateSpan(Instant.parse("2026-11-27T08:00:00Z"), Instant.parse("2026-11-27T08:01:00Z")));
        assertThat(span("2026-11-27T08:00:07+01:00").high()).isEqualTo(Instant.parse("2026-11-27T07:00:08Z"));
        assertThat(span("2026-11-27T08:00:07.250Z").high()).isEqualTo(Instant.parse("2026-11-27T08:00:07.251Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "2026-13",
                "2026-02-30",
                "2026-11-27T8:00",
                "2026-11-27T08:00.5Z",
                "27/11/2026",
                "2026-11-27T08"
            })
    void what_is_no_date_is_none(String text) {
        assertThat(DateSpan.of(text, PARIS)).isEmpty();
    }

    /** R4 search, prefixes: own value, prefix, value asked for. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T10:00:00Z, eq, 2026-11-27, true",
        "2026-11-26T23:30:00Z, eq, 2026-11-27, true",
        "2026-11-27T23:30:00Z, eq, 2026-11-27, false",
        "2026, eq, 2026-11-27, false",
        "2026-11-27, ne, 2026-11-27, false",
        "2026-11-28, ne, 2026-11-27, true",
        "2026-11-28, gt, 2026-11-27, true",
        "2026-11-27, gt, 2026-11-27, false",
        "2026, gt, 2026-11-27, true",
        "2026-11-26, lt, 2026-11-27, true",
        "2026-11-27, lt, 2026-11-27, false",
        "2026-11-27, ge, 2026-11-27, true",
        "2026-11-26, ge, 2026-11-27, false",
        "2026-11-27, le, 2026-11-27, true",
        "2026-11-28, le, 2026-11-27, false",
        "2026-11-28, sa, 2026-11-27, true",
        "2026, sa, 2026-11-27, false",
        "2026-11-26, eb, 2026-11-27, true",
        "2026, eb, 2026-11-27, false",
        "2026-11-28, ap, 2026-11-27, true",
        "2026-11-29T12:00:00Z, ap, 2026-11-27, false"
    })
    void prefixes_compare_as_the_standard_says(String own, String prefix, String asked, boolean fits) {
        assertThat(Prefix.of(prefix).orElseThrow().fits(span(own), span(asked))).isEqualTo(fits);
    }

    @Test
    void a_period_without_an_end_goes_on() {
        DateSpan open = DateSpan.ofPeriod(Map.of("start", "2026-11-20"), PARIS).orElseThrow();

        assertThat(Prefix.GE.fits(open, span("2030"))).isTrue();
        assertThat(Prefix.EB.fits(open, span("2030"))).isFalse();
        assertThat(DateSpan.ofPeriod(Map.of(), PARIS)).isEmpty();
    }
}
