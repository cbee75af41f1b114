package trimaran.trial;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What programs load and link as they start, kept for the next start (JEP 483, 514, 515). A hospital of drills lives for minutes, and a
 * third of its work is the beginning of processes. Made once for a build, by a hospital that lives for nothing else, beside what was
 * built; hospitals that are used do without, as what they run is then in their jars alone.
 *
 * @param folder one file for each program, and one for commands
 * @param option of the Java machine that reads or makes one
 * @param programs whether those of the parties
 * @param commands whether those of the command line
 */
public record ClassCaches(Path folder, String option, boolean programs, boolean commands) {

    /** The command line's, beside the programs' own words: each by the compilers that will read it, since one made by the first alone
     * keeps the second from its work. */
    private static final String COMMAND = "command";

    private static final String THOROUGH_COMMAND = "thorough-command";

    private static final String PROGRAM = "{program}";

    private static final String READ = "-XX:AOTCache=";
    private static final String MADE = "-XX:AOTCacheOutput=";

    /** What it says of caches it cannot use would stand in what commands print; it goes on without. */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    private static final String PREFIX = "caches-";

    /** The house with its caches, which are made first if this build has none. Takes a minute then. */
    static House of(House house) {
        Path target = house.folder().resolve("trial/target");
        if (target.toString().matches(".*\\s.*")) {
            // Options are separated by blanks.
            return house;
        }
        Path kept = target.resolve(PREFIX + stamp(house));
        synchronized (ClassCaches.class) {
            try (RandomAccessFile file =
                            new RandomAccessFile(target.resolve("caches.lock").toFile(), "rw");
                    FileLock lock = file.getChannel().lock()) {
                if (lock.isValid() && !Files.exists(kept)) {
                    older(target).forEach(TrialHospital::remove);
                    make(house, kept);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return house.with(new ClassCaches(kept, READ, true, true));
    }

    /** Whether they are made, so that nobody who ends leaves one. */
    boolean areMade() {
        return option.equals(READ);
    }

    List<String> ofPrograms() {
        return programs ? options(PROGRAM) : List.of();
    }

    List<String> ofCommands(boolean thorough) {
        return commands ? options(thorough ? THOROUGH_COMMAND : COMMAND) : List.of();
    }

    private List<String> options(String program) {
        return List.of(QUIET, option + folder.resolve(program + ".aot"));
    }

    private static List<Path> older(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                    .toList();
        }
    }

    /** Each leaves its cache as it ends: one after the other, since the work of all at once would not be waited for. */
    private static void make(House house, Path kept) throws IOException {
        Path making = kept.resolveSibling(PREFIX + "making");
        Files.createDirectories(making);
        House leaving = house.with(new ClassCaches(making, MADE, true, false));
        try (TrialHospital hospital = TrialHospital.found(leaving, making.resolve("hospital"))) {
            try (FhirClient client = hospital.client()) {
                client.create(
                        "Patient",
                        "{\"resourceType\":\"Patient\",\"gender\":\"female\",\"name\":[{\"family\":\"CACHE\"}]}");
            }
            Commands said =
                    new Commands(house.with(new ClassCaches(making, MADE, false, true)), making.resolve("hospital"));
            String home = hospital.home().toString();
            require(said.run("verify", "--home", home));
            // Who is rebuilt has left its own before.
            String fallen = TrialHospital.HULLS.getLast();
            hospital.end(fallen);
            require(said.run("rebuild", fallen, "--officer", "direction", "--officer", "informatique", "--home", home));
            TrialHospital.PROCESSES.reversed().forEach(hospital::end);
        }
        Files.move(making, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void require(Commands.Said said) {
        if (!said.isWell()) {
            throw new IllegalStateException("no class caches are made of it: " + said);
        }
    }

    /** Of all that is run, and of the machine that runs it: a cache of anything else is not read. */
    private static String stamp(House house) {
        TreeSet<String> all = new TreeSet<>();
        all.add(String.valueOf(Runtime.version()));
        for (String module : House.MODULES) {
            for (String jar : house.classPath(module).split(File.pathSeparator, -1)) {
                File file = new File(jar);
                all.add(jar + " " + file.length() + " " + file.lastModified());
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", all).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
