package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A small house under this one's own root pom, one fault in each room, built by the Maven that builds this one and without the
 * network: all it needs has just been used. Its rooms have kernel's pom, the strictest there is.
 */
final class PlantedBuild {

    /** Maven says what failed at its end, project by project. */
    private static final Pattern FAILED = Pattern.compile(
            "Failed to execute goal (\\S+ \\S+ on project ([\\w-]+): .*?)(?=\\[ERROR] -> \\[Help)", Pattern.DOTALL);

    private static final String MODULES = "(?s)<modules>.*</modules>";

    private final Path folder = House.root().resolve("proof/target/planted-build");
    private final List<String> rooms = new ArrayList<>();
    private final String rootPom = House.text(House.root().resolve("pom.xml"));
    private final String roomPom = House.text(House.root().resolve("kernel/pom.xml"));

    /** A room with one source, whose pom is kernel's. */
    PlantedBuild room(String name, String source) {
        return room(name, source, "</project>", "</project>");
    }

    /** The same with something else in its pom. */
    PlantedBuild room(String name, String source, String instead, String planted) {
        rooms.add(name);
        write(name + "/pom.xml", replaced(roomPom.replace(">kernel<", ">" + name + "<"), instead, planted));
        write(name + "/src/main/java/trimaran/planted/Planted.java", source);
        return this;
    }

    /** A room without sources, whose pom is the root's with something else in it. */
    PlantedBuild root(String name, String instead, String planted) {
        rooms.add(name);
        String pom = rootPom.replaceFirst(MODULES, "").replaceFirst(">house<", ">" + name + "<");
        write(name + "/pom.xml", replaced(pom, instead, planted));
        return this;
    }

    /** What the build said of each room that failed. */
    Map<String, String> failures() {
        String modules = rooms.stream()
                .map(room -> "<module>" + room + "</module>")
                .collect(Collectors.joining("", "<modules>", "</modules>"));
        write("pom.xml", rootPom.replaceFirst(MODULES, modules));
        Map<String, String> failures = new LinkedHashMap<>();
        String log = run();
        FAILED.matcher(log).results().forEach(found -> failures.put(found.group(2), found.group(1)));
        assertThat(log).as("Maven went through all of them").contains("Reactor Summary");
        return failures;
    }

    private String run() {
        try {
            Path log = folder.resolve("log");
            ProcessBuilder maven = new ProcessBuilder(
                            maven().toString(), "-o", "-B", "-fae", "-Dstyle.color=never", repository(), "compile")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
            maven.start().waitFor();
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The one that runs this test; the launcher's where a workbench runs it. */
    private static Path maven() {
        String home = System.getProperty("maven.home", "");
        return home.isEmpty() ? House.root().resolve("mvnw") : Path.of(home, "bin", "mvn");
    }

    private static String repository() {
        String repository = System.getProperty("maven.repo.local", "");
        return repository.isEmpty() ? "-ntp" : "-Dmaven.repo.local=" + repository;
    }

    private static String replaced(String pom, String instead, String planted) {
        assertThat(pom).contains(instead);
        return pom.replace(instead, planted);
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
