package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What each process can load at all: the artifacts of its run-time class path, name by name. A library that rides along
 * with another shows up here as one line to be reviewed.
 */
class ClosureTest {

    private static final Pattern VERSION = Pattern.compile("-\\d[\\w.]*(-SNAPSHOT|-M\\d+|-[a-z]+)?\\.jar$");

    @Test
    void eachMainRunsWithWhatItsListNames() {
        List<String> mains = mains();
        assertThat(mains)
                .contains("access", "application/main", "data", "operations", "relay", "station/main", "witness");
        for (String main : mains) {
            Path built = House.root().resolve(main).resolve("target/classpath");
            assertThat(built).as("written by the build in phase package").exists();
            assertThat(names(House.text(built)))
                    .as("closures/%s: what %s runs with", list(main), main)
                    .containsExactlyElementsOf(new TreeSet<>(Resources.lines("closures/" + list(main))));
        }
    }

    @Test
    void aStrangerOnTheClassPathIsSeen() {
        String separator = System.getProperty("path.separator");
        String path = String.join(
                separator, "house/kernel/target/kernel-1-SNAPSHOT.jar", "m2/application-core-1-SNAPSHOT.jar");
        assertThat(names(path)).containsExactly("application-core", "kernel");
        assertThat(names(path + separator + "m2/jackson-core-2.23.0.jar")).contains("jackson-core");
    }

    /** A room left out is one whose change on all tiers at once nobody sees; one that only some run makes every two tiers differ. */
    @Test
    void releasesAreComparedByTheRoomsThatAllTiersRun() {
        Set<String> all = new TreeSet<>(Resources.lines("closures/access.txt"));
        all.retainAll(Resources.lines("closures/application-main.txt"));
        all.retainAll(Resources.lines("closures/data.txt"));
        all.retainAll(House.modules());
        String ground = House.text(House.root().resolve("party/src/main/java/trimaran/party/OwnGround.java"));
        Matcher compared = Pattern.compile("COMMON = Set\\.of\\(([^)]*)\\)").matcher(ground);
        assertThat(compared.find()).isTrue();
        assertThat(Pattern.compile("\"([^\"]+)\"")
                        .matcher(String.valueOf(compared.group(1)))
                        .results()
                        .map(room -> String.valueOf(room.group(1))))
                .contains("keeper", "store")
                .containsExactlyInAnyOrderElementsOf(all);
    }

    /** Those whose pom has their class path written: it names the plugin, and not that run of it to leave it out. */
    private static List<String> mains() {
        return House.modules().stream()
                .filter(module -> {
                    String pom = House.text(House.root().resolve(module).resolve("pom.xml"));
                    return pom.contains("<artifactId>maven-dependency-plugin</artifactId>")
                            && !pom.contains("<id>class-path</id>");
                })
                .filter(module -> Files.isDirectory(House.root().resolve(module).resolve("src/main/java")))
                .toList();
    }

    private static String list(String main) {
        return main.replace('/', '-') + ".txt";
    }

    private static Set<String> names(String path) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(path.strip().split(Pattern.quote(System.getProperty("path.separator"))))
                .filter(element -> !element.isEmpty())
                .forEach(element ->
                        names.add(VERSION.matcher(Path.of(element).getFileName().toString())
                                .replaceFirst("")));
        return names;
    }
}
