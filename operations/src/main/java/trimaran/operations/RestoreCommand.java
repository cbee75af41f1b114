package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.process.HomeLock;
import trimaran.record.Signer;

/** Rebuilds a lost tier with what a backup of it has, and the rest from the others. */
@Command(
        name = "restore",
        description = {
            "Rebuild a lost tier out of its backup, and get the rest from the other two, under new keys.",
            "What of the backup the other two do not prove is not taken; they give it instead."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "TIER", description = "access, application or data")
    private String word = "";

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "the backup's record")
    private Path from = Path.of("");

    @Option(names = "--shares", paramLabel = "DIR2", required = true, description = "the backup's shares")
    private Path shares = Path.of("");

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    RestoreCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Party tier = Party.ofWord(word)
                .filter(Party::isTier)
                .orElseThrow(() ->
                        new RefusedException(Code.USAGE, "there is no tier " + word + "; access, application or data"));
        Home hospital = home.home().founded();
        try (HomeLock _ = new UnderWay(hospital).turn();
                Console console = Console.open(hospital)) {
            Rebuilder rebuilder = new Rebuilder(hospital, shell, console);
            // By the keys of today: a copy of the home from before a rebuild knows nobody's signatures.
            rebuilder.learn(tier);
            RestoreSource source =
                    RestoreSource.open(from, shares, tier, console.registry().origin());
            source.requireBeginning(console);
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "a restore");
            rebuilder.rebuild(tier, signers, false, Optional.of(source));
        }
        return 0;
    }
}
