package trimaran.station.chart;

import java.util.List;
import java.util.Optional;

/**
 * One stay or visit (R4 Encounter).
 *
 * @param number by which the administration knows it
 * @param kind inpatient, emergency, outpatient…
 * @param expectedEnd when somebody who is there is to leave
 * @param stops where they lay, in order
 */
public record Stay(
        Source source,
        Phase phase,
        String statusText,
        String number,
        Coded kind,
        Optional<FhirTime> start,
        Optional<FhirTime> end,
        Optional<FhirTime> expectedEnd,
        String reason,
        String doctor,
        String service,
        List<Stop> stops) {

    public enum Phase {
        PRESENT,
        EXPECTED,
        OVER,
        CANCELLED,
        UNKNOWN;

        static Phase of(String status) {
            return switch (status) {
                case "arrived", "triaged", "in-progress", "onleave" -> PRESENT;
                case "planned" -> EXPECTED;
                case "finished" -> OVER;
                case "cancelled" -> CANCELLED;
                default -> UNKNOWN;
            };
        }

        public String words(Language language) {
            return switch (this) {
                case PRESENT -> language.of("présent", "present");
                case EXPECTED -> language.of("attendu", "expected");
                case OVER -> language.of("terminé", "over");
                case CANCELLED -> language.of("annulé", "cancelled");
                case UNKNOWN -> language.of("état inconnu", "state unknown");
            };
        }
    }

    /**
     * One place of a stay.
     *
     * @param ward its name; empty if the place is not told by a ward
     * @param bed empty for whoever has none
     * @param shown what whoever wrote the stay called the place
     * @param planned meant for later
     */
    public record Stop(
            String ward,
            String bed,
            String shown,
            String statusText,
            boolean planned,
            Optional<FhirTime> from,
            Optional<FhirTime> to) {
        public String words(Language language) {
            String name = Node.joined(language.of(", lit\u00a0", ", bed\u00a0"), List.of(ward, bed), part -> part);
            return name.isEmpty() ? (shown.isEmpty() ? language.of("lieu non nommé", "place not named") : shown) : name;
        }
    }

    public Stay {
        stops = List.copyOf(stops);
    }

    /** Where somebody is now; empty if the stay does not say. */
    public Optional<Stop> place() {
        return stops.reversed().stream()
                .filter(stop -> stop.to().isEmpty() && !stop.statusText().equals("completed"))
                .filter(stop -> phase == Phase.EXPECTED || !stop.planned())
                .findFirst();
    }
}
