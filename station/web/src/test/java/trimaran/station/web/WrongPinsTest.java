package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongPinsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WrongPins wrong = new WrongPins(nanos::get, "officier"::equals);

    private void wrongly(String name, int times) {
        for (int i = 0; i < times; i++) {
            wrong.count(name);
        }
    }

    @Test
    void inventedNamesMakeNobodyForgetTheCountOfABadge() {
        wrongly("officier", WebLimits.WRONG_PINS_MAX - 1);
        for (int i = 0; i <= WebLimits.UNKNOWN_NAMES_MAX; i++) {
            wrong.count("inconnu-" + i);
        }
        assertThat(wrong.waits("officier")).isFalse();
        assertThat(wrong.count("officier")).isEqualTo(WebLimits.WRONG_PINS_MAX);
        assertThat(wrong.waits("officier")).isTrue();
    }

    @Test
    void aNameThatIsNoBadgesWaitsAsABadgeDoesAndTheOldestIsForgotten() {
        wrongly("personne", WebLimits.WRONG_PINS_MAX);
        assertThat(wrong.waits("personne")).isTrue();
        for (int i = 1; i < WebLimits.UNKNOWN_NAMES_MAX; i++) {
            wrong.count("inconnu-" + i);
        }
        assertThat(wrong.waits("inconnu-1")).isFalse();
        assertThat(wrong.waits("personne")).isTrue();
        for (int i = 0; i < WebLimits.UNKNOWN_NAMES_MAX; i++) {
            wrong.count("autre-" + i);
        }
        assertThat(wrong.waits("personne")).isFalse();
    }

    @Test
    void timeAndTheRightPinForgive() {
        wrongly("officier", WebLimits.WRONG_PINS_MAX);
        nanos.addAndGet(WebLimits.WRONG_PIN_WAIT_MILLIS * 1_000_000);
        assertThat(wrong.waits("officier")).isTrue();
        nanos.incrementAndGet();
        assertThat(wrong.waits("officier")).isFalse();
        assertThat(wrong.count("officier")).isOne();
        wrong.forgive("officier");
        assertThat(wrong.count("officier")).isOne();
    }
}
