package trimaran.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;

/** A window as a person writes it. */
class WindowTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final RecordTime NOW = time("2026-11-28T12:00:00Z");

    private static RecordTime time(String text) {
        return new RecordTime(Instant.parse(text).toEpochMilli());
    }

    private static Outcome<Window> of(String from, String to) {
        return Window.of(from, to, PARIS, NOW);
    }

    private static void refused(String from, String to, String sentence) {
        assertThat(of(from, to)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(Code.USAGE);
            assertThat(refused.refusal().sentence()).contains(sentence);
        });
    }

    @Test
    void withoutAnOffsetItIsTheHospitalsTime() {
        assertThat(of("2026-03-01T22:30", "2026-07-01T22:30:05"))
                .isEqualTo(Outcome.done(new Window(time("2026-03-01T21:30:00Z"), time("2026-07-01T20:30:05Z"))));
        assertThat(of("2026-03-01T22:30Z", "2026-07-01T22:30:00+05:30"))
                .isEqualTo(Outcome.done(new Window(time("2026-03-01T22:30:00Z"), time("2026-07-01T17:00:00Z"))));
    }

    @Test
    void aDayIsWholeAndTheDoubledHourToo() {
        assertThat(of("2026-03-01", "2026-03-01"))
                .isEqualTo(Outcome.done(new Window(time("2026-02-28T23:00:00Z"), time("2026-03-01T22:59:59.999Z"))));
        assertThat(of("2026-10-25T02:30", "2026-10-25T02:30"))
                .isEqualTo(Outcome.done(new Window(time("2026-10-25T00:30:00Z"), time("2026-10-25T01:30:00Z"))));
    }

    @Test
    void whatIsNoWindowIsSaid() {
        refused("hier", "2026-03-01", "\"hier\" is no time");
        refused("2026-03-01", "2026-02-30", "\"2026-02-30\" is no time");
        refused("1969-03-01", "2026-02-01", "is no time");
        refused("2026-03-02", "2026-03-01", "before it begins");
        refused("2026-03-02", "2026-11-28T13:00:01", "in the future");
        assertThat(of("2026-03-02", "2026-11-28T13:00:00").isDone()).isTrue();
    }
}
