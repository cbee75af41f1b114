package trimaran.seal;

import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.Domain;

/**
 * The key K of one cell, together with the cell it belongs to so that it is never used for another. It lives in memory
 * until its lease ends and is never stored or sent; what travels are shares.
 *
 * @param secret 32 random bytes
 */
public record CellKey(CellId cell, SecretBytes secret) {

    public static final int SIZE_BYTES = 32;

    public CellKey {
        if (secret.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a cell key has 32 bytes");
        }
    }

    /** {@link #commitment(SecretBytes)} to this key. */
    public Digest commitment() {
        return commitment(secret);
    }

    /**
     * The commitment in the entry that opens a cell: SHA-256 over tag and K. K is 32 uniformly random bytes, so the plain hash
     * hides it. The cell is not in it: its name is made of the commitment.
     */
    static Digest commitment(SecretBytes key) {
        Writer writer = Domain.KEY_COMMITMENT.begin();
        return Digest.sha256(writer.raw(key.expose()).toArray());
    }

    /** Forgets the key, at the end of the lease. */
    public void wipe() {
        secret.wipe();
    }
}
