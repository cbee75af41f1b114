package trimaran.station;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.model.ContinuityReview;
import trimaran.model.Resource;
import trimaran.record.CellKind;

/**
 * What a station does about a review before it is sealed. What application reads to judge the review of a movement is what it would
 * have read for the movement itself: the stay, and the boards of the ward in which its line stands, where that is a ward of whoever
 * reviews. Of any other review it reads nothing, nor of one with a sentence, which nobody judges.
 */
final class ReviewReads {

    private final OwnSession session;
    private final Cells cells;

    ReviewReads(OwnSession session, Cells cells) {
        this.session = session;
        this.cells = cells;
    }

    /**
     * Why a review cannot come into the record: it names what is not the latest version there. Application answers nothing of a version
     * that may still come, so that a review of one that never does would lie in the outbox for ever.
     */
    Optional<Refusal> stale(List<Planned> changes) {
        return changes.stream()
                .filter(change -> change.change() instanceof Transaction.Change.Create)
                .flatMap(change -> change.resource().stream())
                .flatMap(ReviewReads::targets)
                .filter(target -> !isLatest(target))
                .findFirst()
                .map(target -> Refusal.at(
                        Code.VERSION_CONFLICT,
                        ContinuityReview.TYPE + ".target",
                        "a review names versions as the record holds them now"));
    }

    private boolean isLatest(ContinuityReview.Target target) {
        return cells.get(target.id().cell()).stream()
                .flatMap(cell -> cell.versions(target.id().local()).stream())
                .filter(version -> version.standing() != ResourceVersion.Standing.PROVISIONAL)
                .reduce((older, newer) -> newer)
                .filter(version -> version.type().equals(target.type()) && version.version() == target.version())
                .isPresent();
    }

    List<CellId> of(List<Planned> changes) {
        Set<CellId> reads = new LinkedHashSet<>();
        Set<String> stays = new HashSet<>();
        changes.stream()
                .filter(change -> change.type().equals(ContinuityReview.TYPE))
                .flatMap(change -> change.resource().stream())
                .filter(review -> !ContinuityReview.isNonetheless(review))
                .flatMap(ReviewReads::targets)
                .filter(target -> target.type().equals("Encounter"))
                .filter(target -> cells.get(target.id().cell())
                        .filter(cell -> cell.kind() == CellKind.STAY)
                        .isPresent())
                .forEach(target -> {
                    reads.add(target.id().cell());
                    stays.add("Encounter/" + target.id());
                });
        if (!stays.isEmpty()) {
            reads.addAll(boards(stays));
        }
        return List.copyOf(reads);
    }

    private static Stream<ContinuityReview.Target> targets(Resource resource) {
        Bytes json = Bytes.wrap(resource.bytes());
        return ContinuityReview.is(resource.type(), json) ? ContinuityReview.targets(json).stream() : Stream.empty();
    }

    private List<CellId> boards(Set<String> stays) {
        Set<CellId> wards = new HashSet<>();
        List<OpenCell> own = cells.all().stream()
                .filter(cell -> cell.kind() == CellKind.WARD && isOwn(cell))
                .toList();
        for (OpenCell cell : own) {
            if (lines(cell).anyMatch(line -> stays.contains(line.encounter()))) {
                wards.add(cell.subject());
            }
        }
        return own.stream()
                .filter(cell -> wards.contains(cell.subject()))
                .filter(cell -> lines(cell).anyMatch(line -> line.isOpen() || stays.contains(line.encounter())))
                .map(OpenCell::id)
                .toList();
    }

    private boolean isOwn(OpenCell cell) {
        return session.granted()
                .filter(granted ->
                        granted.wards().contains(cell.id()) || granted.wards().contains(cell.subject()))
                .isPresent();
    }

    private static Stream<BedLine> lines(OpenCell cell) {
        return Stream.of(cell.all())
                .flatMap(all -> {
                    Stream.Builder<ResourceVersion> latest = Stream.builder();
                    all.forEach(versions -> latest.add(versions.getLast()));
                    return latest.build();
                })
                .filter(version -> version.type().equals(BedLine.TYPE) && !version.isDeleted())
                .flatMap(version -> BedLine.read(version.json()).stream());
    }
}
