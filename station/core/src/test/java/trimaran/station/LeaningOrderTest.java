package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.record.AuthorPart;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Signature;

/** Of three that change one resource, each waits for those before it, whatever becomes of the one between. */
class LeaningOrderTest {

    private static final CellId CELL = new CellId(0, 7);

    private final Leaning leaning = new Leaning(new DraftBox(Digest.ZERO, SecretBytes.taking(new byte[32])));
    private final Submission first = change(1);
    private final Submission second = change(2);
    private final Submission third = change(3);

    @BeforeEach
    void allWait() {
        List.of(first, second, third).forEach(leaning::begin);
    }

    @Test
    void whereTheOneBetweenIsRefusedTheLastWaitsForTheFirst() {
        end(second);
        second.refused = true;

        assertThat(leaning.waits(third)).isTrue();
        assertThat(leaning.isUnheld(third)).isTrue();
        assertThat(leaning.isLost(third)).isTrue();
        assertThat(leaning.on(first)).containsExactly(third);

        first.placedSaid = true;
        assertThat(leaning.waits(third)).isFalse();
        assertThat(leaning.isUnheld(third)).isFalse();
    }

    /** It is placed after what it leans on, and may be held once that is held. */
    @Test
    void whatIsHeldMayBeHeldUponAndIsNotPlacedUponYet() {
        assertThat(leaning.isUnheld(second)).isTrue();

        first.heldAcknowledged = true;

        assertThat(leaning.isUnheld(second)).isFalse();
        assertThat(leaning.waits(second)).isTrue();
    }

    /** Should data not come back, nobody has what it alone said it had placed. */
    @Test
    void whatDataAloneSaidCountsForNothingOnceItIsGone() {
        first.placedSaid = true;
        assertThat(leaning.isUnheld(second)).isFalse();

        first.unreached();

        assertThat(leaning.isUnheld(second)).isTrue();
    }

    @Test
    void whatIsOverIsForgotten() {
        end(first);
        end(second);

        assertThat(leaning.waits(third)).isFalse();
        assertThat(leaning.isLost(third)).isFalse();
        assertThat(leaning.on(first)).isEmpty();
        end(third);
        assertThat(leaning.on(second)).isEmpty();
    }

    private void end(Submission submission) {
        submission.finished = true;
        leaning.end(submission);
    }

    private static Submission change(long replaces) {
        Digest blob = Digest.sha256(Bytes.ofText("blob " + replaces));
        AuthorPart author = new AuthorPart(
                Digest.ZERO,
                Digest.sha256(Bytes.ofText("nonce " + replaces)),
                Digest.ZERO,
                EntryKind.CLINICAL,
                new WallTime(0),
                true,
                List.of(new CellPart(CELL, blob, 100, List.of(new Change(1, replaces, false)))),
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                0);
        StoredEntry entry = new StoredEntry(
                author.encode(), Signature.NONE, Bytes.EMPTY, Bytes.EMPTY, List.of(Bytes.EMPTY), Bytes.EMPTY);
        return new Submission(entry, author, entry.digest(), Optional.empty(), false, Submission.Fate.NONE, 0);
    }
}
