package trimaran.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/**
 * What can be seen from inside of the machine this process runs on, looked at once. Empty is what could not be found out.
 *
 * @param boot names the running kernel: equal in all containers of one machine, another in each virtual machine, cloned ones included
 * @param account under which the process runs
 * @param virtual whether a hypervisor carries the machine; which one cannot be seen
 */
public record Machine(Optional<String> boot, String account, Optional<Boolean> virtual) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** How file systems are named whose disk is elsewhere. */
    private static final Pattern ELSEWHERE = Pattern.compile("(nfs|cifs|smb|ceph|gluster|9p|fuse\\.).*");

    /** Where classes of the house lie in a jar. */
    private static final String HOUSE = "trimaran/";

    /** What follows the room in the name of a jar. */
    private static final Pattern VERSION = Pattern.compile("(-\\d.*)?\\.jar$");

    /**
     * Where a folder lies.
     *
     * @param name the file system's type and name
     * @param elsewhere whether the name means the same on every machine, as that of network storage
     */
    public record Disk(String name, boolean elsewhere) {}

    /**
     * Programs.
     *
     * @param digests names and digests of the files that are compared, in the order of the names
     * @param seconds when the newest of all was put there, since 1970
     */
    public record Release(String digests, long seconds) {}

    public static Machine look() {
        return new Machine(
                text(BOOT),
                String.valueOf(System.getProperty("user.name")),
                // Only processors that list such flags tell whether there is a hypervisor.
                text(PROCESSORS)
                        .filter(processors -> processors.contains("\nflags"))
                        .map(processors -> processors.contains(" hypervisor")));
    }

    public static Optional<Disk> disk(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            String name = store.type() + " " + store.name();
            return Optional.of(new Disk(name, ELSEWHERE.matcher(store.type()).matches()));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /**
     * The programs of the house this process runs, without the libraries: as they stand on its class path and its module path.
     *
     * @param rooms whose bytes are told; of the others only counts when they were put there
     * @return empty if none of these rooms came from a file of its own, as in a test
     */
    public static Optional<Release> release(Set<String> rooms) {
        return release(rooms, path("java.class.path", "jdk.module.path"));
    }

    static Optional<Release> release(Set<String> rooms, List<Path> path) {
        StringBuilder digests = new StringBuilder();
        long newest = 0;
        try {
            for (Path file : path) {
                if (!isOfTheHouse(file)) {
                    continue;
                }
                String name = name(file);
                if (rooms.contains(VERSION.matcher(name).replaceFirst(""))) {
                    Digest digest = Digest.sha256(Bytes.wrap(Files.readAllBytes(file)));
                    digests.append(name).append(' ').append(digest).append('\n');
                }
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis() / 1000);
            }
        } catch (IOException vanished) {
            return Optional.empty();
        }
        return digests.isEmpty() ? Optional.empty() : Optional.of(new Release(digests.toString(), newest));
    }

    /** The files of these paths, by their names: two machines may keep them in folders of other names. */
    private static List<Path> path(String... properties) {
        return Stream.of(properties)
                .flatMap(property -> Stream.of(
                        Objects.toString(System.getProperty(property), "").split(File.pathSeparator, -1)))
                .filter(element -> element.endsWith(".jar"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .distinct()
                .sorted(Comparator.comparing(Machine::name))
                .toList();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isOfTheHouse(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.stream().anyMatch(entry -> entry.getName().startsWith(HOUSE));
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
