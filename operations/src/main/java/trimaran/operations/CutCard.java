package trimaran.operations;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;

/**
 * The card of a cut: what stops, what goes on, whom to call (DESIGN §10). Plain text of 78 columns, so that any printer prints it
 * and anybody can read it out.
 *
 * @param officers as they were named at the command line
 */
record CutCard(CutTarget target, RecordTime time, String why, List<String> officers, Locale locale) {

    private static final int WIDTH = 78;

    /** A time of the machine this card is printed at: whoever holds it looks at a clock there. */
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

    static Locale language(String word) throws RefusedException {
        return switch (word) {
            case "fr" -> Locale.FRENCH;
            case "en" -> Locale.ENGLISH;
            default -> throw new RefusedException(Code.USAGE, "a card is written in fr or en");
        };
    }

    String text() {
        ResourceBundle words = ResourceBundle.getBundle("trimaran.operations.card", locale);
        String kind = target.target() == trimaran.record.Statement.Target.TIER
                ? target.name()
                : target.target().name().toLowerCase(Locale.ROOT) + ".any";
        StringBuilder card = new StringBuilder();
        card.append("=".repeat(WIDTH)).append('\n');
        card.append(words.getString("title." + kind).replace("{0}", target.name()))
                .append('\n');
        card.append("=".repeat(WIDTH)).append('\n');
        String when = WHEN.format(Instant.ofEpochMilli(time.millis()).atZone(ZoneId.systemDefault()));
        line(card, words.getString("since"), when);
        line(card, words.getString("by"), String.join(", ", officers));
        if (!why.isBlank()) {
            line(card, words.getString("why"), why.strip());
        }
        part(card, words.getString("stops"), words.getString("stops." + kind).replace("{0}", target.name()));
        part(card, words.getString("goes"), words.getString("goes." + kind));
        part(card, words.getString("do"), words.getString("do." + kind));
        part(card, words.getString("call"), words.getString("call.whom"));
        part(card, words.getString("open"), words.getString("open.how"));
        return card.append("=".repeat(WIDTH)).toString();
    }

    private static void line(StringBuilder card, String name, String value) {
        wrapped(card, name + " : " + value, "");
    }

    private static void part(StringBuilder card, String title, String sentences) {
        card.append('\n').append(title.toUpperCase(Locale.ROOT)).append('\n');
        for (String sentence : sentences.split("\\|", -1)) {
            wrapped(card, "- " + sentence.strip(), "  ");
        }
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
