package trimaran.station.chart;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Something observed (R4 Observation): a vital sign, a laboratory result, a finding.
 *
 * @param category as its author files it; empty if nobody said
 * @param parts what it is made of, as a blood pressure is
 * @param range what is usual, in words of its laboratory
 * @param at when it was true: of a sample, when it was drawn
 * @param issued when it was told
 * @param state how far it is: preliminary, final, corrected
 * @param absent why there is no value, in words
 * @param previous the last one before it of the same code
 */
public record Measure(
        Source source,
        Coded what,
        String category,
        Value value,
        List<Part> parts,
        Flag flag,
        Range range,
        Optional<FhirTime> at,
        Optional<FhirTime> issued,
        State state,
        String statusText,
        String performer,
        String absent,
        String note,
        Optional<Previous> previous) {

    private static final String SYSTOLIC = "8480-6";
    private static final String DIASTOLIC = "8462-4";

    /** One of several values that belong together. */
    public record Part(Coded what, Value value, Flag flag) {}

    /** An earlier value of the same. */
    public record Previous(String french, String english, Optional<FhirTime> at) {
        public String words(Language language) {
            return language.of(french, english);
        }
    }

    /** Usual bounds; either may be missing. */
    public record Range(Optional<Quantity> low, Optional<Quantity> high, String text) {
        static final Range NONE = new Range(Optional.empty(), Optional.empty(), "");

        /** {@code 3,5 à 4,5 mmol/L}; empty if nobody said. */
        public String words(Language language) {
            if (low.isPresent() && high.isPresent()) {
                return low.get().number(language)
                        + language.of(" à ", " to ")
                        + high.get().words(language);
            }
            if (low.isPresent()) {
                return language.of("plus de ", "more than ") + low.get().words(language);
            }
            return high.map(one -> language.of("moins de ", "less than ") + one.words(language))
                    .orElse(text);
        }
    }

    /** How far a result is. */
    public enum State {
        AWAITED,
        PRELIMINARY,
        FINAL,
        CORRECTED,
        UNKNOWN;

        static State of(String status) {
            return switch (status) {
                case "registered" -> AWAITED;
                case "preliminary" -> PRELIMINARY;
                case "final" -> FINAL;
                case "amended", "corrected" -> CORRECTED;
                default -> UNKNOWN;
            };
        }

        /** Empty for what is final. */
        public String words(Language language) {
            return switch (this) {
                case AWAITED -> language.of("attendu", "awaited");
                case PRELIMINARY -> language.of("provisoire", "preliminary");
                case FINAL -> "";
                case CORRECTED -> language.of("corrigé", "corrected");
                case UNKNOWN -> language.of("état inconnu", "state unknown");
            };
        }
    }

    public Measure {
        parts = List.copyOf(parts);
    }

    /** The value with its unit; of a blood pressure both; that there is none, and why. */
    public String valueWords(Language language) {
        if (!value.isEmpty()) {
            return value.words(language);
        }
        List<Part> said = parts.stream().filter(part -> !part.value().isEmpty()).toList();
        Optional<Quantity> systolic = part(said, SYSTOLIC);
        Optional<Quantity> diastolic = part(said, DIASTOLIC);
        if (said.size() == 2 && systolic.isPresent() && diastolic.isPresent()) {
            return systolic.get().number(language) + "/" + diastolic.get().words(language);
        }
        if (!said.isEmpty()) {
            return Node.joined(
                    ", ",
                    said,
                    part -> Node.joined(
                            " ",
                            List.of(
                                    part.what().text(),
                                    part.value().words(language),
                                    part.flag().words(language)),
                            one -> one));
        }
        return absent.isEmpty() ? language.of("sans valeur", "no value") : absent;
    }

    /** In whichever order somebody wrote them. */
    private static Optional<Quantity> part(List<Part> said, String loinc) {
        return said.stream()
                .filter(one -> one.what().has(loinc))
                .findFirst()
                .flatMap(one -> one.value().quantity());
    }

    /** The unit the value bears; empty if it is no amount. */
    public String unit() {
        return value.quantity().map(Quantity::unit).orElse("");
    }

    public String timeWords(ZoneId zone, Language language) {
        return at.map(time -> time.words(zone)).orElse(language.of("heure inconnue", "time unknown"));
    }

    Measure after(Optional<Measure> before) {
        return new Measure(
                source,
                what,
                category,
                value,
                parts,
                flag,
                range,
                at,
                issued,
                state,
                statusText,
                performer,
                absent,
                note,
                before.map(one ->
                        new Previous(one.valueWords(Language.FRENCH), one.valueWords(Language.ENGLISH), one.at())));
    }
}
