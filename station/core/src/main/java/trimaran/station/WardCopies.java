package trimaran.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;

/**
 * The sealed copies on a station's disk: {@code ward-copies/<ward>.<time in ms>}. The last two of each ward are kept, so that a disk
 * that loses its newest file has one that is a few minutes older. Readable with station and hulls down.
 */
public final class WardCopies {

    static final String FOLDER = "ward-copies";

    /** Of each ward. */
    static final int KEPT = 2;

    /** Where a copy lies. */
    public record Place(ResourceId ward, WallTime made) {
        String name() {
            return FOLDER + "/" + ward + "." + made.millis();
        }
    }

    private final Disk disk;

    public WardCopies(Disk disk) {
        this.disk = disk;
    }

    /** All there are, of each ward the newest first. */
    public List<Place> all() {
        List<Place> places = new ArrayList<>();
        disk.list(FOLDER).forEach(name -> place(name).ifPresent(places::add));
        places.sort(Comparator.comparing(Place::ward)
                .thenComparing(Comparator.comparing(Place::made).reversed()));
        return List.copyOf(places);
    }

    private static Optional<Place> place(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || !name.substring(dot + 1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Place(
                    ResourceId.parse(name.substring(0, dot)), new WallTime(Long.parseLong(name.substring(dot + 1)))));
        } catch (MalformedException foreign) {
            return Optional.empty();
        }
    }

    /** The copy as it lies there; empty if it is damaged, gone, or under another copy's name. */
    public Optional<WardCopyFile> read(Place place) {
        Optional<Bytes> bytes = disk.read(place.name());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            WardCopyFile file = WardCopyFile.decode(bytes.get());
            boolean itself = file.ward().equals(place.ward()) && file.made().equals(place.made());
            return itself ? Optional.of(file) : Optional.empty();
        } catch (MalformedException damaged) {
            return Optional.empty();
        }
    }

    /** Writes a copy down for good, and then lets go of those of its ward that are older than the last two. */
    void keep(WardCopyFile file) {
        Place kept = new Place(file.ward(), file.made());
        disk.replace(kept.name(), file.encode());
        int older = 0;
        for (Place place : all()) {
            if (!place.ward().equals(file.ward()) || place.equals(kept)) {
                continue;
            }
            // One of a time to come was made while the clock ran ahead: it would be printed as the newest until then.
            boolean future = place.made().millis() > kept.made().millis();
            if (future || ++older >= KEPT) {
                disk.remove(place.name());
            }
        }
    }

    /** Lets go of one copy. */
    void remove(Place place) {
        disk.remove(place.name());
    }

    /** Lets go of all copies of a ward. */
    void forget(ResourceId ward) {
        all().stream().filter(place -> place.ward().equals(ward)).forEach(place -> disk.remove(place.name()));
    }
}
