package trimaran.station.paper;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** Draws a QR code as squares, which stay sharp at any size. */
final class Qr {

    private Qr() {}

    /** @param x left and {@code y} lower edge, in points; the quiet zone is the caller's */
    static void draw(PDPageContentStream page, String text, float x, float y, float side) throws IOException {
        ByteMatrix squares = matrix(text);
        float square = side / squares.getWidth();
        for (int row = 0; row < squares.getHeight(); row++) {
            int from = -1;
            for (int column = 0; column <= squares.getWidth(); column++) {
                boolean black = column < squares.getWidth() && squares.get(column, row) == 1;
                if (black && from < 0) {
                    from = column;
                } else if (!black && from >= 0) {
                    page.addRect(x + from * square, y + side - (row + 1) * square, (column - from) * square, square);
                    from = -1;
                }
            }
        }
        page.fill();
    }

    /** At level M a fold or a stain over a seventh of it is borne. */
    static ByteMatrix matrix(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException tooLong) {
            throw new IllegalStateException("a sheet's code fits a QR code", tooLong);
        }
    }
}
