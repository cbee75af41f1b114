package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.WallTime;

/** Officers sign nothing under a clock two tiers say is wrong. */
class SigningClockTest {

    private static final WallTime NOW = new WallTime(1_800_000_000_000L);

    private static final long YEARS = 10L * 365 * 86_400_000;

    private static WallTime off(long millis) {
        return new WallTime(NOW.millis() + millis);
    }

    @Test
    void aClockYearsOffIsNamedWithTheWayOn() {
        for (long apart : new long[] {YEARS, -YEARS, SigningClock.APART_MILLIS_MAX + 1}) {
            assertThatThrownBy(() -> SigningClock.require(NOW, List.of(off(apart), off(apart + 40))))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(Code.BAD_VALUE))
                    .hasMessageContaining("this machine's clock says 2027-01-15T08:00:00Z, two tiers say ")
                    .hasMessageContaining("Set this machine's clock right");
        }
    }

    @Test
    void aMinuteApartIsNothing() throws RefusedException {
        SigningClock.require(NOW, List.of(off(SigningClock.APART_MILLIS_MAX), off(SigningClock.APART_MILLIS_MAX - 40)));
    }

    /** A fallen tier, or one whose own clock is wrong, keeps no officer from signing. */
    @Test
    void oneTiersWordIsNotEnough() throws RefusedException {
        SigningClock.require(NOW, List.of(off(YEARS)));
        SigningClock.require(NOW, List.of(off(YEARS), off(0)));
        SigningClock.require(NOW, List.of(off(YEARS), off(-YEARS)));
        SigningClock.require(NOW, List.of());
    }
}
