package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.process.FileDisk;
import trimaran.record.Signer;

/** Makes the badge of a person, for instance of an officer before the founding: a key file under a PIN. */
@Command(
        name = "badge",
        description = "Make a person's badge: a key file that opens with a PIN.",
        mixinStandardHelpOptions = true)
final class BadgeCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "where the badge goes; must not exist")
    private Path file = Path.of("");

    @Option(
            names = "--paper",
            paramLabel = "SHEET",
            description = "the badge as a text to print as well, for a sealed envelope; must not exist")
    private @Nullable Path paper;

    @Option(
            names = "--from-paper",
            paramLabel = "SHEET",
            description = "make the file again from such a text, typed or scanned, instead of making a badge")
    private @Nullable Path from;

    BadgeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        if (from != null) {
            return again(from);
        }
        if (paper != null && Files.exists(paper)) {
            throw new RefusedException(Code.USAGE, paper + " is there already; name a file that is not");
        }
        Signer badge = Badges.create(file, Pins.chosen(file), shell.entropy());
        if (paper != null) {
            String sheet = BadgePaper.written(
                    Files.readAllBytes(file), badge.publicKey().id());
            own(paper).replace(String.valueOf(paper.getFileName()), Bytes.ofText(sheet));
            shell.voice().say("print " + paper + ", remove it, and put the PIN into another envelope than the sheet");
        }
        shell.voice()
                .say("the badge " + file + " is made; its number is "
                        + badge.publicKey().id());
        return 0;
    }

    private static FileDisk own(Path file) {
        return FileDisk.in(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** The badge counts as back once its PIN has opened it. */
    private int again(Path sheet) throws RefusedException, IOException {
        if (Files.exists(file)) {
            throw new RefusedException(Code.KEY_FILE, file + " is there already");
        }
        byte[] read = BadgePaper.read(Files.readString(sheet, StandardCharsets.UTF_8));
        own(file).replace(String.valueOf(file.getFileName()), Bytes.wrap(read));
        Signer badge;
        try {
            badge = Badges.open(file, Pins.pin(String.valueOf(file.getFileName())));
        } catch (RefusedException wrong) {
            own(file).remove(String.valueOf(file.getFileName()));
            throw wrong;
        }
        shell.voice()
                .say("the badge " + file + " is back; its number is "
                        + badge.publicKey().id());
        return 0;
    }
}
