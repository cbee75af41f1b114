package trimaran.station.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One prescribed drug (R4 MedicationRequest).
 *
 * @param drug by its international name where the prescriber gave it; never cut short
 * @param statusReason why it is stopped or held
 * @param order whether it is to be done, rather than proposed or planned
 * @param authored when it was prescribed
 * @param note what was written beside it, as why it is prescribed despite an alert
 * @param lastGiven when a dose of it was last given, as far as the record says
 * @param possibleFrom of what is on demand: not before this, if the prescription says how far apart
 */
public record Prescription(
        Source source,
        Status status,
        String statusText,
        String statusReason,
        boolean order,
        Coded drug,
        List<Dosage> dosages,
        Optional<FhirTime> authored,
        String prescriber,
        String reason,
        String note,
        Optional<Instant> lastGiven,
        Optional<Instant> possibleFrom) {

    public enum Status {
        ACTIVE,
        HELD,
        STOPPED,
        ENDED,
        DRAFT,
        UNKNOWN;

        static Status of(String status) {
            return switch (status) {
                case "active" -> ACTIVE;
                case "on-hold" -> HELD;
                case "stopped", "cancelled" -> STOPPED;
                case "completed" -> ENDED;
                case "draft" -> DRAFT;
                default -> UNKNOWN;
            };
        }

        public String words(Language language) {
            return switch (this) {
                case ACTIVE -> language.of("active", "active");
                case HELD -> language.of("suspendue", "on hold");
                case STOPPED -> language.of("arrêtée", "stopped");
                case ENDED -> language.of("terminée", "ended");
                case DRAFT -> language.of("brouillon", "draft");
                case UNKNOWN -> language.of("état inconnu", "status unknown");
            };
        }
    }

    public Prescription {
        dosages = List.copyOf(dosages);
    }

    public boolean isOnDemand() {
        return !dosages.isEmpty() && dosages.stream().allMatch(Dosage::asNeeded);
    }

    public boolean isContinuous() {
        return !dosages.isEmpty() && dosages.stream().allMatch(Dosage::isContinuous);
    }

    public String drugWords(Language language) {
        return drug.isEmpty() ? language.of("médicament non précisé", "drug not said") : drug.text();
    }

    public String doseWords(Language language) {
        return dosages.isEmpty()
                ? language.of("dose non précisée", "dose not said")
                : each(dosages.stream().map(one -> one.doseWords(language)).toList(), language);
    }

    public String routeWords(Language language) {
        return dosages.isEmpty()
                ? language.of("voie non précisée", "route not said")
                : each(dosages.stream().map(one -> one.routeWords(language)).toList(), language);
    }

    public String rhythmWords(ZoneId zone, Language language) {
        return dosages.isEmpty()
                ? language.of("rythme non précisé", "rhythm not said")
                : each(
                        dosages.stream()
                                .map(one -> one.rhythmWords(zone, language))
                                .toList(),
                        language);
    }

    /** What the prescriber wrote in own words, where the parts above do not hold it. */
    public String instruction() {
        return Node.joined(" ; ", dosages, Dosage::text);
    }

    private static String each(List<String> parts, Language language) {
        return String.join(
                language.of(", puis ", ", then "), parts.stream().distinct().toList());
    }
}
