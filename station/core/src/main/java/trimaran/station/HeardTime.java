package trimaran.station;

import java.util.function.LongSupplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The newest time the tiers' quorum told this station, also in an earlier life of its process: a clock that shows less is wrong. On disk
 * it is eight bytes, milliseconds. Whoever changes them has people let in by a clock that is behind, whose writing the tiers then refuse
 * as over, or keeps them from being let in while nobody is reached; the tiers judge as ever.
 */
final class HeardTime {

    static final String FILE = "heard-time";

    private final StationSetting setting;
    private final LongSupplier newestMillis;
    private long writtenMillis;

    /** @param newestMillis what was told in this life of the process; 0 for nothing */
    HeardTime(StationSetting setting, LongSupplier newestMillis) {
        this.setting = setting;
        this.newestMillis = newestMillis;
        setting.disk().read(FILE).ifPresent(this::load);
    }

    private void load(Bytes bytes) {
        try {
            writtenMillis = Reader.whole(bytes, Reader::i64);
        } catch (MalformedException damaged) {
            // It only warns of a clock: without it the clock is believed, until a tier is heard.
            writtenMillis = 0;
        }
    }

    void save() {
        long newest = newestMillis.getAsLong();
        if (newest > writtenMillis) {
            writtenMillis = newest;
            setting.disk().replace(FILE, new Writer(Long.BYTES).i64(newest).toBytes());
        }
    }

    /** Whether the clock of this machine shows less than the tiers said already. */
    boolean isClockBehind() {
        long newest = Math.max(writtenMillis, newestMillis.getAsLong());
        return setting.loop().wallTime().millis() + StationLimits.CLOCK_BEHIND_MILLIS < newest;
    }
}
