package trimaran.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs commands of the command line as a person would: each as a process of its own, but for those that are asked again and again of a
 * hospital that lives for minutes. MAY be used from many threads.
 */
public final class Commands {

    /** A command that takes longer has come to a stop; a rebuild gives up by itself before. */
    private static final long SECONDS_MAX = 600;

    private static final String PARTY_OPTIONS = "TRIMARAN_PARTY_JAVA_OPTIONS";

    /** What opens badges, or makes them: arithmetic that wants to be compiled well. */
    private static final String THOROUGH =
            "up|found|rebuild|badge|cut|reopen|officer|refresh|roll|exposure|evidence|enrol|pack|backup|restore";

    /**
     * What drills and tests ask hundreds of times: a machine of its own for each took a sixth of a row of drills, most of it to compile
     * what opens badges. A rebuild's time in a drill is without the second such a machine takes to begin.
     */
    private static final String AGAIN_AND_AGAIN =
            "start|verify|status|token|down|rebuild|cut|reopen|refresh|roll|exposure|evidence|backup|restore|enrol";

    private final House house;
    private final Path folder;
    private final AtomicInteger commands = new AtomicInteger();

    /** @param folder where their output goes */
    public Commands(House house, Path folder) {
        this.house = house;
        this.folder = folder;
    }

    /** Runs a command to its end. */
    public Said run(String... arguments) {
        return run(List.of(), List.of(arguments));
    }

    /** @param wrapping a program and its arguments that runs the command, as {@code env} does; empty for none */
    public Said run(List<String> wrapping, List<String> arguments) {
        int number = commands.incrementAndGet();
        Path out = folder.resolve("command-" + number + ".out");
        Path err = folder.resolve("command-" + number + ".err");
        Optional<ManyCommands> many = wrapping.isEmpty() && arguments.getFirst().matches(AGAIN_AND_AGAIN)
                ? ManyCommands.of(house, () -> environment(new ProcessBuilder()))
                : Optional.empty();
        if (many.isPresent()) {
            int status = many.get().run(arguments, out, err, SECONDS_MAX);
            return new Said(status, TrialHospital.text(out), TrialHospital.text(err));
        }
        Process process = start(wrapping, arguments, out, err);
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        arguments + " takes too long: " + TrialHospital.text(out) + TrialHospital.text(err));
            }
            return new Said(process.exitValue(), TrialHospital.text(out), TrialHospital.text(err));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

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

    /** Starts a command that stays; everything it prints goes to one file. */
    public Process begin(List<String> wrapping, List<String> arguments, Path output) {
        return start(wrapping, arguments, output, output);
    }

    private Process start(List<String> wrapping, List<String> arguments, Path out, Path err) {
        List<String> command = new ArrayList<>(wrapping);
        command.addAll(house.commandLine(arguments.getFirst().matches(THOROUGH), arguments));
        ProcessBuilder builder = environment(new ProcessBuilder(command));
        builder.redirectOutput(out.toFile());
        if (out.equals(err)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(err.toFile());
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        try {
            Files.createDirectories(folder);
            Process process = builder.start();
            Leash.hold(process.toHandle());
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().put("TRIMARAN_PIN", TrialHospital.PIN);
        house.partyOptions().ifPresent(options -> builder.environment().put(PARTY_OPTIONS, options));
        return builder;
    }
}
