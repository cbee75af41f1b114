package trimaran.station.chart;

import java.util.List;

/**
 * A CodeableConcept: the text people read, and the codes machines compare.
 *
 * @param text its own text, else a code's display, else the code itself: an unknown code is shown, never dropped
 */
public record Coded(String text, List<Code> codes) {

    /** One code of a system. */
    public record Code(String system, String code) {}

    static final Coded NONE = new Coded("", List.of());

    public Coded {
        codes = List.copyOf(codes);
    }

    static Coded of(Node concept) {
        List<Node> codings = concept.items("coding");
        List<Code> codes = codings.stream()
                .map(coding -> new Code(coding.text("system"), coding.text("code")))
                .filter(code -> !code.code().isEmpty())
                .toList();
        String text = concept.text("text");
        if (text.isEmpty()) {
            text = Node.joined(
                    "", first(codings.stream().map(one -> one.text("display")).toList()), one -> one);
        }
        if (text.isEmpty() && !codes.isEmpty()) {
            text = codes.getFirst().code();
        }
        return new Coded(text, codes);
    }

    private static List<String> first(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).limit(1).toList();
    }

    /** A Coding that stands alone, as an Encounter's class does. */
    static Coded ofCoding(Node coding) {
        String display = coding.text("display");
        String code = coding.text("code");
        return new Coded(
                display.isEmpty() ? code : display,
                code.isEmpty() ? List.of() : List.of(new Code(coding.text("system"), code)));
    }

    public boolean isEmpty() {
        return text.isEmpty() && codes.isEmpty();
    }

    public boolean has(String code) {
        return codes.stream().anyMatch(one -> one.code().equals(code));
    }

    boolean hasOf(String system, String code) {
        return codes.contains(new Code(system, code));
    }

    /** By which things are the same: the first code, or the words of what has none. */
    String key() {
        return codes.isEmpty()
                ? "text|" + text
                : codes.getFirst().system() + "|" + codes.getFirst().code();
    }
}
