package trimaran.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the built programs lie.
 *
 * @param folder the root of the source, with each module's {@code target} below it
 * @param java the home of the development kit that runs them
 */
public record House(Path folder, Path java) {

    /** The property the launcher sets. */
    public static final String PROPERTY = "trimaran.house";

    /** The house of this process: as the launcher says, else the one this folder lies in. */
    public static House found() {
        Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")));
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new House(Path.of(named), java);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("trial/pom.xml")) && Files.exists(at.resolve("operations/pom.xml"))) {
                return new House(at, java);
            }
        }
        throw new IllegalStateException("started outside the house; use the launcher");
    }

    /**
     * The command line as a person starts it.
     *
     * @param thorough for what opens badges: arithmetic that wants to be compiled well, as the launcher knows, too
     */
    public List<String> commandLine(boolean thorough, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin/java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                thorough ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "-D" + PROPERTY + "=" + folder,
                "-cp",
                classPath("operations"),
                "trimaran.operations.Main"));
        command.addAll(arguments);
        return command;
    }

    /** The kit's tool that asks a running Java process for things. */
    public String jcmd() {
        return java.resolve("bin/jcmd").toString();
    }

    private String classPath(String module) {
        Path target = folder.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            Path own = files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(".jar") && !name.matches(".*-(tests|sources)\\.jar");
                    })
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(module + " is not built"));
            String rest = Files.readString(target.resolve("classpath")).strip();
            return rest.isEmpty() ? own.toString() : own + System.getProperty("path.separator") + rest;
        } catch (IOException absent) {
            throw new IllegalStateException(module + " is not built; run ./mvnw -DskipTests package", absent);
        }
    }
}
