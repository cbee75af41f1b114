package trimaran.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.process.DiskFailure;
import trimaran.process.DiskFullException;

/** One party's main as an operating-system process, started here or found running. */
final class PartyProcess {

    /** From start to {@code READY}: seconds, and on a machine with ten times its work, where it was seen, two minutes. */
    static final long READY_MILLIS_MAX = 300_000;

    /** For {@code keys}: a JVM, a few key pairs. */
    static final long KEYS_MILLIS_MAX = 60_000;

    /** Longest a party may take to stop by itself; what is acknowledged is on disk at any moment. */
    static final long STOP_MILLIS_MAX = 10_000;

    /** How often the output is looked at while waiting. */
    private static final long LOOK_MILLIS = 20;

    /** More than the line {@code READY <port>}. */
    private static final long LINE_BYTES = 64;

    /** What is read of an output; a party that serves says one line. */
    private static final int OUTPUT_BYTES_MAX = 64 << 10;

    private static final String READY = "READY ";

    private final Role role;
    private final Path output;
    private final ProcessHandle handle;
    private final @Nullable Process started;

    private PartyProcess(Role role, Path output, ProcessHandle handle, @Nullable Process started) {
        this.role = role;
        this.output = output;
        this.handle = handle;
        this.started = started;
    }

    /** Starts {@code serve}; returns at once. */
    static PartyProcess serve(Role role, Home home, Programs programs) throws RefusedException {
        Running running = new Running(home);
        Path output = running.output(role);
        PartyProcess process = start(role, programs, role.serving(home.of(role)), output);
        try {
            running.remember(role.word(), process.handle);
        } catch (UncheckedIOException failure) {
            // Nobody could stop it later.
            process.stop();
            throw failure;
        }
        return process;
    }

    /** The process of this role that runs already, for instance because only its watcher ended. */
    static Optional<PartyProcess> running(Role role, Home home) {
        Running running = new Running(home);
        return running.find(role.word()).map(handle -> new PartyProcess(role, running.output(role), handle, null));
    }

    /** Runs {@code keys}: the party makes its own keys in its own folder. Its card lies in the folder afterwards. */
    static void makeKeys(Role role, Path folder, Programs programs) throws RefusedException {
        makeKeys(role, OptionalLong.empty(), folder, programs);
    }

    /** @param generation of the hospital's shares, where the party is made anew */
    static void makeKeys(Role role, OptionalLong generation, Path folder, Programs programs) throws RefusedException {
        Path output = folder.resolve("keys.out");
        try {
            Home.ownFolder(folder);
            PartyProcess process = start(role, programs, keyArguments(role, generation, folder), output);
            if (!process.waitEnd(KEYS_MILLIS_MAX)) {
                process.stop();
                throw new RefusedException(Code.UNAVAILABLE, role.word() + " took too long to make its keys");
            }
            if (process.exit().orElse(1) != 0) {
                throw process.failure("could not make its keys");
            }
            Files.deleteIfExists(output);
        } catch (IOException failure) {
            throw refused(failure);
        }
    }

    private static List<String> keyArguments(Role role, OptionalLong generation, Path folder) {
        return generation.isPresent() && role.party().filter(Party::isTier).isPresent()
                ? List.of("keys", folder.toString(), String.valueOf(generation.getAsLong()))
                : List.of("keys", folder.toString());
    }

