package trimaran.station.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.model.JsonTree;
import trimaran.model.Resource;
import trimaran.model.StrictParser;

/** FHIR resources on their way into the record (R4 json), as maps, lists and texts. What says nothing is left out: FHIR knows no empty element. */
final class Json {

    static final String LOINC = "http://loinc.org";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String ATC = "http://www.whocc.no/atc";
    static final String ROUTES = "http://standardterms.edqm.eu";
    static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category";

    /** By which a person's badge is named where a resource says who did something. */
    static final String BADGE = "urn:trimaran:badge";

    private static final String HTEST = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    private Json() {}

    /** Names and values in turn. */
    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (!isEmpty(pairs[i + 1])) {
                map.put(pairs[i].toString(), pairs[i + 1]);
            }
        }
        return map;
    }

    /** A new resource; that of an invented hospital says that it is about nobody (v3 ActReason, HTEST). */
    static Map<String, Object> resource(String type, boolean fictive, Object... pairs) {
        Map<String, Object> map = of("resourceType", type);
        if (fictive) {
            map.put("meta", of("tag", list(of("system", HTEST, "code", "HTEST", "display", "fictif"))));
        }
        map.putAll(of(pairs));
        return map;
    }

    static List<Object> list(Object... items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            if (!isEmpty(item)) {
                list.add(item);
            }
        }
        return list;
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isBlank();
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** A number as it is spelt. */
    static JsonTree.Literal number(String spelt) {
        return new JsonTree.Literal(spelt);
    }

    static Map<String, Object> words(String text) {
        return of("text", text);
    }

    static Map<String, Object> concept(String system, String code, String text) {
        return of("coding", list(of("system", system, "code", code, "display", text)), "text", text);
    }

    /** @param ucum empty where the unit has no code a machine could convert */
    static Map<String, Object> quantity(String value, String unit, String ucum) {
        return of("value", number(value), "unit", unit, "system", ucum.isEmpty() ? "" : UCUM, "code", ucum);
    }

    static Map<String, Object> reference(String to) {
        return of("reference", to);
    }

    /** A moment to the second, with the offset of the hospital's clocks. */
    static String time(Instant moment, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                moment.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /** Through the same strict check as what comes from outside. */
    static Outcome<Resource> checked(Map<String, Object> resource) {
        return StrictParser.parse(JsonTree.write(resource));
    }
}
