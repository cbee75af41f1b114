package trimaran.station.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.WardCopies;
import trimaran.station.WardCopyFile;
import trimaran.station.chart.Language;
import trimaran.station.web.SealedCopies;

/** The sealed copies in this station's folder, as its browsers' door offers them; a ward badge is a key file in a folder of its own. */
final class CopyShelf implements SealedCopies {

    private static final String KEY = ".key";

    private final Path folder;
    private final Optional<Path> badges;
    private final Supplier<WallTime> now;

    /** The folders in which copies lie; of another station's there may be none yet. */
    private final Supplier<CopySources> sources;

    /** A head that was read; the rest of a copy is long. */
    private record Head(Optional<String> other, WardCopies.Place place) {}

    /** What was read of the heads: a copy is never written twice under one name. */
    private final Map<Head, Optional<WardCopyFile>> read = new HashMap<>();

    /** @param badges where a ward badge is when it is brought; need not be there */
    CopyShelf(Path folder, Supplier<CopySources> sources, Optional<Path> badges, Supplier<WallTime> now) {
        this.folder = folder;
        this.sources = sources;
        this.badges = badges;
        this.now = now;
    }

    /** Anybody may ask, so that a copy is read once and not at each question. */
    @Override
    public synchronized List<Copy> newest() {
        Set<Head> asked = new HashSet<>();
        List<Copy> newest = new ArrayList<>();
        for (CopySources.Found found : sources.get().newest((source, place) -> {
            Head head = new Head(source.other(), place);
            asked.add(head);
            return read.computeIfAbsent(
                    head, none -> CopySources.whole(source, place).map(CopyShelf::withoutContent));
        })) {
            WardCopyFile file = found.file();
            newest.add(new Copy(
                    file.ward(), file.name(), file.made(), found.source().other()));
        }
        read.keySet().retainAll(asked);
        newest.sort(Comparator.comparing(Copy::name).thenComparing(Copy::ward));
        return newest;
    }

    private static WardCopyFile withoutContent(WardCopyFile file) {
        return new WardCopyFile(
                file.made(),
                file.ward(),
                file.codes(),
                file.name(),
                file.shortName(),
                file.badge(),
                Bytes.EMPTY,
                file.signature());
    }

    @Override
    public List<String> badges() {
        if (badges.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(badges.get())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(KEY))
                    .map(name -> name.substring(0, name.length() - KEY.length()))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException none) {
            return List.of();
        }
    }

    @Override
    public Outcome<Bytes> print(ResourceId ward, String badge, char[] pin, Language language) {
        return brought(badge)
                .then(key -> CopyPress.of(folder, language.of("fr", "en"))
                        .then(press ->
                                press.print(ward.toString(), key, pin, now.get().instant())))
                .map(Bytes::wrap);
    }

    @Override
    public Outcome<Opened> open(ResourceId ward, String badge, char[] pin) {
        return brought(badge).then(key -> CopyPress.of(folder, "fr").then(press -> press.open(ward, key, pin)));
    }

    private Outcome<Path> brought(String badge) {
        return badges.filter(_ -> badges().contains(badge))
                .map(all -> Outcome.done(all.resolve(badge + KEY)))
                .orElseGet(() -> Outcome.refused(Code.NOT_FOUND, "that badge is not at this station"));
    }
}
