package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is taken of a request that was answered before it was read. */
final class LingeringTest {

    /** Sends without end, and counts. */
    private static final class Endless extends InputStream {
        private final AtomicLong nanos;
        private final long eachNanos;
        private long sent;

        Endless(AtomicLong nanos, long eachNanos) {
            this.nanos = nanos;
            this.eachNanos = eachNanos;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in chunks");
        }

        @Override
        public int read(byte[] into, int from, int length) {
            nanos.addAndGet(eachNanos);
            sent += length;
            return length;
        }
    }

    @Test
    void whatIsSentIsTakenToItsEnd() {
        ByteArrayInputStream rest = new ByteArrayInputStream(new byte[100_000]);
        Lingering.take(() -> rest, () -> 0);
        assertThat(rest.available()).isZero();
    }

    @Test
    void whoSendsMoreThanAnyBodyIsLeft() {
        Endless rest = new Endless(new AtomicLong(), 0);
        Lingering.take(() -> rest, () -> 0);
        assertThat(rest.sent).isBetween(Lingering.BYTES_MAX, Lingering.BYTES_MAX + (1 << 20));
    }

    @Test
    void whoDrawsItOutIsLeft() {
        AtomicLong nanos = new AtomicLong();
        Lingering.take(() -> new Endless(nanos, 1_000_000), nanos::get);
        assertThat(nanos.get() / 1_000_000).isEqualTo(Lingering.MILLIS_MAX + 1);
    }

    @Test
    void aBrokenLineIsTheEndAndSoIsABodyThatWasBegun() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        assertThatCode(() -> Lingering.take(() -> closed, () -> 0)).doesNotThrowAnyException();
        assertThatCode(() -> Lingering.take(
                        () -> {
                            throw new IllegalStateException("requested before");
                        },
                        () -> 0))
                .doesNotThrowAnyException();
    }
}
