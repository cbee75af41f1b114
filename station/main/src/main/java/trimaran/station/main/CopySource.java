package trimaran.station.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Disk;
import trimaran.kernel.Outcome;
import trimaran.process.FileDisk;
import trimaran.record.PublicKey;
import trimaran.record.Verifier;
import trimaran.shares.SealingKeyPair;
import trimaran.station.BuddyShelf;
import trimaran.station.WardCopies;
import trimaran.station.WardCopy;
import trimaran.station.WardCopyFile;

/**
 * A folder with sealed ward copies, and whose signature they bear: this station's own, and of the station it is the buddy of.
 *
 * @param copies as they lie there
 * @param stations under which badges they may be signed; of a machine that replaced another its own, and that one's
 * @param other the name of the station that brought them; empty for this station's own
 */
record CopySource(WardCopies copies, List<PublicKey> stations, Optional<String> other) {

    /** Reads only: it may be done beside a station that runs. */
    static CopySources of(Path folder, BuddyConfiguration buddies, PublicKey own) {
        List<CopySource> sources = new ArrayList<>(
                List.of(new CopySource(new WardCopies(FileDisk.in(folder)), List.of(own), Optional.empty())));
        buddies.ward().ifPresent(ward -> {
            Path kept = folder.resolve(BuddyShelf.folder(ward.name()));
            if (Files.isDirectory(kept)) {
                Disk disk = FileDisk.in(kept);
                sources.add(new CopySource(new WardCopies(disk), BuddyShelf.badges(disk), Optional.of(ward.name())));
            }
        });
        return new CopySources(sources);
    }

    /** What was copied, as {@link WardCopyFile#open}. */
    Outcome<WardCopy> open(WardCopyFile file, SealingKeyPair keys, Verifier verifier) {
        Outcome<WardCopy> opened = Outcome.refused(Code.BAD_SIGNATURE, "no badge is known under which this was made");
        for (PublicKey station : stations) {
            opened = file.open(keys, station, verifier);
            if (!(opened instanceof Outcome.Refused<WardCopy>(var refusal)) || refusal.code() != Code.BAD_SIGNATURE) {
                return opened;
            }
        }
        return opened;
    }
}
