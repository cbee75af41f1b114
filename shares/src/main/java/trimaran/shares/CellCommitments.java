package trimaran.shares;

import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * What the entry that opens a cell says about its key and three shares, so that every keeper can check its own pair and
 * every reader what it gathered (DESIGN §5, §6). A commitment is SHA-256 over tag, number and the secret itself:
 * key and shares are 32 uniformly random bytes, so there is nothing to guess and no blinding is needed; the hash binds
 * because SHA-256 has no known collisions. The cell is not in it: its name is made of these commitments. The share commitments hold until the first refresh; the key's holds for good.
 */
public record CellCommitments(CellId cell, Digest key, Digest share1, Digest share2, Digest share3) {

    /** Encoded size: cell, then four digests. */
    public static final int SIZE_BYTES = CellId.SIZE_BYTES + 4 * Digest.SIZE;

    /** The commitment to share {@code number}, 1 to 3. */
    public static Digest ofShare(int number, SecretBytes share) {
        Writer writer = Domain.SHARE_COMMITMENT.begin();
        return Digest.sha256(writer.u8(number).raw(share.expose()).toArray());
    }

    /** The commitment given to share {@code number}, 1 to 3. */
    public Digest share(int number) {
        return switch (number) {
            case 1 -> share1;
            case 2 -> share2;
            case 3 -> share3;
            default -> throw new IllegalArgumentException("a cell has shares 1 to 3");
        };
    }

    public boolean covers(int number, SecretBytes share) {
        return share(number).equals(ofShare(number, share));
    }

    /** The pair if both its shares are the committed ones, else {@link Code#BAD_SHARE} naming the first that is not. */
    public Outcome<SharePair> check(SharePair pair) {
        for (int number : new int[] {SharePair.lowerNumber(pair.keeper()), SharePair.higherNumber(pair.keeper())}) {
            if (!covers(number, pair.share(number))) {
                return Outcome.refused(
                        Code.BAD_SHARE, "Share " + number + " of cell " + cell.handle() + " is not the committed one.");
            }
        }
        return Outcome.done(pair);
    }

    public static CellCommitments read(Reader reader) throws MalformedException {
        return new CellCommitments(
                CellId.read(reader), reader.digest(), reader.digest(), reader.digest(), reader.digest());
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.digest(key).digest(share1).digest(share2).digest(share3);
    }
}
