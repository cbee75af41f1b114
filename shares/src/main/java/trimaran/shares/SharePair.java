package trimaran.shares;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * The two shares of one cell that one tier keeps: access 2 and 3, application 1 and 3, data 1 and 2 (DESIGN §6). Alone
 * they say nothing about the cell's key. The two shares of the lookup secret s are held the same way.
 *
 * @param lower the share with the smaller number, 32 bytes
 * @param higher the share with the larger number, 32 bytes
 */
public record SharePair(Party keeper, SecretBytes lower, SecretBytes higher) {

    /** A share has as many bytes as the key it hides. */
    public static final int SHARE_BYTES = 32;

    public SharePair {
        if (!keeper.isTier()) {
            throw new IllegalArgumentException("the witness keeps no share");
        }
        if (lower.size() != SHARE_BYTES || higher.size() != SHARE_BYTES) {
            throw new IllegalArgumentException("a share has 32 bytes");
        }
    }

    public static int lowerNumber(Party keeper) {
        return keeper.keepsShare(1) ? 1 : 2;
    }

    public static int higherNumber(Party keeper) {
        return keeper.keepsShare(3) ? 3 : 2;
    }

    /** @throws IllegalArgumentException unless this keeper keeps that share */
    public SecretBytes share(int number) {
        if (!keeper.keepsShare(number)) {
            throw new IllegalArgumentException(keeper.word() + " keeps no share " + number);
        }
        return number == lowerNumber(keeper) ? lower : higher;
    }

    /** Reads the pair of a keeper known from elsewhere. */
    public static SharePair read(Party keeper, Reader reader) throws MalformedException {
        SecretBytes lower = SecretBytes.taking(reader.raw(SHARE_BYTES));
        SecretBytes higher = SecretBytes.taking(reader.raw(SHARE_BYTES));
        return new SharePair(keeper, lower, higher);
    }

    /** 64 bytes: the lower share, then the higher. */
    public void write(Writer writer) {
        writer.raw(lower.expose()).raw(higher.expose());
    }

    public void wipe() {
        lower.wipe();
        higher.wipe();
    }
}
