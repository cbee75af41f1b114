package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.line.simulated.VirtualLoop;

/** What a buddy keeps is let go of for good reasons alone. */
class BuddyJournalTest extends StationBench {

    private static final Digest FIRST = Digest.sha256(Bytes.ofText("first life"));
    private static final Digest SECOND = Digest.sha256(Bytes.ofText("second life"));
    private static final String LIFE = "buddy-station/life";

    private final VirtualLoop loop = hospital.loops.loop("journal", 0);
    private final MemoryDisk disk = new MemoryDisk();
    private BuddyJournal journal = opened();

    private BuddyJournal opened() {
        return new BuddyJournal(hospital.setting("journal", loop, disk), "station");
    }

    private Digest kept(int number) {
        StoredEntry entry = BuddyBoundsTest.entry(number, 1);
        assertThat(journal.keep(entry.digest(), entry, () -> {}).isDone()).isTrue();
        journal.flush();
        return entry.digest();
    }

    @Test
    void aNameThatIsLostOrDamagedMakesNobodyTheStationItself() {
        for (Bytes damage : List.of(Bytes.EMPTY, Bytes.ofText("torn"), Bytes.wrap(new byte[Digest.SIZE]))) {
            assertThat(journal.greeted(Digest.ZERO, FIRST)).isEmpty();
            Digest entry = kept(damage.size());
            disk.replace(LIFE, damage);
            journal = opened();

            assertThat(journal.greeted(Digest.ZERO, SECOND)).isEmpty();

            assertThat(journal.toBring(false)).contains(entry);
        }
    }

    @Test
    void whoSpeaksForTheFirstTimeOrAgainIsTheStationItself() {
        assertThat(journal.greeted(Digest.ZERO, FIRST)).isEmpty();
        Digest entry = kept(1);

        assertThat(journal.greeted(FIRST, SECOND)).containsExactly(entry);
        assertThat(journal.greeted(FIRST, SECOND)).containsExactly(entry);
        assertThat(journal.toBring(false)).isEmpty();
    }

    @Test
    void whatThatStationLostIsThisOnesToBringAcrossRestarts() {
        journal.greeted(Digest.ZERO, FIRST);
        Digest lost = kept(1);
        Digest there = kept(2);

        journal.lost(List.of(lost, FIRST));

        assertThat(journal.toBring(false)).containsExactly(lost);
        assertThat(journal.count()).isEqualTo(2);
        journal = opened();
        assertThat(journal.toBring(false)).containsExactly(lost);
        assertThat(journal.greeted(FIRST, SECOND)).containsExactly(there);
    }

    @Test
    void whatThatStationSawLeaveGoesAlsoFromWhatItOnceLost() {
        journal.greeted(Digest.ZERO, FIRST);
        Digest entry = kept(1);
        journal.lost(List.of(entry));
        kept(1);

        journal.left(List.of(entry));

        assertThat(journal.count()).isZero();
        assertThat(journal.entry(entry)).isEmpty();
    }

    @Test
    void roomIsSaidBeforeAnythingTravels() {
        assertThat(journal.room(BuddyLimits.BYTES_MAX).isDone()).isTrue();
        assertThat(code(journal.room(BuddyLimits.BYTES_MAX + 1))).isEqualTo(Code.BUSY);
        for (int i = 0; i < BuddyLimits.ENTRIES_MAX; i++) {
            StoredEntry entry = BuddyBoundsTest.entry(i, 1);
            journal.keep(entry.digest(), entry, () -> {});
        }
        assertThat(code(journal.room(1))).isEqualTo(Code.BUSY);
    }
}
