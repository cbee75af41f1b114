package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import trimaran.kernel.Code;

/** The command lines that start a party's main. The tests put small stand-in programs in their place. */
@FunctionalInterface
interface Programs {

    /** @param arguments what the main is told, {@code keys <folder>} or {@code serve <folder>} */
    List<String> command(Role role, List<String> arguments) throws RefusedException;

    /**
     * Where tests name further options for the Java machines of a hospital's programs, separated by blanks; only such as begin with
     * {@code -X}, and in each {@link #PROGRAM} stands for the program's word.
     */
    String OPTIONS_ENVIRONMENT = "TRIMARAN_PARTY_JAVA_OPTIONS";

    String PROGRAM = "{program}";

    /**
     * The mains as Maven built them below the house: each module's own jar, and its class path beside it.
     *
     * @param options of each Java machine, after its own, which they may change; as {@link #OPTIONS_ENVIRONMENT} says them
     */
    static Programs built(Path house, Path java, String options) {
        List<String> further = Stream.of(options.strip().split("\\s+", -1))
                .filter(option -> option.startsWith("-X"))
                .toList();
        return (role, arguments) -> {
            Path target = house.resolve(role.module()).resolve("target");
            List<String> command = new ArrayList<>();
            command.add(java.toString());
            command.addAll(role.machine());
            further.forEach(option -> command.add(option.replace(PROGRAM, role.word())));
            command.add("-cp");
            command.add(classPath(role, target));
            command.add(role.mainClass());
            command.addAll(arguments);
            return command;
        };
    }

    private static String classPath(Role role, Path target) throws RefusedException {
        try (Stream<Path> files = Files.list(target)) {
            Path own = files.filter(file -> isOwnJar(file)).findFirst().orElseThrow(() -> missing(role));
            String rest = Files.readString(target.resolve("classpath")).strip();
            return rest.isEmpty() ? own.toString() : own + System.getProperty("path.separator") + rest;
        } catch (IOException absent) {
            throw missing(role);
        }
    }

    private static boolean isOwnJar(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.endsWith("-tests.jar") && !name.endsWith("-sources.jar");
    }

    private static RefusedException missing(Role role) {
        return new RefusedException(
                Code.HOME_DAMAGED, "the program of " + role.word() + " is not built; run ./mvnw -DskipTests package");
    }
}
