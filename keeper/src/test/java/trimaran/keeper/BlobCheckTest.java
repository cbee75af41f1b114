package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.RecordLimits;

/** A blob is reread in slices: a large one does not keep the tier from serving. */
class BlobCheckTest {

    private static final int PIECES = 40;

    private final MemoryStore store = new MemoryStore();
    private final Blobs blobs = new Blobs(store);
    private final CheckSlice slice = new CheckSlice();
    private final Bytes content = content();
    private final Digest digest = Digest.sha256(content);
    private final List<BlobCheck.Found> found = new ArrayList<>();
    private final BlobCheck check = new BlobCheck(blobs, slice, digest, found::add);

    private static Bytes content() {
        byte[] bytes = new byte[(PIECES - 1) * RecordLimits.CHUNK_BYTES + 5];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 251);
        }
        return Bytes.wrap(bytes);
    }

    @BeforeEach
    void keep() {
        store.write(blobs.kept(digest, content));
    }

    @Test
    void aLargeBlobTakesSeveralSlicesAndIsWhole() {
        assertThat(slices()).isEqualTo(3);
        assertThat(found).containsExactly(BlobCheck.Found.WHOLE);
    }

    @Test
    void aPieceThatIsGoneIsFound() {
        store.lose(Space.BLOBS, Key.piece(digest, PIECES - 1));
        slices();
        assertThat(found).containsExactly(BlobCheck.Found.ALTERED);
    }

    @Test
    void aPieceThatIsAnotherIsFound() {
        Bytes last = Key.piece(digest, PIECES - 1);
        store.write(List.of(new Store.Change.Put(Space.BLOBS, last, Bytes.ofText("other"))));
        slices();
        assertThat(found).containsExactly(BlobCheck.Found.ALTERED);
    }

    @Test
    void aSizeThatIsNotItsOwnIsFound() {
        Bytes first = Key.piece(digest, 0);
        byte[] row = store.get(Space.BLOBS, first).orElseThrow().toArray();
        row[7] ^= 1;
        store.write(List.of(new Store.Change.Put(Space.BLOBS, first, Bytes.wrap(row))));
        slices();
        assertThat(found).containsExactly(BlobCheck.Found.ALTERED);
    }

    @Test
    void whatIsErasedWhileItIsRereadIsNotAltered() {
        slice.begin();
        assertThat(check.goOn()).isFalse();
        store.write(blobs.erased(digest));
        slices();
        assertThat(found).containsExactly(BlobCheck.Found.NOTHING);
    }

    private int slices() {
        int slices = 1;
        slice.begin();
        while (!check.goOn()) {
            slices++;
            slice.begin();
        }
        return slices;
    }
}
