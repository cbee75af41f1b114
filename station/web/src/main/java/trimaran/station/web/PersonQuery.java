package trimaran.station.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.model.Trait;

/**
 * What somebody typed to find a patient, taken apart: a number, or names and perhaps a birth date, in any order.
 *
 * @param text as it was typed
 * @param words names, normalised by {@link Trait#plain}
 * @param number an IPP, an INS or the number of a stay; empty for none
 * @param wrong whether something in it looks like a date and is none
 */
record PersonQuery(String text, List<String> words, Optional<LocalDate> birth, String number, boolean wrong) {

    PersonQuery {
        words = List.copyOf(words);
    }

    static PersonQuery of(String typed) {
        String text = typed.strip();
        String joined = text.replaceAll("[\\s\u00a0\u202f]", "").toUpperCase(java.util.Locale.ROOT);
        if (Numbers.isIns(joined) || joined.matches("[0-9]{4,20}")) {
            return new PersonQuery(text, List.of(), Optional.empty(), joined, false);
        }
        List<String> words = new ArrayList<>();
        Optional<LocalDate> birth = Optional.empty();
        boolean wrong = false;
        for (String part : text.split("[\\s\u00a0\u202f,;]+", -1)) {
            if (BirthDate.looksLikeOne(part)) {
                birth = BirthDate.read(part);
                wrong |= birth.isEmpty();
            } else if (!Trait.plain(part).isEmpty()) {
                words.add(Trait.plain(part));
            }
        }
        return new PersonQuery(text, words, birth, "", wrong);
    }

    boolean isEmpty() {
        return words.isEmpty() && birth.isEmpty() && number.isEmpty();
    }

    /**
     * By which the whole record is asked: the family name may be all that was typed, or its first or its last one or two. Few, since
     * each is a token made and looked up.
     */
    List<Trait> traits() {
        if (birth.isEmpty() || words.isEmpty()) {
            return List.of();
        }
        Set<String> families = new LinkedHashSet<>();
        families.add(words.getFirst());
        families.add(words.getLast());
        families.add(String.join("", words));
        if (words.size() > 2) {
            families.add(words.get(0) + words.get(1));
            families.add(words.get(words.size() - 2) + words.getLast());
        }
        return families.stream()
                .map(family -> Trait.nameAndBirth(family, birth.get().toString()))
                .toList();
    }
}
