package trimaran.operations;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;

/** Reads one resource through the station. */
@Command(name = "read", description = "Print one resource.", mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "TYPE/ID", description = "for instance Patient/0a1b2c3d4e5f60a1b2c3d4e5f6-g7h8j9k0m1")
    private String reference = "";

    ReadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, InterruptedException {
        if (!reference.matches("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}")) {
            throw new RefusedException(Code.USAGE, "a resource is named TYPE/ID");
        }
        Home hospital = home.home().founded();
        String token = Tokens.mint(hospital, Founder.BENCH, shell.entropy(), shell.now());
        try (FhirDoor door = new FhirDoor(ImportCommand.base(hospital), token)) {
            shell.voice().print(door.read(reference).orElseThrow());
            return 0;
        } catch (IOException unread) {
            throw new RefusedException(Code.NOT_FOUND, reference + " is not to be had: " + unread.getMessage());
        }
    }
}
