package trimaran.operations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trimaran.process.SystemEntropy;

/** Runs the command line with small stand-in programs in place of the parties' mains, here or as a process of its own. */
final class StandIn {

    /** The role whose program misbehaves, and how: {@code data=keys} refuses to make keys, {@code data~keys} takes for ever. */
    static final String FAULT = "standin.fault";

    private StandIn() {}

    /** What a command said and how it ended. */
    record Said(int status, String out, String err) {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(programs(property(FAULT)), new SystemEntropy(), new Voice(out, err, false));
        System.exit(Main.run(shell, arguments));
    }

    /** Runs a command within this process. */
    static Said run(String fault, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Voice voice = new Voice(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                false);
        int status = Main.run(new Shell(programs(fault), new SystemEntropy(), voice), arguments);
        return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command as a process, so that it may be stopped by signals. */
    static Process start(Path output, String... arguments) throws IOException {
        return start("", output, arguments);
    }

    static Process start(String fault, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.add("-D" + FAULT + "=" + fault);
        command.add(StandIn.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(Pins.ENVIRONMENT, Badges.DEMO_PIN);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static Programs programs(String fault) {
        return (role, arguments) -> {
            List<String> command = new ArrayList<>(java());
            command.add(StandInParty.class.getName());
            command.add(role.name());
            command.add(fault);
            command.addAll(arguments);
            return command;
        };
    }

    private static String property(String name) {
        return Objects.requireNonNullElse(System.getProperty(name), "");
    }

    private static List<String> java() {
        return List.of(
                Path.of(property("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                property("java.class.path"));
    }
}
