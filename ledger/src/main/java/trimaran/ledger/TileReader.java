package trimaran.ledger;

import java.util.List;
import java.util.function.Function;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;

/**
 * A tree's hashes read from its tiles, as anyone outside would. Its answers are as good as the tiles: a proof made from
 * them is checked against a root like any other, {@link #head} with a checkpoint.
 */
public final class TileReader implements HashSource {

    private final long size;
    private final Function<TilePath, Bytes> files;

    /**
     * @param size the size of the tree, from a checkpoint: it says which tiles are partial
     * @param files the content of a tile that a tree of this size has, possibly empty or wrong
     */
    public TileReader(long size, Function<TilePath, Bytes> files) {
        this.size = size;
        this.files = files;
    }

    /** @throws UnreadableTileException if a tile has not the shape its path promises */
    @Override
    public Digest hash(Node node) {
        if (node.endLeaf() > size) {
            throw new MissingNodeException(node);
        }
        int level = node.level() / Tile.HEIGHT;
        int below = node.level() % Tile.HEIGHT;
        long first = node.index() << below;
        long index = first / TilePath.WIDTH;
        TilePath.Hashes path = new TilePath.Hashes(level, index, TileSet.width(size, level, index));
        int from = (int) (first % TilePath.WIDTH);
        return fold(hashes(path).subList(from, from + (1 << below)));
    }

    /** The head that the tiles add up to. */
    public TreeHead head() {
        return Frontier.of(this, size).head();
    }

    private List<Digest> hashes(TilePath.Hashes path) {
        try {
            return Tile.parseHashes(path, files.apply(path));
        } catch (MalformedException malformed) {
            throw new UnreadableTileException(path, malformed);
        }
    }

    private static Digest fold(List<Digest> hashes) {
        return hashes.size() == 1
                ? hashes.getFirst()
                : Merkle.node(
                        fold(hashes.subList(0, hashes.size() / 2)),
                        fold(hashes.subList(hashes.size() / 2, hashes.size())));
    }

    /** A tile that is truncated, too long, or not there. */
    public static final class UnreadableTileException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableTileException(TilePath path, MalformedException cause) {
            super(path.text() + ": " + cause.getMessage(), cause);
        }
    }
}
