package trimaran.station;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;
import trimaran.model.ContinuityReview;
import trimaran.record.Approval;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.PartContent;
import trimaran.record.Sanction;

/** What came into one open cell without application's approval. On the loop. */
final class Continuity {

    private final Map<Digest, Ground> entries = new LinkedHashMap<>();

    /** Reviews application judged, by their place in the cell. Read once: each is asked about with every page. */
    private final Map<Long, Judged> reviews = new HashMap<>();

    /** Reviewed versions as they are shown: one object each, since whoever drew a page knows by that that nothing changed. */
    private final Map<Long, ResourceVersion> approved = new HashMap<>();

    /**
     * Why an entry was not approved.
     *
     * @param no what application said against it; empty if it did not answer, or was not asked
     * @param authored when it was written, by its station's clock; empty where no header is at hand
     * @param unasked whether its author's station never asks: so come the facts of another system
     */
    record Ground(Optional<Code> no, boolean unasked, Optional<WallTime> authored) {}

    /** @param entry that brought a review */
    private record Judged(Digest entry, List<ContinuityReview.Target> targets) {}

    void add(Header header, PartContent content) {
        judge(header, content);
        if (header.sanction().isContinuity()) {
            boolean unasked = header.author().kind() == EntryKind.CONTINUITY;
            entries.put(
                    header.digest(),
                    new Ground(
                            header.sanction().no(),
                            unasked,
                            Optional.of(header.author().authored())));
        }
    }

    /** Takes note of a review that application says it judged: what else looks like one may have been told it as something else. */
    void judge(Header header, PartContent content) {
        if (header.sanction() instanceof Sanction.Approved(Approval approval)) {
            content.items().stream()
                    .filter(item -> ContinuityReview.is(item.type(), item.json()))
                    .filter(item -> approval.saw(item.json()))
                    .forEach(item -> reviews.put(
                            item.local(), new Judged(header.digest(), ContinuityReview.targets(item.json()))));
        }
    }

    /** What this names, if it is a review, and application judged it as one. */
    List<ContinuityReview.Target> targets(ResourceVersion version) {
        Judged judged = reviews.get(version.id().local());
        return judged != null && version.entry().equals(judged.entry()) ? judged.targets() : List.of();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Why each entry was not approved. */
    Map<Digest, Ground> entries() {
        return Map.copyOf(entries);
    }

    /** The version without its flag. */
    ResourceVersion approved(ResourceVersion version) {
        ResourceVersion known = approved.get(version.id().local());
        if (known != null
                && known.version() == version.version()
                && known.entry().equals(version.entry())
                && known.standing() == version.standing()) {
            return known;
        }
        ResourceVersion fresh = version.approved();
        approved.put(version.id().local(), fresh);
        return fresh;
    }

    void clear() {
        entries.clear();
        reviews.clear();
        approved.clear();
    }
}
