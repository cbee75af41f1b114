package trimaran.station;

import java.util.List;
import trimaran.kernel.ResourceId;

/** An admission of somebody nobody knows, as a door writes it. */
final class NewcomerWords {

    static final String PATIENT_URL = "urn:uuid:00000000-0000-4000-8000-000000000001";

    static final String PATIENT = """
            {"resourceType":"Patient","identifier":[{"system":"urn:ipp","value":"970017"}],
             "name":[{"family":"Inconnu","given":["X"]}],"birthDate":"1970-01-01"}""";

    private NewcomerWords() {}

    static String encounter(String patient, ResourceId place, String more) {
        return """
            {"resourceType":"Encounter"%s,"status":"in-progress","class":{"code":"IMP"},"subject":{"reference":"%s"},
             "period":{"start":"2026-03-01T10:00:00Z"},
             "location":[{"location":{"reference":"Location/%s"},"status":"active"}]}""".formatted(more, patient, place);
    }

    static Transaction admission(ResourceId place) {
        String visit = ",\"identifier\":[{\"system\":\"urn:sejour\",\"value\":\"98\"}]";
        return Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(PATIENT), PATIENT_URL, List.of(), ""),
                new Transaction.Change.Create(FakeHospital.resource(encounter(PATIENT_URL, place, visit)))));
    }
}
