package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;

class LateTest {

    @Test
    void tenMinutesAreNotLateAndAMillisecondMoreIs() {
        WallTime written = new WallTime(1_000_000);
        RecordTime came = new RecordTime(1_000_000 + StationLimits.LATE_SHOWN_MILLIS);
        assertThat(ResourceVersion.isLate(written, came)).isFalse();
        assertThat(ResourceVersion.isLate(written, came.plusMillis(1))).isTrue();
    }
}
