package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import trimaran.backup.BackupCheck;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;

/** Opens and checks a backup's folders for a command, and says in a person's words what is wrong. */
final class BackupChecking {

    private BackupChecking() {}

    static BackupFolder open(Path folder, Manifest.Kind kind) throws RefusedException {
        try {
            return BackupFolder.open(folder.toAbsolutePath().normalize(), kind);
        } catch (MalformedException wrong) {
            throw new RefusedException(Code.BAD_PROOF, String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    static BackupCheck.Found found(Path record, Optional<Path> shares) throws RefusedException {
        BackupFolder opened = open(record, Manifest.Kind.RECORD);
        Optional<BackupFolder> pairs =
                shares.isPresent() ? Optional.of(open(shares.get(), Manifest.Kind.SHARES)) : Optional.empty();
        try {
            return BackupCheck.run(opened, pairs);
        } catch (IOException unreadable) {
            throw unreadable(record, unreadable);
        }
    }

    static RefusedException unreadable(Path folder, IOException why) {
        return new RefusedException(Code.BAD_PROOF, "the backup in " + folder + " cannot be read: " + why.getMessage());
    }

    static String words(BackupCheck.Found found) {
        return String.format(
                "%,d entries, %,d blobs, %,d cells, %,d ledger lines, %,d pairs of shares",
                found.entries(), found.blobs(), found.cells(), found.lines(), found.pairs());
    }
}
