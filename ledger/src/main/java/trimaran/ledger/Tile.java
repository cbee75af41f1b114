package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Writer;

/** What is in a log's static files (C2SP tlog-tiles), both ways. */
public final class Tile {

    /** The height of a tile: its hashes are of tree level 8 times its own. */
    static final int HEIGHT = 8;

    /** No tree of fewer than 2^63 leaves has a node above level 62, so no tile above level 7 has a hash. */
    static final int MAX_LEVEL = 7;

    private Tile() {}

    /** The content of a hash tile: its hashes, one after the other. */
    public static Bytes hashes(TilePath.Hashes path, HashSource source) {
        if (path.level() > MAX_LEVEL) {
            throw new IllegalArgumentException("no tree has a tile at level " + path.level());
        }
        Writer writer = new Writer(path.width() * Digest.SIZE);
        long first = path.index() * TilePath.WIDTH;
        for (int i = 0; i < path.width(); i++) {
            writer.digest(source.hash(new Node(path.level() * HEIGHT, first + i)));
        }
        return writer.toBytes();
    }

    /** @throws MalformedException unless it has exactly the bytes of as many hashes as the path says */
    public static List<Digest> parseHashes(TilePath.Hashes path, Bytes content) throws MalformedException {
        if (content.size() != path.width() * Digest.SIZE) {
            throw new MalformedException("tile of " + content.size() + " bytes for width " + path.width());
        }
        List<Digest> hashes = new ArrayList<>(path.width());
        for (int i = 0; i < path.width(); i++) {
            byte[] bytes = Bytes.ofRange(content.unsafeArray(), i * Digest.SIZE, (i + 1) * Digest.SIZE)
                    .unsafeArray();
            hashes.add(Digest.of(bytes));
        }
        return List.copyOf(hashes);
    }

    /** The content of an entry bundle: each entry after its length in two bytes, big-endian. */
    public static Bytes entries(List<Bytes> entries) {
        if (entries.isEmpty() || entries.size() > TilePath.WIDTH) {
            throw new IllegalArgumentException("no bundle of " + entries.size() + " entries");
        }
        Writer writer = new Writer(entries.size() * (2 + Digest.SIZE));
        for (Bytes entry : entries) {
            writer.u16(entry.size()).raw(entry.unsafeArray());
        }
        return writer.toBytes();
    }

    /** @throws MalformedException unless it has exactly as many entries as the path says */
    public static List<Bytes> parseEntries(TilePath.Entries path, Bytes content) throws MalformedException {
        byte[] bytes = content.unsafeArray();
        List<Bytes> entries = new ArrayList<>(path.width());
        int at = 0;
        for (int i = 0; i < path.width(); i++) {
            if (bytes.length - at < 2) {
                throw new MalformedException("entry bundle ends after " + i + " entries");
            }
            int length = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            at += 2;
            if (bytes.length - at < length) {
                throw new MalformedException("entry " + i + " of a bundle ends early");
            }
            entries.add(Bytes.ofRange(bytes, at, at + length));
            at += length;
        }
        if (at != bytes.length) {
            throw new MalformedException("entry bundle has bytes after its last entry");
        }
        return List.copyOf(entries);
    }
}
