package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/** What is packed to be fetched goes with its own entry, and takes neither another's nor any content with it. */
class PackedTest {

    private static final Bytes PLACED = Key.number(7);
    private static final Bytes HELD = Key.digest(Digest.sha256(Bytes.ofText("an entry")));

    private final MemoryStore store = new MemoryStore();
    private final Blobs blobs = new Blobs(store);
    private final Packed packed = blobs.packed();
    private final Bytes large = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES + 10]);
    private final Digest digest = Digest.sha256(large);

    @Test
    void whatOneEntryHadPackedLeavesAnothersAndAllContent() {
        store.write(List.of(packed.kept(digest, PLACED, large), packed.kept(digest, HELD, large)));
        store.write(blobs.kept(digest, large));
        store.write(List.of(packed.gone(digest, PLACED)));
        assertThat(packed.whole(digest)).contains(large);
        store.write(List.of(packed.gone(digest, HELD)));
        assertThat(packed.has(digest)).isFalse();
        assertThat(blobs.whole(digest)).contains(large);
    }

    @Test
    void itIsFetchedPieceByPiece() {
        store.write(List.of(packed.kept(digest, PLACED, large)));
        assertThat(piece(0)).isEqualTo(RecordLimits.CHUNK_BYTES);
        assertThat(piece(RecordLimits.CHUNK_BYTES)).isEqualTo(10);
        assertThat(packed.piece(digest, 1)).isEmpty();
        assertThat(packed.piece(digest, 2L * RecordLimits.CHUNK_BYTES)).isEmpty();
        assertThat(packed.piece(Digest.ZERO, 0)).isEmpty();
    }

    private int piece(long offset) {
        if (packed.piece(digest, offset).orElseThrow() instanceof Response.Piece(Bytes piece, long total)) {
            assertThat(total).isEqualTo(large.size());
            return piece.size();
        }
        throw new AssertionError("no piece");
    }
}
