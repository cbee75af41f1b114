package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/**
 * Vectors: transparency-dev/merkle rfc6962/rfc6962_test.go; FiloSottile/torchwood subtree_test.go (accumulated hashes over
 * all trees of up to 130 leaves).
 */
class MerkleTest {

    private static final int SIZE = 130;

    private final Trees.Tree tree = Trees.ofBytes(SIZE);

    @Test
    void hashesAreThoseOfRfc6962() {
        assertThat(Merkle.EMPTY_ROOT.hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Merkle.leaf(Bytes.EMPTY).hex())
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(Merkle.leaf(Bytes.ofText("L123456")).hex())
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        assertThat(Merkle.leaf(Bytes.ofText("hello world")).hex())
                .isEqualTo(HexFormat.of().formatHex(base64("TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=")));
    }

    @Test
    void aNodeIsNeverTheHashOfALeaf() {
        Digest left = Merkle.leaf(Bytes.ofText("Hello"));
        Digest right = Merkle.leaf(Bytes.ofText("World"));
        byte[] both = new byte[64];
        System.arraycopy(left.toArray(), 0, both, 0, 32);
        System.arraycopy(right.toArray(), 0, both, 32, 32);

        assertThat(Merkle.node(left, right)).isNotEqualTo(Merkle.leaf(Bytes.of(both)));
        assertThat(Merkle.node(left, right)).isNotEqualTo(Merkle.node(right, left));
    }

    @Test
    void everyRangeHashIsTheOneOtherImplementationsCompute() {
        MessageDigest all = Digest.hash();
        forEachSubtree((start, end) -> text(
                all,
                "[" + start + ", " + end + ") " + Ranges.hash(tree, start, end).hex() + "\n"));
        assertThat(hex(all)).isEqualTo("b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81");
    }

    @Test
    void everyInclusionPathIsTheOneOtherImplementationsCompute() {
        MessageDigest all = Digest.hash();
        forEachSubtree((start, end) -> {
            for (long index = start; index < end; index++) {
                text(all, index + " [" + start + ", " + end + ")");
                path(all, Ranges.inclusion(tree, index, start, end));
            }
        });
        assertThat(hex(all)).isEqualTo("ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f");
    }

    @Test
    void everyConsistencyPathIsTheOneOtherImplementationsCompute() {
        MessageDigest all = Digest.hash();
        for (long size = 0; size <= SIZE; size++) {
            long whole = size;
            forEachSubtree((start, end) -> {
                if (end <= whole) {
                    text(all, "[" + start + ", " + end + ") " + whole);
                    path(all, Ranges.consistency(tree, start, end, whole));
                }
            });
        }
        assertThat(hex(all)).isEqualTo("10fa99b37bf9bf9ffa26b412fbd98bd75363256d0b75d61bc4538b9c9c5a0a74");
    }

    private interface Subtree {
        void at(long start, long end);
    }

    /** The ranges the recursion of RFC 6962 can reach in some tree, and the empty ones, as the vectors list them. */
    private static void forEachSubtree(Subtree each) {
        for (long end = 0; end <= SIZE; end++) {
            for (long start = 0; start <= end; start++) {
                long span = end == start ? 1 : Long.highestOneBit(Math.max(1, 2 * (end - start) - 1));
                if (start % span == 0 || end == start) {
                    each.at(start, end);
                }
            }
        }
    }

    private static void path(MessageDigest all, List<Digest> path) {
        path.forEach(hash -> text(all, " " + hash.hex()));
        text(all, "\n");
    }

    private static void text(MessageDigest all, String text) {
        all.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest all) {
        return HexFormat.of().formatHex(all.digest());
    }

    private static byte[] base64(String text) {
        return java.util.Base64.getDecoder().decode(text);
    }
}
