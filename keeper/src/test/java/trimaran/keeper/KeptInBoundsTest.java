package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

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
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Held;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;
import trimaran.record.Suite;

/** What a keeper keeps for others who may never come back has an end. */
class KeptInBoundsTest {

    @Test
    void noMoreIsStagedThanOneKeeperBears() {
        Blobs blobs = new Blobs(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);
        long pieces = Blobs.STAGED_BYTES_MAX / RecordLimits.CHUNK_BYTES;
        for (long i = 0; i < pieces; i++) {
            assertThat(blobs.stage(stage(i, piece)).isDone()).isTrue();
        }
        assertThat(code(blobs.stage(stage(pieces, piece)))).isEqualTo(Code.BUSY);
    }

    @Test
    void noPieceReachesBeyondTheLargestBlob() {
        Blobs blobs = new Blobs(new MemoryStore());
        Bytes piece = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);
        long max = RecordLimits.BLOB_BYTES_MAX;
        assertThat(blobs.stage(new Request.Stage(digest(1), max, max - piece.size(), piece))
                        .isDone())
                .isTrue();
        assertThat(code(blobs.stage(new Request.Stage(digest(1), max + piece.size(), max, piece))))
                .isEqualTo(Code.MALFORMED);
    }

    @Test
    void otherTiersWordsAreRememberedOfSoManyEntries() {
        HeldWords words = new HeldWords();
        for (int i = 0; i < HeldWords.ENTRIES_MAX; i++) {
            assertThat(words.with(word(Party.ACCESS, i))).hasSize(1);
        }
        assertThat(words.with(word(Party.APPLICATION, 0)))
                .as("as many as are remembered")
                .hasSize(2);
        assertThat(words.with(word(Party.ACCESS, 0)))
                .as("one tier twice is one tier")
                .hasSize(2);
        words.with(word(Party.ACCESS, HeldWords.ENTRIES_MAX));
        assertThat(words.with(word(Party.APPLICATION, 0)))
                .as("the oldest is forgotten")
                .hasSize(1);
    }

    private static Request.Stage stage(long number, Bytes piece) {
        return new Request.Stage(digest(number), piece.size(), 0, piece);
    }

    private static Held word(Party tier, int entry) {
        return new Held(tier, 1, digest(entry), new RecordTime(1), new Signature(Suite.STAND_IN, Bytes.EMPTY));
    }

    private static Digest digest(long number) {
        return Digest.sha256(new Writer(8).i64(number).toBytes());
    }

    private static Code code(Outcome<Response> outcome) {
        if (outcome instanceof Outcome.Refused<Response>(Refusal refusal)) {
            return refusal.code();
        }
        throw new AssertionError("not refused");
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
