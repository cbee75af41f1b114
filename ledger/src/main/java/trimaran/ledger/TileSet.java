package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;

/** Which files a tree of some size has (C2SP tlog-tiles, "Partial Tiles"). */
public final class TileSet {

    private TileSet() {}

    /** All tiles and entry bundles of a tree, full and partial, entries first, then level by level. */
    public static List<TilePath> of(long size) {
        return between(0, size);
    }

    /** The files that a tree of the new size has and one of the old size had not. */
    public static List<TilePath> between(long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no growth from " + oldSize + " to " + newSize);
        }
        if (oldSize == newSize) {
            return List.of();
        }
        List<TilePath> paths = new ArrayList<>();
        for (long index = oldSize / TilePath.WIDTH; index <= (newSize - 1) / TilePath.WIDTH; index++) {
            paths.add(new TilePath.Entries(index, width(newSize, 0, index)));
        }
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long old = oldSize >>> (level * Tile.HEIGHT);
            long young = newSize >>> (level * Tile.HEIGHT);
            if (young == old) {
                break;
            }
            for (long index = old / TilePath.WIDTH; index <= (young - 1) / TilePath.WIDTH; index++) {
                paths.add(new TilePath.Hashes(level, index, width(newSize, level, index)));
            }
        }
        return List.copyOf(paths);
    }

    /** The width of a tile in a tree of this size: 256, or what the tree has so far; 0 or less where it has none. */
    static int width(long size, int level, long index) {
        long hashes = (size >>> (level * Tile.HEIGHT)) - index * TilePath.WIDTH;
        return (int) Math.min(TilePath.WIDTH, hashes);
    }
}
