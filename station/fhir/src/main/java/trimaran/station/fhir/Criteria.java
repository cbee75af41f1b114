package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;

/**
 * What a search asks for. Every list holds alternatives, one of which must be true; all lists must (R4 search: comma is or,
 * repetition is and).
 *
 * @param patients ids of the patients resources are about
 * @param families beginnings of family names, as they were asked for
 * @param birthDates days
 */
record Criteria(
        List<List<String>> ids,
        List<List<Trait>> identifiers,
        List<List<String>> patients,
        List<List<Token>> codes,
        List<List<String>> families,
        List<List<String>> givens,
        List<List<String>> birthDates) {

    /**
     * A code as R4 searches for it.
     *
     * @param anySystem whether the system does not matter
     * @param code empty for any code of the system
     */
    record Token(boolean anySystem, String system, String code) {

        static Token parse(String text) throws RefusedException {
            int bar = text.indexOf('|');
            if (text.isEmpty() || text.equals("|")) {
                throw RefusedException.at(Code.BAD_PARAMETER, "code", "expected system|code, |code or code");
            }
            return bar < 0
                    ? new Token(true, "", text)
                    : new Token(false, text.substring(0, bar), text.substring(bar + 1));
        }

        boolean fits(Map<String, String> coding) {
            boolean system = anySystem || coding.getOrDefault("system", "").equals(this.system);
            return system && (code.isEmpty() || code.equals(coding.get("code")));
        }
    }

    static Criteria parse(Call call) throws RefusedException {
        Parameters from = call.address().parameters();
        List<List<Trait>> identifiers = new ArrayList<>();
        for (List<String> some : alternatives(from, "identifier")) {
            List<Trait> traits = new ArrayList<>();
            for (String text : some) {
                traits.add(Locator.identifier(text, "identifier"));
            }
            identifiers.add(traits);
        }
        List<List<Token>> codes = new ArrayList<>();
        for (List<String> some : alternatives(from, "code")) {
            List<Token> tokens = new ArrayList<>();
            for (String text : some) {
                tokens.add(Token.parse(text));
            }
            codes.add(tokens);
        }
        List<List<String>> patients = new ArrayList<>();
        patients.addAll(patients(call, alternatives(from, "patient")));
        patients.addAll(patients(call, alternatives(from, "subject")));
        return new Criteria(
                alternatives(from, "_id"),
                identifiers,
                patients,
                codes,
                alternatives(from, "family"),
                alternatives(from, "given"),
                days(alternatives(from, "birthdate")));
    }

    private static List<List<String>> alternatives(Parameters from, String name) throws RefusedException {
        List<List<String>> all = new ArrayList<>(1);
        for (String value : from.values(name)) {
            List<String> some = split(value);
            if (some.size() > DoorLimits.ALTERNATIVES_MAX) {
                throw RefusedException.at(
                        Code.BAD_PARAMETER, name, "at most " + DoorLimits.ALTERNATIVES_MAX + " alternatives");
            }
            if (some.contains("")) {
                throw RefusedException.at(Code.BAD_PARAMETER, name, "this parameter needs a value");
            }
            all.add(some);
        }
        return all;
    }

    /** Splits at commas that are not escaped (R4 search, escaping). */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>(1);
        StringBuilder part = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            if (next == '\\' && i + 1 < value.length() && "\\,|$".indexOf(value.charAt(i + 1)) >= 0) {
                part.append(value.charAt(++i));
            } else if (next == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static List<List<String>> patients(Call call, List<List<String>> references) throws RefusedException {
        List<List<String>> all = new ArrayList<>(1);
        for (List<String> some : references) {
            List<String> ids = new ArrayList<>(1);
            for (String reference : some) {
                String own = call.base() + "/";
                String relative = reference.startsWith(own) ? reference.substring(own.length()) : reference;
                String id = relative.startsWith("Patient/") ? relative.substring(8) : relative;
                if (!Address.isId(id)) {
                    throw RefusedException.at(Code.BAD_PARAMETER, "patient", "expected a patient, as in Patient/1");
                }
                Locator.find(call.view(), "Patient", id).ifPresent(found -> ids.add(found.toString()));
            }
            all.add(ids);
        }
        return all;
    }

    private static List<List<String>> days(List<List<String>> from) throws RefusedException {
        List<List<String>> all = new ArrayList<>(1);
        for (List<String> some : from) {
            List<String> days = new ArrayList<>(1);
            for (String text : some) {
                String day = text.startsWith("eq") ? text.substring(2) : text;
                if (!day.matches("\\d{4}-\\d{2}-\\d{2}")) {
                    throw RefusedException.at(Code.BAD_PARAMETER, "birthdate", "expected one day, as in 1970-12-31");
                }
                days.add(day);
            }
            all.add(days);
        }
        return all;
    }

    /** What an index of people is asked; empty if nothing here is about people. */
    Optional<PersonQuery> person() {
        String family = only(families);
        String given = only(givens);
        String day = only(birthDates);
        return family.isEmpty() && given.isEmpty() && day.isEmpty()
                ? Optional.empty()
                : Optional.of(new PersonQuery(Trait.plain(family), Trait.plain(given), family, day));
    }

    /** The one alternative, or empty: an index answers too much rather than too little. */
    private static String only(List<List<String>> alternatives) {
        return alternatives.isEmpty() || alternatives.getFirst().size() > 1
                ? ""
                : alternatives.getFirst().getFirst();
    }

    boolean fits(ResourceVersion version) {
        byte[] json = version.json().unsafeArray();
        // What is most often false comes first.
        return ids.stream().allMatch(some -> some.contains(version.id().toString()))
                && fitsCodes(json)
                && fitsIdentifiers(json)
                && fitsNames(json, families, "family")
                && fitsNames(json, givens, "given")
                && fitsDays(json)
                && fitsPatients(json);
    }

    private boolean fitsIdentifiers(byte[] json) {
        if (identifiers.isEmpty()) {
            return true;
        }
        List<Trait> own = StoredText.objects(json, "identifier").stream()
                .map(one -> Trait.identifier(one.getOrDefault("system", ""), one.getOrDefault("value", "")))
                .toList();
        return identifiers.stream().allMatch(some -> some.stream().anyMatch(own::contains));
    }

    private boolean fitsPatients(byte[] json) {
        if (patients.isEmpty()) {
            return true;
        }
        return isAbout(StoredText.texts(json, "subject", "reference"))
                || isAbout(StoredText.texts(json, "patient", "reference"));
    }

    private boolean isAbout(List<String> references) {
        return patients.stream().allMatch(some -> some.stream().anyMatch(id -> references.contains("Patient/" + id)));
    }

    private boolean fitsCodes(byte[] json) {
        if (codes.isEmpty()) {
            return true;
        }
        List<Map<String, String>> own = StoredText.objects(json, "code", "coding");
        return codes.stream()
                .allMatch(some -> some.stream().anyMatch(token -> own.stream().anyMatch(token::fits)));
    }

    private static boolean fitsNames(byte[] json, List<List<String>> wanted, String half) {
        if (wanted.isEmpty()) {
            return true;
        }
        List<String> own =
                StoredText.texts(json, "name", half).stream().map(Trait::plain).toList();
        return wanted.stream()
                .allMatch(some -> some.stream()
                        .map(Trait::plain)
                        .anyMatch(start -> own.stream().anyMatch(name -> name.startsWith(start))));
    }

    private boolean fitsDays(byte[] json) {
        return birthDates.isEmpty()
                || birthDates.stream()
                        .allMatch(some ->
                                StoredText.texts(json, "birthDate").stream().anyMatch(some::contains));
    }
}
