package trimaran.operations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;

/** Has the copies reread and compared. */
@Command(
        name = "verify",
        description = "Have each keeper reread its whole copy, and compare the copies.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    VerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        try (Console console = Console.open(home.home().founded())) {
            Verification verification = Verification.run(console);
            if (json) {
                shell.voice().print(Json.text(verification.json()));
            } else {
                verification.lines().forEach(shell.voice()::print);
            }
            return verification.isClean() ? 0 : Code.BAD_PROOF.exitCode();
        }
    }
}