    /**
     * Runs the station's main for one thing, with a line for it to read.
     *
     * @throws RefusedException with its own words if it refuses
     */
    static void runStation(List<String> arguments, char[] line, Programs programs) throws RefusedException {
        try {
            Path output = Files.createTempFile("trimaran", ".out");
            ProcessBuilder builder = new ProcessBuilder(programs.command(Role.STATION, arguments));
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            Process process = builder.start();
            try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(line);
                in.write('\n');
            }
            PartyProcess running = new PartyProcess(Role.STATION, output, process.toHandle(), process);
            boolean ended = running.waitEnd(READY_MILLIS_MAX);
            if (!ended) {
                running.stop();
            }
            boolean done = running.exit().orElse(1) == 0;
            String words = running.lastWords();
            RefusedException other = running.failure("prints nothing");
            Files.deleteIfExists(output);
            if (!done) {
                throw said(words).orElse(other);
            }
        } catch (IOException failure) {
            throw refused(failure);
        }
    }

    /** A refusal as a main prints it: its code, then its sentence. */
    private static Optional<RefusedException> said(String words) {
        for (Code code : Code.values()) {
            String tag = "TRI-" + code.number() + " ";
            if (words.startsWith(tag)) {
                return Optional.of(new RefusedException(code, words.substring(tag.length())));
            }
        }
        return Optional.empty();
    }

    private static PartyProcess start(Role role, Programs programs, List<String> arguments, Path output)
            throws RefusedException {
        ProcessBuilder builder = new ProcessBuilder(programs.command(role, arguments));
        builder.redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        try {
            Home.ownFolder(output.toAbsolutePath().resolveSibling("."));
            Process process = builder.start();
            return new PartyProcess(role, output, process.toHandle(), process);
        } catch (IOException failure) {
            throw refused(failure);
        }
    }

    Role role() {
        return role;
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** The exit code, known only of a process started here that has ended. */
    OptionalInt exit() {
        if (started == null || handle.isAlive()) {
            return OptionalInt.empty();
        }
        // It is gone from the system a moment before Java knows how it ended.
        return OptionalInt.of(started.onExit().join().exitValue());
    }

    /**
     * Waits for the line {@code READY <port>}.
     *
     * @throws RefusedException with the party's own words if it ends instead
     */
    void waitReady() throws RefusedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS_MAX);
        while (!isReady()) {
            if (!handle.isAlive()) {
                throw failure("did not start");
            }
            if (isDiskFull()) {
                throw new RefusedException(
                        Code.DISK_FULL, role.word() + " has no room to say that it is ready: the disk is full");
            }
            if (System.nanoTime() > deadline) {
                throw new RefusedException(Code.UNAVAILABLE, role.word() + " was not ready in time");
            }
            pause();
        }
    }

    /** Whether not even a line more finds room: a party that serves already could not tell, and would be waited for in vain. */
    private boolean isDiskFull() {
        try {
            return Files.getFileStore(output).getUsableSpace() < LINE_BYTES;
        } catch (IOException absent) {
            return false;
        }
    }

    boolean isReady() {
        return said().lines().anyMatch(line -> line.startsWith(READY));
    }

    /** Asks it to end, and after {@link #STOP_MILLIS_MAX} ends it. */
    void stop() {
        handle.destroy();
        if (!waitEnd(STOP_MILLIS_MAX)) {
            handle.destroyForcibly();
            waitEnd(STOP_MILLIS_MAX);
        }
    }

    /** Asks it to end and returns at once. */
    void askToStop() {
        handle.destroy();
    }

    /** The last line it printed, for people; empty if it said nothing. */
    String lastWords() {
        return said().lines().filter(line -> !line.isBlank()).reduce("", (one, next) -> next);
    }

    private boolean waitEnd(long millis) {
        try {
            handle.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failed) {
            return !handle.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }

    /** The party's refusal in its own words; its exit status says which code it was. */
    private RefusedException failure(String what) {
        Code code = Code.BROKEN;
        for (Code candidate : Code.values()) {
            // The codes of the command line and the home each have an exit status of their own.
            if (candidate.number() >= 700 && candidate.exitCode() == exit().orElse(0)) {
                code = candidate;
            }
        }
        // The code stands at the end of our own line already.
        String words = lastWords().replaceFirst("^TRI-[0-9]+ ", "");
        return new RefusedException(code, role.word() + " " + what + ": " + (words.isEmpty() ? unsaid(code) : words));
    }

    /** On a full disk its words found no room either. */
    private static String unsaid(Code code) {
        return code == Code.DISK_FULL ? "the disk is full" : "it said nothing";
    }

    private String said() {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static RefusedException refused(IOException failure) {
        return DiskFullException.isBehind(failure)
                ? new RefusedException(Code.DISK_FULL, "the disk is full")
                : new RefusedException(Code.HOME_DAMAGED, "cannot write here: " + DiskFailure.words(failure));
    }
}
