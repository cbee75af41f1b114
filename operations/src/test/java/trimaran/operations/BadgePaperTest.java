package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;

/** A badge on paper is typed again by somebody who makes slips. */
final class BadgePaperTest {

    private static final Digest NUMBER = Digest.sha256(new byte[] {1});

    private static byte[] file(int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        return file;
    }

    @Test
    void whatWasPrintedIsReadAgain() throws RefusedException {
        for (int size : new int[] {1, 19, 20, 21, 40, 301, BadgePaper.LINES_MAX * 20}) {
            String sheet = BadgePaper.written(file(size), NUMBER);
            assertThat(BadgePaper.read(sheet)).as("%d bytes", size).isEqualTo(file(size));
            assertThat(BadgePaper.read(
                            sheet.toLowerCase(Locale.ROOT).replace("0", "o").replace("1", "l")))
                    .isEqualTo(file(size));
            assertThat(BadgePaper.read(
                            sheet.replaceAll("(?m)^(?!#)(..)  ", "$1-").replace(" ", "")))
                    .isEqualTo(file(size));
        }
        assertThatThrownBy(() -> BadgePaper.written(file(BadgePaper.LINES_MAX * 20 + 1), NUMBER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlipIsFoundInItsLine() {
        String sheet = BadgePaper.written(file(301), NUMBER);
        List<String> lines = sheet.lines().toList();
        String third = lines.get(6);
        assertThat(third).startsWith("03 ");
        char at = third.charAt(10);
        refused(
                sheet,
                text -> text.replace(third, third.substring(0, 10) + (at == 'A' ? 'B' : 'A') + third.substring(11)),
                "line 3 ");
        refused(sheet, text -> text.replace(third + "\n", ""), "line 3 ");
        refused(sheet, text -> text.replace(third, third + "\n" + third), "line 4 ");
        refused(sheet, text -> text.replace(third, "03"), "line 3 ");
        refused(sheet, text -> text.replace(third, third.replace(' ', '!')), "line 3 ");
        refused(sheet, text -> text + "17 AAAA", "line 17 ");
        refused(sheet, text -> "# nothing", "no line");
        // Two lines that changed places.
        refused(
                sheet,
                text -> text.replace(third, "x").replace(lines.get(7), third).replace("x", lines.get(7)),
                "line 3 ");
    }

    @Test
    void aSheetOfMoreLinesThanAnyBadgeHasIsRefused() {
        String most = BadgePaper.written(file(BadgePaper.LINES_MAX * 20), NUMBER);
        refused(most, text -> text + "00 AAAA AA", "line 100 ");
    }

    private static void refused(String sheet, UnaryOperator<String> slip, String where) {
        assertThatThrownBy(() -> BadgePaper.read(slip.apply(sheet)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(where);
    }
}
