package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.line.simulated.VirtualLoop;

/** What cannot be brought is left alone for longer each time, and fills no log. */
class BuddyStaysTest extends StationBench {

    private final VirtualLoop loop = hospital.loops.loop("stays", 0);
    private final BuddyStays stays = new BuddyStays(hospital.setting("stays", loop, new MemoryDisk()));
    private final Digest entry = Digest.sha256(Bytes.ofText("entry"));

    private void refused(Digest one, Code code) {
        stays.refused(one, Refusal.of(code, "no"), false);
    }

    private long said() {
        return hospital.events.stream()
                .filter(StationEvent.WardEntryStays.class::isInstance)
                .count();
    }

    /** Whether it is left alone for so long and no longer. */
    private void waits(long millis) {
        hospital.loops.runMillis(millis - 1);
        assertThat(stays.waits(entry)).isTrue();
        hospital.loops.runMillis(2);
        assertThat(stays.waits(entry)).isFalse();
    }

    @Test
    void twiceAsLongEachTimeUpToItsLongest() {
        for (long wait = BuddyLimits.STAYS_MILLIS; wait < 3 * BuddyLimits.STAYS_MILLIS_MAX; wait *= 2) {
            refused(entry, Code.DUPLICATE);
            waits(Math.min(wait, BuddyLimits.STAYS_MILLIS_MAX));
        }
        stays.over(entry);
        refused(entry, Code.DUPLICATE);
        waits(BuddyLimits.STAYS_MILLIS);
    }

    @Test
    void whatPassesWaitsAMinuteAtMostAndNotForATierThatIsBack() {
        for (long wait = BuddyLimits.ROUND_MILLIS; wait < 3 * BuddyLimits.STAYS_MILLIS; wait *= 2) {
            refused(entry, Code.BUSY);
            waits(Math.min(wait, BuddyLimits.STAYS_MILLIS));
        }
        refused(entry, Code.BUSY);
        stays.passingMayGoOn();
        assertThat(stays.waits(entry)).isFalse();
        assertThat(stays.lasting()).isEmpty();
    }

    @Test
    void anEntryIsSaidOnceAlsoWhereItsStationSpokeInBetween() {
        refused(entry, Code.DUPLICATE);
        stays.only(java.util.Set.of());
        refused(entry, Code.NOT_ALLOWED);

        assertThat(said()).isEqualTo(1);
    }

    @Test
    void soManyEntriesAreSaidAndNoMore() {
        for (int i = 0; i <= BuddyLimits.SAID_MAX; i++) {
            refused(Digest.sha256(Bytes.ofText("entry " + i)), Code.DUPLICATE);
        }

        assertThat(said()).isEqualTo(BuddyLimits.SAID_MAX);
        assertThat(stays.lasting()).containsEntry(Code.DUPLICATE, BuddyLimits.SAID_MAX + 1);
    }
}
