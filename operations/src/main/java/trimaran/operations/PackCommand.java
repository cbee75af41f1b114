package trimaran.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.process.DiskFullException;
import trimaran.process.FileDisk;

/**
 * Has the station print a ward: it alone opens what stands on the sheets, and writes down that they were printed. With {@code --copy}
 * its program prints the ward's sealed copy with nobody running; that it was copied was written down when it was made.
 */
@Command(
        name = "pack",
        description = "Print a ward on paper: a PDF with everything needed to go on without screens.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {

    /** Two hundred patients with long records. */
    static final int PACK_BYTES_MAX = 64 << 20;

    private static final String PDF = "application/pdf";

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--ward",
            paramLabel = "W",
            required = true,
            description = "a ward by its code, as MED-A, or its name")
    private String ward = "";

    @Option(
            names = "--out",
            paramLabel = "F.pdf",
            required = true,
            description = "the file to write; replaced if it is there")
    private @Nullable Path out;

    @Option(names = "--language", paramLabel = "L", description = "fr or en (default: fr)")
    private String language = "fr";

    @Option(
            names = "--copy",
            description = "print from the station's sealed copy, with everything else down; takes --badge")
    private boolean copy;

    @Option(
            names = "--badge",
            paramLabel = "FILE",
            description = "with --copy: the ward badge, a key file or its name in ward-badges/")
    private String badge = "";

    PackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, InterruptedException {
        if (!language.equals("fr") && !language.equals("en")) {
            throw new RefusedException(Code.USAGE, "--language takes fr or en");
        }
        Path file = Objects.requireNonNull(out).toAbsolutePath();
        Home hospital = home.home().founded();
        requireWritable(file);
        if (copy) {
            printCopy(hospital, file);
            shell.voice().print(file + ": from the sealed copy of the ward");
            return 0;
        }
        String token = Tokens.mint(hospital, Founder.BENCH, shell.entropy(), shell.now());
        byte[] pdf = printed(hospital, token);
        write(file, pdf);
        shell.voice().print(file + ": " + (pdf.length >> 10) + " KB");
        return 0;
    }

    /** The station's own program opens the copy: nothing of a ward is ever in clear here. */
    private void printCopy(Home hospital, Path file) throws RefusedException {
        if (badge.isEmpty()) {
            throw new RefusedException(Code.USAGE, "--copy takes --badge: the ward badge the copy is sealed to");
        }
        Path named = hospital.wardBadges().resolve(badge + ".key");
        Path key = badge.matches("[a-z][a-z0-9-]{0,31}") && Files.exists(named) ? named : Path.of(badge);
        PartyProcess.runStation(
                List.of(
                        "copy",
                        hospital.of(Role.STATION).toAbsolutePath().toString(),
                        ward,
                        key.toAbsolutePath().toString(),
                        language,
                        file.toString()),
                Pins.pin(badge),
                shell.programs());
    }

    private byte[] printed(Home hospital, String token) throws RefusedException, InterruptedException {
        String path = "Location/$ward-pack?ward=" + URLEncoder.encode(ward, StandardCharsets.UTF_8);
        try (FhirDoor door = new FhirDoor(ImportCommand.base(hospital), token)) {
            return door.fetch(path, PDF, language, PACK_BYTES_MAX);
        } catch (IOException unreached) {
            throw new RefusedException(Code.UNAVAILABLE, "the station is not reached; is it running?");
        }
    }

    /** Before anybody's record is opened for it: where nothing can be written nothing is asked for. */
    private static void requireWritable(Path file) throws RefusedException {
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw unwritable(file);
        }
    }

    /** The whole file or none: the former stays until the new one is on disk. */
    private static void write(Path file, byte[] pdf) throws RefusedException {
        try {
            FileDisk.in(Objects.requireNonNull(file.getParent()))
                    .replace(String.valueOf(file.getFileName()), Bytes.wrap(pdf));
        } catch (UncheckedIOException unwritable) {
            if (DiskFullException.isBehind(unwritable)) {
                throw unwritable;
            }
            throw unwritable(file);
        }
    }

    private static RefusedException unwritable(Path file) {
        return new RefusedException(Code.USAGE, "nothing can be written at " + file);
    }
}
