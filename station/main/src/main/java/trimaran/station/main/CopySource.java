package trimaran.station.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Disk;
import trimaran.process.FileDisk;
import trimaran.record.PublicKey;
import trimaran.station.BuddyShelf;
import trimaran.station.WardCopies;

/**
 * A folder with sealed ward copies, and whose signature they bear: this station's own, and of the station it is the buddy of.
 *
 * @param copies as they lie there
 * @param other the name of the station that brought them; empty for this station's own
 */
record CopySource(WardCopies copies, PublicKey station, Optional<String> other) {

    /** Reads only: it may be done beside a station that runs. */
    static CopySources of(Path folder, BuddyConfiguration buddies, PublicKey own) {
        List<CopySource> sources =
                new ArrayList<>(List.of(new CopySource(new WardCopies(FileDisk.in(folder)), own, Optional.empty())));
        buddies.ward().ifPresent(ward -> {
            Path kept = folder.resolve(BuddyShelf.folder(ward.name()));
            if (Files.isDirectory(kept)) {
                Disk disk = FileDisk.in(kept);
                BuddyShelf.badge(disk)
                        .ifPresent(badge ->
                                sources.add(new CopySource(new WardCopies(disk), badge, Optional.of(ward.name()))));
            }
        });
        return new CopySources(sources);
    }
}
