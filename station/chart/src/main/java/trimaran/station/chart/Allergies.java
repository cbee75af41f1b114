package trimaran.station.chart;

import java.util.List;
import java.util.Locale;

/**
 * What the patient does not bear, in one of four states that never look alike.
 *
 * @param known each known one that can be read, the dangerous first; if others cannot be, the state is still unavailable
 * @param setAside refuted, resolved, or said of a part only (no known allergy to drugs): they change no state and are shown
 */
public record Allergies(State state, List<Allergy> known, List<Allergy> setAside) {

    public enum State {
        KNOWN,
        NONE_KNOWN,
        /** The record is silent: nobody asked, or nobody wrote it down. */
        NOT_RECORDED,
        /** What the record says could not be read: nobody can tell. */
        UNAVAILABLE
    }

    /**
     * One of them.
     *
     * @param criticality R4 allergy-intolerance-criticality; empty if nobody said
     * @param reactions what happened, in words
     */
    public record Allergy(
            Source source,
            Coded substance,
            String criticality,
            List<String> reactions,
            java.util.Optional<FhirTime> since,
            String status) {
        public Allergy {
            reactions = List.copyOf(reactions);
        }

        public boolean isDangerous() {
            return criticality.equals("high");
        }

        /** {@code PÉNICILLINE (choc anaphylactique)}. */
        public String words(Language language) {
            String name = substance.isEmpty()
                    ? language.of("SUBSTANCE NON PRÉCISÉE", "SUBSTANCE NOT SAID")
                    : substance.text().toUpperCase(Locale.FRENCH);
            return reactions.isEmpty()
                    ? name
                    : name + " (" + String.join(", ", reactions).toLowerCase(Locale.FRENCH) + ")";
        }
    }

    static final Allergies UNAVAILABLE = new Allergies(State.UNAVAILABLE, List.of(), List.of());

    public Allergies {
        known = List.copyOf(known);
        setAside = List.copyOf(setAside);
    }

    /** The state in words, without the list. */
    public String stateWords(Language language) {
        return switch (state) {
            case KNOWN -> language.of("Allergies connues", "Known allergies");
            case NONE_KNOWN -> language.of("Aucune allergie connue", "No known allergy");
            case NOT_RECORDED -> language.of("Allergies non renseignées", "Allergies not recorded");
            case UNAVAILABLE -> language.of("Allergies indisponibles", "Allergies not available");
        };
    }

    /** What to do about it; empty where the state says all. */
    public String adviceWords(Language language) {
        return switch (state) {
            case KNOWN, NONE_KNOWN -> "";
            case NOT_RECORDED -> language.of("Demandez avant la première dose.", "Ask before the first dose.");
            case UNAVAILABLE ->
                language.of("Demandez au patient, voyez le classeur.", "Ask the patient, see the pack.");
        };
    }
}
