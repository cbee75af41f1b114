package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.record.Signer;

/** Opens again what was cut. */
@Command(
        name = "reopen",
        description = "Open again what was cut, with two officers: " + CutTarget.USAGE,
        mixinStandardHelpOptions = true)
final class ReopenCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "TARGET", arity = "1..2", description = CutTarget.USAGE)
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    ReopenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        CutTarget target = RefusedException.orStop(CutTarget.of(words, new HomeNames(hospital)));
        try (Console console = Console.open(hospital);
                Telling telling = new Telling(console)) {
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "opening again");
            RecordTime now = SigningClock.now(console, shell);
            Digest origin = console.registry().origin();
            telling.announce(
                    shell.voice(), (announcing, then) -> announcing.reopen(origin, target, now, signers, then));
            shell.voice().say(target.said() + " is open again");
        }
        return 0;
    }
}
