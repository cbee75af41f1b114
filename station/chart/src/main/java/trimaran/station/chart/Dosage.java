package trimaran.station.chart;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One dosage instruction (R4 data type Dosage).
 *
 * @param text as the prescriber worded it
 * @param amounts of one administration: one, or from and to
 * @param rate of what flows, over a time
 * @param asNeeded on demand only
 * @param need what for, if it is on demand
 * @param most how much at most, in a time
 * @param further what else is said: a site, a method, advice
 */
public record Dosage(
        String text,
        List<Quantity> amounts,
        List<Quantity> rate,
        Coded route,
        Rhythm rhythm,
        boolean asNeeded,
        Coded need,
        List<Quantity> most,
        String further) {

    public Dosage {
        amounts = List.copyOf(amounts);
        rate = List.copyOf(rate);
        most = List.copyOf(most);
    }

    static Dosage of(Node dosage) {
        Node amount = dosage.items("doseAndRate").stream().findFirst().orElse(Node.NONE);
        Coded need = dosage.concept("asNeededCodeableConcept");
        return new Dosage(
                dosage.text("text"),
                one(amount, "doseQuantity", "doseRange"),
                rate(amount),
                dosage.concept("route"),
                Rhythm.of(dosage.item("timing")),
                dosage.text("asNeededBoolean").equals("true") || !need.isEmpty(),
                need,
                two(dosage.item("maxDosePerPeriod"), "numerator", "denominator"),
                Node.joined(
                        ", ",
                        List.of(
                                dosage.concept("method").text(),
                                dosage.concept("site").text(),
                                Node.joined(", ", dosage.concepts("additionalInstruction"), Coded::text),
                                dosage.text("patientInstruction")),
                        part -> part));
    }

    private static List<Quantity> one(Node amount, String single, String range) {
        Optional<Quantity> one = Quantity.of(amount.item(single));
        return one.map(List::of).orElseGet(() -> two(amount.item(range), "low", "high"));
    }

    private static List<Quantity> rate(Node amount) {
        List<Quantity> ratio = two(amount.item("rateRatio"), "numerator", "denominator");
        return ratio.isEmpty() ? one(amount, "rateQuantity", "rateRange") : ratio;
    }

    private static List<Quantity> two(Node holder, String first, String second) {
        return List.of(holder.item(first), holder.item(second)).stream()
                .map(Quantity::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Flows without end, rather than coming in doses. */
    public boolean isContinuous() {
        return !rate.isEmpty() && amounts.isEmpty() && rhythm.isEmpty();
    }

    /** {@code 40 mg}, {@code 60 mL par heure}; that nobody said so, else. */
    public String doseWords(Language language) {
        List<String> parts = List.of(
                Node.joined(language.of(" à ", " to "), amounts, one -> one.dose(language)), rateWords(language));
        String words = Node.joined(", ", parts, part -> part);
        return words.isEmpty() ? language.of("dose non précisée", "dose not said") : words;
    }

    private String rateWords(Language language) {
        if (rate.size() < 2) {
            return Node.joined("", rate, one -> one.dose(language));
        }
        Quantity over = rate.getLast();
        String unit = over.value().equals("1") && over.unit().equals("h")
                ? language.of("heure", "hour")
                : over.value().equals("1") ? over.unit() : over.dose(language);
        return rate.getFirst().dose(language) + language.of(" par ", " per ") + unit;
    }

    public String routeWords(Language language) {
        return route.isEmpty() ? language.of("voie non précisée", "route not said") : route.text();
    }

    /** When, on demand or without end, and how much at most; that nobody said so, else. */
    public String rhythmWords(ZoneId zone, Language language) {
        String often = rhythm.words(zone, language);
        String demand = asNeeded
                ? language.of("si besoin", "as needed")
                        + (need.isEmpty() ? "" : language.of("\u00a0: ", ": ") + need.text())
                : "";
        boolean gap =
                asNeeded && rhythm.hoursApart().isPresent() && rhythm.times().isEmpty();
        String apart = gap
                ? rhythm.hoursApart().get()
                        + language.of("\u00a0h au moins entre deux prises", "\u00a0h at least between two doses")
                : often;
        String limit = most.isEmpty()
                ? ""
                : language.of("au plus ", "at most ")
                        + Node.joined(language.of(" en ", " in "), most, one -> one.dose(language));
        String endless = isContinuous() ? language.of("en continu", "continuously") : "";
        String words = Node.joined(", ", List.of(demand, apart, endless, limit, further), part -> part);
        return words.isEmpty() ? language.of("rythme non précisé", "rhythm not said") : words;
    }
}
