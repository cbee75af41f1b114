package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.process.FileDisk;

/**
 * Which processes of a home run, remembered as process id and start time in {@code run/<word>.process}. A process counts
 * as ours only if both fit, so that a number the system gave to somebody else is never stopped.
 */
final class Running {

    /** The command that watches over the others. */
    static final String UP = "up";

    /** Two processes may compute the start time of a third from clocks that were adjusted meanwhile. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private final Path folder;
    private final FileDisk disk;

    Running(Home home) {
        folder = home.run();
        disk = FileDisk.in(folder);
    }

    void remember(String word, ProcessHandle process) {
        String text = process.pid() + " " + startMillis(process) + "\n";
        disk.writeDerived(word + ".process", Bytes.ofText(text));
    }

    void forget(String word) {
        disk.remove(word + ".process");
    }

    /** The live process of this name, if it is still the one that was remembered. */
    Optional<ProcessHandle> find(String word) {
        try {
            String[] parts =
                    Files.readString(folder.resolve(word + ".process")).strip().split(" ", 2);
            long started = Long.parseLong(parts[1]);
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> Math.abs(startMillis(process) - started) <= START_TOLERANCE.toMillis());
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }

    /** Where a program's own lines go: the one that says it is ready, and the one that says why not. */
    Path output(Role role) {
        return folder.resolve(role.word() + ".out");
    }

    private static long startMillis(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }
}
