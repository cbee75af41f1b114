package trimaran.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;

/** Officers sign nothing under a clock two tiers say is wrong. */
class OfficerClockTest {

    private static final WallTime NOW = new WallTime(1_800_000_000_000L);

    private static final long YEARS = 10L * 365 * 86_400_000;

    private static Optional<Refusal> wrong(long... apart) {
        return OfficerClock.wrong(
                NOW,
                Arrays.stream(apart)
                        .mapToObj(millis -> new WallTime(NOW.millis() + millis))
                        .toList());
    }

    @Test
    void aClockYearsOffIsNamedWithTheWayOn() {
        for (long apart : new long[] {YEARS, -YEARS, OfficerClock.APART_MILLIS_MAX + 1}) {
            Refusal refusal = wrong(apart, apart + 40).orElseThrow();
            assertThat(refusal.code()).isEqualTo(Code.BAD_VALUE);
            assertThat(refusal.sentence())
                    .contains("this machine's clock says 2027-01-15T08:00:00Z, two tiers say ")
                    .contains("Set this machine's clock right");
        }
    }

    @Test
    void aMinuteApartIsNothing() {
        assertThat(wrong(OfficerClock.APART_MILLIS_MAX, OfficerClock.APART_MILLIS_MAX - 40))
                .isEmpty();
    }

    /** A fallen tier, or one whose own clock is wrong, keeps no officer from signing. */
    @Test
    void oneTiersWordIsNotEnough() {
        for (List<Long> said : List.of(List.of(YEARS), List.of(YEARS, 0L), List.of(YEARS, -YEARS), List.<Long>of())) {
            assertThat(wrong(said.stream().mapToLong(Long::longValue).toArray()))
                    .isEmpty();
        }
    }
}
