package trimaran.shares;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;

/**
 * The digest over one share number of a whole generation, which a keeper signs when it has stored it (<em>prepared</em>).
 * It runs over cells and commitments, cells ascending, so the two holders of a share must come to the same value, and it can be
 * shown to anyone. A keeper makes one for each of its two numbers.
 */
public final class GenerationDigest {

    private final int number;
    private final MessageDigest hash = Digest.hash();
    private @Nullable CellId last;
    private long count;

    public GenerationDigest(long generation, int number) {
        this.number = number;
        hash.update(Domain.GENERATION_DIGEST.begin().i64(generation).u8(number).toArray());
    }

    /** Adds the next cell; @throws IllegalArgumentException unless cells come in ascending order */
    public GenerationDigest add(CellId cell, SharePair pair) {
        if (last != null && last.compareTo(cell) >= 0) {
            throw new IllegalArgumentException("cells must ascend");
        }
        last = cell;
        count++;
        Writer writer = new Writer(CellId.SIZE_BYTES + Digest.SIZE);
        cell.write(writer);
        hash.update(writer.digest(CellCommitments.ofShare(number, pair.share(number)))
                .toArray());
        return this;
    }

    /** The digest over all cells added and their count. Ends the use of this object. */
    public Digest digest() {
        hash.update(new Writer().i64(count).toArray());
        return Digest.of(hash.digest());
    }

    /** Which keeper can make this digest: those that keep the number. */
    public boolean madeBy(Party keeper) {
        return keeper.keepsShare(number);
    }
}
