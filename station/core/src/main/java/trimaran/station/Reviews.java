package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.model.ContinuityReview;
import trimaran.record.Statement;

/**
 * The reviews that lie in some cells, and what they leave to do. A review counts if application signed that it judged this very text,
 * whatever a station told it the entry was, and for a version of the very type it names: application was told the type, and a reader
 * sees it.
 */
final class Reviews {

    /** Of what is only held. */
    private static final Continuity.Ground UNKNOWN = new Continuity.Ground(Optional.empty(), false, Optional.empty());

    private final Set<ContinuityReview.Target> reviewed = new HashSet<>();

    Reviews(Collection<OpenCell> cells) {
        if (cells.stream().allMatch(cell -> cell.continuity().isEmpty())) {
            // What has no place yet cannot have been reviewed: there is nothing to look for.
            return;
        }
        for (OpenCell cell : cells) {
            for (List<ResourceVersion> versions : cell.all()) {
                reviewed.addAll(cell.continuity().targets(versions.getLast()));
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

    /** What becomes one line of a list: an entry, apart what of it lies under a conflict. */
    private record Line(Digest entry, boolean covered) {}

    /**
     * What nobody has reviewed, the oldest first. What a later version replaced is not asked about: that one is. A version in conflict
     * replaced nothing, so that what lies beneath it stands as well.
     *
     * @param kinds whose badge opened a session, as far as that is remembered
     */
    List<Unreviewed> open(Collection<OpenCell> cells, Function<Digest, Optional<Statement.BadgeKind>> kinds) {
        Map<Line, List<ResourceVersion>> lines = new LinkedHashMap<>();
        Map<Digest, Continuity.Ground> grounds = new HashMap<>();
        for (OpenCell cell : cells) {
            grounds.putAll(cell.continuity().entries());
            cell.all().forEach(versions -> gather(versions, lines));
        }
        List<Unreviewed> open = new ArrayList<>();
        lines.forEach((line, versions) -> {
            versions.sort(Comparator.comparing(ResourceVersion::id));
            ResourceVersion first = versions.getFirst();
            Continuity.Ground ground = grounds.getOrDefault(line.entry(), UNKNOWN);
            open.add(new Unreviewed(
                    line.entry(),
                    first.session(),
                    isService(ground, kinds.apply(first.session())),
                    ground.authored()
                            .orElseGet(() -> new WallTime(first.lastUpdated().millis())),
                    ground.no(),
                    line.covered(),
                    versions,
                    withdrawn(cells, versions)));
        });
        open.sort(Comparator.comparing(Unreviewed::authored)
                .thenComparing(one -> one.entry().hex())
                .thenComparing(Unreviewed::covered));
        return open;
    }

    /** What stood before each version that takes something back. */
    private static Map<ResourceId, ResourceVersion> withdrawn(
            Collection<OpenCell> cells, List<ResourceVersion> versions) {
        Map<ResourceId, ResourceVersion> withdrawn = new HashMap<>();
        versions.stream()
                .filter(ResourceVersion::isDeleted)
                .forEach(gone -> cells.stream()
                        .filter(cell -> cell.id().equals(gone.id().cell()))
                        .flatMap(cell -> cell.versions(gone.id().local()).stream())
                        .takeWhile(version -> version.version() < gone.version())
                        .filter(version -> !version.isDeleted())
                        .forEach(version -> withdrawn.put(gone.id(), version)));
        return withdrawn;
    }

    private void gather(List<ResourceVersion> versions, Map<Line, List<ResourceVersion>> lines) {
        if (versions.getLast().type().indexOf('.') >= 0) {
            return;
        }
        boolean covered = false;
        for (ResourceVersion version : versions.reversed()) {
            if (isOpen(version)) {
                lines.computeIfAbsent(new Line(version.entry(), covered), none -> new ArrayList<>())
                        .add(version);
            }
            if (version.standing() != ResourceVersion.Standing.CONFLICT) {
                return;
            }
            covered = true;
        }
    }

    /** What a station calls its entry counts only where nobody remembers who wrote it: else it would hide a person's work. */
    private static boolean isService(Continuity.Ground ground, Optional<Statement.BadgeKind> kind) {
        return kind.map(Statement.BadgeKind.SERVICE::equals).orElse(ground.unasked());
    }
}
