package trimaran.cut;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import trimaran.kernel.RecordTime;
import trimaran.record.Statement;

/**
 * The card of a cut: what stops, what goes on, whom to call (DESIGN §10), with the same sentences on a page and on a terminal.
 *
 * @param why the reason that was signed; empty if nobody said
 * @param officers as they are called where the card is made
 * @param calls whom to call, a line each; without any there is room to write
 * @param zone of the clocks where the card is printed: whoever holds it looks at one there
 * @param locale French or English
 */
public record CutCard(
        CutTarget target,
        RecordTime time,
        String why,
        List<String> officers,
        List<String> calls,
        ZoneId zone,
        Locale locale) {

    /** Lines of whom to call: more are a telephone book, and the card is no longer one sheet. */
    public static final int CALLS_MAX = 8;

    /** So that any printer prints it and anybody can read it out. */
    public static final int WIDTH = 78;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

    /** Something the card says in one line. */
    public record Fact(String name, String value) {}

    /** Sentences under a heading. */
    public record Part(String title, List<String> sentences) {
        public Part {
            sentences = List.copyOf(sentences);
        }
    }

    public CutCard {
        officers = List.copyOf(officers);
        calls = List.copyOf(calls);
    }

    /** Whom to call, as a hospital wrote it down: a line each, without blank ones, the first {@link #CALLS_MAX}. */
    public static List<String> calls(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(line -> !line.isEmpty())
                .limit(CALLS_MAX)
                .toList();
    }

    public String title() {
        return about("title");
    }

    /** Since when, by whom, why. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                say("since"), WHEN.format(Instant.ofEpochMilli(time.millis()).atZone(zone))));
        if (!officers.isEmpty()) {
            facts.add(new Fact(say("by"), String.join(", ", officers)));
        }
        if (!why.isEmpty()) {
            facts.add(new Fact(say("why"), why));
        }
        return facts;
    }

    /** What stops and what goes on: what an officer reads before the cut. */
    public List<Part> effects() {
        return List.of(
                new Part(say("stops"), sentences(about("stops"))), new Part(say("goes"), sentences(about("goes"))));
    }

    /** All of the card but its head. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(effects());
        parts.add(new Part(say("do"), sentences(about("do"))));
        List<String> whom = new ArrayList<>(calls.isEmpty() ? sentences(say("call.whom")) : calls);
        whom.addAll(sentences(say("call.always")));
        parts.add(new Part(say("call"), whom));
        String command = "trimaran reopen " + String.join(" ", target.words()) + " --officer A --officer B";
        parts.add(new Part(say("open"), List.of(say("open.how"), command)));
        return parts;
    }

    /** Plain text of {@value #WIDTH} columns. */
    public String text() {
        StringBuilder card = new StringBuilder();
        card.append("=".repeat(WIDTH)).append('\n');
        card.append(title()).append('\n');
        card.append("=".repeat(WIDTH)).append('\n');
        facts().forEach(fact -> wrapped(card, fact.name() + " : " + fact.value(), ""));
        for (Part part : parts()) {
            card.append('\n').append(part.title().toUpperCase(locale)).append('\n');
            part.sentences().forEach(sentence -> wrapped(card, "- " + sentence, "  "));
        }
        return card.append("=".repeat(WIDTH)).toString();
    }

    private String say(String key) {
        return ResourceBundle.getBundle("trimaran.cut.card", locale).getString(key);
    }

    /** What is said of this kind of thing. */
    private String about(String key) {
        boolean own = target.target() == Statement.Target.TIER;
        return say(key + "." + target.kind() + (own ? "" : ".any")).replace("{0}", name());
    }

    private String name() {
        boolean isKnown =
                target.target() == Statement.Target.APPLICATION && CutTarget.APPLICATIONS.contains(target.name());
        return isKnown ? say("name." + target.name()) : target.name();
    }

    private static List<String> sentences(String all) {
        return Arrays.stream(all.split("\\|", -1)).map(String::strip).toList();
    }

    /** Breaks at blanks; a word longer than a line stands alone. */
    private static void wrapped(StringBuilder card, String text, String indent) {
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                card.append('\n').append(indent);
                column = indent.length();
            } else if (column > 0) {
                card.append(' ');
                column++;
            }
            card.append(word);
            column += word.length();
        }
        card.append('\n');
    }
}
