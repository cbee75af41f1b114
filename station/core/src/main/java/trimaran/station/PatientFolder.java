package trimaran.station;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.Statement;

/**
 * Some cells a session has open: all of a patient's, or those of the house. Shows what the record held when it was asked
 * for; whoever needs it newer asks again, which costs nothing while nothing has changed.
 */
public final class PatientFolder {

    private final CellId subject;
    private final List<OpenCell> cells;
    private final long ageMillis;
    private final List<ResourceVersion> resources;
    private final Reviews reviews;
    private final Function<Digest, Optional<Statement.BadgeKind>> kinds;

    /** On the loop: a moment later a lease may have ended, and what was forgotten with it would be missing. */
    PatientFolder(
            CellId subject,
            List<OpenCell> cells,
            long ageMillis,
            Function<Digest, Optional<Statement.BadgeKind>> kinds) {
        this.subject = subject;
        this.cells = List.copyOf(cells);
        this.ageMillis = ageMillis;
        this.reviews = new Reviews(cells);
        this.kinds = kinds;
        this.resources = latest(cells, reviews);
    }

    /** Those of the house. */
    static PatientFolder house(List<OpenCell> cells, long ageMillis) {
        return new PatientFolder(CellId.NONE, cells, ageMillis, session -> Optional.empty());
    }

    /** The identity cell. */
    public CellId subject() {
        return subject;
    }

    /** All cells of it. */
    List<CellId> cells() {
        return cells.stream().map(OpenCell::id).toList();
    }

    /** How old the station's knowledge of the record was then. */
    public long ageMillis() {
        return ageMillis;
    }

    /** The latest version of every resource that is not deleted, without what stations keep for themselves. */
    public List<ResourceVersion> resources() {
        return resources;
    }

    private static List<ResourceVersion> latest(List<OpenCell> cells, Reviews reviews) {
        List<ResourceVersion> all = new ArrayList<>();
        for (OpenCell cell : cells) {
            for (List<ResourceVersion> versions : cell.all()) {
                ResourceVersion latest = versions.getLast();
                if (!latest.isDeleted() && latest.type().indexOf('.') < 0) {
                    all.add(reviews.judged(cell, latest));
                }
            }
            all.addAll(cell.unread().shown(cell.id()));
        }
        return Collections.unmodifiableList(all);
    }

    /** All versions of one resource, oldest first; empty if this folder does not hold it. */
    public List<ResourceVersion> history(ResourceId id) {
        for (OpenCell cell : cells) {
            if (cell.id().equals(id.cell())) {
                return cell.versions(id.local());
            }
        }
        return List.of();
    }

    public Optional<ResourceVersion> latest(ResourceId id) {
        List<ResourceVersion> versions = history(id);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    /**
     * Entries that wrote here and are not read, each with the reason: what they changed is shown as it stood before them, and a
     * resource among the others says for each that it is missing.
     */
    public Map<Digest, Code> unread() {
        Map<Digest, Code> entries = new LinkedHashMap<>();
        cells.forEach(cell -> entries.putAll(cell.unread().parts()));
        return entries;
    }

    /**
     * Entries written here without application's approval that nobody has reviewed, the oldest first. On the loop, as the folder is
     * handed out: it is worked out for whoever asks, and most readers do not. Of the house none: what other systems left there for
     * somebody to decide on is a list of its own.
     */
    public List<Unreviewed> unreviewed() {
        return subject.equals(CellId.NONE) ? List.of() : reviews.open(cells, kinds);
    }
}
