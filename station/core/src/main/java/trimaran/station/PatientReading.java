package trimaran.station;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;

/** Opens everything of one patient, whichever of their cells is known. */
final class PatientReading {

    private final Cells cells;
    private final Folders folders;
    private final LongSupplier ageMillis;

    PatientReading(Cells cells, Folders folders, LongSupplier ageMillis) {
        this.cells = cells;
        this.folders = folders;
        this.ageMillis = ageMillis;
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
                then.accept(outcome.map(all -> new PatientFolder(cell, all, ageMillis.getAsLong())));
            }
        });
    }

    private void whole(
            OwnSession session, CellId subject, Request.Purpose purpose, Consumer<Outcome<PatientFolder>> then) {
        folders.subject(
                session,
                subject,
                purpose,
                outcome -> then.accept(outcome.map(all -> new PatientFolder(subject, all, ageMillis.getAsLong()))));
    }
}
