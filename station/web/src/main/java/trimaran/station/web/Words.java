package trimaran.station.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import trimaran.kernel.Code;
import trimaran.station.chart.Language;

/** All sentences of the pages in one language. {@code {0}}, {@code {1}} stand for what a sentence is about. */
final class Words {

    private static final Words FRENCH = new Words(Language.FRENCH, "fr");
    private static final Words ENGLISH = new Words(Language.ENGLISH, "en");

    private final Language language;
    private final String tag;
    private final Map<String, String> sentences;

    private Words(Language language, String tag) {
        this.language = language;
        this.tag = tag;
        this.sentences = read(tag + ".properties");
    }

    static Words of(Language language) {
        return language == Language.FRENCH ? FRENCH : ENGLISH;
    }

    private static Map<String, String> read(String name) {
        Properties properties = new Properties();
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no sentences " + name);
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, String> sentences = new HashMap<>();
        properties.forEach((key, value) -> sentences.put(key.toString(), value.toString()));
        return Map.copyOf(sentences);
    }

    Language language() {
        return language;
    }

    /** As HTML names it. */
    String tag() {
        return tag;
    }

    Locale locale() {
        return language == Language.FRENCH ? Locale.FRANCE : Locale.UK;
    }

    boolean has(String key) {
        return sentences.containsKey(key);
    }

    String say(String key, Object... about) {
        String sentence = sentences.get(key);
        if (sentence == null) {
            throw new IllegalStateException("no sentence " + key);
        }
        for (int i = 0; i < about.length; i++) {
            sentence = sentence.replace("{" + i + "}", about[i].toString());
        }
        return sentence;
    }

    /** The singular for none and one in French, for one in English. */
    String count(String key, long count, Object... about) {
        boolean single = language == Language.FRENCH ? count < 2 : count == 1;
        Object[] all = new Object[about.length + 1];
        all[0] = number(count);
        System.arraycopy(about, 0, all, 1, about.length);
        return say(key + (single ? ".one" : ".many"), all);
    }

    String number(long number) {
        return String.format(locale(), "%,d", number);
    }

    /** What a refusal means to whoever asked; its code stands last. */
    String refusal(Code code) {
        String key = "refused." + code.number();
        return say(has(key) ? key : "refused.other") + " (" + code.tag() + ")";
    }

    /** What a badge is called: a demo badge by its role, another by its name. */
    String badge(String name) {
        return has("badge." + name) ? say("badge." + name) : name;
    }

    String roles(java.util.List<String> roles) {
        return String.join(
                ", ",
                roles.stream()
                        .map(role -> has("role." + role) ? say("role." + role) : role)
                        .toList());
    }
}
