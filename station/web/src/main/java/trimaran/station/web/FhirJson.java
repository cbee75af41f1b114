package trimaran.station.web;

import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.Resource;

/** What forms of admission and movements put into resources, beside what {@link Json} makes for all. */
final class FhirJson {

    /** By what changes of one transaction refer to the patient it makes. */
    static final String PATIENT_URL = "urn:uuid:00000000-0000-4000-8000-000000000001";

    private FhirJson() {}

    static Map<String, Object> coding(String system, String code) {
        return Json.of("system", system, "code", code);
    }

    static Map<String, Object> concept(String system, String code) {
        return Json.of("coding", Json.list(coding(system, code)));
    }

    /** What is invented says so, so that nobody takes it for a person (v3 ActReason, HTEST). */
    static Map<String, Object> meta(boolean demo) {
        return demo
                ? Json.of("tag", Json.list(coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST")))
                : Map.of();
    }

    /** What forms make of checked fields is a resource, or this program is broken. */
    static Resource resource(Map<String, Object> json) {
        return switch (Json.checked(json)) {
            case Outcome.Done<Resource>(Resource resource) -> resource;
            case Outcome.Refused<Resource>(Refusal refusal) ->
                throw new IllegalStateException("a form made no resource: " + refusal.code() + " " + refusal.place());
        };
    }
}
