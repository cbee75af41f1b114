package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Old notes that come one by one are not a quorum that is heard. */
class NoteLagTest {

    private static final long START = 1_700_000_000;

    private final NoteLag lag = new NoteLag();
    private long clock = 42;
    private long fresh = START;

    private void after(long seconds, long freshSeconds) {
        clock += TimeUnit.SECONDS.toNanos(seconds);
        fresh = freshSeconds;
        lag.heard(fresh, clock);
    }

    private long lagSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(lag.nanos(fresh, clock));
    }

    @Test
    void nothingIsLateBeforeAnythingCame() {
        assertThat(lag.nanos(START, clock)).isZero();
    }

    @Test
    void askingBeforeAnythingCameMakesTheFirstNoteNoLateOne() {
        lag.asked(0, clock);
        after(1, START);
        assertThat(lag.nanos(fresh, clock)).isZero();
    }

    @Test
    void aNoteASecondIsPrompt() {
        for (int second = 0; second < 60; second++) {
            after(1, START + second);
            assertThat(lagSeconds()).isZero();
        }
    }

    @Test
    void notesThatComeSlowerThanTheyWereSignedAreLateAndSoIsSilence() {
        after(1, START);
        for (int tick = 1; tick <= 4; tick++) {
            after(2, START + tick);
        }
        assertThat(lagSeconds()).isEqualTo(4);
        clock += TimeUnit.SECONDS.toNanos(3);
        assertThat(lagSeconds()).isEqualTo(7);
    }

    /** Else a tier would ask for ever after all clocks but its own went back. */
    @Test
    void afterTheOthersWereAskedWhatTheyHaveIsTheMeasure() {
        after(1, START);
        after(1, START - 3_600);
        assertThat(lagSeconds()).isEqualTo(3_601);
        lag.asked(fresh, clock);
        assertThat(lagSeconds()).isZero();
        after(1, START + 1);
        after(5, START + 2);
        assertThat(lagSeconds()).isEqualTo(4);
    }
}
