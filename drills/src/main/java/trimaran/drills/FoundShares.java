package trimaran.drills;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;
import trimaran.shares.SharePair;

/**
 * What a thief found of the shares of cells, of whatever generation. No commitment tells the shares of one generation from those of
 * another, since they hold until the first refresh; but only three of one make the key, and that is committed to for good. So all are
 * tried with all.
 */
final class FoundShares {

    private final Map<CellId, Map<Integer, Set<SecretBytes>>> cells = new HashMap<>();

    void add(CellId cell, SharePair pair) {
        add(cell, SharePair.lowerNumber(pair.keeper()), pair.lower());
        add(cell, SharePair.higherNumber(pair.keeper()), pair.higher());
    }

    /** @param number 1 to 3 */
    void add(CellId cell, int number, SecretBytes share) {
        cells.computeIfAbsent(cell, none -> new TreeMap<>())
                .computeIfAbsent(number, none -> new HashSet<>())
                .add(share);
    }

    /** Cells of which it has any. */
    int size() {
        return cells.size();
    }

    /** The key the opening of a cell commits to, if three of its shares make it. */
    Optional<SecretBytes> key(CellId cell, Digest commitment) {
        return key(cell, commitment, List.of());
    }

    /** @param guesses any of which may be the share that is missing, where one alone is */
    Optional<SecretBytes> key(CellId cell, Digest commitment, Collection<SecretBytes> guesses) {
        List<Collection<SecretBytes>> three =
                new ArrayList<>(cells.getOrDefault(cell, Map.of()).values());
        if (three.size() == NewCell.SHARES - 1) {
            three.add(guesses);
        }
        if (three.size() < NewCell.SHARES) {
            return Optional.empty();
        }
        for (SecretBytes one : three.get(0)) {
            for (SecretBytes other : three.get(1)) {
                SecretBytes both = one.xor(other);
                for (SecretBytes last : three.get(2)) {
                    SecretBytes key = both.xor(last);
                    if (new CellKey(cell, key).commitment().equals(commitment)) {
                        return Optional.of(key);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
