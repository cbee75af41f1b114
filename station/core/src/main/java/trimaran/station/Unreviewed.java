package trimaran.station;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.model.ContinuityReview;

/**
 * An entry that came into a patient's record without application's approval (DESIGN §5 Continuity), as far as what it wrote stands
 * there still and nobody has reviewed it.
 *
 * @param session in which its author signed it
 * @param service whether another system sent it, by a service's badge: not a ward's own work
 * @param no what application said against it when it was written; empty if it did not answer, or was not asked
 * @param versions the present version of each resource it wrote and nobody changed since, those it took back included
 */
public record Unreviewed(
        Digest entry,
        Digest session,
        boolean service,
        RecordTime time,
        Optional<Code> no,
        List<ResourceVersion> versions) {

    public Unreviewed {
        versions = List.copyOf(versions);
    }

    /** Whether each version has its place: until then its number may change, and application knows none of it. */
    public boolean isPlaced() {
        return versions.stream().noneMatch(one -> one.standing() == ResourceVersion.Standing.PROVISIONAL);
    }

    /** What one review of it names: of a very large entry the first part, the rest stays on the list. */
    public List<ContinuityReview.Target> targets() {
        return versions.stream()
                .limit(ContinuityReview.TARGETS_MAX)
                .map(Unreviewed::target)
                .toList();
    }

    static ContinuityReview.Target target(ResourceVersion version) {
        return new ContinuityReview.Target(version.type(), version.id(), version.version());
    }

    public String reviewId() {
        return ContinuityReview.idOf(targets());
    }
}
