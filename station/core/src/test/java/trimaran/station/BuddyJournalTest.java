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
    private final MemoryDisk memory = new MemoryDisk();
    private final BreakableDisk disk = new BreakableDisk(memory);
    private BuddyJournal journal = opened();

    private BuddyJournal opened() {
        return new BuddyJournal(hospital.setting("journal", loop, disk), "station");
    }

    private List<Digest> greeted(Digest formerly, Digest now) {
        return FakeHospital.done(journal.greeted(formerly, now));
    }

    private Digest kept(int number) {
        StoredEntry entry = BuddyBoundsTest.entry(number, 1);
        assertThat(journal.keep(entry.digest(), entry).isDone()).isTrue();
        journal.flush();
        return entry.digest();
    }

    @Test
    void aNameThatIsLostOrDamagedMakesNobodyTheStationItself() {
        for (Bytes damage : List.of(Bytes.EMPTY, Bytes.ofText("torn"), Bytes.wrap(new byte[Digest.SIZE]))) {
            greeted(Digest.ZERO, FIRST);
            Digest entry = kept(damage.size());
            disk.replace(LIFE, damage);
            journal = opened();

            greeted(Digest.ZERO, SECOND);

            assertThat(journal.toBring(false)).contains(entry);
        }
    }

    @Test
    void whoSpeaksForTheFirstTimeOrAgainIsTheStationItself() {
        assertThat(greeted(Digest.ZERO, FIRST)).isEmpty();
        Digest entry = kept(1);

        assertThat(greeted(FIRST, SECOND)).containsExactly(entry);
        assertThat(greeted(FIRST, SECOND)).containsExactly(entry);
        assertThat(journal.toBring(false)).isEmpty();
    }

    @Test
    void whatThatStationLostIsThisOnesToBringAcrossRestarts() {
        greeted(Digest.ZERO, FIRST);
        Digest lost = kept(1);
        Digest there = kept(2);

        journal.lost(List.of(lost, FIRST));

        assertThat(journal.toBring(false)).containsExactly(lost);
        assertThat(journal.count()).isEqualTo(2);
        journal = opened();
        assertThat(journal.toBring(false)).containsExactly(lost);
        assertThat(greeted(FIRST, SECOND)).containsExactlyInAnyOrder(lost, there);
    }

    @Test
    void whatThatStationHasUnderAnotherNameIsNamedToItSoThatItSaysWhenItLeaves() {
        greeted(Digest.ZERO, FIRST);
        Digest entry = kept(1);

        assertThat(greeted(Digest.ZERO, SECOND)).containsExactly(entry);
        assertThat(journal.toBring(false)).containsExactly(entry);

        journal.left(List.of(entry));
        assertThat(journal.count()).isZero();
    }

    @Test
    void aDiskThatRefusesCostsWhatComesAndNotTheProcess() {
        greeted(Digest.ZERO, FIRST);
        Digest first = kept(1);
        StoredEntry second = BuddyBoundsTest.entry(2, 1);
        disk.broken = true;

        assertThat(code(journal.keep(second.digest(), second))).isEqualTo(Code.DISK_FULL);
        assertThat(code(journal.keep(second.digest(), second)))
                .as("it is not there for having been refused")
                .isEqualTo(Code.DISK_FULL);
        assertThat(code(journal.greeted(Digest.ZERO, SECOND))).isEqualTo(Code.DISK_FULL);
        assertThat(code(journal.lost(List.of(first)))).isEqualTo(Code.DISK_FULL);
        journal.left(List.of(first));
        hospital.loops.runMillis(60_000);
        journal.flush();

        disk.broken = false;
        assertThat(journal.keep(second.digest(), second).isDone()).isTrue();
        journal = opened();
        assertThat(journal.toBring(true)).containsExactly(second.digest());
    }

    @Test
    void whatAFailedWriteLeftBehindIsNoDamage() {
        greeted(Digest.ZERO, FIRST);
        kept(1);
        StoredEntry second = BuddyBoundsTest.entry(2, 1);
        disk.broken = true;
        journal.keep(second.digest(), second);
        memory.append("buddy-station/outbox", Bytes.ofText("half a record"));
        disk.broken = false;

        journal.keep(second.digest(), second);

        journal = opened();
        assertThat(journal.count()).isEqualTo(2);
        assertThat(memory.list("buddy-station")).noneMatch(name -> name.startsWith(Outbox.DAMAGED));
    }

    @Test
    void whatThatStationSawLeaveGoesAlsoFromWhatItOnceLost() {
        greeted(Digest.ZERO, FIRST);
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
            journal.keep(entry.digest(), entry);
        }
        assertThat(code(journal.room(1))).isEqualTo(Code.BUSY);
    }
}
