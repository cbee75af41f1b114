package trimaran.station.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.JsonTree;
import trimaran.model.Resource;
import trimaran.model.StrictParser;

/** Resources as forms make them: maps of names and values, in which nothing empty is written. */
final class FhirJson {

    /** By what changes of one transaction refer to the patient it makes. */
    static final String PATIENT_URL = "urn:uuid:00000000-0000-4000-8000-000000000001";

    private FhirJson() {}

    /** Names and values in turn; a value that says nothing leaves its name out. */
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (!isEmpty(pairs[i + 1])) {
                map.put(pairs[i].toString(), pairs[i + 1]);
            }
        }
        return map;
    }

    /** The items that say something. */
    static List<Object> list(Object... items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            if (!isEmpty(item)) {
                list.add(item);
            }
        }
        return list;
    }

    static Map<String, Object> reference(String to) {
        return object("reference", to);
    }

    static Map<String, Object> coding(String system, String code) {
        return object("system", system, "code", code);
    }

    static Map<String, Object> concept(String system, String code) {
        return object("coding", list(coding(system, code)));
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isBlank();
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** What is invented says so, so that nobody takes it for a person (v3 ActReason, HTEST). */
    static Map<String, Object> meta(boolean demo) {
        return demo
                ? object("tag", list(coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST")))
                : Map.of();
    }

    /** Through the same strict check as what comes from outside. */
    static Outcome<Resource> checked(Map<String, Object> json) {
        return StrictParser.parse(JsonTree.write(json));
    }

    /** What forms make of checked fields is a resource, or this program is broken. */
    static Resource resource(Map<String, Object> json) {
        return switch (checked(json)) {
            case Outcome.Done<Resource>(Resource resource) -> resource;
            case Outcome.Refused<Resource>(Refusal refusal) ->
                throw new IllegalStateException("a form made no resource: " + refusal.code() + " " + refusal.place());
        };
    }
}
