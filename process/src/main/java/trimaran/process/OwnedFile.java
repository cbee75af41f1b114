package trimaran.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/** Reading of a file with a secret in it: a plain file of bounded size that nobody but its owner can read or change. */
final class OwnedFile {

    private OwnedFile() {}

    static Outcome<byte[]> read(Path file, int sizeMax) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return refused(
                        file, Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "is not a plain file" : "is missing");
            }
            Set<PosixFilePermission> wider = EnumSet.noneOf(PosixFilePermission.class);
            wider.addAll(Files.getPosixFilePermissions(file));
            wider.removeAll(DurableFile.OWNER_ONLY);
            if (!wider.isEmpty()) {
                return refused(file, "can be used by others than its owner: set its mode to 0600");
            }
            if (Files.size(file) > sizeMax) {
                return refused(file, "is larger than " + sizeMax + " bytes");
            }
            return Outcome.done(Files.readAllBytes(file));
        } catch (NoSuchFileException gone) {
            return refused(file, "is missing");
        } catch (IOException | UnsupportedOperationException unreadable) {
            return refused(file, "cannot be read");
        }
    }

    static <T> Outcome<T> refused(Path file, String what) {
        return Outcome.refused(Code.KEY_FILE, "the key file " + file + " " + what);
    }
}
