package trimaran.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import trimaran.trial.Commands.Said;

/**
 * A hospital founded to be ill-treated, with all its processes. Everything is done as a person would do it: through the command
 * line, or to a process by its number.
 */
public final class TrialHospital implements AutoCloseable {

    /** The parties any one of which may fall while the others go on. */
    public static final List<String> HULLS = List.of("access", "application", "data", "witness");

    /** Every process of a hospital. */
    public static final List<String> PROCESSES =
            List.of("access", "application", "data", "witness", "relay", "accueil");

    public static final String STATION = "accueil";

    /** What the demo badges open with, as {@code up} prints. */
    public static final String PIN = "246810";

    private static final long READY_SECONDS_MAX = 600;

    /** For a hospital to stop: its station first, then the parties, on a busy machine. */
    private static final long STOP_SECONDS_MAX = 120;

    /** Signal 2 in the sets the system prints. */
    private static final long SIGINT_BIT = 2;

    private final House house;
    private final Path folder;
    private final Commands commands;
    private final Thread onExit;
    private final int port;
    private Process up;

    /** @param what the option that says what is put in */
    private TrialHospital(House house, Path folder, int port, List<String> what) {
        this.house = house;
        this.folder = folder;
        this.port = port;
        this.commands = new Commands(house, folder);
        List<String> first = new ArrayList<>(List.of("--port", String.valueOf(port)));
        first.addAll(what);
        this.up = begin(first);
        // Whoever stops the drill wants no hospital left behind: asked to end it kills at once, killed it kills by the
        // leash.
        Leash.hold(home().resolve("run"));
        this.onExit = new Thread(this::killAll);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Founds a hospital below this folder and starts it; returns when it serves. */
    public static TrialHospital found(House house, Path folder) {
        return found(house, folder, List.of("--empty"));
    }

    /** The same, and begins to fill it with an invented hospital of so many beds. */
    public static TrialHospital foundToFill(House house, Path folder, int beds) {
        return found(house, folder, List.of("--beds", String.valueOf(beds)));
    }

    private static TrialHospital found(House house, Path folder, List<String> what) {
        if (Files.exists(folder.resolve("hospital"))) {
            // It may be in use by somebody: what is tried out is thrown away afterwards.
            throw new IllegalStateException("there is a hospital in " + folder + " already; name an empty folder");
        }
        try {
            Files.createDirectories(folder);
            TrialHospital hospital = new TrialHospital(house, folder.toAbsolutePath(), freePort(), what);
            try {
                return hospital.awaited();
            } catch (RuntimeException never) {
                // While their numbers are still on the disk.
                hospital.killAll();
                throw never;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path home() {
        return folder.resolve("hospital");
    }

    /** The FHIR door. */
    public URI door() {
        return URI.create("http://localhost:" + port + "/fhir");
    }

    public int port() {
        return port;
    }

    public House house() {
        return house;
    }

    /** Starts it again after {@link #down}. */
    public void up() {
        up = begin(List.of());
        awaited();
    }

    private TrialHospital awaited() {
        Waiting.until(READY_SECONDS_MAX, "the hospital is ready", () -> {
            if (!up.isAlive()) {
                throw new IllegalStateException("up ended: " + text(folder.resolve("up.out")));
            }
            return text(folder.resolve("up.out")).contains("READY http://localhost:" + port);
        });
        return this;
    }

    private Process begin(List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--home", home().toString()));
        arguments.addAll(more);
        return commands.begin(interruptible(), arguments, folder.resolve("up.out"));
    }

    /** Whoever was started in the background of a script ignores Ctrl-C, and so does all that it starts. */
    private static List<String> interruptible() {
        boolean ignored = text(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }

    /** Ctrl-C at the terminal where {@code up} runs. Returns its exit status once it has ended. */
    public int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(up.pid())).start().waitFor();
            if (!up.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("up does not stop: " + upSaid());
            }
            return up.exitValue();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** What {@code up} printed so far. */
    public String upSaid() {
        return text(folder.resolve("up.out"));
    }

    /** Runs a command of the command line on this hospital. */
    public Said run(String... arguments) {
        return runUnder(List.of(), arguments);
    }

    /** @param wrapping a program that runs the command, as {@code env} does */
    public Said runUnder(List<String> wrapping, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home");
        all.add(home().toString());
        return commands.run(wrapping, all);
    }

    /** The command line as it is, about no hospital in particular. */
    public Commands commands() {
        return commands;
    }

    /** A bearer token of the demo client. */
    public String token() {
        Said said = run("token", "--client", "bench");
        if (!said.isWell()) {
            throw new IllegalStateException("no token: " + said);
        }
        return said.out().strip();
    }

    public FhirClient client() {
        return new FhirClient(door(), token());
    }

    public long pid(String word) {
        return Long.parseLong(text(processFile(word)).strip().split(" ", 2)[0]);
    }

    private Path processFile(String word) {
        return home().resolve("run/" + word + ".process");
    }

    public boolean isAlive(String word) {
        return Files.exists(processFile(word))
                && ProcessHandle.of(pid(word)).filter(ProcessHandle::isAlive).isPresent();
    }

    /** {@code kill -9}: the process has not even time to notice. */
    public void kill(String word) {
        ProcessHandle process = ProcessHandle.of(pid(word)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks a process to end, and waits until it has. */
    void end(String word) {
        ProcessHandle process = ProcessHandle.of(pid(word)).orElseThrow();
        process.destroy();
        process.onExit().orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    public void start(String word) {
        Said said = run("start", word);
        if (!said.isWell()) {
            throw new IllegalStateException(word + " does not start again: " + said);
        }
    }

    /** How often a pattern is in a text, as in what a command printed. */
    public static long count(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).results().count();
    }

    /** Stops it as a person would. */
    public Said down() {
        return run("down");
    }

    public void killAll() {
        up.destroyForcibly();
        for (String word : PROCESSES) {
            if (Files.exists(processFile(word))) {
                ProcessHandle.of(pid(word)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** Stops everything and removes every trace. */
    @Override
    public void close() {
        down();
        killAll();
        remove(folder);
        Runtime.getRuntime().removeShutdownHook(onExit);
    }

    public static void remove(Path folder) {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException("not removed: " + folder, stays);
        }
    }

    /** One that nobody listens at, nor at the one behind it, and no other that this process was given. */
    public static int freePort() throws IOException {
        return FreePorts.next();
    }

    public static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }

    /** Where this process listens, as the home says. */
    public int port(String word) {
        return Objects.requireNonNull(ports().get(word), word);
    }

    /** Where each party listens, as the home says. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new java.util.TreeMap<>();
        text(home().resolve("card/parties")).lines().forEach(line -> {
            String[] pair = line.split(" = ", 2);
            ports.put(pair[0], Integer.valueOf(pair[1].substring(pair[1].lastIndexOf(':') + 1)));
        });
        ports.put(STATION, port);
        return ports;
    }
}
