package trimaran.operations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;

/** Starts one program again that has stopped while the others go on. */
@Command(name = "start", description = "Start one party again.", mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "PARTY", description = "access, application, data, witness, relay or station")
    private String word = "";

    StartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        Role role = Role.ofWord(word).orElseThrow(() -> new RefusedException(Code.USAGE, "there is no party " + word));
        if (PartyProcess.running(role, hospital).isPresent()) {
            shell.voice().say(role.word() + " runs already");
            return 0;
        }
        PartyProcess.serve(role, hospital, shell.programs()).waitReady();
        shell.voice().say(role.word() + " is up");
        return 0;
    }
}
