package trimaran.application.movements;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MomentTest {

    @Test
    void everyPrecisionOfADateTimeIsRead() {
        assertThat(Moment.parse("2026")).isPresent();
        assertThat(Moment.parse("2026-11")).isPresent();
        assertThat(Moment.parse("2026-11-23")).isPresent();
        assertThat(Moment.parse("2026-11-23T08:00:00Z").orElseThrow().earliest())
                .isEqualTo(1_795_420_800_000L);
        assertThat(Moment.parse("2026-11-23T09:00:00.000+01:00")).isEqualTo(Moment.parse("2026-11-23T08:00:00Z"));
    }

    @Test
    void whatIsNoDateTimeIsNone() {
        for (String text : new String[] {"", "20x6", "2026-13", "2026-02-30", "2026-11-23T08:00:00", "yesterday"}) {
            assertThat(Moment.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void onlyWhatSurelyLiesAfterIsAfter() {
        Moment day = Moment.parse("2026-11-23").orElseThrow();
        assertThat(Moment.parse("2026-11-26").orElseThrow().surelyAfter(day)).isTrue();
        assertThat(Moment.parse("2026-11-23T23:00:00Z").orElseThrow().surelyAfter(day))
                .isFalse();
        assertThat(Moment.parse("2026-11").orElseThrow().surelyAfter(day)).isFalse();
    }
}
