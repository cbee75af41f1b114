package trimaran.station.fhir;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.fhir.Criterion.Asked;

/**
 * What a search asks for. Of each parameter one value must be true; all parameters must (R4 search: comma is or, repetition is
 * and). Some parameters also say where to look; a list in each of these holds the alternatives of one parameter.
 *
 * @param ids ids asked for
 * @param identifiers identifiers asked for with system and value
 * @param patients ids of the patients resources are about
 * @param people what an index of people is asked, one after the other; empty if nothing here is about people
 */
record Criteria(
        List<List<String>> ids,
        List<List<Trait>> identifiers,
        List<List<String>> patients,
        List<PersonQuery> people,
        List<Criterion> all) {

    static Criteria parse(Call call, ZoneId zone) throws RefusedException {
        Map<String, SearchParameter> known = SearchTable.of(call.address().type());
        List<Asked> asked = new ArrayList<>();
        for (Parameters.Parameter one : call.address().parameters().all()) {
            if (!Page.isParameter(one.name())) {
                asked.add(asked(one, known));
            }
        }
        List<List<String>> ids = new ArrayList<>(1);
        List<List<Trait>> identifiers = new ArrayList<>(1);
        List<List<String>> patients = new ArrayList<>(1);
        List<Criterion> all = new ArrayList<>(asked.size());
        for (Asked one : asked) {
            Criterion criterion = Criterion.of(one, call, zone);
            all.add(criterion);
            if (one.parameter().text().equals(SearchTable.ID)) {
                ids.add(one.values());
            } else if (one.name().equals(SearchTable.IDENTIFIER)) {
                identifiers.add(traits(one));
            } else if (SearchTable.isPatient(one.parameter().text())
                    && criterion instanceof ReferenceCriterion reference) {
                patients.add(reference.patients());
            }
        }
        return new Criteria(ids, identifiers, patients, people(call.address().type(), asked), all);
    }

    /** Whether a name in a URL is one of these parameters, whatever stands behind its colon. */
    static boolean isKnown(String type, String name) {
        int colon = name.indexOf(':');
        return SearchTable.of(type).containsKey(colon < 0 ? name : name.substring(0, colon));
    }

    private static Asked asked(Parameters.Parameter one, Map<String, SearchParameter> known) throws RefusedException {
        int colon = one.name().indexOf(':');
        SearchParameter parameter =
                known.get(colon < 0 ? one.name() : one.name().substring(0, colon));
        if (parameter == null) {
            throw RefusedException.at(Code.BAD_PARAMETER, one.name(), "this parameter is not supported here");
        }
        List<String> values = split(one.value());
        Asked asked = new Asked(parameter, colon < 0 ? "" : one.name().substring(colon + 1), values);
        if (values.size() > DoorLimits.ALTERNATIVES_MAX) {
            throw asked.refusal("at most " + DoorLimits.ALTERNATIVES_MAX + " alternatives");
        }
        if (values.contains("")) {
            throw asked.refusal("this parameter needs a value");
        }
        return asked;
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

    private static List<Trait> traits(Asked asked) throws RefusedException {
        List<Trait> traits = new ArrayList<>(1);
        for (String text : asked.values()) {
            traits.add(Locator.identifier(text, asked.name()));
        }
        return traits;
    }

    /**
     * An index of people knows beginnings of names and whole days: it is asked for each alternative, answers too much rather than too
     * little, and what it cannot be asked for at all is refused rather than answered with nobody.
     */
    private static List<PersonQuery> people(String type, List<Asked> asked) throws RefusedException {
        Set<String> about = new LinkedHashSet<>();
        asked.forEach(one -> about.add(one.parameter().text()));
        about.retainAll(Set.of("family", "given", "name", "birthdate"));
        if (!type.equals("Patient") || about.isEmpty()) {
            return List.of();
        }
        List<String> days = begun(asked, "birthdate").stream()
                .map(day -> day.startsWith("eq") ? day.substring(2) : day)
                .toList();
        boolean whole = !days.isEmpty() && days.stream().allMatch(day -> day.matches("\\d{4}-\\d{2}-\\d{2}"));
        String day = whole && days.size() == 1 ? days.getFirst() : "";
        List<String> givens = begun(asked, "given");
        String given = givens.size() == 1 ? Trait.plain(givens.getFirst()) : "";
        List<PersonQuery> queries = new ArrayList<>();
        for (String family : begun(asked, "family")) {
            queries.add(new PersonQuery(Trait.plain(family), given, family, day));
        }
        if (queries.isEmpty()) {
            givens.forEach(one -> queries.add(new PersonQuery("", Trait.plain(one), "", day)));
        }
        if (queries.isEmpty()) {
            for (String name : begun(asked, "name")) {
                queries.add(new PersonQuery(Trait.plain(name), "", name, day));
                queries.add(new PersonQuery("", Trait.plain(name), "", day));
            }
        }
        if (queries.isEmpty() && whole) {
            days.forEach(one -> queries.add(new PersonQuery("", "", "", one)));
        }
        if (queries.isEmpty()) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    about.iterator().next(),
                    "beside this a search of patients names the beginning of a name, or a whole birth date");
        }
        return queries;
    }

    /** The alternatives of a parameter that each are the beginning of what is looked for; none if it is not asked for so. */
    private static List<String> begun(List<Asked> asked, String name) {
        return asked.stream()
                .filter(some -> some.parameter().text().equals(name))
                .filter(some -> some.modifier().isEmpty() || some.modifier().equals("exact"))
                .map(Asked::values)
                .filter(values ->
                        values.stream().noneMatch(value -> Trait.plain(value).isEmpty()))
                .findFirst()
                .orElse(List.of());
    }

    boolean fits(ResourceVersion version) {
        for (Criterion criterion : all) {
            if (!criterion.fits(version)) {
                return false;
            }
        }
        return true;
    }
}
