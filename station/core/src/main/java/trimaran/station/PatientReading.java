package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;

/** Opens everything of one patient, whichever of their cells is known. */
final class PatientReading {

    private final Cells cells;
    private final Folders folders;
    private final Registry registry;
    private final LongSupplier ageMillis;
    private final ReviewList reviews;

    PatientReading(Cells cells, Folders folders, Registry registry, LongSupplier ageMillis) {
        this.cells = cells;
        this.folders = folders;
        this.registry = registry;
        this.ageMillis = ageMillis;
        this.reviews = new ReviewList(cells, this::kind);
    }

    /** Whether a session is a person's or a service's; empty where it is not remembered any more. */
    private Optional<Statement.BadgeKind> kind(Digest session) {
        return registry.session(session).map(Session::kind);
    }

    private PatientFolder folder(CellId subject, List<OpenCell> all) {
        return new PatientFolder(subject, all, ageMillis.getAsLong(), this::kind);
    }

    /** How many entries wait for a review, by patient. */
    ReviewCounts unreviewed() {
        return reviews.counts();
    }

    void folder(OwnSession session, CellId cell, Request.Purpose purpose, Consumer<Outcome<PatientFolder>> then) {
        Optional<OpenCell> open = cells.get(cell);
        if (open.isPresent()) {
            whole(session, open.get().subject(), purpose, then);
            return;
        }
        folders.subject(session, cell, purpose, outcome -> {
            if (outcome instanceof Outcome.Refused<List<OpenCell>>(Refusal refusal)
                    && refusal.code() == Code.NOT_FOUND) {
                // It may be another cell of the patient: opened, it names its subject.
                folders.cell(session, cell, purpose, one -> {
                    switch (one) {
                        case Outcome.Refused<OpenCell>(Refusal no) -> then.accept(Outcome.refused(no));
                        case Outcome.Done<OpenCell>(OpenCell known) -> whole(session, known.subject(), purpose, then);
                    }
                });
            } else {
                then.accept(outcome.map(all -> folder(cell, all)));
            }
        });
    }

    private void whole(
            OwnSession session, CellId subject, Request.Purpose purpose, Consumer<Outcome<PatientFolder>> then) {
        folders.subject(session, subject, purpose, outcome -> then.accept(outcome.map(all -> folder(subject, all))));
    }

    /** The latest version of each of some resources that is not taken back, their cells opened together. */
    void latest(
            OwnSession session,
            List<ResourceId> ids,
            Request.Purpose purpose,
            Consumer<Outcome<List<ResourceVersion>>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        List<CellId> wanted = ids.stream().map(ResourceId::cell).distinct().toList();
        open(session, wanted, 0, purpose, outcome -> then.accept(outcome.map(open -> newest(ids))));
    }

    private void open(
            OwnSession session,
            List<CellId> wanted,
            int from,
            Request.Purpose purpose,
            Consumer<Outcome<Boolean>> then) {
        if (from >= wanted.size()) {
            then.accept(Outcome.done(true));
            return;
        }
        int to = Math.min(wanted.size(), from + MessageLimits.CELLS_MAX);
        folders.several(session, wanted.subList(from, to), purpose, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<OpenCell>>(Refusal no) -> then.accept(Outcome.refused(no));
                case Outcome.Done<List<OpenCell>> done -> open(session, wanted, to, purpose, then);
            }
        });
    }

    private List<ResourceVersion> newest(List<ResourceId> ids) {
        List<ResourceVersion> newest = new ArrayList<>();
        for (ResourceId id : ids) {
            cells.get(id.cell())
                    .map(cell -> cell.versions(id.local()))
                    .filter(versions ->
                            !versions.isEmpty() && !versions.getLast().isDeleted())
                    .ifPresent(versions -> newest.add(versions.getLast()));
        }
        return newest;
    }
}
