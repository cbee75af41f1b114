package trimaran.station.web.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.station.chart.Allergies;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Coded;
import trimaran.station.chart.Language;
import trimaran.station.chart.Prescription;

/**
 * Compares one drug somebody is about to prescribe with a patient's allergies and active prescriptions. Pure: the same chart and
 * drug give the same findings. It compares no dose, no kidney and no interaction, and whoever uses it says so.
 */
public final class PrescriptionCheck {

    private PrescriptionCheck() {}

    /** What speaks against it or could not be compared, the grave first; empty if nothing. */
    public static List<Finding> of(Chart chart, Drug drug, Language language) {
        List<Finding> found = new ArrayList<>();
        allergies(chart.allergies(), drug, language, found);
        for (Prescription one : chart.active()) {
            String words = one.drugWords(language) + " " + one.doseWords(language);
            Optional<String> atc = atc(one.drug());
            if (atc.filter(drug.atc()::equals).isPresent() || one.drug().text().equalsIgnoreCase(drug.dci())) {
                found.add(new Finding(Finding.Kind.SAME_DRUG, words));
            } else if (atc.filter(code -> code.startsWith(drug.subgroup())).isPresent()) {
                found.add(new Finding(Finding.Kind.SAME_GROUP, words));
            }
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::kind).thenComparing(Finding::about))
                .toList();
    }

    private static void allergies(Allergies allergies, Drug drug, Language language, List<Finding> found) {
        switch (allergies.state()) {
            case UNAVAILABLE -> found.add(new Finding(Finding.Kind.UNAVAILABLE, ""));
            case NOT_RECORDED -> found.add(new Finding(Finding.Kind.NOT_RECORDED, ""));
            case KNOWN, NONE_KNOWN -> {
                // The list says it all, and an empty one says that there is none.
            }
        }
        // Also where the state is that not all could be read: what could be read counts.
        for (Allergies.Allergy one : allergies.known()) {
            Optional<List<Finding.Kind>> kinds = AllergyTable.about(one, drug);
            if (kinds.isEmpty()) {
                found.add(new Finding(Finding.Kind.NOT_COMPARED, one.words(language)));
            } else {
                kinds.get().forEach(kind -> found.add(new Finding(kind, one.words(language))));
            }
        }
    }

    private static Optional<String> atc(Coded drug) {
        return drug.codes().stream()
                .map(Coded.Code::code)
                .filter(code -> code.matches("[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}"))
                .findFirst();
    }
}
