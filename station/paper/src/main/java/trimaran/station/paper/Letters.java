package trimaran.station.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Which letters a sheet can print: those its fonts have, of scripts that are written letter after letter from left to right. All
 * others, an Arabic, a Chinese or a Hindi name's, would come out in pieces, backwards or not at all; a sheet that showed them so
 * would name another person or nobody. Each stands as {@link #MISSING} instead, and the sheet says what that means.
 */
final class Letters {

    /** In place of a letter this sheet cannot print. Both fonts of the sheets have it. */
    static final String MISSING = "□";

    private static final Set<UnicodeScript> SCRIPTS = Set.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.COMMON,
            UnicodeScript.INHERITED);

    private static final List<CmapLookup> FONTS = List.of(letters("inter-regular.ttf"), letters("dejavu-sans.ttf"));

    private Letters() {}

    private static CmapLookup letters(String file) {
        try (InputStream in = PackWriter.resource(file);
                TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            return font.getUnicodeCmapLookup();
        } catch (IOException broken) {
            throw new UncheckedIOException("the fonts lie in the program itself", broken);
        }
    }

    /** A word as a sheet prints it: letters and their marks in one, signs nobody sees left out. */
    static String printed(String words) {
        if (words.chars().allMatch(next -> next >= ' ' && next < 0x7f)) {
            return words;
        }
        StringBuilder out = new StringBuilder(words.length());
        Normalizer.normalize(words, Normalizer.Form.NFC)
                .codePoints()
                .filter(next -> Character.getType(next) != Character.FORMAT)
                .forEach(next -> {
                    if (isPrinted(next)) {
                        out.appendCodePoint(next);
                    } else {
                        out.append(MISSING);
                    }
                });
        return out.toString();
    }

    static boolean isWhole(String words) {
        return !printed(words).contains(MISSING);
    }

    private static boolean isPrinted(int letter) {
        return Character.isWhitespace(letter)
                || Character.isISOControl(letter)
                || (SCRIPTS.contains(UnicodeScript.of(letter))
                        && FONTS.stream().anyMatch(font -> font.getGlyphId(letter) > 0));
    }

    /** What {@link #MISSING} means, for whoever holds the sheet. */
    static String words(trimaran.station.chart.Language language) {
        return language.of(MISSING + " : lettre non imprimable.", MISSING + ": a letter that cannot be printed.");
    }
}
