package trimaran.drills;

import java.util.ArrayList;
import java.util.List;

/** How long a ward may stand still while any one party is ill. */
final class Standstill {

    /** No second of the clock without a read: between two reads further apart than this lies a whole one. */
    static final long READ_MILLIS_MAX = 2_000;

    /** At most five seconds without a write. */
    static final long WRITE_MILLIS_MAX = 5_000;

    private Standstill() {}

    /** The ward stood still and did not go on: a promise that was broken, and the end of the drill. */
    static final class LastingException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        LastingException(String what, Throwable cause) {
            super(what, cause);
        }
    }

    /** @param readMillis the longest stretch without a read, and {@code writeMillis} without a write */
    static List<Breach> breaches(long readMillis, long writeMillis) {
        List<Breach> breaches = new ArrayList<>();
        if (readMillis > READ_MILLIS_MAX) {
            breaches.add(new Breach(Breach.Kind.STANDSTILL, "the ward could not read for " + readMillis + " ms"));
        }
        if (writeMillis > WRITE_MILLIS_MAX) {
            breaches.add(new Breach(Breach.Kind.STANDSTILL, "the ward could not write for " + writeMillis + " ms"));
        }
        return breaches;
    }
}
