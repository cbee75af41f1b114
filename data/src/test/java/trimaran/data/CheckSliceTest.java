package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Verdict;

/** A copy is reread in slices, whatever its authors wrote. */
final class CheckSliceTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    /** An author can have many changes voided that lie behind many parts: each slice stays a slice. */
    @Test
    void aVoidEntryOfManyChangesInALongCellDoesNotStallTheTier() throws MalformedException {
        assertThat(data.serves(5000)).isTrue();
        for (SealedEntry ground : writing.ground()) {
            data.append(ground);
        }
        data.append(writing.many(10_000, 300));
        for (int version = 1; version < 40; version++) {
            assertThat(data.append(writing.change(1, version)).only().isDone()).isTrue();
        }
        data.append(writing.placed(writing.revokeBadge()));
        SealedEntry entry = writing.many(10_000, 300);
        Digest digest = Reader.whole(entry.header().inline().orElseThrow(), Header::read)
                .digest();
        RecordTime now = new RecordTime(data.loops.trueTime().millis());
        data.holdCopy(Party.ACCESS, entry, writing.held(Party.ACCESS, digest, now));
        data.holdCopy(Party.APPLICATION, entry, writing.held(Party.APPLICATION, digest, now));
        data.loops.runMillis(3000);
        assertThat(data.place(data.copy().size() - 1).verdict()).isEqualTo(Verdict.VOID);

        ReadRows disk = new ReadRows();
        data.seen = disk::over;
        data.restart(0);
        assertThat(data.serves(10_000)).isTrue();
        PlacingTier.Reply reply = data.line(FoundedHouse.CONSOLE).send(new Request.VerifyCopy());
        int most = 0;
        while (reply.isOpen() && data.loops.step()) {
            most = Math.max(most, disk.takeRows());
        }
        assertThat(reply.only().isDone()).isTrue();
        assertThat(most).as("rows read in one turn of the loop").isBetween(300, 2_000);
    }
}
