package trimaran.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** An unpacked archive and its own checker, compiled from the archive and run as a program of its own with nothing beside it. */
final class Checking {

    private static final Path JAVA = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin");

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Path folder;
    private final Path program;

    /** What the checker printed, and how it ended. */
    record Said(int status, String out) {}

    private Checking(Path folder, Path program) {
        this.folder = folder;
        this.program = program;
    }

    static Checking of(ByteArrayOutputStream zip, Path scratch) throws IOException {
        Checking checking = new Checking(scratch.resolve("archive"), scratch.resolve("program"));
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                checking.files.put(entry.getName(), in.readAllBytes());
            }
        }
        checking.unpack();
        List<String> sources = new ArrayList<>(
                List.of(JAVA.resolve("javac").toString(), "-Xlint:all", "-Werror", "-d", checking.program.toString()));
        checking.files.keySet().stream()
                .filter(name -> name.endsWith(".java"))
                .forEach(name -> sources.add(checking.folder.resolve(name).toString()));
        Said compiled = run(sources);
        if (compiled.status() != 0) {
            throw new AssertionError(compiled.out());
        }
        return checking;
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    byte[] file(String name) {
        return Objects.requireNonNull(files.get(name), name).clone();
    }

    void unpack() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        for (String name : names()) {
            change(name, file(name));
        }
    }

    void change(String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.write(path, content);
    }

    void remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    /** Makes the manifest say what is there, as a forger would. */
    void mend() throws IOException {
        StringBuilder manifest = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(path).toString();
                if (!name.equals(ArchiveFile.MANIFEST)) {
                    Digest digest = Digest.sha256(Bytes.wrap(Files.readAllBytes(path)));
                    manifest.append(digest.hex()).append("  ").append(name).append('\n');
                }
            }
        }
        Files.writeString(folder.resolve(ArchiveFile.MANIFEST), manifest);
    }

    /** Runs the checker on the folder. */
    Said check(String... more) {
        List<String> command = new ArrayList<>(List.of(
                JAVA.resolve("java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-cp",
                program.toString(),
                "CheckArchive",
                folder.toString()));
        command.addAll(List.of(more));
        return run(command);
    }

    private static Said run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("takes too long: " + out);
            }
            return new Said(process.exitValue(), out);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
