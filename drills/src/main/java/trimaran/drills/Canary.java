package trimaran.drills;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import trimaran.kernel.Bytes;

/**
 * A string that is written in the clear at a station and must be nowhere behind it.
 *
 * @param text letters and digits, long enough that no accident makes it
 */
record Canary(String text) {

    /** Of a shorter one, base64 would keep too little that its neighbours do not change. */
    static final int LENGTH_MIN = 16;

    Canary {
        if (text.length() < LENGTH_MIN) {
            throw new IllegalArgumentException("too short for a canary: " + text);
        }
    }

    /** One way the canary may look in bytes. */
    record Form(Canary canary, String name, Bytes bytes) {}

    /** All ways looked for: as text of two widths, in hexadecimal, in base64 at each alignment. */
    List<Form> forms() {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(plain);
        List<Form> forms = new ArrayList<>();
        forms.add(new Form(this, "plain", Bytes.wrap(plain)));
        forms.add(new Form(this, "UTF-16LE", Bytes.wrap(text.getBytes(StandardCharsets.UTF_16LE))));
        forms.add(new Form(this, "UTF-16BE", Bytes.wrap(text.getBytes(StandardCharsets.UTF_16BE))));
        forms.add(new Form(this, "hexadecimal", Bytes.wrap(ascii(hex))));
        forms.add(new Form(this, "HEXADECIMAL", Bytes.wrap(ascii(hex.toUpperCase(Locale.ROOT)))));
        for (int before = 0; before < 3; before++) {
            String standard = within(Base64.getEncoder(), plain, before);
            String url = within(Base64.getUrlEncoder(), plain, before);
            forms.add(new Form(this, "base64 after " + before, Bytes.wrap(ascii(standard))));
            if (!url.equals(standard)) {
                forms.add(new Form(this, "base64url after " + before, Bytes.wrap(ascii(url))));
            }
        }
        return forms;
    }

    /** The characters that stay the same whatever stands before and behind: those made of bits of the canary alone. */
    private static String within(Base64.Encoder encoder, byte[] plain, int before) {
        byte[] shifted = new byte[before + plain.length];
        System.arraycopy(plain, 0, shifted, before, plain.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = (before * 8 + 5) / 6;
        int behind = shifted.length * 8 / 6;
        return encoded.substring(first, behind);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
