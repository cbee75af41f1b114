package trimaran.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import trimaran.kernel.Bytes;

/** What goes along with every archive: how to read it, in two languages, the layouts, and the program that checks it. */
final class Texts {

    private static final List<String> CHECKER = List.of(
            "CheckArchive",
            "Checkpoint",
            "Cursor",
            "Entry",
            "FalseException",
            "Fold",
            "Key",
            "Ledger",
            "Passage",
            "Say",
            "Tree");

    private Texts() {}

    /** By the name in the archive. */
    static Map<String, Bytes> all(Map<String, String> words) {
        Map<String, Bytes> texts = new LinkedHashMap<>();
        texts.put("LISEZMOI.txt", filled("LISEZMOI.txt", words));
        texts.put("README.txt", filled("README.txt", words));
        texts.put("FORMATS.md", resource("formats.md"));
        for (String name : CHECKER) {
            texts.put("checker/" + name + ".java", resource("checker/" + name + ".java"));
        }
        return texts;
    }

    private static Bytes filled(String name, Map<String, String> words) {
        String text = new String(resource(name).toArray(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{" + word.getKey() + "}", word.getValue());
        }
        return Bytes.ofText(text);
    }

    private static Bytes resource(String name) {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name)) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
