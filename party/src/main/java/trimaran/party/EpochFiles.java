package trimaran.party;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.process.FileDisk;

/**
 * The membership statements a rebuilt party is given with its folder, oldest first: {@code epoch-2}, {@code epoch-3}, … and
 * {@code epoch}, the one that gave it its present keys. Each is checked again by whoever takes it in.
 */
public final class EpochFiles {

    /** The first epoch that is a change. */
    private static final long FIRST = 2;

    private EpochFiles() {}

    public static List<Bytes> read(Path folder) {
        FileDisk disk = FileDisk.in(folder);
        List<Bytes> statements = new ArrayList<>();
        for (long epoch = FIRST; disk.read("epoch-" + epoch).isPresent(); epoch++) {
            disk.read("epoch-" + epoch).ifPresent(statements::add);
        }
        disk.read("epoch").ifPresent(statements::add);
        return statements;
    }
}
