package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.Digest;
import trimaran.model.ContinuityReview;

/**
 * The reviews that lie in some cells, and what they leave to do. A review counts if application signed that it judged this very text,
 * whatever a station told it the entry was, and for a version of the very type it names: application was told the type, and a reader
 * sees it.
 */
final class Reviews {

    /** Of what is only held. */
    private static final Continuity.Ground UNKNOWN = new Continuity.Ground(Optional.empty(), false);

    private final Set<ContinuityReview.Target> reviewed = new HashSet<>();

    Reviews(Collection<OpenCell> cells) {
        if (cells.stream().allMatch(cell -> cell.continuity().isEmpty())) {
            // What has no place yet cannot have been reviewed: there is nothing to look for.
            return;
        }
        for (OpenCell cell : cells) {
            for (List<ResourceVersion> versions : cell.all()) {
                ResourceVersion latest = versions.getLast();
                if (cell.continuity().isReview(latest)) {
                    reviewed.addAll(ContinuityReview.targets(latest.json()));
                }
            }
        }
    }

    private boolean isOpen(ResourceVersion version) {
        return version.continuity() && !reviewed.contains(Unreviewed.target(version));
    }

    /** The version, unflagged once it is reviewed. */
    ResourceVersion judged(OpenCell cell, ResourceVersion version) {
        return !version.continuity() || isOpen(version)
                ? version
                : cell.continuity().approved(version);
    }

    /**
     * What nobody has reviewed, the oldest first. What a later version replaced is not asked about: that one is.
     *
     * @param services whether a session is a service's, as far as that is remembered
     */
    List<Unreviewed> open(Collection<OpenCell> cells, Predicate<Digest> services) {
        Map<Digest, List<ResourceVersion>> byEntry = new LinkedHashMap<>();
        Map<Digest, Continuity.Ground> grounds = new LinkedHashMap<>();
        for (OpenCell cell : cells) {
            grounds.putAll(cell.continuity().entries());
            for (List<ResourceVersion> versions : cell.all()) {
                ResourceVersion latest = versions.getLast();
                if (latest.type().indexOf('.') < 0 && isOpen(latest)) {
                    byEntry.computeIfAbsent(latest.entry(), none -> new ArrayList<>())
                            .add(latest);
                }
            }
        }
        List<Unreviewed> open = new ArrayList<>();
        byEntry.forEach((entry, versions) -> {
            versions.sort(Comparator.comparing(ResourceVersion::id));
            ResourceVersion first = versions.getFirst();
            Continuity.Ground ground = grounds.getOrDefault(entry, UNKNOWN);
            open.add(new Unreviewed(
                    entry,
                    first.session(),
                    ground.unasked() || services.test(first.session()),
                    first.lastUpdated(),
                    ground.no(),
                    versions));
        });
        open.sort(Comparator.comparing(Unreviewed::time)
                .thenComparing(one -> one.entry().hex()));
        return open;
    }
}
