package trimaran.drills;

import java.util.ArrayList;
import java.util.List;

/** How long a ward may stand still while any one party is ill. */
final class Standstill {

    /** Seconds of the clock in which nobody could read. */
    static final long SECONDS_WITHOUT_READ_MAX = 0;

    /** Whoever is refused a read is served as they ask once more. */
    static final int READS_FAILED_MAX = 1;

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

    /** @param reads how long the ward stood without a read, and {@code writes} without a write */
    static List<Breach> breaches(Lull reads, Lull writes) {
        List<Breach> breaches = new ArrayList<>();
        if (reads.seconds() > SECONDS_WITHOUT_READ_MAX) {
            breaches.add(new Breach(Breach.Kind.STANDSTILL, "the ward could not read for " + reads.millis() + " ms"));
        }
        if (reads.failures() > READS_FAILED_MAX) {
            breaches.add(new Breach(
                    Breach.Kind.STANDSTILL, "the ward was refused " + reads.failures() + " reads one after the other"));
        }
        if (writes.millis() > WRITE_MILLIS_MAX) {
            breaches.add(new Breach(Breach.Kind.STANDSTILL, "the ward could not write for " + writes.millis() + " ms"));
        }
        return breaches;
    }
}
