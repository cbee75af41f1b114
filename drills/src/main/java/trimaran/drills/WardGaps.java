package trimaran.drills;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How long the ward stood still while that was measured, by its probe. */
final class WardGaps {

    private final WardProbe probe;
    private boolean stationStands = true;
    private Lull readsBefore = Lull.NONE;
    private Lull writesBefore = Lull.NONE;
    private Optional<Lull> reads = Optional.empty();
    private Optional<Lull> writes = Optional.empty();

    WardGaps(WardProbe probe) {
        this.probe = probe;
    }

    void begin() {
        watch(Lull.NONE, Lull.NONE);
    }

    void stop() {
        if (reads.isEmpty()) {
            reads = Optional.of(readsBefore.longer(probe.reads().longest()));
            writes = Optional.of(writesBefore.longer(probe.writes().longest()));
        }
    }

    /** Gaps count again, with the longest so far: the station is back, and there is more to come. */
    void goOn() {
        watch(reads.orElse(Lull.NONE), writes.orElse(Lull.NONE));
    }

    /** What is struck is the ward's own station, or its way to all parties: how soon it serves again is measured, and no promise. */
    void stationFalls() {
        stationStands = false;
    }

    /** It was away for a while so that something could be prepared: gaps are measured from now on. */
    void stationIsBack() {
        stationStands = true;
        probe.reads().watch();
        probe.writes().watch();
    }

    private void watch(Lull before, Lull writtenBefore) {
        readsBefore = before;
        writesBefore = writtenBefore;
        reads = Optional.empty();
        writes = Optional.empty();
        probe.reads().watch();
        probe.writes().watch();
    }

    /** Where it stood still for longer than is promised; the measuring is over. */
    List<Breach> breaches() {
        stop();
        return stationStands ? Standstill.breaches(reads.orElseThrow(), writes.orElseThrow()) : List.of();
    }

    OptionalLong readMillis() {
        return millis(reads);
    }

    OptionalLong writeMillis() {
        return millis(writes);
    }

    private static OptionalLong millis(Optional<Lull> longest) {
        return longest.map(one -> OptionalLong.of(one.millis())).orElseGet(OptionalLong::empty);
    }
}
