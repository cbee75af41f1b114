package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StandstillTest {

    private static final Lull AS_PROMISED =
            new Lull(Standstill.WRITE_MILLIS_MAX, Standstill.SECONDS_WITHOUT_READ_MAX, Standstill.READS_FAILED_MAX);

    @Test
    void asLongAsIsPromisedIsNoBreach() {
        assertThat(Standstill.breaches(AS_PROMISED, AS_PROMISED)).isEmpty();
    }

    @Test
    void aLittleMoreIsOne() {
        assertThat(Standstill.breaches(new Lull(1_001, 1, 0), Lull.NONE))
                .singleElement()
                .hasToString("STANDSTILL: the ward could not read for 1001 ms");
        assertThat(Standstill.breaches(new Lull(0, 0, Standstill.READS_FAILED_MAX + 1), Lull.NONE))
                .singleElement()
                .hasToString("STANDSTILL: the ward was refused 2 reads one after the other");
        assertThat(Standstill.breaches(Lull.NONE, new Lull(Standstill.WRITE_MILLIS_MAX + 1, 0, 0)))
                .singleElement()
                .hasToString("STANDSTILL: the ward could not write for 5001 ms");
    }

    @Test
    void aSecondOfTheClockCountsWhereNothingSucceededInAllOfIt() {
        assertThat(stretch(1_000, 2_000).seconds()).isEqualTo(1);
        assertThat(stretch(1_001, 2_999).seconds()).as("two halves").isZero();
        assertThat(stretch(1_001, 3_000).seconds()).isEqualTo(1);
        assertThat(stretch(900, 3_100).seconds()).isEqualTo(2);
        assertThat(stretch(1_100, 1_200).seconds()).isZero();
    }

    @Test
    void whatSucceedsEndsAStretchAndWhatFailsInItIsCounted() {
        Lulls lulls = new Lulls();
        long before = System.nanoTime();
        lulls.watch();
        lulls.failed(before);
        lulls.failed(System.nanoTime());
        lulls.failed(System.nanoTime());
        assertThat(lulls.longest().failures()).as("those begun since").isEqualTo(2);
        lulls.done(System.nanoTime());
        lulls.failed(System.nanoTime());
        assertThat(lulls.longest().failures()).as("the most").isEqualTo(2);
        lulls.watch();
        assertThat(lulls.longest().failures()).isZero();
    }

    private static Lull stretch(long fromMillis, long toMillis) {
        return Lull.between(TimeUnit.MILLISECONDS.toNanos(fromMillis), TimeUnit.MILLISECONDS.toNanos(toMillis), 0);
    }
}
