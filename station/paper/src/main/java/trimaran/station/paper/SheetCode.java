package trimaran.station.paper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;

/**
 * What one sheet of paper is found by: readable, as {@code MED-A-261124-0810-037-4JYM}, and as a QR code that also says whom it is about
 * (docs/formats.md, Paper). The last four signs check the rest, the kind and the patient, so that a sheet is not entered under
 * another by a slip; they keep out nobody who means harm.
 *
 * @param ward letters, digits and hyphens
 * @param at the minute of the data
 * @param page of the pack
 * @param patient empty for sheets about the ward
 */
public record SheetCode(String ward, Instant at, ZoneId zone, int page, SheetKind kind, Optional<ResourceId> patient) {

    /** Letters and digits nobody takes for one another: without I, O, 0 and 1. */
    static final String SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    static final int CHECK_SIGNS = 4;

    /** A ward's part of the code, so that the code fits its line. */
    static final int WARD_CHARACTERS_MAX = 12;

    private static final String NONE = "-";
    private static final int SIGN_BITS = 5;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuMMdd-HHmm", Locale.ROOT);

    /** A ward's own code as codes bear it. */
    static String wardPart(String code) {
        String plain = java.text.Normalizer.normalize(code, java.text.Normalizer.Form.NFD)
                .toUpperCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut = plain.length() > WARD_CHARACTERS_MAX ? plain.substring(0, WARD_CHARACTERS_MAX) : plain;
        return cut.isEmpty() ? "X" : cut;
    }

    private String front() {
        return ward + "-" + MINUTE.format(ZonedDateTime.ofInstant(at, zone))
                + String.format(Locale.ROOT, "-%03d", page);
    }

    private String about() {
        return patient.map(ResourceId::toString).orElse(NONE);
    }

    /** As it stands on the sheet. */
    public String text() {
        return front() + "-" + check(front(), kind.letter(), about());
    }

    /** What the QR code holds. */
    public String scanned() {
        return "T1/" + text() + "/" + kind.letter() + "/" + about();
    }

    /** Whether the four signs fit what a sheet says it is. */
    public static boolean isWhole(String scanned) {
        String[] parts = scanned.split("/", -1);
        if (parts.length != 4 || !parts[0].equals("T1") || parts[2].length() != 1) {
            return false;
        }
        int end = parts[1].lastIndexOf('-');
        return end > 0
                && parts[1].substring(end + 1).equals(check(parts[1].substring(0, end), parts[2].charAt(0), parts[3]));
    }

    private static String check(String front, char kind, String about) {
        Digest digest = Digest.sha256(
                ("trimaran/sheet/1\n" + front + "/" + kind + "/" + about).getBytes(StandardCharsets.US_ASCII));
        String hex = digest.hex();
        long bits = Long.parseLong(hex.substring(0, 5), 16);
        StringBuilder signs = new StringBuilder();
        for (int i = CHECK_SIGNS - 1; i >= 0; i--) {
            signs.append(SIGNS.charAt((int) (bits >> (i * SIGN_BITS)) & 31));
        }
        return signs.toString();
    }
}
