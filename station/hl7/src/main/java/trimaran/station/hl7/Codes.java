package trimaran.station.hl7;

import java.util.Map;

/** Coded values of a message as FHIR's CodeableConcept (HL7 2.5, CE and CWE data types). */
final class Codes {

    private Codes() {}

    static Map<String, Object> concept(Value value) {
        String text = value.component(2).isEmpty() ? value.component(1) : value.component(2);
        return Json.object(
                "coding",
                Json.list(
                        coding(value.component(3), value.component(1), value.component(2)),
                        coding(value.component(6), value.component(4), value.component(5))),
                "text",
                text);
    }

    private static Map<String, Object> coding(String system, String code, String display) {
        String plain = code.strip().replaceAll("\\s+", " ");
        return plain.isEmpty() ? Map.of() : Json.object("system", system(system), "code", plain, "display", display);
    }

    private static String system(String name) {
        return switch (name) {
            case "LN", "LOINC" -> "http://loinc.org";
            case "UCUM" -> "http://unitsofmeasure.org";
            case "SCT", "SNM" -> "http://snomed.info/sct";
            case "" -> "";
            default -> Vocabulary.authority(name);
        };
    }

    static Map<String, Object> unit(Value unit) {
        String code = unit.component(1);
        return Json.object(
                "unit",
                unit.component(2).isEmpty() ? code : unit.component(2),
                "system",
                unit.component(3).equals("UCUM") ? system("UCUM") : "",
                "code",
                unit.component(3).equals("UCUM") ? code : "");
    }
}
