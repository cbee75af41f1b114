package trimaran.seal;

import trimaran.kernel.CellId;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.CellCommitments;
import trimaran.shares.SharePair;

/**
 * The three shares of a new cell's key, drawn by the author's station: K = r1 ⊕ r2 ⊕ r3 (DESIGN §6). All three are
 * uniformly random, so any two are independent of K. Wiped once the entry that opens the cell is sealed.
 */
public record CellShares(CellId cell, SecretBytes first, SecretBytes second, SecretBytes third) {

    /** Draws a new cell's secret. */
    public static CellShares draw(CellId cell, Entropy entropy) {
        return new CellShares(
                cell,
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
    public CellKey combine() {
        return new CellKey(cell, first.xor(second).xor(third));
    }

    /** What one tier is to keep. */
    public SharePair pairFor(Party keeper) {
        return new SharePair(keeper, share(SharePair.lowerNumber(keeper)), share(SharePair.higherNumber(keeper)));
    }

    /** What the entry that opens the cell says about key and shares. */
    public CellCommitments commitments() {
        return new CellCommitments(
                cell,
                combine().commitment(),
                CellCommitments.ofShare(cell, 1, first),
                CellCommitments.ofShare(cell, 2, second),
                CellCommitments.ofShare(cell, 3, third));
    }

    public void wipe() {
        first.wipe();
        second.wipe();
        third.wipe();
    }
}
