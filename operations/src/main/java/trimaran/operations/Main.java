package trimaran.operations;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.process.DiskFailure;
import trimaran.process.DiskFullException;
import trimaran.process.SystemEntropy;
import trimaran.process.Trace;

/** The command line. Every refusal is one line on standard error and the exit status of its code. */
@Command(
        name = "trimaran",
        description =
                "A hospital information system in three hulls: hole one, and the other two keep the hospital afloat.",
        subcommands = CommandLine.HelpCommand.class,
        footer = {
            "",
            "  drill                 attack a throw-away hospital and check its promises",
            "  bench                 measure what requests cost",
            "  simulate              run seeds of the simulated hospital",
            "  test                  run every check of the source",
            "",
            "A command's own options: trimaran help COMMAND"
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        Voice voice = new Voice(out, err, Pins.terminal().isPresent());
        int status;
        try {
            status = run(shell(voice), arguments);
        } catch (RuntimeException broken) {
            status = told(voice, broken);
        }
        System.exit(status);
    }

    /** What commands of this process are given. */
    static Shell shell(Voice voice) {
        Path house = Path.of(property("trimaran.house"));
        Path java = Path.of(property("java.home"), "bin", "java");
        String options = Objects.requireNonNullElse(System.getenv(Programs.OPTIONS_ENVIRONMENT), "");
        return new Shell(Programs.built(house, java, options), new SystemEntropy(), voice);
    }

    /** @return the exit status */
    static int run(Shell shell, String... arguments) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new UpCommand(shell))
                .addSubcommand(new DownCommand(shell))
                .addSubcommand(new StartCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new DoctorCommand(shell))
                .addSubcommand(new VerifyCommand(shell))
                .addSubcommand(new EvidenceCommand(shell))
                .addSubcommand(new ImportCommand(shell))
                .addSubcommand(new ReplayCommand(shell))
                .addSubcommand(new ReadCommand(shell))
                .addSubcommand(new PackCommand(shell))
                .addSubcommand(new TokenCommand(shell))
                .addSubcommand(new RebuildCommand(shell))
                .addSubcommand(new RefreshCommand(shell))
                .addSubcommand(new RollCommand(shell))
                .addSubcommand(new BackupCommand(shell))
                .addSubcommand(new RestoreCommand(shell))
                .addSubcommand(new ExposureCommand(shell))
                .addSubcommand(new CutCommand(shell))
                .addSubcommand(new ReopenCommand(shell))
                .addSubcommand(new BadgeCommand(shell))
                .addSubcommand(new OfficerCommand(shell))
                .addSubcommand(new JoinCommand(shell))
                .addSubcommand(new FoundCommand(shell))
                .addSubcommand(new ServeCommand(shell))
                .addSubcommand(new EnrolCommand(shell));
        line.setOut(shell.voice().out());
        line.setErr(shell.voice().err());
        line.setExecutionExceptionHandler((failure, command, parsed) -> told(shell.voice(), failure));
        line.setParameterExceptionHandler((wrong, given) -> {
            String sentence = String.valueOf(wrong.getMessage()).replace('\n', ' ');
            shell.voice().say(sentence + "; see: trimaran help");
            return Code.USAGE.exitCode();
        });
        try {
            return line.execute(arguments);
        } catch (Error broken) {
            return told(shell.voice(), broken);
        }
    }

    /** One clear line instead of a stack trace, whatever failed. */
    static int told(Voice voice, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            return told(voice, refused.refusal());
        }
        Refusal refusal = switch (failure) {
            case UncheckedIOException refused -> refusal(Objects.requireNonNull(refused.getCause()));
            case IOException refused -> refusal(refused);
            case RuntimeException full
            when DiskFullException.isBehind(full) -> Refusal.of(Code.DISK_FULL, "the disk is full");
            default ->
                Refusal.of(
                        Code.BROKEN,
                        "a fault of this program (" + Trace.words(failure) + "); "
                                + Trace.among(Path.of(property("java.io.tmpdir")), failure));
        };
        return told(voice, refusal);
    }

    private static int told(Voice voice, Refusal refusal) {
        voice.say(refusal.sentence() + " (" + refusal.code().tag() + ")");
        return refusal.code().exitCode();
    }

    private static Refusal refusal(IOException refused) {
        Code code = DiskFullException.isBehind(refused) ? Code.DISK_FULL : Code.BROKEN;
        return Refusal.of(code, DiskFailure.words(refused));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("started without -D" + name + "; use the launcher");
        }
        return value;
    }
}
