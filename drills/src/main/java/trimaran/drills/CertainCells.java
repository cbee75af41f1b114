package trimaran.drills;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Party;

/**
 * What the exposure report calls certain, held against what a thief read, kind by kind of cell: a theft that finds less proves nothing
 * of the report. Of a stay, application is shown the text. Of the other kinds a draft says only that something was written, and that is
 * called possible; but where an outpatient's encounter lies in a quarter, or a review in any cell, which no theft here writes, its text is
 * another than the one that is looked for.
 */
final class CertainCells {

    private CertainCells() {}

    /** What of a patient is in a cell of its own, where a report's row counts those that are certain, and whose text stands in it. */
    private enum Kind {
        IDENTITY(4, "Patient"),
        DOSSIER(5, "AllergyIntolerance"),
        STAY(6, "Encounter"),
        QUARTER(7, "Observation");

        private final int column;
        private final String type;

        Kind(int column, String type) {
            this.column = column;
            this.type = type;
        }

        boolean isCertain(List<String> row) {
            return !row.isEmpty() && !row.get(column).equals("0");
        }

        boolean isAmong(Set<Canary> read, Cohort.Patient patient) {
            return patient.resources().stream()
                    .filter(one -> one.reference().startsWith(type + "/"))
                    .map(Cohort.Marked::canary)
                    .anyMatch(read::contains);
        }
    }

    /**
     * Of each cell of the cohort the report calls certain the thief read the text.
     *
     * @param admitted whose stays it was shown while the thief was there
     */
    static void require(Scene scene, Instant from, Instant to, Set<Canary> read, List<Cohort.Patient> admitted)
            throws IOException {
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Map<String, List<String>> rows = new HashMap<>();
        TheftDrills.rows(scene, List.of(Party.APPLICATION.word()), from, to)
                .forEach(row -> rows.put(row.getFirst(), row));
        Map<Kind, Integer> certain = new EnumMap<>(Kind.class);
        List<String> missed = new ArrayList<>();
        for (Cohort.Patient patient : scene.cohort().patients()) {
            List<String> row = rows.getOrDefault(patient.handle(), List.of());
            for (Kind kind : Kind.values()) {
                if (kind.isCertain(row)) {
                    certain.merge(kind, 1, Integer::sum);
                    if (!kind.isAmong(read, patient)) {
                        missed.add(kind + " of " + patient.handle());
                    }
                }
            }
        }
        scene.evidence(
                missed.isEmpty()
                        && certain.getOrDefault(Kind.STAY, 0) >= admitted.size()
                        && admitted.stream().allMatch(patient -> TheftDrills.isAmong(read, patient)),
                "the report calls certain, patients by kind, " + certain
                        + "; the thief read the text of each of them"
                        + (missed.isEmpty() ? "" : " but " + missed));
    }
}
