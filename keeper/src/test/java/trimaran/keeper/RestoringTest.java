package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.shares.SharePair;

/** What a tier takes from a backup, and what it asks the others for. */
class RestoringTest {

    private static final int SIZE = 300;

    /** A backup of so many entries, which gives 100 of them at a time. */
    private static final class Entries implements Backup {
        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public List<SealedEntry> entries(long from, int bytesMax) {
            List<SealedEntry> page = new ArrayList<>();
            for (long at = from; at < Math.min(SIZE, from + 100); at++) {
                page.add(new SealedEntry(
                        SealedEntry.Item.inline(Key.number(at)),
                        SealedEntry.Item.NOTHING,
                        SealedEntry.Item.NOTHING,
                        List.of(),
                        Bytes.EMPTY));
            }
            return page;
        }

        @Override
        public Optional<Response.Piece> piece(Digest blob, long offset) {
            return blob.equals(Digest.ZERO)
                    ? Optional.of(new Response.Piece(Key.number(0), Long.BYTES))
                    : Optional.empty();
        }

        @Override
        public Optional<Outcome<SharePair>> pair(CellId cell) {
            return Optional.empty();
        }
    }

    private final Restoring restoring = new Restoring();

    @Test
    void withoutABackupTheOthersAreAskedForAll() {
        assertThat(restoring.entries(0, SIZE)).isEmpty();
        assertThat(restoring.isUnderWay(0)).isFalse();
        assertThat(restoring.bytesAsked(0)).isEqualTo(MessageLimits.CONTENT_BYTES_MAX);
        assertThat(restoring.counters()).containsExactly(new Response.Counter("taken.bytes", 0));
    }

    /** Whatever entry was altered, it alone comes from the others. */
    @Test
    void theAlteredEntryIsFoundByHalves() {
        for (long altered : new long[] {0, 57, 99, 100, 299}) {
            Restoring one = new Restoring();
            one.from(new Entries());
            assertThat(taken(one, altered)).containsExactly(altered);
            assertThat(count(one, "restore.entries.refused")).isOne();
            assertThat(count(one, "restore.entries.backup")).isEqualTo(SIZE - 1);
            assertThat(count(one, "restore.entries.others")).isOne();
            assertThat(one.isUnderWay(SIZE)).isFalse();
        }
    }

    /** Takes everything as a keeper does; returns what the others were asked for. */
    private static List<Long> taken(Restoring restoring, long altered) {
        List<Long> asked = new ArrayList<>();
        long at = 0;
        while (restoring.isUnderWay(at)) {
            List<SealedEntry> page = restoring.entries(at, SIZE);
            if (page.isEmpty()) {
                assertThat(restoring.bytesAsked(at)).isOne();
                restoring.took(new Entries().entries(at, 0).subList(0, 1));
                asked.add(at++);
            } else if (at <= altered && altered < at + page.size()) {
                restoring.refused(at, page.size());
            } else {
                restoring.took(page);
                restoring.backed(page);
                at += page.size();
            }
        }
        return asked;
    }

    /** What is beyond the checkpoint the others serve is not taken on the backup's word. */
    @Test
    void nothingBeyondTheCheckpointIsTaken() {
        restoring.from(new Entries());
        assertThat(restoring.entries(0, 7)).hasSize(7);
        assertThat(restoring.entries(7, 7)).isEmpty();
        assertThat(restoring.entries(SIZE, SIZE + 1)).isEmpty();
    }

    @Test
    void bytesAreCountedWhereTheyCameFrom() {
        restoring.from(new Entries());
        Response.Piece piece = restoring.piece(Digest.ZERO, 0).orElseThrow();
        restoring.fetched(piece.piece().size());
        assertThat(restoring.piece(Digest.sha256(Bytes.EMPTY), 0)).isEmpty();
        restoring.fetched(5);
        assertThat(count(restoring, "restore.bytes.backup")).isEqualTo(Long.BYTES);
        assertThat(count(restoring, "restore.bytes.others")).isEqualTo(5);
        restoring.refreshedSince(new CellId(0, 1));
        restoring.refreshedSince(new CellId(0, 2));
        assertThat(count(restoring, "restore.shares.refreshed")).isEqualTo(2);
        restoring.pair(new CellId(0, 1), true);
        restoring.pair(new CellId(0, 3), false);
        assertThat(count(restoring, "restore.shares.refreshed")).isOne();
        assertThat(count(restoring, "restore.shares.backup")).isOne();
        assertThat(count(restoring, "restore.shares.refused")).isOne();
    }

    private static long count(Restoring restoring, String name) {
        return restoring.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
