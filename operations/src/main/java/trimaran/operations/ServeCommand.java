package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.process.Signals;

/** Runs one party on its own machine until it is asked to stop, as a service of the system would. */
@Command(
        name = "serve",
        description = "On a party's own machine: run it in the foreground until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    /** A little more than the parties themselves take at most. */
    private static final long STOP_MILLIS = PartyProcess.STOP_MILLIS_MAX + 2_000;

    private final Shell shell;

    @Parameters(paramLabel = "PARTY", description = "access, application, data, witness, relay or station")
    private String word = "";

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "the party's own folder")
    private Path folder = Path.of("");

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        Role role = Role.ofWord(word).orElseThrow(() -> new RefusedException(Code.USAGE, "there is no party " + word));
        if (!Files.isReadable(folder.resolve(PartyConfiguration.FILE))) {
            throw new RefusedException(
                    Code.HOME_DAMAGED, folder + " has not joined a hospital; see: trimaran help join");
        }
        Process party = new ProcessBuilder(shell.programs().command(role, role.serving(folder)))
                .inheritIO()
                .start();
        Signals.onStop(STOP_MILLIS, () -> {
            party.destroy();
            party.onExit().join();
        });
        return party.onExit().join().exitValue();
    }
}
