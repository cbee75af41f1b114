package trimaran.station;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/** A folder of a disk, as a disk. */
public final class DiskFolder implements Disk {

    private final Disk disk;
    private final String folder;

    public DiskFolder(Disk disk, String folder) {
        this.disk = disk;
        this.folder = folder + "/";
    }

    @Override
    public Optional<Bytes> read(String name) {
        return disk.read(folder + name);
    }

    @Override
    public void replace(String name, Bytes content) {
        disk.replace(folder + name, content);
    }

    @Override
    public void append(String name, Bytes content) {
        disk.append(folder + name, content);
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        disk.writeDerived(folder + name, content);
    }

    @Override
    public List<String> list(String name) {
        return disk.list(folder + name);
    }

    @Override
    public void remove(String name) {
        disk.remove(folder + name);
    }
}
