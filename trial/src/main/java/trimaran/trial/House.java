package trimaran.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the built programs lie.
 *
 * @param folder the root of the source, with each module's {@code target} below it
 * @param java the home of the development kit that runs them
 * @param brief whether hospitals of it live for minutes: their programs are compiled little, which takes them half the work; a badge
 *     then opens in a second instead of half a one
 * @param caches what its programs have read in advance, or leave for the next; empty for neither
 */
public record House(Path folder, Path java, boolean brief, Optional<ClassCaches> caches) {

    /** The property the launcher sets. */
    public static final String PROPERTY = "trimaran.house";

    /** The rooms whose programs are those of a hospital. */
    public static final List<String> MODULES =
            List.of("witness", "data", "access", "application/main", "relay", "station/main", "operations");

    /** Several commands at a time. */
    private static final String MANY_HEAP = "-Xmx512m";

    /** Of two compilers the quick one alone. */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    /** The house of this process: as the launcher says, else the one this folder lies in. */
    public static House found() {
        Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")));
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new House(Path.of(named), java, false, Optional.empty());
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("trial/pom.xml")) && Files.exists(at.resolve("operations/pom.xml"))) {
                return new House(at, java, false, Optional.empty());
            }
        }
        throw new IllegalStateException("started outside the house; use the launcher");
    }

    /** The same, for hospitals that live for minutes. The first time after a build this takes a minute. */
    public House briefly() {
        return ClassCaches.of(new House(folder, java, true, Optional.empty()));
    }

    House with(ClassCaches read) {
        return new House(folder, java, brief, Optional.of(read));
    }

    /** Options of the Java machines of its programs, as {@code operations} reads them from its environment. */
    Optional<String> partyOptions() {
        List<String> options = new ArrayList<>(brief ? List.of(FIRST_COMPILER) : List.of());
        caches.ifPresent(kept -> options.addAll(kept.ofPrograms()));
        return options.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", options));
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
                thorough ? "-XX:+TieredCompilation" : FIRST_COMPILER,
                "-D" + PROPERTY + "=" + folder));
        caches.ifPresent(kept -> command.addAll(kept.ofCommands(thorough)));
        command.addAll(List.of("-cp", classPath("operations"), "trimaran.operations.Main"));
        command.addAll(arguments);
        return command;
    }

    /** The same for who runs many commands, in one process that is asked again and again; empty where each is to be one. */
    Optional<List<String>> manyCommands() {
        return caches.filter(ClassCaches::areMade)
                .map(kept -> Stream.of(
                                List.of(
                                        java.resolve("bin/java").toString(),
                                        MANY_HEAP,
                                        "-XX:+UseSerialGC",
                                        "-D" + PROPERTY + "=" + folder),
                                kept.ofCommands(true),
                                List.of("-cp", classPath("operations"), "trimaran.operations.ManyMain"))
                        .flatMap(List::stream)
                        .toList());
    }

    /** The kit's tool that asks a running Java process for things. */
    public String jcmd() {
        return java.resolve("bin/jcmd").toString();
    }

    /** What a room's program finds its classes in, its own jar first. */
    public String classPath(String module) {
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
