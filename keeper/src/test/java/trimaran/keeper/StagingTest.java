package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.RecordLimits;

/** What is staged is written once, is kept by a mark, outlives a crash, and goes when nobody uses it. */
class StagingTest {

    private static final int CHUNK = RecordLimits.CHUNK_BYTES;

    private static final StagedBy AUTHOR = line(0);
    private static final StagedBy FETCH = new StagedBy.Fetch(Party.DATA);

    private final VirtualLoops loops = new VirtualLoops(17);
    private final VirtualLoop loop = loops.loop("keeper", 0);
    private final Bytes large = content(1, 2 * CHUNK + 1000);
    private final Digest name = Digest.sha256(large);
    private MemoryStore disk = new MemoryStore();
    private Watched store = new Watched(disk);
    private Blobs blobs = new Blobs(store);
    private Staging staging = new Staging(store, blobs, loop, loops.entropy());

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

    @Test
    void oneLineFillsItsShareAndNoOthers() {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long pieces = Staging.LINE_BYTES_MAX / CHUNK;
        for (long i = 0; i < pieces; i++) {
            assertThat(answer(unnamed(i, piece)).isDone()).isTrue();
        }
        assertThat(code(answer(unnamed(pieces, piece)))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(pieces, piece), line(1)).isDone()).isTrue();
    }

    @Test
    void oneLineHasNoMoreItemsThanItsShare() {
        noMoreItems(AUTHOR, Staging.LINE_ITEMS_MAX, line(1));
    }

    @Test
    void whatIsFetchedFromOneTierLeavesRoomForTheOther() {
        noMoreItems(FETCH, Staging.FETCHED_ITEMS_MAX, new StagedBy.Fetch(Party.APPLICATION));
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long pieces = Staging.FETCHED_BYTES_MAX / CHUNK;
        for (long i = 0; i < pieces; i++) {
            staging.stage(unnamed(i, piece), FETCH, answer -> {});
        }
        assertThat(code(answer(unnamed(pieces, piece), FETCH))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(pieces, piece), new StagedBy.Fetch(Party.APPLICATION))
                        .isDone())
                .isTrue();
    }

    private void noMoreItems(StagedBy by, int max, StagedBy other) {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[1]);
        List<Outcome<Response>> answers = new ArrayList<>();
        for (int i = 0; i < max; i++) {
            staging.stage(unnamed(i, piece), by, answers::add);
        }
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(max).allMatch(Outcome::isDone);
        assertThat(code(answer(unnamed(max, piece), by))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(max, piece), other).isDone()).isTrue();
    }

    @Test
    void whatIsFetchedIsNotSpoiltByWhatALineStages() {
        assertThat(answer(request(large, 0), FETCH).isDone()).isTrue();
        assertThat(answer(new Request.Stage(name, 1, 0, Bytes.of((byte) 1))).isDone())
                .isTrue();
        stage(name, content(2, large.size()), 0, 1);
        assertThat(answer(request(large, 1), FETCH).isDone()).isTrue();
        assertThat(answer(request(large, 2), FETCH).isDone()).isTrue();
        assertThat(staging.content(name)).contains(large);
    }

    @Test
    void whoComesSecondFinishesFirstWhereTheFirstBroughtJunk() {
        stage(name, content(2, large.size() + 3 * CHUNK), 0, 1, 4);
        for (int number = 0; number < 3; number++) {
            assertThat(answer(request(large, number), FETCH).isDone()).isTrue();
        }
        assertThat(staging.content(name)).contains(large);
        assertThat(pieces()).as("the junk is gone").isEqualTo(3);
        stage(name, content(2, large.size() + 3 * CHUNK), 2);
        restart(disk.snapshotDurable());
        assertThat(staging.content(name)).contains(large);
        store.write(staging.adopt(name));
        assertThat(blobs.whole(name)).contains(large);
        assertThat(pieces()).isEqualTo(3);
    }

    @Test
    void aLargeOneIsMovedWholeToWhereItStays() {
        Bytes many = content(9, Staging.MOVED_MAX * CHUNK + 1);
        Digest all = Digest.sha256(many);
        stage(all, content(2, 5), 0);
        stage(all, content(2, many.size() + CHUNK), 0, 1);
        for (int number = 0; number <= Staging.MOVED_MAX; number++) {
            assertThat(answer(request(many, number), FETCH).isDone()).isTrue();
        }
        restart(disk.snapshotDurable());
        assertThat(staging.content(all)).contains(many);
        assertThat(pieces()).isEqualTo(Staging.MOVED_MAX + 1);
    }

    @Test
    void noPieceReachesBeyondTheLargestBlob() {
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long max = RecordLimits.BLOB_BYTES_MAX;
        assertThat(answer(new Request.Stage(name, max, max - CHUNK, piece)).isDone())
                .isTrue();
        assertThat(code(answer(new Request.Stage(name, max + CHUNK, max, piece))))
                .isEqualTo(Code.MALFORMED);
    }

    private void restart(Store on) {
        if (on instanceof MemoryStore memory) {
            disk = memory;
        }
        store = new Watched(on);
        blobs = new Blobs(store);
        staging = new Staging(store, blobs, loop, loops.entropy());
    }

    private int pieces() {
        int[] pieces = new int[1];
        disk.scan(Space.BLOBS, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            pieces[0]++;
            return true;
        });
        return pieces[0];
    }

    private void stage(Bytes content, int... numbers) {
        stage(Digest.sha256(content), content, numbers);
    }

    private void stage(Digest digest, Bytes content, int... numbers) {
        for (int number : numbers) {
            assertThat(answer(request(digest, content, number)).isDone()).isTrue();
        }
    }

    private Outcome<Response> answer(Request.Stage stage) {
        return answer(stage, AUTHOR);
    }

    private Outcome<Response> answer(Request.Stage stage, StagedBy by) {
        List<Outcome<Response>> answers = new ArrayList<>();
        staging.stage(stage, by, answers::add);
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static StagedBy line(long number) {
        return new StagedBy.Line(Digest.sha256(Bytes.ofText("line " + number)));
    }

    private static Request.Stage request(Bytes content, int number) {
        return request(Digest.sha256(content), content, number);
    }

    private static Request.Stage request(Digest digest, Bytes content, int number) {
        int from = number * CHUNK;
        int to = Math.min(content.size(), from + CHUNK);
        return new Request.Stage(digest, content.size(), from, Bytes.ofRange(content.unsafeArray(), from, to));
    }

    /** Of two pieces, so that it is never whole. */
    private static Request.Stage unnamed(long number, Bytes piece) {
        Digest digest = Digest.sha256(new Writer(8).i64(number).toBytes());
        return piece.size() == CHUNK
                ? new Request.Stage(digest, 2L * CHUNK, 0, piece)
                : new Request.Stage(digest, CHUNK + piece.size(), CHUNK, piece);
    }

    private static Bytes content(int seed, int size) {
        byte[] bytes = new byte[size];
        new java.util.SplittableRandom(seed).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static Code code(Outcome<Response> outcome) {
        if (outcome instanceof Outcome.Refused<Response>(Refusal refusal)) {
            return refusal.code();
        }
        throw new AssertionError("not refused");
    }

    /** Counts what is asked of a store. */
    private static final class Watched implements Store {
        private final Store store;
        private int writes;
        private int scans;

        Watched(Store store) {
            this.store = store;
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            return store.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            scans++;
            store.scan(space, from, to, visitor);
        }

        @Override
        public void write(List<Change> batch) {
            writes++;
            store.write(batch);
        }

        @Override
        public long sizeOnDisk() {
            return store.sizeOnDisk();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** A disk that takes everything and keeps nothing, so that a gibibyte fits a test. */
    private static final class Forgetful implements Store {

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            return Optional.empty();
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            // There is nothing to be seen.
        }

        @Override
        public void write(List<Change> batch) {
            // Nothing is kept.
        }

        @Override
        public long sizeOnDisk() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
