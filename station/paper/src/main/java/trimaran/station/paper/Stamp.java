package trimaran.station.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;

/**
 * Puts on each laid-out page what only the finished pack knows: which page it is of how many, and the code of this very sheet.
 * Where sheets begin is read from the pack's bookmarks.
 */
final class Stamp {

    private static final float POINTS_A_MILLIMETRE = 72 / 25.4f;
    private static final float QR_SIDE = 24 * POINTS_A_MILLIMETRE;
    private static final float LEFT = 10 * POINTS_A_MILLIMETRE;
    private static final float TOP = 9 * POINTS_A_MILLIMETRE;
    private static final float BOTTOM = 9 * POINTS_A_MILLIMETRE;
    private static final float SIZE = 11;
    private static final float LINE = 13;

    private final Pack pack;
    private final List<PackWriter.Begin> begins;

    Stamp(Pack pack, List<PackWriter.Begin> begins) {
        this.pack = pack;
        this.begins = List.copyOf(begins);
    }

    byte[] on(byte[] laidOut) throws IOException {
        try (PDDocument document = Loader.loadPDF(laidOut);
                InputStream bold = PackWriter.resource("inter-id.ttf");
                InputStream plain = PackWriter.resource("inter-regular.ttf");
                ByteArrayOutputStream out = new ByteArrayOutputStream(laidOut.length + (256 << 10))) {
            PDFont codes = PDType0Font.load(document, bold);
            PDFont words = PDType0Font.load(document, plain);
            Map<Integer, PackWriter.Begin> first = first(document);
            int count = document.getNumberOfPages();
            PackWriter.Begin here = begins.getFirst();
            for (int i = 0; i < count; i++) {
                here = first.getOrDefault(i, here);
                page(document, document.getPage(i), codes, words, here, i + 1, count);
            }
            document.save(out);
            return out.toByteArray();
        }
    }

    private Map<Integer, PackWriter.Begin> first(PDDocument document) throws IOException {
        Map<String, PackWriter.Begin> named = new HashMap<>();
        begins.forEach(one -> named.put(one.anchor(), one));
        Map<Integer, PackWriter.Begin> first = new HashMap<>();
        PDDocumentOutline outline = document.getDocumentCatalog().getDocumentOutline();
        for (PDOutlineItem item : outline.children()) {
            PackWriter.Begin begin = named.get(item.getTitle());
            PDPage page = item.findDestinationPage(document);
            if (begin != null && page != null) {
                first.put(document.getPages().indexOf(page), begin);
            }
        }
        if (first.size() != begins.size()) {
            throw new IllegalStateException("a sheet begins on no page of its own");
        }
        return first;
    }

    private void page(
            PDDocument document, PDPage page, PDFont codes, PDFont words, PackWriter.Begin begin, int number, int count)
            throws IOException {
        SheetCode code = new SheetCode(
                pack.wardCode(), pack.dataAt(), pack.view().zone(), number, begin.kind(), begin.patient());
        float width = page.getMediaBox().getWidth();
        float height = page.getMediaBox().getHeight();
        try (PDPageContentStream on =
                new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
            on.setNonStrokingColor(0f);
            Qr.draw(on, code.scanned(), LEFT, height - TOP - QR_SIDE, QR_SIDE);
            right(on, codes, code.text(), width - LEFT, BOTTOM + LINE);
            right(on, words, "page " + number + pack.language().of(" sur ", " of ") + count, width - LEFT, BOTTOM);
        }
    }

    private static void right(PDPageContentStream on, PDFont font, String text, float x, float y) throws IOException {
        float width = font.getStringWidth(text) / 1000 * SIZE;
        on.beginText();
        on.setFont(font, SIZE);
        on.newLineAtOffset(x - width, y);
        on.showText(text);
        on.endText();
    }
}
