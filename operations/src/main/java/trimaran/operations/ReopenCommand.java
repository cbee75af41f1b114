package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

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
        CutTarget target = CutTarget.of(hospital, words);
        try (Console console = Console.open(hospital);
                Announcing announcing = new Announcing(console)) {
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "opening again");
            RecordTime now = new RecordTime(shell.now().millis());
            Statement reopening = new Statement.Reopening(target.target(), target.subject(), now);
            Map<Party, Announcing.Told> told = announcing.announce(
                    SignedStatement.signed(console.registry().origin(), reopening, signers));
            CutCommand.tell(shell.voice(), told);
            Announcing.requireTaken(told, target);
            shell.voice().say(target.said() + " is open again");
        }
        return 0;
    }
}
