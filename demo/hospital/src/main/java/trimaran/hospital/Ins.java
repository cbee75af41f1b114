package trimaran.hospital;

import java.time.LocalDate;
import java.util.Locale;

/**
 * National numbers as the French NIR is built: sex, year, month, place, order and a key of 97 minus the rest modulo 97. The
 * place is 99 999, which is none, and they stand in the test namespace alone.
 */
final class Ins {

    private static final long MODULUS = 97;
    private static final String NOWHERE = "99999";

    private Ins() {}

    /** @param order tells apart who was born in the same month */
    static String of(Sex sex, LocalDate born, int order) {
        String body = sex.digit()
                + String.format(Locale.ROOT, "%02d%02d", born.getYear() % 100, born.getMonthValue())
                + NOWHERE
                + String.format(Locale.ROOT, "%03d", order % 1000);
        return body + key(body);
    }

    /** @param body the first 13 digits */
    static String key(String body) {
        return String.format(Locale.ROOT, "%02d", MODULUS - Long.parseLong(body) % MODULUS);
    }
}
