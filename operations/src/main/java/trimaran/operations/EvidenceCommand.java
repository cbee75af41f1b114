package trimaran.operations;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.evidence.Evidence;
import trimaran.evidence.Lines;
import trimaran.evidence.Window;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Statement;

/** Makes an archive of a window for whoever investigates: signed, without content, with the program that checks it. */
@Command(
        name = "evidence",
        description =
                "Make an archive of a window for investigators: ledgers, checkpoints, proofs, and what checks them.",
        mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 500;

    /** For a page of entries or lines from a tier that also serves. */
    private static final long ASK_MILLIS = 30_000;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description = "when the window begins: " + Window.USAGE)
    private String from = "";

    @Option(names = "--to", paramLabel = "T", required = true, description = "when it ends, in the same way")
    private String to = "";

    @Option(
            names = "--zone",
            paramLabel = "Z",
            description = "the hospital's time zone, for times without an offset (default: ${DEFAULT-VALUE})",
            defaultValue = "Europe/Paris")
    private String zone = "Europe/Paris";

    @Option(
            names = "--out",
            paramLabel = "F.zip",
            required = true,
            description = "the file to write; it must not exist")
    private @Nullable Path out;

    EvidenceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        ZoneId hours = zone(zone);
        RecordTime now = new RecordTime(shell.now().millis());
        Window window = RefusedException.orStop(Window.of(from, to, hours, now));
        Path file = file();
        Home hospital = home.home().founded();
        try (Console console = Console.open(hospital);
                Asking asking = new Asking(console, shell.voice())) {
            requireFounded(console, window);
            Evidence evidence = new Evidence(asking, console.registry(), window, hours);
            return said(file, whole(evidence, file, now));
        }
    }

    static ZoneId zone(String name) throws RefusedException {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new RefusedException(Code.USAGE, "there is no time zone " + name + "; write it as Europe/Paris");
        }
    }

    /** Where nothing can be written nobody is asked for anything; and what is there may be evidence, too. */
    private Path file() throws RefusedException {
        Path file = Objects.requireNonNull(out).toAbsolutePath().normalize();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new RefusedException(Code.USAGE, "nothing can be written at " + file);
        }
        return file;
    }

    private static RefusedException exists(Path file) {
        return new RefusedException(Code.USAGE, file + " exists, and is not written over; name another file");
    }

    private static void requireFounded(Console console, Window window) throws RefusedException {
        if (console.founding().statement() instanceof Statement.Founding founding
                && founding.time().isAfter(window.to())) {
            throw new RefusedException(
                    Code.USAGE,
                    "this window ends before the hospital was founded, at " + founding.time()
                            + "; there is nothing to prove of it");
        }
    }

    /** Written beside its place and renamed at the end: what is half-done, whatever ended it, is never there under its name. */
    private Evidence.Made whole(Evidence evidence, Path file, RecordTime now) throws RefusedException, IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException other) {
            throw new RefusedException(
                    Code.USAGE, part + " is left of an archive that is being made, or was broken off; remove it");
        }
        Thread onStop = Thread.ofPlatform().unstarted(() -> Draft.remove(part));
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            Evidence.Made made = written(evidence, part, now);
            Files.move(part, file);
            return made;
        } catch (FileAlreadyExistsException meanwhile) {
            throw exists(file);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        } finally {
            shell.voice().bar("");
            Draft.remove(part);
        }
    }

    /** From one copy of the record after another, until one gives what was signed. */
    private Evidence.Made written(Evidence evidence, Path part, RecordTime now) throws RefusedException, IOException {
        Refusal last = Refusal.of(Code.UNAVAILABLE, "no tier is reached");
        for (Party source : List.of(Party.DATA, Party.ACCESS, Party.APPLICATION)) {
            if (last.code() == Code.STALE) {
                break;
            }
            try (FileOutputStream file = new FileOutputStream(part.toFile());
                    BufferedOutputStream buffered = new BufferedOutputStream(file, BUFFER_BYTES)) {
                Outcome<Evidence.Made> outcome = evidence.write(source, buffered, now);
                if (outcome instanceof Outcome.Done<Evidence.Made>(Evidence.Made made)) {
                    buffered.flush();
                    file.getFD().sync();
                    return made;
                }
                last = ((Outcome.Refused<Evidence.Made>) outcome).refusal();
                shell.voice().bar("");
            }
        }
        throw new RefusedException(last.code(), "no archive was made: " + last.sentence());
    }

    private int said(Path file, Evidence.Made made) {
        Voice voice = shell.voice();
        voice.print(file.toString());
        voice.print(String.format(
                Locale.ROOT,
                "%,d entries; ledger lines: access %,d, application %,d, data %,d",
                made.entries(),
                made.ledgerLines().get(Party.ACCESS),
                made.ledgerLines().get(Party.APPLICATION),
                made.ledgerLines().get(Party.DATA)));
        if (made.ledgerLines().values().stream().allMatch(count -> count == 0)) {
            voice.print("no hull handed anything out in this window, as far as the ledgers in the archive say");
        }
        voice.print("to be written down, it stands for the whole archive: "
                + made.digest().hex());
        voice.print("to check it: unzip it, and there: java checker/CheckArchive.java .");
        if (made.gaps().isEmpty()) {
            return 0;
        }
        made.gaps().forEach(voice::say);
        voice.say(
                "this archive is NOT COMPLETE, and says so in MANQUE-MISSING.txt (" + Code.TIER_INCOMPLETE.tag() + ")");
        return Code.TIER_INCOMPLETE.exitCode();
    }

    /** The console's lines, one to each party, dialled anew after they broke. */
    private static final class Asking implements Lines, AutoCloseable {

        private final Console console;
        private final Voice voice;
        private final Map<Party, Console.Line> lines = new EnumMap<>(Party.class);

        Asking(Console console, Voice voice) {
            this.console = console;
            this.voice = voice;
        }

        @Override
        public Outcome<Response> ask(Party party, Request request) {
            Console.Line line = lines.computeIfAbsent(party, console::dial);
            Outcome<Response> answer = line.ask(request, ASK_MILLIS);
            if (answer instanceof Outcome.Refused<Response>(Refusal refusal) && refusal.code() == Code.UNAVAILABLE) {
                line.close();
                lines.remove(party);
            }
            return answer;
        }

        @Override
        public void pause() {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void progress(String line) {
            voice.bar("  " + line);
        }

        @Override
        public void close() {
            lines.values().forEach(Console.Line::close);
        }
    }
}
