package trimaran.operations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.Signer;

/** Makes the badge of a person, for instance of an officer before the founding, or one of a ward: a key file under a PIN. */
@Command(
        name = "badge",
        description = "Make a badge of a person or a ward: a key file that opens with a PIN.",
        mixinStandardHelpOptions = true)
final class BadgeCommand implements Callable<Integer> {

    /** A sheet is tried offline, 600,000 rounds a try: twelve characters are out of reach where six digits take a machine some days. */
    static final int PAPER_PIN_MIN = 12;

    /** As many as a station's configuration takes. */
    static final int WARDS_MAX = 64;

    private final Shell shell;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "where the badge goes; must not exist, but for a ward badge, which is then taken up")
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

    @Option(
            names = "--ward",
            paramLabel = "STATION",
            description =
                    "the folder of a station: the badge opens the sealed copies it keeps from its next start on, and nothing else")
    private @Nullable Path station;

    @Option(
            names = "--wards",
            paramLabel = "W,W",
            description = "with --ward: codes or names of the wards it keeps copies of, or all; with a first badge")
    private String wards = "";

    @Option(
            names = "--reader",
            paramLabel = "DIR",
            description =
                    "with --ward: where the station looks for the badge when somebody brings it, as a stick's folder")
    private String reader = "";

    BadgeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        if (station != null) {
            return ofWards(station);
        }
        if (!wards.isEmpty() || !reader.isEmpty()) {
            throw new RefusedException(Code.USAGE, "--wards and --reader are of a badge that is made with --ward");
        }
        if (from != null) {
            return again(from);
        }
        char[] pin = Pins.chosen(file);
        if (paper != null) {
            requireFree(paper);
            if (paper.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
                throw new RefusedException(Code.USAGE, "badge and sheet are two files");
            }
            if (pin.length < PAPER_PIN_MIN) {
                throw new RefusedException(
                        Code.USAGE,
                        "on paper a badge wants a PIN of at least " + PAPER_PIN_MIN
                                + " characters: whoever photographs the sheet may try as many as they like");
            }
        }
        Signer badge = Badges.create(file, pin, shell.entropy());
        Digest number = badge.publicKey().id();
        if (paper != null) {
            write(paper, BadgePaper.written(Files.readAllBytes(file), number).getBytes(StandardCharsets.US_ASCII));
            shell.voice()
                    .say("print " + paper + " and remove it; keep the PIN in another envelope, with another person; "
                            + "once the badge is an officer, remove " + file + " as well");
        }
        shell.voice().say("the badge " + file + " is made; its number is " + number.hex());
        return 0;
    }

    /** Its public half is all the station has of it: what the station sealed it cannot open again by itself. */
    private int ofWards(Path folder) throws RefusedException, IOException {
        if (paper != null || from != null) {
            throw new RefusedException(
                    Code.USAGE, "a ward badge has no sheet: where it is lost another is made, for the next copies");
        }
        if (!PartyConfiguration.isStation(folder)) {
            throw new RefusedException(
                    Code.USAGE, folder + " is no station's folder; name the one that has its keys and party.conf");
        }
        requireFits(folder);
        boolean there = WardBadge.isThere(file);
        char[] pin = there ? Pins.made(String.valueOf(file.getFileName())) : Pins.chosen(file);
        String place = reader.isEmpty()
                ? ""
                : Path.of(reader).toAbsolutePath().normalize().toString();
        Bytes open = WardBadge.give(file, pin, folder, wards.strip(), place, shell.entropy());
        shell.voice()
                .say("the ward badge " + file + (there ? " was there and is this station's" : " is made")
                        + "; its number is " + Digest.sha256(open));
        shell.voice()
                .say("the station seals its copies to it once it is started again; copies of before open with the"
                        + " badge of before, and patients beyond the hour's budget of the station's badge are missing"
                        + " from a copy, which its sheet says, until two officers grant it its wards: enrol --wards");
        return 0;
    }

    /** Before anything is made: a station that cannot read its configuration does not start, and a badge beside its copies guards none. */
    private void requireFits(Path folder) throws RefusedException, IOException {
        Path badge = file.toAbsolutePath().normalize();
        if (!badge.toString().endsWith(".key")) {
            throw new RefusedException(Code.USAGE, "a ward badge's file is called NAME.key: a station offers no other");
        }
        if (badge.startsWith(folder.toAbsolutePath().normalize())) {
            throw new RefusedException(
                    Code.USAGE,
                    "the badge does not belong beside the copies it opens; name a place away from " + folder);
        }
        if (!reader.isEmpty() && reader.isBlank()) {
            throw new RefusedException(Code.USAGE, "--reader names a folder");
        }
        List<String> named = List.of(wards.split(",", -1));
        boolean kept = wards.isEmpty() && PartyConfiguration.namesWards(folder);
        if (!kept && named.stream().anyMatch(String::isBlank)) {
            throw new RefusedException(
                    Code.USAGE, "--wards takes the codes or names of the wards it keeps copies of, or all");
        }
        if (named.size() > WARDS_MAX) {
            throw new RefusedException(Code.USAGE, "one station keeps copies of " + WARDS_MAX + " wards at most");
        }
    }

    /** The badge counts as back once its PIN has opened it. */
    private int again(Path sheet) throws RefusedException, IOException {
        if (paper != null) {
            throw new RefusedException(Code.USAGE, "--paper is for a new badge, --from-paper for one that comes back");
        }
        requireFree(file);
        byte[] read = BadgePaper.read(Files.readString(sheet, StandardCharsets.UTF_8));
        char[] pin = Pins.made(String.valueOf(file.getFileName()));
        write(file, read);
        Signer badge;
        try {
            badge = Badges.open(file, pin);
        } catch (RefusedException wrong) {
            Draft.remove(file);
            throw wrong.refusal().code() == Code.WRONG_PIN
                    ? wrong
                    : new RefusedException(Code.KEY_FILE, "these lines are no whole badge: are the last ones missing?");
        }
        shell.voice()
                .say("the badge " + file + " is back; its number is "
                        + badge.publicKey().id().hex());
        return 0;
    }

    private static void requireFree(Path path) throws RefusedException {
        if (Files.exists(path)) {
            throw new RefusedException(Code.USAGE, path + " is there already; name a file that is not");
        }
    }

    private static void write(Path path, byte[] content) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                file.write(left);
            }
        }
    }
}
