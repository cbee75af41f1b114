package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import trimaran.model.ElementTable;
import trimaran.station.ResourceVersion;
import trimaran.station.fhir.SearchParameter.Path;

/** What a resource refers to (R4 search, reference): {@code Type/id}, this door's URL of it, or an id alone. */
record ReferenceCriterion(List<Path> paths, List<String> wanted) implements Criterion {

    private static final String PATIENT_TYPE = "Patient";

    static Criterion of(Asked asked, Call call) throws RefusedException {
        boolean ofPatient = SearchTable.isPatient(asked.parameter().text());
        String type = ofPatient ? PATIENT_TYPE : asked.modifier();
        boolean known = asked.modifier().isEmpty() || ElementTable.r4().isResourceType(asked.modifier());
        if (!known
                || (ofPatient
                        && !asked.modifier().isEmpty()
                        && !asked.modifier().equals(PATIENT_TYPE))) {
            throw asked.refusal("of the modifiers of a reference this door knows :missing and a resource type");
        }
        List<String> wanted = new ArrayList<>(1);
        for (String text : asked.values()) {
            wanted.addAll(stored(asked, call, text, type));
        }
        return new ReferenceCriterion(asked.parameter().paths(), wanted);
    }

    /** As the record keeps such a reference; none if nobody knows what is meant. */
    private static List<String> stored(Asked asked, Call call, String text, String typeAsked) throws RefusedException {
        String own = call.base() + "/";
        String relative = text.startsWith(own) ? text.substring(own.length()) : text;
        int slash = relative.indexOf('/');
        String type = slash < 0 ? typeAsked : relative.substring(0, slash);
        String id = relative.substring(slash + 1);
        boolean contradicts = !typeAsked.isEmpty() && !type.equals(typeAsked);
        if (!Address.isId(id)
                || contradicts
                || (slash >= 0 && !ElementTable.r4().isResourceType(type))) {
            throw asked.refusal(
                    "expected a reference, as in " + (typeAsked.isEmpty() ? PATIENT_TYPE : typeAsked) + "/1");
        }
        if (type.isEmpty()) {
            // Any type: what is kept ends so.
            return List.of("/" + id);
        }
        return Locator.find(call.view(), type, id).map(found -> type + "/" + found).stream()
                .toList();
    }

    @Override
    public boolean fits(ResourceVersion version) {
        byte[] json = version.json().unsafeArray();
        for (Path path : paths) {
            for (String own : StoredText.texts(json, path.below("reference"))) {
                if (wanted.stream().anyMatch(one -> one.startsWith("/") ? own.endsWith(one) : own.equals(one))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Ids of patients among what is wanted. */
    List<String> patients() {
        return wanted.stream()
                .filter(one -> one.startsWith(PATIENT_TYPE + "/"))
                .map(one -> one.substring(PATIENT_TYPE.length() + 1))
                .toList();
    }
}
