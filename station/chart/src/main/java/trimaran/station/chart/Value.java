package trimaran.station.chart;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What was found: an amount, two (a range, a ratio), yes or no, or words.
 *
 * @param amounts one, or two with {@code between} between them
 * @param truth {@code true}, {@code false} or empty
 * @param text of what is neither
 */
public record Value(List<Quantity> amounts, String between, String truth, String text) {

    static final Value NONE = new Value(List.of(), "", "", "");

    public Value {
        amounts = List.copyOf(amounts);
    }

    static Value of(Node holder, ZoneId zone) {
        Optional<Quantity> quantity = Quantity.of(holder.item("valueQuantity"));
        if (quantity.isPresent()) {
            return new Value(List.of(quantity.get()), "", "", "");
        }
        Node range = holder.item("valueRange");
        Node ratio = holder.item("valueRatio");
        if (!range.isEmpty() || !ratio.isEmpty()) {
            List<Quantity> two = range.isEmpty()
                    ? amounts(ratio.item("numerator"), ratio.item("denominator"))
                    : amounts(range.item("low"), range.item("high"));
            return new Value(two, range.isEmpty() ? "\u00a0/\u00a0" : "\u00a0–\u00a0", "", "");
        }
        List<String> words = List.of(
                holder.concept("valueCodeableConcept").text(),
                holder.text("valueString"),
                holder.text("valueInteger"),
                holder.text("valueTime"),
                words(holder.time("valueDateTime"), zone),
                words(holder.time("valuePeriod", "start"), zone),
                words(holder.time("valuePeriod", "end"), zone));
        return new Value(List.of(), "", holder.text("valueBoolean"), Node.joined(" – ", words, one -> one));
    }

    private static List<Quantity> amounts(Node one, Node other) {
        return List.of(one, other).stream()
                .map(Quantity::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String words(Optional<FhirTime> time, ZoneId zone) {
        return time.map(one -> one.words(zone)).orElse("");
    }

    public Optional<Quantity> quantity() {
        return amounts.size() == 1 ? Optional.of(amounts.getFirst()) : Optional.empty();
    }

    public boolean isEmpty() {
        return amounts.isEmpty() && truth.isEmpty() && text.isEmpty();
    }

    /** With its unit; empty if nothing was found to be said. */
    public String words(Language language) {
        return switch (truth) {
            case "true" -> language.of("oui", "yes");
            case "false" -> language.of("non", "no");
            default -> amounts.isEmpty() ? text : Node.joined(between, amounts, one -> one.words(language));
        };
    }
}
