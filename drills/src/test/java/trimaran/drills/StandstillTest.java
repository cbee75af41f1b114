package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StandstillTest {

    @Test
    void asLongAsIsPromisedIsNoBreach() {
        assertThat(Standstill.breaches(Standstill.READ_MILLIS_MAX, Standstill.WRITE_MILLIS_MAX))
                .isEmpty();
    }

    @Test
    void oneMillisecondMoreIsOne() {
        assertThat(Standstill.breaches(Standstill.READ_MILLIS_MAX + 1, 0))
                .singleElement()
                .hasToString("STANDSTILL: the ward could not read for 2001 ms");
        assertThat(Standstill.breaches(0, Standstill.WRITE_MILLIS_MAX + 1))
                .singleElement()
                .hasToString("STANDSTILL: the ward could not write for 5001 ms");
    }
}
