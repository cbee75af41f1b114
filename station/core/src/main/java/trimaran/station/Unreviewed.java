package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.model.ContinuityReview;

/**
 * An entry that came into a patient's record without application's approval (DESIGN §5 Continuity), as far as what it wrote stands
 * there still and nobody has reviewed it.
 *
 * @param session in which its author signed it
 * @param service whether another system sent it, by a service's badge: not a ward's own work
 * @param authored when its author wrote it, by their station's clock; of what is only held, since when it is
 * @param no what application said against it when it was written; empty if it did not answer, or was not asked
 * @param covered whether another version was placed over these in conflict: both stand, but a review names what lies on top, so only a
 *     correction settles it
 * @param versions the present version of each resource it wrote and nobody changed since, those it took back included; of a
 *     covered one the version that stands beneath
 * @param withdrawn what each version that takes something back took: else nobody sees what was there
 */
public record Unreviewed(
        Digest entry,
        Digest session,
        boolean service,
        WallTime authored,
        Optional<Code> no,
        boolean covered,
        List<ResourceVersion> versions,
        Map<ResourceId, ResourceVersion> withdrawn) {

    public Unreviewed {
        versions = List.copyOf(versions);
        withdrawn = Map.copyOf(withdrawn);
    }

    /** Whether a review of it can be judged now. */
    public boolean isReviewable() {
        return isPlaced() && !covered;
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
