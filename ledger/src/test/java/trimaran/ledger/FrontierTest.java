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

class FrontierTest {

    private static final int SIZE = 130;

    private final Trees.Tree tree = Trees.ofBytes(SIZE);

    @Test
    void everyRootIsTheDefinedOne() {
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size <= SIZE; size++) {
            assertThat(frontier.head()).isEqualTo(new TreeHead(size, Trees.naive(tree.leaves, 0, size)));
            assertThat(Frontier.of(tree, size)).isEqualTo(frontier);
            if (size < SIZE) {
                frontier = frontier.append(tree.leaves.get(size));
            }
        }
    }

    /** Entries and roots of the certificate-transparency reference tests (merkletree/tree_hasher and its successors). */
    @Test
    void theReferenceTreeHasItsKnownRoots() {
        List<String> entries = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        Frontier frontier = Frontier.EMPTY;
        for (int i = 0; i < entries.size(); i++) {
            frontier = frontier.append(Merkle.leaf(Bytes.ofHex(entries.get(i))));
            assertThat(frontier.root().hex()).isEqualTo(roots.get(i));
        }
    }

    @Test
    void appendingARangeCompletesTheSameNodesAsAppendingItsLeaves() {
        for (int from = 0; from <= 40; from++) {
            for (int to = from; to <= 70; to++) {
                Frontier.Growth range = Frontier.of(tree, from).append(tree.leaves.subList(from, to));
                List<NodeHash> single = new ArrayList<>();
                Frontier frontier = Frontier.of(tree, from);
                for (Digest leaf : tree.leaves.subList(from, to)) {
                    Frontier.Growth growth = frontier.append(List.of(leaf));
                    single.addAll(growth.completed());
                    frontier = growth.frontier();
                }
                assertThat(range.frontier()).isEqualTo(frontier);
                assertThat(range.completed()).isEqualTo(single);
                for (NodeHash each : range.completed()) {
                    Node node = each.node();
                    assertThat(each.hash()).isEqualTo(Trees.naive(tree.leaves, Math.toIntExact(node.firstLeaf()), (int)
                            node.endLeaf()));
                }
            }
        }
    }

    @Test
    void eachCompleteNodeIsGivenExactlyOnce() {
        assertThat(tree.nodeCount()).isEqualTo(2 * SIZE - Integer.bitCount(SIZE));
        assertThat(Frontier.EMPTY.append(tree.leaves).completed()).hasSize(tree.nodeCount());
    }

    @Test
    void aFrontierIsNotChangedByAppending() {
        Frontier before = Frontier.of(tree, 7);
        before.append(tree.leaves.get(7));

        assertThat(before.head()).isEqualTo(tree.head(7));
    }

    @Test
    void aFrontierOfGivenRangesIsCheckedByItsRoot() throws MalformedException {
        Frontier given = Frontier.ofRanges(77, Frontier.of(tree, 77).ranges());
        assertThat(given.head()).isEqualTo(tree.head(77));

        List<Digest> forged = new ArrayList<>(given.ranges());
        forged.set(1, Trees.flip(forged.get(1)));
        assertThat(Frontier.ofRanges(77, forged).head()).isNotEqualTo(tree.head(77));
        assertThatThrownBy(() -> Frontier.ofRanges(78 + 1, forged)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Frontier.ofRanges(-1, List.of())).isInstanceOf(MalformedException.class);
    }

    @Test
    void aFrontierIsReadBackAsWritten() throws MalformedException {
        for (int size = 0; size <= SIZE; size++) {
            Writer writer = new Writer();
            Frontier frontier = Frontier.of(tree, size);
            frontier.write(writer);
            assertThat(Reader.whole(writer.toBytes(), Frontier::read)).isEqualTo(frontier);
        }
    }

    @Test
    void aLogEndsBefore2To63Leaves() throws MalformedException {
        List<Digest> ranges = new ArrayList<>(tree.leaves.subList(0, 63));
        Frontier last = Frontier.ofRanges(Long.MAX_VALUE, ranges);

        assertThat(Frontier.nodes(Long.MAX_VALUE)).hasSize(63);
        assertThat(last.root()).isNotEqualTo(Merkle.EMPTY_ROOT);
        assertThatThrownBy(() -> last.append(Digest.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodeKeysAreInOrderAndReadBack() throws MalformedException {
        Node small = new Node(3, 255);
        Node large = new Node(3, 256);
        assertThat(small.key().hex()).isEqualTo("0300000000000000ff");
        assertThat(small.key()).isLessThan(large.key());
        assertThat(large.key()).isLessThan(new Node(4, 0).key());
        assertThat(Node.ofKey(large.key())).isEqualTo(large);
        assertThatThrownBy(() -> Node.ofKey(Bytes.ofHex("3f0000000000000000"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Node.ofKey(Bytes.ofHex("3e0000000000000001"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Node.ofKey(Bytes.ofHex("03000000000000"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Node(62, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyTreeHasOneRoot() {
        assertThatThrownBy(() -> new TreeHead(0, Digest.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TreeHead(-1, Digest.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Reader.whole(new Writer().i64(0).digest(Digest.ZERO).toBytes(), TreeHead::read))
                .isInstanceOf(MalformedException.class);
    }
}
