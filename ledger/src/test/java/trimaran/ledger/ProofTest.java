package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

class ProofTest {

    private static final int SIZE = 130;

    private final Trees.Tree tree = Trees.ofBytes(SIZE);

    @Test
    void everyLeafOfEveryTreeIsProven() {
        for (int size = 1; size <= SIZE; size++) {
            Digest root = Trees.naive(tree.leaves, 0, size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.of(tree, index, size);
                assertThat(proof.proves(tree.leaves.get(index), new TreeHead(size, root)))
                        .isTrue();
            }
        }
    }

    @Test
    void everyTreeIsTheBeginningOfEveryLargerOne() {
        for (int size = 0; size <= SIZE; size++) {
            Digest root = Trees.naive(tree.leaves, 0, size);
            for (int old = 0; old <= size; old++) {
                ConsistencyProof proof = ConsistencyProof.of(tree, old, size);
                assertThat(proof.proves(tree.head(old), new TreeHead(size, root)))
                        .isTrue();
            }
        }
    }

    @Test
    void aProofForAnotherLeafIndexOrSizeProvesNothing() {
        for (int size = 1; size <= 40; size++) {
            Digest root = tree.root(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.of(tree, index, size);
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertThat(proof.proves(tree.leaves.get(other), root)).isFalse();
                        InclusionProof moved = new InclusionProof(other, size, proof.path());
                        assertThat(moved.proves(tree.leaves.get(index), root)).isFalse();
                    }
                }
                assertThat(proof.proves(tree.leaves.get(index), tree.head(size + 1)))
                        .isFalse();
                assertThat(proof.proves(Trees.flip(tree.leaves.get(index)), root))
                        .isFalse();
                assertThat(proof.proves(tree.leaves.get(index), Trees.flip(root)))
                        .isFalse();
            }
        }
    }

    @Test
    void aProofThatClaimsAnotherSizeUnderTheSameRootProvesNothing() {
        for (int size = 2; size <= 33; size++) {
            Digest root = tree.root(size);
            for (int old = 1; old < size; old++) {
                List<Digest> path = InclusionProof.of(tree, old, size).path();
                List<Digest> growth = ConsistencyProof.of(tree, old, size).path();
                int larger = 2 * Integer.highestOneBit(size) + 1;
                assertThat(new InclusionProof(old, larger, path).proves(tree.leaves.get(old), root))
                        .isFalse();
                assertThat(new ConsistencyProof(old, larger, growth).proves(tree.root(old), root))
                        .isFalse();
            }
        }
    }

    @Test
    void anInclusionProofWithExtraMissingOrChangedHashesProvesNothing() {
        for (int size = 1; size <= SIZE; size++) {
            Digest root = tree.root(size);
            for (int index = 0; index < size; index++) {
                Digest leaf = tree.leaves.get(index);
                for (List<Digest> path :
                        manglings(InclusionProof.of(tree, index, size).path(), root)) {
                    assertThat(new InclusionProof(index, size, path).proves(leaf, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aConsistencyProofWithExtraMissingOrChangedHashesProvesNothing() {
        for (int size = 0; size <= SIZE; size++) {
            Digest root = tree.root(size);
            for (int old = 0; old <= size; old++) {
                Digest oldRoot = tree.root(old);
                for (List<Digest> path :
                        manglings(ConsistencyProof.of(tree, old, size).path(), root)) {
                    assertThat(new ConsistencyProof(old, size, path).proves(oldRoot, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aForkIsNotConsistentWithTheTreeItLeft() {
        List<Bytes> forked = new ArrayList<>(tree.entries);
        forked.set(57, Bytes.ofText("two contents for one index"));
        Trees.Tree fork = new Trees.Tree(forked);
        for (int old = 58; old <= 100; old++) {
            ConsistencyProof honest = ConsistencyProof.of(tree, old, SIZE);
            ConsistencyProof theirs = ConsistencyProof.of(fork, old, SIZE);
            assertThat(honest.proves(tree.head(old), fork.head(SIZE))).isFalse();
            assertThat(theirs.proves(tree.head(old), fork.head(SIZE))).isFalse();
            assertThat(theirs.proves(fork.head(old), tree.head(SIZE))).isFalse();
        }
    }

    @Test
    void theEmptyTreeIsTheBeginningOfAllButOnlyUnderItsOwnRoot() {
        ConsistencyProof proof = new ConsistencyProof(0, 5, List.of());

        assertThat(proof.proves(Merkle.EMPTY_ROOT, tree.root(5))).isTrue();
        assertThat(proof.proves(tree.root(1), tree.root(5))).isFalse();
        assertThat(new ConsistencyProof(0, 5, List.of(tree.root(4))).proves(Merkle.EMPTY_ROOT, tree.root(5)))
                .isFalse();
    }

    @Test
    void proofsInTheLargestTreesEnd() {
        long size = Long.MAX_VALUE;
        List<Digest> path = new ArrayList<>();
        for (int i = 0; i < 63; i++) {
            path.add(tree.leaves.get(i));
        }
        assertThat(new InclusionProof(size - 1, size, path).proves(tree.leaves.get(0), tree.root(9)))
                .isFalse();
        assertThat(new ConsistencyProof(size - 1, size, path).proves(tree.root(8), tree.root(9)))
                .isFalse();
        assertThat(new ConsistencyProof(1L << 62, size, path).proves(tree.root(8), tree.root(9)))
                .isFalse();
    }

    @Test
    void impossibleProofsAreNotMade() {
        assertThatThrownBy(() -> InclusionProof.of(tree, 5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InclusionProof.of(tree, -1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsistencyProof.of(tree, 6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsistencyProof.of(tree, 6, SIZE + 1))
                .isInstanceOf(HashSource.MissingNodeException.class);
    }

    @Test
    void proofsAreReadBackAsWritten() throws MalformedException {
        Writer writer = new Writer();
        InclusionProof inclusion = InclusionProof.of(tree, 77, 101);
        ConsistencyProof consistency = ConsistencyProof.of(tree, 77, 101);
        inclusion.write(writer);
        consistency.write(writer);
        Reader reader = new Reader(writer.toBytes());

        assertThat(InclusionProof.read(reader)).isEqualTo(inclusion);
        assertThat(ConsistencyProof.read(reader)).isEqualTo(consistency);
        reader.end();
    }

    @Test
    void proofsOfImpossiblePlacesAndLengthsAreRefusedWhenRead() {
        List<Digest> tooLong = new ArrayList<>(tree.leaves.subList(0, 64));
        assertThatThrownBy(() -> InclusionProof.read(reader(5, 5, List.of()))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> InclusionProof.read(reader(0, 5, tooLong))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ConsistencyProof.read(reader(6, 5, List.of()))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ConsistencyProof.read(reader(1, 5, tooLong))).isInstanceOf(MalformedException.class);
    }

    private static Reader reader(long first, long second, List<Digest> path) {
        return new Reader(
                new Writer().i64(first).i64(second).list(path, Writer::digest).toBytes());
    }

    private static List<List<Digest>> manglings(List<Digest> path, Digest root) {
        List<List<Digest>> mangled = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            List<Digest> changed = new ArrayList<>(path);
            changed.set(i, Trees.flip(path.get(i)));
            mangled.add(changed);
        }
        for (Digest extra : List.of(Digest.ZERO, root)) {
            List<Digest> before = new ArrayList<>(path);
            before.addFirst(extra);
            List<Digest> after = new ArrayList<>(path);
            after.addLast(extra);
            mangled.add(before);
            mangled.add(after);
        }
        if (!path.isEmpty()) {
            mangled.add(path.subList(1, path.size()));
            mangled.add(path.subList(0, path.size() - 1));
        }
        return mangled;
    }
}
