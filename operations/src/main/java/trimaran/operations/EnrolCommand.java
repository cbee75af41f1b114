package trimaran.operations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has data place what the founding prepared, once the parties on their own machines are up; {@code up} does it by itself. */
@Command(
        name = "enrol",
        description = "Have the founding's station and clients placed in the record, once the parties are up.",
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    EnrolCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Enroller.enrol(home.home().founded());
        shell.voice().say("station and clients are enrolled");
        return 0;
    }
}
