package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;

/** Plays files of HL7 v2 messages at a station's door. */
@Command(
        name = "replay",
        description = "Play HL7 v2 messages (.hl7, .er7, .txt) at the station's door, as their sender would.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final int LINES_DEFAULT = 8;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE|DIR", description = "what to play, files by name")
    private Path source = Path.of("");

    @Option(names = "--rate", paramLabel = "N", description = "messages a second (default: as fast as they are taken)")
    private int rate;

    @Option(names = "--lines", paramLabel = "N", description = "lines at once, each patient on one (default: 8)")
    private int lines = LINES_DEFAULT;

    @Option(
            names = "--ahead",
            paramLabel = "N",
            description = "messages a line sends before the first is answered (default: 1, as most senders do)")
    private int ahead = 1;

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "another door than that of the home's station")
    private String to = "";

    ReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException, InterruptedException {
        if (lines < 1 || lines > Replay.LINES_MAX || ahead < 1 || ahead > Replay.AHEAD_MAX || rate < 0) {
            throw new RefusedException(
                    Code.USAGE,
                    "--lines takes 1 to " + Replay.LINES_MAX + ", --ahead 1 to " + Replay.AHEAD_MAX
                            + ", --rate a number");
        }
        List<Path> files = MessageFiles.of(source);
        Kin kin = new Kin();
        for (Path file : files) {
            MessageFiles.messages(file).forEach(kin::look);
        }
        Replay replay = new Replay(door(), lines, ahead, rate, kin, shell.voice());
        for (Path file : files) {
            for (byte[] message : MessageFiles.messages(file)) {
                replay.play(message, file);
            }
        }
        Replay.Count count = replay.end();
        shell.voice().print(count.line());
        return count.isAllTaken() ? 0 : Code.BAD_VALUE.exitCode();
    }

    private Address door() throws RefusedException {
        if (!to.isEmpty()) {
            return switch (Address.parse(to)) {
                case Outcome.Done<Address>(Address address) -> address;
                case Outcome.Refused<Address> refused -> throw new RefusedException(Code.USAGE, "--to takes host:port");
            };
        }
        Optional<Address> own = PartyConfiguration.hl7(home.home().founded().of(Role.STATION));
        return own.orElseThrow(() -> new RefusedException(
                Code.USAGE, "this home's station has no HL7 door; add hl7 = 127.0.0.1:PORT to its party.conf"));
    }
}
