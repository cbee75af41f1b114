package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;

class TileFolderTest {

    private static final int SIZE = 1100;

    private final Trees.Tree tree = Trees.ofCommitments(SIZE, "entry");
    private final MemoryDisk disk = new MemoryDisk();
    private final TileFolder folder =
            new TileFolder(disk, "log", tree, index -> tree.entries.get(Math.toIntExact(index)));

    @Test
    void growingStepByStepLeavesTheFilesOfDerivingAtOnce() {
        int[] steps = {0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 800, 1024, 1025, SIZE};
        for (int i = 1; i < steps.length; i++) {
            folder.extend(steps[i - 1], steps[i], checkpoint(steps[i]));
            for (TilePath path : TileSet.of(steps[i])) {
                assertThat(disk.files).containsKey("log/" + path.text());
            }
        }
        assertThat(folder.restore(SIZE, checkpoint(SIZE))).isEmpty();
    }

    @Test
    void aReaderOfTheFilesFindsTheTree() throws MalformedException {
        for (int size : new int[] {1, 2, 255, 256, 257, 1023, SIZE}) {
            folder.extend(0, size, checkpoint(size));
            TileReader reader = reader(size);
            assertThat(reader.head()).isEqualTo(tree.head(size));
            for (int index = 0; index < size; index += 41) {
                InclusionProof proof = InclusionProof.of(reader, index, size);
                assertThat(proof.proves(tree.leaves.get(index), tree.head(size)))
                        .isTrue();
                assertThat(ConsistencyProof.of(reader, index, size).proves(tree.head(index), tree.head(size)))
                        .isTrue();
            }
        }
        TilePath.Entries bundle = new TilePath.Entries(1, 256);
        assertThat(Tile.parseEntries(bundle, file("log/" + bundle.text()))).isEqualTo(tree.entries.subList(256, 512));
        assertThat(file("log/" + bundle.text()).size()).isEqualTo(256 * 34);
    }

    @Test
    void theCheckpointIsWrittenLast() {
        List<String> order = new ArrayList<>();
        MemoryDisk plain = new MemoryDisk();
        TileFolder watched = new TileFolder(plain, "", tree, index -> {
            order.add("entry");
            assertThat(plain.files).doesNotContainKey("checkpoint");
            return tree.entries.get(Math.toIntExact(index));
        });
        watched.extend(0, 3, checkpoint(3));

        assertThat(order).hasSize(3);
        assertThat(plain.files.get("checkpoint")).isEqualTo(checkpoint(3).encode());
    }

    @Test
    void partialFilesGoWhenTheirTileIsFull() {
        for (int size = 1; size <= 256; size++) {
            folder.extend(size - 1, size, checkpoint(size));
        }
        assertThat(disk.files.keySet())
                .containsExactlyInAnyOrder(
                        "log/checkpoint", "log/tile/0/000", "log/tile/1/000.p/1", "log/tile/entries/000");
    }

    @Test
    void whatABundleHasIsNotReadAgainWhileItGrows() {
        List<Long> read = new ArrayList<>();
        TileFolder watched = new TileFolder(disk, "log", tree, index -> {
            read.add(index);
            return tree.entries.get(Math.toIntExact(index));
        });
        for (int size = 1; size <= 600; size++) {
            watched.extend(size - 1, size, checkpoint(size));
        }
        assertThat(read).hasSize(600).doesNotHaveDuplicates();
        assertThat(folder.restore(600, checkpoint(600))).isEmpty();
    }

    @Test
    void aTornOrMissingFileIsMadeGoodAtStart() {
        folder.extend(0, SIZE, checkpoint(SIZE));
        disk.files.put("log/tile/0/002", Bytes.of(new byte[8191]));
        disk.files.remove("log/tile/entries/004.p/76");
        disk.files.put("log/checkpoint", Bytes.EMPTY);
        disk.derived = 0;

        assertThat(folder.restore(SIZE, checkpoint(SIZE)))
                .containsExactlyInAnyOrder("tile/0/002", "tile/entries/004.p/76", "checkpoint");
        assertThat(disk.derived).isEqualTo(3);
        assertThat(reader(SIZE).head()).isEqualTo(tree.head(SIZE));
    }

    @Test
    void aTruncatedTileIsRefused() {
        folder.extend(0, SIZE, checkpoint(SIZE));
        for (int size : new int[] {0, 31, 32, 8160, 8191, 8193, 8224}) {
            disk.files.put("log/tile/0/002", Bytes.of(new byte[size]));
            assertThatThrownBy(() -> reader(SIZE).hash(new Node(0, 700)))
                    .isInstanceOf(TileReader.UnreadableTileException.class)
                    .hasMessageContaining("tile/0/002");
        }
    }

    @Test
    void aChangedTileProvesNothing() {
        folder.extend(0, SIZE, checkpoint(SIZE));
        byte[] tile = file("log/tile/0/002").toArray();
        tile[5000] ^= 1;
        disk.files.put("log/tile/0/002", Bytes.of(tile));
        int index = 512 + 5000 / 32;

        assertThat(InclusionProof.of(reader(SIZE), index ^ 1, SIZE).proves(tree.leaves.get(index ^ 1), tree.head(SIZE)))
                .isFalse();
    }

    @Test
    void nodesOutsideTheTreeAreMissing() {
        assertThatThrownBy(() -> reader(300).hash(new Node(0, 300)))
                .isInstanceOf(HashSource.MissingNodeException.class);
        assertThatThrownBy(() -> reader(300).hash(new Node(8, 1))).isInstanceOf(HashSource.MissingNodeException.class);
        assertThatThrownBy(() -> Tile.hashes(new TilePath.Hashes(8, 0, 1), tree))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePolicyLiesBesideTheCheckpointAndFollowsItsChange() {
        folder.policy(Bytes.ofText("first"));
        assertThat(file("log/policy")).isEqualTo(Bytes.ofText("first"));
        folder.policy(Bytes.ofText("second"));
        assertThat(file("log/policy")).isEqualTo(Bytes.ofText("second"));
    }

    @Test
    void bundlesAreReadStrictly() throws MalformedException {
        TilePath.Entries two = new TilePath.Entries(0, 2);
        assertThat(Tile.parseEntries(two, Bytes.ofHex("0001aa0000"))).containsExactly(Bytes.ofHex("aa"), Bytes.EMPTY);
        for (String bad : List.of("", "00", "0001aa", "0001aa00", "0001aa0001", "0001aa000000", "ffffaa0000")) {
            assertThatThrownBy(() -> Tile.parseEntries(two, Bytes.ofHex(bad))).isInstanceOf(MalformedException.class);
        }
        assertThat(Tile.entries(List.of(Bytes.ofHex("aa"), Bytes.EMPTY)).hex()).isEqualTo("0001aa0000");
        assertThatThrownBy(() -> Tile.entries(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tile.entries(List.of(Bytes.of(new byte[65_536]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Bytes file(String name) {
        return disk.read(name).orElse(Bytes.EMPTY);
    }

    private TileReader reader(long size) {
        return new TileReader(size, path -> file("log/" + path.text()));
    }

    private Note checkpoint(int size) {
        TreeHead head = size == 0 ? TreeHead.EMPTY : new TreeHead(size, Digest.sha256(Bytes.ofText("root" + size)));
        String text = new Checkpoint("hospital.example/record", head).text();
        return new Note(text, List.of(new NoteSignature("hospital.example/record", 1, Bytes.of((byte) 1))));
    }
}
