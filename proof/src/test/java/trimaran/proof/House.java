package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The house as it lies on disk: its rooms after the root pom, their class files and their texts. */
final class House {

    /** A module with code of its own. */
    record Room(String name, Path folder) {

        Path classes() {
            return folder.resolve("target/classes");
        }
    }

    private static final Path ROOT = findRoot();
    private static final List<Room> ROOMS = findRooms();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(ROOMS.stream().map(Room::classes).toList());

    private House() {}

    static Path root() {
        return ROOT;
    }

    static List<Room> rooms() {
        return ROOMS;
    }

    /** Every class of every room, without their tests. */
    static JavaClasses classes() {
        return CLASSES;
    }

    /** All modules of the root pom, with code or without. */
    static List<String> modules() {
        Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(text(ROOT.resolve("pom.xml")));
        List<String> modules = module.results().map(found -> found.group(1)).toList();
        assertThat(modules).as("modules of the root pom").contains("kernel", "keeper", "proof");
        return modules;
    }

    /** The files people write, relative to the root: no build output, no hospital, no foreign launcher. */
    static List<Path> texts() {
        List<Path> found = new ArrayList<>();
        gather(ROOT, found);
        return found.stream().map(ROOT::relativize).sorted().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    private static final Pattern NOT_OURS =
            Pattern.compile("target|\\.git|\\.idea|\\.vscode|wrapper|mvnw.*|LICENSE|.*\\.(bin|gz|png|svg|woff2|class)");

    /** Where {@code up} founds a hospital unless it is told otherwise. */
    private static final Path HOME = ROOT.resolve("hospital");

    private static void gather(Path folder, List<Path> found) {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.toList()) {
                if (NOT_OURS.matcher(path.getFileName().toString()).matches() || path.equals(HOME)) {
                    continue;
                }
                if (Files.isDirectory(path)) {
                    gather(path, found);
                } else {
                    found.add(path);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder.toString(), unreadable);
        }
    }

    private static Path findRoot() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path pom = folder.resolve("pom.xml");
            if (Files.exists(pom) && text(pom).contains("<module>proof</module>")) {
                return folder;
            }
        }
        throw new IllegalStateException("not inside the house");
    }

    private static List<Room> findRooms() {
        List<Room> rooms = modules().stream()
                .map(module -> new Room(module, ROOT.resolve(module)))
                .filter(room -> Files.isDirectory(room.folder().resolve("src/main/java")))
                .toList();
        for (Room room : rooms) {
            assertThat(room.classes().resolve("module-info.class"))
                    .as("%s is compiled", room.name())
                    .exists();
        }
        return rooms;
    }
}
