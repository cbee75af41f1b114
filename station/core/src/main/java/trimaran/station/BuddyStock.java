package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.BuddyRequest;

/**
 * How much of another station's sealed copies lies on this disk. What it does not name any more goes by age or for room, and never
 * because it was not named: it may be another machine under the same name, or one that cannot read its own disk. Long work: for a
 * workbench, from any thread.
 */
final class BuddyStock {

    private final Disk disk;
    private final WardCopies copies;
    private final Map<WardCopies.Place, Long> sizes = new HashMap<>();
    private Set<WardCopies.Place> named = Set.of();
    private boolean measured;

    BuddyStock(Disk disk) {
        this.disk = disk;
        this.copies = new WardCopies(disk);
    }

    /** Those of the named ones that are not here; one of a time that cannot be is not asked for, since it would be the newest for ever. */
    synchronized List<BuddyRequest.Copy> lacking(List<BuddyRequest.Copy> wanted, WallTime now) {
        measure();
        Set<WardCopies.Place> wantedPlaces = new HashSet<>();
        Set<ResourceId> wards = new HashSet<>();
        List<BuddyRequest.Copy> lacking = new ArrayList<>();
        for (BuddyRequest.Copy copy : wanted) {
            long made = copy.made().millis();
            boolean can = made >= 0 && made <= now.millis() + BuddyLimits.COPY_AHEAD_MILLIS;
            WardCopies.Place place = new WardCopies.Place(copy.ward(), copy.made());
            wards.add(copy.ward());
            if (can && wantedPlaces.add(place) && !sizes.containsKey(place)) {
                lacking.add(copy);
            }
        }
        named = wantedPlaces;
        remove(place ->
                !wards.contains(place.ward()) && now.millis() - place.made().millis() > BuddyLimits.COPY_AGE_MILLIS);
        return lacking;
    }

    /** False if there is no room even without those that are not named. */
    synchronized boolean keep(WardCopyFile file, long sizeBytes) {
        measure();
        while (sizes.size() >= BuddyLimits.COPIES_MAX || bytes() + sizeBytes > BuddyLimits.COPIES_BYTES_MAX) {
            WardCopies.Place eldest = null;
            for (WardCopies.Place place : sizes.keySet()) {
                boolean older =
                        eldest == null || place.made().millis() < eldest.made().millis();
                if (older && !named.contains(place)) {
                    eldest = place;
                }
            }
            if (eldest == null) {
                return false;
            }
            WardCopies.Place gone = eldest;
            remove(gone::equals);
        }
        copies.keep(file);
        sizes.put(new WardCopies.Place(file.ward(), file.made()), sizeBytes);
        sizes.keySet().retainAll(copies.all());
        return true;
    }

    private long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void remove(Predicate<WardCopies.Place> which) {
        for (WardCopies.Place place : List.copyOf(sizes.keySet())) {
            if (which.test(place)) {
                copies.remove(place);
                sizes.remove(place);
            }
        }
    }

    /** What an earlier life of this process left is weighed once. */
    private void measure() {
        if (!measured) {
            for (WardCopies.Place place : copies.all()) {
                sizes.put(
                        place,
                        disk.read(place.name())
                                .map(Bytes::size)
                                .map(Long::valueOf)
                                .orElse(0L));
            }
            measured = true;
        }
    }
}
