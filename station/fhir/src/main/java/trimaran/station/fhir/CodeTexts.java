package trimaran.station.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import trimaran.kernel.Code;

/** What each code means, for a person, in French and English: {@code codes_fr.properties}, {@code codes_en.properties}. */
final class CodeTexts {

    private static final Map<Code, String> FRENCH = load("fr");
    private static final Map<Code, String> ENGLISH = load("en");

    private CodeTexts() {}

    static String of(Code code, Locale language) {
        Map<Code, String> texts = language.getLanguage().equals("fr") ? FRENCH : ENGLISH;
        return texts.getOrDefault(code, code.tag());
    }

    static Properties properties(String language) {
        Properties properties = new Properties();
        try (InputStream in = CodeTexts.class.getResourceAsStream("codes_" + language + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("the texts of the codes were not built in");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            properties.load(reader);
        } catch (IOException broken) {
            throw new IllegalStateException("the texts of the codes are damaged", broken);
        }
        return properties;
    }

    private static Map<Code, String> load(String language) {
        Properties properties = properties(language);
        Map<Code, String> texts = new EnumMap<>(Code.class);
        for (Code code : Code.values()) {
            String text = properties.getProperty(code.tag());
            if (text != null) {
                texts.put(code, text);
            }
        }
        return texts;
    }
}
