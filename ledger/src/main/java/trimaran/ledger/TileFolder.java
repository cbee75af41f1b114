package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/**
 * A log as static files below one folder, for readers that know C2SP tlog-tiles and nothing of this house. Everything here
 * is derived: written without syncing after the store has committed, and made good from the store at start. The checkpoint
 * is written last, so whoever finds it finds the tiles it needs.
 */
public final class TileFolder {

    private final Disk disk;
    private final String prefix;
    private final HashSource tree;
    private final LongFunction<Bytes> entries;

    /** The last bundle, of which each step writes all there is: what it has is not read again, since what is signed never changes. */
    private long lastBundle;

    private List<Bytes> last = List.of();

    /**
     * @param folder the folder on the disk; empty for its top
     * @param tree complete nodes of every size derived
     * @param entries the log entry at an index
     */
    public TileFolder(Disk disk, String folder, HashSource tree, LongFunction<Bytes> entries) {
        this.disk = disk;
        this.prefix = folder.isEmpty() ? "" : folder + "/";
        this.tree = tree;
        this.entries = entries;
    }

    /**
     * Adds what a tree of the new size has over one of the old size, then the checkpoint.
     *
     * @param checkpoint the signed note of the new size
     */
    public void extend(long oldSize, long newSize, Note checkpoint) {
        for (TilePath path : TileSet.between(oldSize, newSize)) {
            disk.writeDerived(prefix + path.text(), content(path));
            dropPartials(path);
        }
        disk.writeDerived(prefix + TilePath.CHECKPOINT, checkpoint.encode());
    }

    /**
     * Writes every file of a tree of this size that is missing or differs: unsynced files may be torn or gone after a power
     * cut. Reads all of them once.
     *
     * @return the names of the files that had to be written
     */
    public List<String> restore(long size, Note checkpoint) {
        List<String> written = new ArrayList<>();
        for (TilePath path : TileSet.of(size)) {
            writeUnlessSame(path.text(), content(path), written);
            dropPartials(path);
        }
        writeUnlessSame(TilePath.CHECKPOINT, checkpoint.encode(), written);
        return List.copyOf(written);
    }

    /** Puts the policy beside the checkpoint if another lies there, or none. A reader who trusts the founding compares the keys. */
    public void policy(Bytes policy) {
        writeUnlessSame(TilePath.POLICY, policy, new ArrayList<>());
    }

    private void writeUnlessSame(String name, Bytes content, List<String> written) {
        boolean same = disk.read(prefix + name).filter(content::equals).isPresent();
        if (!same) {
            disk.writeDerived(prefix + name, content);
            written.add(name);
        }
    }

    /** Once a tile is full its partial forms may go (tlog-tiles, "Partial Tiles"); without this they would outweigh the log. */
    private void dropPartials(TilePath path) {
        if (!path.isFull()) {
            return;
        }
        String folder = prefix + path.text() + ".p";
        for (String width : disk.list(folder)) {
            disk.remove(folder + "/" + width);
        }
    }

    private Bytes content(TilePath path) {
        return switch (path) {
            case TilePath.Hashes hashes -> Tile.hashes(hashes, tree);
            case TilePath.Entries bundle -> Tile.entries(bundle(bundle));
        };
    }

    private List<Bytes> bundle(TilePath.Entries path) {
        List<Bytes> list = new ArrayList<>(path.width());
        if (path.index() == lastBundle) {
            list.addAll(last.subList(0, Math.min(last.size(), path.width())));
        }
        for (int i = list.size(); i < path.width(); i++) {
            list.add(entries.apply(path.index() * TilePath.WIDTH + i));
        }
        lastBundle = path.index();
        last = list;
        return list;
    }
}
