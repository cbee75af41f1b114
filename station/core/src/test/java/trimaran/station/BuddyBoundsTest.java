package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Writer;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Signature;

/** A buddy keeps so much and no more, and says so. */
class BuddyBoundsTest extends StationBench {

    private final VirtualLoop loop = hospital.loops.loop("bounds", 0);
    private final BuddyJournal journal =
            new BuddyJournal(hospital.setting("bounds", loop, new MemoryDisk()), "station");

    static StoredEntry entry(int number, int blobBytes) {
        return new StoredEntry(
                new Writer().u32(number).raw(new byte[64]).toBytes(),
                Signature.NONE,
                Bytes.EMPTY,
                Bytes.EMPTY,
                List.of(Bytes.wrap(new byte[blobBytes])),
                Bytes.EMPTY);
    }

    private Outcome<Boolean> kept(StoredEntry entry) {
        return journal.keep(entry.digest(), entry);
    }

    @Test
    void asManyEntriesAsAnOutboxHolds() {
        for (int i = 0; i < BuddyLimits.ENTRIES_MAX; i++) {
            assertThat(kept(entry(i, 1)).isDone()).isTrue();
        }

        assertThat(code(kept(entry(BuddyLimits.ENTRIES_MAX, 1)))).isEqualTo(Code.BUSY);
        assertThat(kept(entry(7, 1)).isDone()).as("what is there already").isTrue();
    }

    @Test
    void asManyBytesAsItMay() {
        int size = 12 << 20;
        for (int i = 0; journal.bytes() + entry(i, size).sizeBytes() <= BuddyLimits.BYTES_MAX; i++) {
            assertThat(kept(entry(i, size)).isDone()).isTrue();
        }
        long left = BuddyLimits.BYTES_MAX - journal.bytes();
        int overhead = (int) entry(99, 0).sizeBytes();

        assertThat(code(kept(entry(99, (int) left - overhead + 1)))).isEqualTo(Code.BUSY);
        assertThat(kept(entry(99, (int) left - overhead)).isDone()).isTrue();
    }

    @Test
    void noEntryOverItsSize() {
        int overhead = (int) entry(1, 0).sizeBytes();

        assertThat(code(kept(entry(1, (int) BuddyLimits.ENTRY_BYTES_MAX - overhead + 1))))
                .isEqualTo(Code.TOO_LARGE);
        assertThat(kept(entry(1, (int) BuddyLimits.ENTRY_BYTES_MAX - overhead)).isDone())
                .isTrue();
    }

    @Test
    void piecesThatDoNotFollowAreRefused() {
        Bytes whole = Bytes.ofText("abcdef");
        Digest digest = Digest.sha256(whole);
        BuddyIntake intake = new BuddyIntake(6);

        assertThat(code(intake.take(digest, 7, 0, Bytes.ofText("abc")))).isEqualTo(Code.TOO_LARGE);
        assertThat(intake.take(digest, 6, 0, Bytes.ofText("abc")).isDone()).isTrue();
        assertThat(code(intake.take(digest, 6, 4, Bytes.ofText("ef")))).isEqualTo(Code.BAD_VALUE);
        assertThat(code(intake.take(digest, 6, 3, Bytes.ofText("def")))).isEqualTo(Code.BAD_VALUE);
        assertThat(intake.take(digest, 6, 0, Bytes.ofText("abc")).isDone()).isTrue();
        assertThat(code(intake.take(digest, 6, 3, Bytes.ofText("defg")))).isEqualTo(Code.BAD_VALUE);
        assertThat(intake.take(digest, 6, 0, Bytes.ofText("abc")).isDone()).isTrue();
        assertThat(code(intake.take(digest, 6, 3, Bytes.ofText("xyz")))).isEqualTo(Code.BAD_VALUE);
        assertThat(intake.take(digest, 6, 0, Bytes.ofText("abc")).isDone()).isTrue();
        assertThat(FakeHospital.done(intake.take(digest, 6, 3, Bytes.ofText("def"))))
                .contains(whole);
    }
}
