package trimaran.keeper;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.shares.GenerationDigest;
import trimaran.shares.SharePair;

/**
 * The two digests of a tier's <em>prepared</em>: over all pairs of the new generation, in groups by the generation they were of
 * before, cells ascending in each. The digest over one share is SHA-256 over each group's generation and its
 * {@link GenerationDigest}, ascending.
 */
final class RefreshDigest {

    private final Party keeper;
    private final long generation;
    private final Set<CellId> leftOut;
    private final NavigableMap<Long, Group> groups = new TreeMap<>();

    private record Group(GenerationDigest lower, GenerationDigest higher) {}

    /** @param leftOut cells not every tier has shares of */
    RefreshDigest(Party keeper, long generation, Set<CellId> leftOut) {
        this.keeper = keeper;
        this.generation = generation;
        this.leftOut = leftOut;
    }

    /** @param before the generation the pair was of */
    void add(long before, CellId cell, SharePair pair) {
        if (!leftOut.contains(cell)) {
            Group group = groups.computeIfAbsent(
                    before,
                    none -> new Group(
                            new GenerationDigest(generation, SharePair.lowerNumber(keeper)),
                            new GenerationDigest(generation, SharePair.higherNumber(keeper))));
            group.lower().add(cell, pair);
            group.higher().add(cell, pair);
        }
    }

    /** Both digests. Ends the use of this object. */
    Both digests() {
        Writer lower = new Writer();
        Writer higher = new Writer();
        groups.forEach((before, group) -> {
            lower.i64(before).digest(group.lower().digest());
            higher.i64(before).digest(group.higher().digest());
        });
        return new Both(Digest.sha256(lower.toBytes()), Digest.sha256(higher.toBytes()));
    }

    /** The digests over the share with the smaller and with the larger number. */
    record Both(Digest lower, Digest higher) {}
}
