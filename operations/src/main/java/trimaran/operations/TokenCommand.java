package trimaran.operations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a new bearer token of a client. */
@Command(
        name = "token",
        description = "Print a new bearer token for a client of the FHIR door.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--client", paramLabel = "NAME", required = true, description = "for instance bench")
    private String client = "";

    TokenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        shell.voice().print(Tokens.mint(home.home().founded(), client, shell.entropy(), shell.now()));
        return 0;
    }
}
