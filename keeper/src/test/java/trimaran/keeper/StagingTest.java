package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;

/** What is staged is written once, is kept by a mark, outlives a crash, and goes when nobody uses it. */
class StagingTest extends StagingBench {

    @Test
    void keepingWhatIsStagedWritesNoneOfItsContent() {
        stage(large, 0, 1, 2);
        assertThat(blobs.has(name)).isFalse();
        List<Store.Change> changes = staging.adopt(name);
        assertThat(changes).containsExactly(new Store.Change.Remove(Space.STAGED, Key.digest(name)));
        store.write(changes);
        assertThat(blobs.has(name)).isTrue();
        assertThat(blobs.whole(name)).contains(large);
    }

    @Test
    void whetherItIsWholeIsKnownBeforeItsEntryComes() {
        stage(large, 0, 1, 2);
        store.scans = 0;
        assertThat(staging.size(name)).hasValue(large.size());
        store.write(staging.adopt(name));
        assertThat(store.scans).as("reads of what was staged").isZero();
    }

    @Test
    void piecesThatComeTogetherShareOneWrite() {
        List<Outcome<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Bytes small = content(100 + i, 17_000);
            staging.stage(request(small, 0), AUTHOR, answers::add);
        }
        assertThat(answers).as("nothing is answered before it is on disk").isEmpty();
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(20).allMatch(Outcome::isDone);
        assertThat(store.writes).isEqualTo(1);
    }

    @Test
    void soManyBytesWaitForNoMoreCompany() {
        int full = Staging.GATHERED_BYTES / CHUNK;
        for (int i = 0; i < full - 1; i++) {
            staging.stage(request(content(i, CHUNK), 0), AUTHOR, answer -> {});
        }
        assertThat(store.writes).isZero();
        staging.stage(request(content(full, CHUNK), 0), AUTHOR, answer -> {});
        assertThat(store.writes).isEqualTo(1);
    }

    @Test
    void aCrashLeavesWhatWasAnsweredAndItIsKeptAsWellAfterwards() {
        stage(large, 2, 0);
        restart(disk.snapshotDurable());
        assertThat(blobs.has(name)).isFalse();
        assertThat(staging.isWhole(name)).isFalse();
        stage(large, 1);
        restart(disk.snapshotDurable());
        assertThat(staging.isWhole(name)).isTrue();
        assertThat(blobs.has(name)).as("staged and not kept").isFalse();
        store.write(staging.adopt(name));
        restart(disk.snapshotDurable());
        assertThat(blobs.has(name)).isTrue();
        assertThat(blobs.whole(name)).contains(large);
    }

    @Test
    void aBatchThatKeepsItIsThereOrNot() {
        for (boolean done : new boolean[] {false, true}) {
            restart(new MemoryStore());
            stage(large, 0, 1, 2);
            List<Store.Change> adoption = staging.adopt(name);
            disk.failNextWrite(done);
            try {
                store.write(adoption);
            } catch (Store.StoreFailure failed) {
                // The keeper stops here, and starts on what its disk kept.
            }
            restart(disk.snapshotDurable());
            assertThat(blobs.has(name)).isEqualTo(done);
            if (!done) {
                // A group that never came did no harm: the entry comes again and finds all of it.
                assertThat(staging.isWhole(name)).isTrue();
                store.write(staging.adopt(name));
            }
            assertThat(blobs.whole(name)).contains(large);
        }
    }

    @Test
    void nobodyWritesOverWhatIsWholeOrKept() {
        stage(large, 0, 1, 2);
        Bytes other = content(2, large.size());
        stage(name, other, 1);
        assertThat(staging.content(name)).contains(large);
        // A piece that waited while its blob was kept.
        staging.stage(request(name, other, 0), AUTHOR, answer -> {});
        store.write(staging.adopt(name));
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        stage(name, content(3, CHUNK), 0);
        assertThat(blobs.has(name)).isTrue();
        assertThat(blobs.whole(name)).contains(large);
        restart(disk.snapshotDurable());
        assertThat(blobs.whole(name)).contains(large);
    }

    @Test
    void whatIsFalseGoesAndCanBeStagedAnew() {
        Bytes other = content(2, large.size());
        stage(large, 0);
        stage(name, other, 0);
        stage(large, 1, 2);
        assertThat(staging.isWhole(name)).isFalse();
        assertThat(pieces()).isZero();
        stage(name, other, 0, 1, 2);
        assertThat(staging.isWhole(name)).isFalse();
        stage(name, content(3, 5000), 0);
        stage(large, 0, 1, 2);
        assertThat(staging.content(name)).contains(large);
    }

    @Test
    void whatComesInlineAfterItWasStagedInPartIsKeptAndNeverSwept() {
        stage(name, content(2, large.size() + 3 * CHUNK), 0, 4);
        store.write(blobs.kept(name, large));
        assertThat(blobs.whole(name)).contains(large);
        loops.runMillis(Staging.UNUSED_MILLIS + 1);
        staging.sweep();
        restart(disk.snapshotDurable());
        assertThat(blobs.has(name)).isTrue();
        assertThat(blobs.whole(name)).contains(large);
    }

    @Test
    void whatNobodyUsesGoesAtItsAgeAndNotBefore() {
        stage(large, 0, 1);
        Bytes kept = content(7, CHUNK + 5);
        stage(kept, 0, 1);
        store.write(staging.adopt(Digest.sha256(kept)));
        long age = Staging.GATHER_MILLIS + 1;
        loops.runMillis(Staging.UNUSED_MILLIS - 3 * age);
        staging.sweep();
        assertThat(pieces()).isEqualTo(4);
        loops.runMillis(3 * age);
        staging.sweep();
        assertThat(pieces()).as("pieces of what an entry brought").isEqualTo(2);
        assertThat(blobs.whole(Digest.sha256(kept))).contains(kept);
    }

    @Test
    void whatAnEntryWaitsForStays() {
        stage(large, 0, 1, 2);
        loops.runMillis(Staging.UNUSED_MILLIS - 1000);
        staging.awaits(new SealedEntry(
                SealedEntry.Item.staged(name),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY));
        loops.runMillis(2000);
        staging.sweep();
        assertThat(staging.content(name)).contains(large);
    }

    @Test
    void noMoreIsSweptInOneWriteThanASweepTakes() {
        for (int i = 0; i <= Staging.SWEPT_MAX; i++) {
            stage(content(50 + i, 1000), 0);
        }
        loops.runMillis(Staging.UNUSED_MILLIS);
        staging.sweep();
        assertThat(pieces()).isEqualTo(1);
        staging.sweep();
        assertThat(pieces()).isZero();
    }

    @Test
    void noMoreIsStagedThanOneKeeperBearsAndWhatIsSweptMakesRoom() {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long pieces = Staging.STAGED_BYTES_MAX / CHUNK;
        for (long i = 0; i < pieces; i++) {
            assertThat(answer(unnamed(i, piece), line(i % 5)).isDone()).isTrue();
        }
        assertThat(code(answer(unnamed(pieces, piece), line(5)))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(pieces, piece), FETCH).isDone())
                .as("what lines stage takes no room from what this tier fetches")
                .isTrue();
        loops.runMillis(Staging.UNUSED_MILLIS);
        staging.sweep();
        assertThat(answer(unnamed(pieces + 1, piece), line(5)).isDone()).isTrue();
    }

    @Test
    void noMoreItemsAreStagedThanOneKeeperRemembers() {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[1]);
        List<Outcome<Response>> answers = new ArrayList<>();
        for (int i = 0; i < Staging.STAGED_ITEMS_MAX; i++) {
            staging.stage(unnamed(i, piece), line(i % 5), answers::add);
        }
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(Staging.STAGED_ITEMS_MAX).allMatch(Outcome::isDone);
        assertThat(code(answer(unnamed(Staging.STAGED_ITEMS_MAX, piece), line(5))))
                .isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(Staging.STAGED_ITEMS_MAX, piece), FETCH).isDone())
                .isTrue();
    }
}
