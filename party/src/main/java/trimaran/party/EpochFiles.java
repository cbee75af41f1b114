package trimaran.party;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.process.FileDisk;

/**
 * The membership statements a rebuilt party is given with its folder, oldest first: {@code epoch-2}, {@code epoch-3}, … and
 * {@code epoch}, the one that gave it its present keys. Each is checked again by whoever takes it in.
 */
public final class EpochFiles {

    /** The first epoch that is a change. */
    private static final long FIRST = 2;

    /** The statement that gave the party of a folder its present keys. */
    private static final String OWN = "epoch";

    private EpochFiles() {}

    public static List<Bytes> read(Path folder) {
        FileDisk disk = FileDisk.in(folder);
        List<Bytes> statements = new ArrayList<>();
        for (long epoch = FIRST; disk.read("epoch-" + epoch).isPresent(); epoch++) {
            disk.read("epoch-" + epoch).ifPresent(statements::add);
        }
        own(folder).ifPresent(statements::add);
        return statements;
    }

    /** The one that gave this party its keys; none for a party of the founding. */
    public static Optional<Bytes> own(Path folder) {
        return FileDisk.in(folder).read(OWN);
    }

    /**
     * What made and unmade officers since the founding, oldest first: {@code officer-1}, {@code officer-2}, … Somebody who has no
     * record yet could else not tell who may sign a membership.
     */
    public static List<Bytes> officers(Path folder) {
        FileDisk disk = FileDisk.in(folder);
        List<Bytes> statements = new ArrayList<>();
        for (long number = 1; disk.read("officer-" + number).isPresent(); number++) {
            disk.read("officer-" + number).ifPresent(statements::add);
        }
        return statements;
    }
}
