package trimaran.process;

import java.util.Locale;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;

/**
 * One name and value of an event. There is no way to make one from a text: names are constants of the code, values are
 * constants, numbers and pseudonymous ids, so an event cannot say anything about a patient.
 */
public final class Field {

    private final String text;

    private Field(Enum<?> name, String value) {
        this.text = word(name) + "=" + value;
    }

    public static Field of(Enum<?> name, long value) {
        return new Field(name, Long.toString(value));
    }

    public static Field of(Enum<?> name, boolean value) {
        return new Field(name, Boolean.toString(value));
    }

    /** A constant, a {@link trimaran.kernel.Party} or a {@link trimaran.kernel.Code} for instance. */
    public static Field of(Enum<?> name, Enum<?> value) {
        return new Field(name, word(value));
    }

    public static Field of(Enum<?> name, CellId value) {
        return new Field(name, value.handle());
    }

    public static Field of(Enum<?> name, Digest value) {
        return new Field(name, value.hex());
    }

    /** A constant as events write it: lower case, dashes between words. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The field as it stands in the line. */
    @Override
    public String toString() {
        return text;
    }
}
