package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.RecordLimits;

/** One keeper's staging over a disk that can be looked at, and those who bring it pieces. */
abstract class StagingBench {

    static final int CHUNK = RecordLimits.CHUNK_BYTES;

    static final StagedBy AUTHOR = line(0);
    static final StagedBy FETCH = new StagedBy.Fetch(Party.DATA);

    final VirtualLoops loops = new VirtualLoops(17);
    final VirtualLoop loop = loops.loop("keeper", 0);
    final Bytes large = content(1, 2 * CHUNK + 1000);
    final Digest name = Digest.sha256(large);
    MemoryStore disk = new MemoryStore();
    Watched store = new Watched(disk);
    Blobs blobs = new Blobs(store);
    Staging staging = new Staging(store, blobs, loop, loops.entropy());

    void restart(Store on) {
        if (on instanceof MemoryStore memory) {
            disk = memory;
        }
        store = new Watched(on);
        blobs = new Blobs(store);
        staging = new Staging(store, blobs, loop, loops.entropy());
    }

    int pieces() {
        int[] pieces = new int[1];
        disk.scan(Space.BLOBS, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            pieces[0]++;
            return true;
        });
        return pieces[0];
    }

    void stage(Bytes content, int... numbers) {
        stage(Digest.sha256(content), content, numbers);
    }

    void stage(Digest digest, Bytes content, int... numbers) {
        for (int number : numbers) {
            assertThat(answer(request(digest, content, number)).isDone()).isTrue();
        }
    }

    Outcome<Response> answer(Request.Stage stage) {
        return answer(stage, AUTHOR);
    }

    Outcome<Response> answer(Request.Stage stage, StagedBy by) {
        List<Outcome<Response>> answers = new ArrayList<>();
        staging.stage(stage, by, answers::add);
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    static StagedBy line(long number) {
        return new StagedBy.Line(Digest.sha256(Bytes.ofText("line " + number)));
    }

    static Request.Stage request(Bytes content, int number) {
        return request(Digest.sha256(content), content, number);
    }

    static Request.Stage request(Digest digest, Bytes content, int number) {
        int from = number * CHUNK;
        int to = Math.min(content.size(), from + CHUNK);
        return new Request.Stage(digest, content.size(), from, Bytes.ofRange(content.unsafeArray(), from, to));
    }

    /** Of two pieces, so that it is never whole. */
    static Request.Stage unnamed(long number, Bytes piece) {
        Digest digest = Digest.sha256(new Writer(8).i64(number).toBytes());
        return piece.size() == CHUNK
                ? new Request.Stage(digest, 2L * CHUNK, 0, piece)
                : new Request.Stage(digest, CHUNK + piece.size(), CHUNK, piece);
    }

    static Bytes content(int seed, int size) {
        byte[] bytes = new byte[size];
        new java.util.SplittableRandom(seed).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    static Code code(Outcome<Response> outcome) {
        if (outcome instanceof Outcome.Refused<Response>(Refusal refusal)) {
            return refusal.code();
        }
        throw new AssertionError("not refused");
    }

    /** Counts what is asked of a store. */
    static final class Watched implements Store {
        private final Store store;
        int writes;
        int scans;

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
    static final class Forgetful implements Store {

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
