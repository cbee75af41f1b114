package trimaran.operations;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops every process of a home, and nothing else on this machine. */
@Command(name = "down", description = "Stop the hospital.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    /** For the watcher to stop its processes and end. */
    private static final long WATCHER_MILLIS = 45_000;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    DownCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        Optional<ProcessHandle> watcher = new Running(hospital).find(Running.UP);
        watcher.ifPresent(up -> {
            up.destroy();
            up.onExit()
                    .completeOnTimeout(up, WATCHER_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        });
        int left = Watch.stopAll(hospital);
        shell.voice().say(watcher.isPresent() || left > 0 ? "the hospital has stopped" : "nothing ran");
        return 0;
    }
}
