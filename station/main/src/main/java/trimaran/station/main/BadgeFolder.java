package trimaran.station.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.process.KeyFile;
import trimaran.record.Signer;
import trimaran.station.web.Badges;

/**
 * Badges as key files in a folder, each under its PIN, and those of the officers who may cut here in another. An invented hospital
 * shows their names, no other does.
 */
final class BadgeFolder implements Badges {

    private static final String ENDING = ".key";

    /** Names of one folder shown on one page; a demo home has five people and three officers. */
    private static final int SHOWN_MAX = 24;

    private final Path folder;
    private final Path officers;
    private final boolean demo;

    BadgeFolder(Path folder, Path officers, boolean demo) {
        this.folder = folder;
        this.officers = officers;
        this.demo = demo;
    }

    @Override
    public List<String> shown() {
        return demo
                ? Stream.concat(shown(folder).stream(), shown(officers).stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    private static List<String> shown(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[a-z][a-z0-9-]{0,31}\\.key"))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .limit(SHOWN_MAX)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public boolean has(String name) {
        return file(name).isPresent();
    }

    @Override
    public Outcome<Signer> open(String name, char[] pin) {
        return file(name)
                .map(file -> KeyFile.read(file, "badge", pin).then(StationKeys::signer))
                .orElseGet(() -> Outcome.refused(Code.WRONG_PIN, "there is no such badge, or the PIN is another"));
    }

    private Optional<Path> file(String name) {
        return Stream.of(folder, officers)
                .map(one -> one.resolve(name + ENDING))
                .filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }
}
