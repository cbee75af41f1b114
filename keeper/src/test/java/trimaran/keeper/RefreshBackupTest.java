package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.shares.SharePair;

/** Backups of shares and a refresh between them and their use. */
class RefreshBackupTest {

    private static final long WHILE_MILLIS = 30_000;

    private final RefreshHouse house = new RefreshHouse();

    /** A backup of pairs alone. */
    private record Pairs(Map<CellId, SharePair> pairs) implements Backup {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public List<SealedEntry> entries(long from, int bytesMax) {
            return List.of();
        }

        @Override
        public Optional<Response.Piece> piece(Digest blob, long offset) {
            return Optional.empty();
        }

        @Override
        public Optional<Outcome<SharePair>> pair(CellId cell) {
            return Optional.ofNullable(pairs.get(cell)).map(Outcome::done);
        }
    }

    private Outcome<BackupReadings> readings() {
        return BackupReadings.of(house.keeper(Party.APPLICATION));
    }

    private static long generation(Outcome<BackupReadings> readings) {
        return readings instanceof Outcome.Done<BackupReadings>(BackupReadings done)
                ? done.fileKey().generation()
                : -1;
    }

    @Test
    void noBackupIsMadeWhileSharesAreRefreshed() {
        house.run(5_000);
        house.open();
        Outcome<BackupReadings> before = readings();
        assertThat(generation(before)).isZero();
        house.refresh();
        assertThat(readings().isDone()).isFalse();
        house.run(WHILE_MILLIS);
        assertThat(generation(readings())).isEqualTo(1);
        if (before instanceof Outcome.Done<BackupReadings>(BackupReadings begun)) {
            assertThat(begun.isRefreshedSince())
                    .as("begun before, and not ended")
                    .isTrue();
        }
        if (readings() instanceof Outcome.Done<BackupReadings>(BackupReadings now)) {
            assertThat(now.isRefreshedSince()).isFalse();
        }
    }

    /** Its pair fits what the cell was opened with, and would open nothing together with what the others have by now. */
    @Test
    void aBackupOfBeforeARefreshGivesNoPairThatWasRefreshedSince() {
        house.run(5_000);
        CellId old = house.open();
        house.refresh();
        CellId fresh = house.open();
        Map<CellId, SharePair> backed = new HashMap<>();
        for (CellId cell : List.of(old, fresh)) {
            backed.put(
                    cell,
                    house.keeper(Party.APPLICATION).copy().shares().pair(cell).orElseThrow());
        }
        house.run(WHILE_MILLIS);
        house.rebuild(Party.APPLICATION, 1);
        house.keeper(Party.APPLICATION).peers().restoring().from(new Pairs(backed));
        house.run(WHILE_MILLIS);
        assertThat(house.counters(Party.APPLICATION))
                .containsEntry("shares.lacking", 0L)
                .containsEntry("shares.unproven", 0L)
                .containsEntry("restore.shares.backup", 1L)
                .containsEntry("restore.shares.refreshed", 1L);
        assertThat(house.opensEverywhere(old)).isTrue();
        assertThat(house.opensEverywhere(fresh)).isTrue();
    }
}
