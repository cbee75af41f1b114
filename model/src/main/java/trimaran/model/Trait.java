package trimaran.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A type and a normalised value by which a resource is found through a lookup token. Two spellings a registrar would call
 * the same give one trait.
 *
 * @param type {@code identifier} or {@code name-birth}
 */
public record Trait(String type, String value) {

    public static final String IDENTIFIER = "identifier";
    public static final String NAME_AND_BIRTH = "name-birth";

    /** Business identifiers are compared as written, system and value, but for the spaces around. */
    public static Trait identifier(String system, String value) {
        return new Trait(IDENTIFIER, system.strip() + "|" + value.strip());
    }

    /** @param birthDate as in Patient.birthDate */
    public static Trait nameAndBirth(String family, String birthDate) {
        return new Trait(NAME_AND_BIRTH, plain(family) + "|" + birthDate);
    }

    /** All traits of a resource: its identifiers, and for a Patient each family name with the birth date. */
    public static List<Trait> of(Facts facts) {
        Set<Trait> traits = new LinkedHashSet<>();
        for (Facts.Identifier identifier : facts.identifiers()) {
            if (!identifier.value().isBlank()) {
                traits.add(identifier(identifier.system(), identifier.value()));
            }
        }
        if (facts.type().equals("Patient") && !facts.birthDate().isEmpty()) {
            for (Facts.PersonName name : facts.names()) {
                if (!plain(name.family()).isEmpty()) {
                    traits.add(nameAndBirth(name.family(), facts.birthDate()));
                }
            }
        }
        return new ArrayList<>(traits);
    }

    /** Upper case, without diacritics, letters and digits only; ligatures are spelt out. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean ascii = true;
        for (int i = 0; i < text.length() && ascii; i++) {
            char next = text.charAt(i);
            ascii = next < 0x80;
            append(plain, next);
        }
        return ascii ? plain.toString() : plainWide(text);
    }

    private static String plainWide(String text) {
        String spelt = text.replace("œ", "oe")
                .replace("Œ", "OE")
                .replace("æ", "ae")
                .replace("Æ", "AE")
                .replace("ø", "o")
                .replace("Ø", "O")
                .replace("ł", "l")
                .replace("Ł", "L");
        String upper = Normalizer.normalize(spelt, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(upper.length());
        upper.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static void append(StringBuilder plain, char ascii) {
        if (ascii >= 'a' && ascii <= 'z') {
            plain.append((char) (ascii - 32));
        } else if ((ascii >= 'A' && ascii <= 'Z') || (ascii >= '0' && ascii <= '9')) {
            plain.append(ascii);
        }
    }
}
