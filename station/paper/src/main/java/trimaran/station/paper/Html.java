package trimaran.station.paper;

import java.util.regex.Pattern;

/** Writes XHTML: text is text, whatever stands in it. */
final class Html {

    /** Longer than this a word is broken where it must be, or it would not fit its column. */
    static final int WHOLE_CHARACTERS_MAX = 24;

    /** Where a line would be broken inside what people read as one. */
    private static final Pattern BREAKABLE = Pattern.compile("[0-9][/:.,\u00a0-]|[/\u00a0]");

    private final StringBuilder out = new StringBuilder(1 << 16);
    private boolean lacks;

    /** Whether a letter was written that no sheet can print. */
    boolean lacksLetters() {
        return lacks;
    }

    /** Markup written in this room. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** What somebody else wrote. A time, an amount with its unit, a date stays on one line. */
    Html text(String words) {
        int from = 0;
        while (from <= words.length()) {
            int space = words.indexOf(' ', from);
            int end = space < 0 ? words.length() : space;
            String word = words.substring(from, end);
            boolean whole = word.length() <= WHOLE_CHARACTERS_MAX
                    && BREAKABLE.matcher(word).find();
            out.append(whole ? "<span class=\"nb\">" : "");
            escaped(word);
            out.append(whole ? "</span>" : "").append(space < 0 ? "" : " ");
            from = end + 1;
        }
        return this;
    }

    /** What somebody else wrote, where no markup may stand. */
    Html escaped(String written) {
        String words = Letters.printed(written);
        lacks = lacks || words.contains(Letters.MISSING);
        for (int i = 0; i < words.length(); i++) {
            char next = words.charAt(i);
            switch (next) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(isAllowed(words, i) ? next : ' ');
            }
        }
        return this;
    }

    /** XML 1.0 knows no control characters and no half of a pair. */
    private static boolean isAllowed(String words, int i) {
        char next = words.charAt(i);
        if (Character.isHighSurrogate(next)) {
            return i + 1 < words.length() && Character.isLowSurrogate(words.charAt(i + 1));
        }
        if (Character.isLowSurrogate(next)) {
            return i > 0 && Character.isHighSurrogate(words.charAt(i - 1));
        }
        return (next >= ' ' && next < '\ufffe') || next == '\t' || next == '\n';
    }

    Html tag(String name, String words) {
        return raw("<" + name + ">").text(words).raw("</" + name + ">");
    }

    Html tag(String name, String style, String words) {
        return raw("<" + name + " class=\"" + style + "\">").text(words).raw("</" + name + ">");
    }

    /** A cell of a table. */
    Html cell(String words) {
        return tag("td", words);
    }

    Html cell(String style, String words) {
        return style.isEmpty() ? cell(words) : tag("td", style, words);
    }

    Html heads(String... words) {
        raw("<thead><tr>");
        for (String each : words) {
            tag("th", each);
        }
        return raw("</tr></thead>");
    }

    /** Room to write. */
    Html blankRows(int rows, int cells, String style) {
        for (int i = 0; i < rows; i++) {
            raw("<tr class=\"" + style + "\">");
            for (int k = 0; k < cells; k++) {
                raw("<td></td>");
            }
            raw("</tr>");
        }
        return this;
    }

    int length() {
        return out.length();
    }

    /** Markup written in this room, in front of what stands there already. */
    void insert(int at, String markup) {
        out.insert(at, markup);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
