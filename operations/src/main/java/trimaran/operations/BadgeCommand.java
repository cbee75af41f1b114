package trimaran.operations;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.record.Signer;

/** Makes the badge of a person, for instance of an officer before the founding: a key file under a PIN. */
@Command(
        name = "badge",
        description = "Make a person's badge: a key file that opens with a PIN.",
        mixinStandardHelpOptions = true)
final class BadgeCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "where the badge goes; must not exist")
    private Path file = Path.of("");

    BadgeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Signer badge = Badges.create(file, Pins.chosen(file), shell.entropy());
        shell.voice()
                .say("the badge " + file + " is made; its number is "
                        + badge.publicKey().id());
        return 0;
    }
}
