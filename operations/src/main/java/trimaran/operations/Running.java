package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.process.FileDisk;

/**
 * Which processes of a home run, remembered as process id and start in {@code run/<word>.process}. A process counts
 * as ours only if both fit, so that a number the system gave to somebody else is never stopped.
 */
final class Running {

    /** The command that watches over the others. */
    static final String UP = "up";

    /** proc(5), /proc/pid/stat: field 22, {@code starttime} in ticks since boot; the first after the name is field 3. */
    private static final int START_FIELD = 22 - 3;

    /** random(4): another for each start of the system. */
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path folder;
    private final FileDisk disk;

    Running(Home home) {
        folder = home.run();
        disk = FileDisk.in(folder);
    }

    void remember(String word, ProcessHandle process) {
        String text = process.pid() + " " + started(process) + "\n";
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
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> started(process).equals(parts[1]));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }

    /** Where a program's own lines go: the one that says it is ready, and the one that says why not. */
    Path output(Role role) {
        return folder.resolve(role.word() + ".out");
    }

    /**
     * What tells this process from another that has the same number: the boot, and its start as the system counts it since
     * then, which no clock that is put right can move; where the system does not say, the time of its start.
     */
    private static String started(ProcessHandle process) {
        try {
            String boot = Files.readString(BOOT).strip();
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            // The name of the program stands in brackets and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return boot + "/" + fields[START_FIELD];
        } catch (IOException | IndexOutOfBoundsException unknown) {
            return process.info().startInstant().map(Object::toString).orElse("");
        }
    }
}
