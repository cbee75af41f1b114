package trimaran.drills;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import trimaran.trial.House;

/** The built programs beside which stand a few classes with a {@link Hole} in them, which their class paths name first. */
final class HoledHouse {

    private HoledHouse() {}

    /**
     * @param folder an empty one
     * @param rooms whose programs have the holes; empty for all
     */
    static House of(House house, Path folder, List<String> rooms, List<Hole> holes) {
        try {
            Path classes = Files.createDirectories(folder.resolve("holes"));
            for (String room : House.MODULES) {
                boolean isHoled = rooms.isEmpty() || rooms.contains(room);
                Path target = Files.createDirectories(folder.resolve(room).resolve("target"));
                List<String> path =
                        new ArrayList<>(List.of(house.classPath(room).split(File.pathSeparator, -1)));
                // A program's own jar comes before everything: an empty one does, and then its class path.
                Files.write(target.resolve("own.jar"), EMPTY_JAR);
                if (isHoled) {
                    cut(holes, path, classes);
                    path.addFirst(classes.toString());
                }
                Files.writeString(target.resolve("classpath"), String.join(File.pathSeparator, path));
            }
            return new House(folder, house.java(), true, Optional.empty());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The end record of an archive without entries (PKWARE APPNOTE 4.3.16). */
    private static final byte[] EMPTY_JAR = {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static void cut(List<Hole> holes, List<String> path, Path classes) throws IOException {
        for (Hole hole : holes) {
            Path file = classes.resolve(hole.entry());
            for (String jar : path) {
                if (!Files.isRegularFile(Path.of(jar)) || Files.exists(file)) {
                    continue;
                }
                try (ZipFile zip = new ZipFile(jar)) {
                    ZipEntry entry = zip.getEntry(hole.entry());
                    if (entry != null) {
                        byte[] whole = Objects.requireNonNull(zip.getInputStream(entry))
                                .readAllBytes();
                        Files.createDirectories(Objects.requireNonNull(file.getParent()));
                        Files.write(file, cut(holes, hole.entry(), whole));
                    }
                }
            }
        }
    }

    /** A class may have several. */
    private static byte[] cut(List<Hole> holes, String entry, byte[] whole) {
        byte[] holed = whole;
        for (Hole hole : holes) {
            holed = hole.entry().equals(entry) ? hole.cutInto(holed) : holed;
        }
        return holed;
    }
}
