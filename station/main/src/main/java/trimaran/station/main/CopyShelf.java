package trimaran.station.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.process.FileDisk;
import trimaran.station.WardCopies;
import trimaran.station.chart.Language;
import trimaran.station.web.SealedCopies;

/** The sealed copies in this station's folder, as its browsers' door offers them; a ward badge is a key file in a folder of its own. */
final class CopyShelf implements SealedCopies {

    private static final String KEY = ".key";

    private final Path folder;
    private final Path badges;
    private final Supplier<WallTime> now;

    /** @param badges where a ward badge is when it is brought; need not be there */
    CopyShelf(Path folder, Path badges, Supplier<WallTime> now) {
        this.folder = folder;
        this.badges = badges;
        this.now = now;
    }

    @Override
    public List<Copy> newest() {
        WardCopies copies = new WardCopies(FileDisk.in(folder));
        List<Copy> newest = new ArrayList<>();
        Set<ResourceId> wards = new HashSet<>();
        for (WardCopies.Place place : copies.all()) {
            if (!wards.contains(place.ward())) {
                copies.read(place).ifPresent(file -> {
                    wards.add(file.ward());
                    newest.add(new Copy(file.ward(), file.name(), file.made()));
                });
            }
        }
        newest.sort(Comparator.comparing(Copy::name).thenComparing(Copy::ward));
        return newest;
    }

    @Override
    public List<String> badges() {
        try (Stream<Path> files = Files.list(badges)) {
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
        if (!badges().contains(badge)) {
            return Outcome.refused(Code.NOT_FOUND, "that badge is not at this station");
        }
        return CopyPress.of(folder, language.of("fr", "en"))
                .then(press -> press.print(
                        ward.toString(),
                        badges.resolve(badge + KEY),
                        pin,
                        now.get().instant()))
                .map(Bytes::wrap);
    }
}
