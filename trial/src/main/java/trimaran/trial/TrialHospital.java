package trimaran.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

    private static final long COMMAND_SECONDS_MAX = 300;

    private final House house;
    private final Path folder;
    private final Thread onExit;
    private int port;
    private Process up;
    private int commands;

    /** What a command printed and how it ended. */
    public record Said(int status, String out, String err) {

        public boolean isWell() {
            return status == 0;
        }

        @Override
        public String toString() {
            return "status " + status + "\n" + out + err;
        }
    }

    private TrialHospital(House house, Path folder, int port) {
        this.house = house;
        this.folder = folder;
        this.port = port;
        this.up = begin(List.of("--port", String.valueOf(port), "--empty"));
        // Whoever stops the drill wants no hospital left behind.
        this.onExit = new Thread(this::killAll);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Founds a hospital below this folder and starts it; returns when it serves. */
    public static TrialHospital found(House house, Path folder) {
        try {
            Files.createDirectories(folder);
            return new TrialHospital(house, folder.toAbsolutePath(), freePort()).awaited();
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
        Waiting.until(COMMAND_SECONDS_MAX, "the hospital is ready", () -> {
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
        return start(arguments, true, folder.resolve("up.out"), folder.resolve("up.out"));
    }

    /** What {@code up} printed so far. */
    public String upSaid() {
        return text(folder.resolve("up.out"));
    }

    /** Runs a command of the command line on this hospital. */
    public Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home");
        all.add(home().toString());
        return runPlain(all);
    }

    /** Runs a command of the command line as it is. */
    public Said runPlain(List<String> arguments) {
        int number;
        synchronized (this) {
            number = commands++;
        }
        Path out = folder.resolve("command-" + number + ".out");
        Path err = folder.resolve("command-" + number + ".err");
        boolean thorough = arguments.getFirst().matches("rebuild|found|up");
        Process process = start(arguments, thorough, out, err);
        try {
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(arguments + " takes too long: " + text(out) + text(err));
            }
            return new Said(process.exitValue(), text(out), text(err));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private Process start(List<String> arguments, boolean thorough, Path out, Path err) {
        ProcessBuilder builder = new ProcessBuilder(house.commandLine(thorough, arguments));
        builder.environment().put("TRIMARAN_PIN", PIN);
        builder.redirectOutput(out.toFile());
        if (out.equals(err)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(err.toFile());
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
        return Long.parseLong(
                text(home().resolve("run/" + word + ".process")).strip().split(" ", 2)[0]);
    }

    public boolean isAlive(String word) {
        return ProcessHandle.of(pid(word)).filter(ProcessHandle::isAlive).isPresent();
    }

    /** {@code kill -9}: the process has not even time to notice. */
    public void kill(String word) {
        ProcessHandle process = ProcessHandle.of(pid(word)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    public void start(String word) {
        Said said = run("start", word);
        if (!said.isWell()) {
            throw new IllegalStateException(word + " does not start again: " + said);
        }
    }

    /** Waits until all copies are whole and equal and nothing is held, then has them reread. */
    public Said settleAndVerify(long secondsMax) {
        Waiting.until(secondsMax, "nothing is held and nothing lacks", () -> isSettled(run("status", "--json")));
        return run("verify", "--json");
    }

    private static boolean isSettled(Said status) {
        return status.isWell()
                && count(status.out(), "\"held\":0[,}]") == 3
                && count(status.out(), "\"lacks\":0[,}]") == 3;
    }

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
            if (Files.exists(home().resolve("run/" + word + ".process"))) {
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

    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    public static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
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
