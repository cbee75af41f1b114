package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.process.HomeLock;
import trimaran.record.Signer;

/** Rebuilds a fallen tier, or the witness, from the others. */
@Command(
        name = "rebuild",
        description = "Rebuild a fallen tier, or the witness, from the others, even if its folder is gone.",
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "TIER", description = "access, application, data or witness")
    private String word = "";

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    @Option(
            names = "--accept-loss",
            description =
                    "go on although another tier lacks what only this one's disk may have had; what opens it is lost then")
    private boolean lossAccepted;

    @Option(
            names = "--resume",
            description =
                    "see a rebuild through that broke off while it copied, with the keys it made; if somebody may have been at its machine since, leave this out")
    private boolean resumed;

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description = "the new card of a party that has a machine of its own, where trimaran join made its keys")
    private @Nullable Path card;

    RebuildCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Party fallen = Party.ofWord(word)
                .orElseThrow(() -> new RefusedException(
                        Code.USAGE, "there is no tier " + word + "; access, application, data or witness"));
        Home hospital = home.home().founded();
        try (HomeLock _ = new UnderWay(hospital).turn();
                Console console = Console.open(hospital)) {
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "a rebuild");
            Rebuilder rebuilder = new Rebuilder(hospital, shell, console);
            if (resumed && (lossAccepted || card != null)) {
                throw new RefusedException(
                        Code.USAGE,
                        "what --accept-loss and --card say was settled as that rebuild began; --resume goes without them");
            }
            if (resumed) {
                rebuilder.resume(fallen);
            } else if (card != null) {
                rebuilder.rebuildElsewhere(fallen, signers, lossAccepted, card);
            } else {
                rebuilder.rebuild(fallen, signers, lossAccepted);
            }
        }
        return 0;
    }
}
