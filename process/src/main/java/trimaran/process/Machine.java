package trimaran.process;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
     * @param digests names and digests of the files, in the order of the names
     * @param seconds when the newest was put there, since 1970
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

    /** The files these classes came from; empty if one came from no file, as in a test. */
    public static Optional<Release> release(List<Class<?>> classes) {
        List<Path> files = classes.stream()
                .flatMap(one -> Stream.ofNullable(one.getProtectionDomain().getCodeSource()))
                .flatMap(source -> Stream.ofNullable(source.getLocation()))
                .map(location -> Path.of(URI.create(location.toString())))
                .filter(Files::isRegularFile)
                .distinct()
                .sorted()
                .toList();
        StringBuilder digests = new StringBuilder();
        long newest = 0;
        try {
            for (Path file : files) {
                Digest digest = Digest.sha256(Bytes.wrap(Files.readAllBytes(file)));
                digests.append(file.getFileName()).append(' ').append(digest).append('\n');
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis() / 1000);
            }
        } catch (IOException vanished) {
            return Optional.empty();
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(new Release(digests.toString(), newest));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
