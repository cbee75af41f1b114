package trimaran.seal;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.CellCommitments;
import trimaran.shares.SharePair;

/**
 * The three shares of a new cell's key, drawn by the author's station: K = r1 ⊕ r2 ⊕ r3 (DESIGN §6). All three are
 * uniformly random, so any two are independent of K. Wiped once the entry that opens the cell is sealed.
 */
public record CellShares(SecretBytes first, SecretBytes second, SecretBytes third) {

    /** Draws a new cell's secret. */
    public static CellShares draw(Entropy entropy) {
        return new CellShares(
                SecretBytes.random(entropy, SharePair.SHARE_BYTES),
                SecretBytes.random(entropy, SharePair.SHARE_BYTES),
                SecretBytes.random(entropy, SharePair.SHARE_BYTES));
    }

    public SecretBytes share(int number) {
        return switch (number) {
            case 1 -> first;
            case 2 -> second;
            case 3 -> third;
            default -> throw new IllegalArgumentException("a cell has shares 1 to 3");
        };
    }

    /** K, for sealing the entry that opens the cell. */
    public CellKey combine(CellId cell) {
        return new CellKey(cell, key());
    }

    private SecretBytes key() {
        return first.xor(second).xor(third);
    }

    /** What one tier is to keep. */
    public SharePair pairFor(Party keeper) {
        return new SharePair(keeper, share(SharePair.lowerNumber(keeper)), share(SharePair.higherNumber(keeper)));
    }

    /** What the entry that opens the cell says about its key. */
    public Digest keyCommitment() {
        SecretBytes key = key();
        Digest commitment = CellKey.commitment(key);
        key.wipe();
        return commitment;
    }

    /** What it says about shares 1, 2, 3. */
    public List<Digest> shareCommitments() {
        return List.of(
                CellCommitments.ofShare(1, first),
                CellCommitments.ofShare(2, second),
                CellCommitments.ofShare(3, third));
    }

    public void wipe() {
        first.wipe();
        second.wipe();
        third.wipe();
    }
}
