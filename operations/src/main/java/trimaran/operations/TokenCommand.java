package trimaran.operations;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--folder", paramLabel = "DIR", description = "the station's own folder, on a machine of its own")
    private @Nullable Path station;

    TokenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Path clients = station == null ? home.home().founded().clients() : station.resolve(Home.CLIENTS);
        shell.voice().print(Tokens.mint(clients, client, shell.entropy(), shell.now()));
        return 0;
    }
}
