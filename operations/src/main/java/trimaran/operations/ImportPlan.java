package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import trimaran.kernel.Code;

/** Which files an import takes and in what order: what others refer to comes first, and is there before the rest begins. */
final class ImportPlan {

    /** File names, in lower case, by what must be there before what. The names are Synthea's and FHIR bulk export's. */
    private static final List<List<String>> FIRST = List.of(
            List.of("hospitalinformation", "organization", "location", "medication."),
            List.of("practitionerinformation", "practitioner."),
            List.of("practitionerrole"),
            List.of("patient."),
            List.of("encounter."));

    private ImportPlan() {}

    /** Files in groups; a group begins when the one before has ended. Within a group by name. */
    static List<List<Path>> of(Path source) throws RefusedException {
        try {
            if (Files.isRegularFile(source)) {
                if (!isInput(source)) {
                    throw new RefusedException(Code.USAGE, source + " is neither .json nor .ndjson");
                }
                return List.of(List.of(source));
            }
            if (!Files.isDirectory(source)) {
                throw new RefusedException(Code.USAGE, "there is no file or folder " + source);
            }
            TreeMap<Integer, List<Path>> groups = new TreeMap<>();
            try (Stream<Path> files = Files.walk(source)) {
                files.filter(file -> Files.isRegularFile(file) && isInput(file))
                        .sorted(Comparator.comparing(Path::toString))
                        .forEach(file -> groups.computeIfAbsent(rank(file), rank -> new java.util.ArrayList<>())
                                .add(file));
            }
            if (groups.isEmpty()) {
                throw new RefusedException(Code.USAGE, "no .json or .ndjson file in " + source);
            }
            return List.copyOf(groups.values());
        } catch (IOException unreadable) {
            throw new RefusedException(Code.USAGE, source + " cannot be read");
        }
    }

    private static boolean isInput(Path file) {
        String name = name(file);
        return name.endsWith(".json") || isLines(file);
    }

    /** Whether the file holds one resource a line. */
    static boolean isLines(Path file) {
        return name(file).endsWith(".ndjson");
    }

    private static int rank(Path file) {
        String name = name(file);
        for (int rank = 0; rank < FIRST.size(); rank++) {
            if (FIRST.get(rank).stream().anyMatch(name::startsWith)) {
                return rank;
            }
        }
        return FIRST.size();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
