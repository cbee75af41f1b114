package trimaran.tier;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;

/**
 * An order to make a backup, in the file {@link #FILE} of a tier's own folder: three lines, the backup's name as 32 hexadecimal
 * digits, the folder for the record and the one for the shares. Both folders exist and are empty.
 *
 * <p>Trust: whoever can write into a tier's folder is that tier already. No line takes such an order: a console is not to make a
 * tier write wherever it says.
 */
record BackupOrder(Bytes name, Path record, Path shares) {

    static final String FILE = "backup-order";

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

    /** Empty if this is no order. */
    static Optional<BackupOrder> read(Bytes bytes) {
        List<String> lines =
                new String(bytes.unsafeArray(), StandardCharsets.UTF_8).lines().toList();
        if (lines.size() != 3 || !NAME.matcher(lines.getFirst()).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BackupOrder(Bytes.ofHex(lines.getFirst()), Path.of(lines.get(1)), Path.of(lines.get(2))));
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }
}
