package trimaran.station.fhir;

import java.util.List;
import java.util.TreeSet;

/** The CapabilityStatement (R4 capabilitystatement), made from the routing table: what is not stated is not there. */
final class Capabilities {

    private Capabilities() {}

    /** @param base the address of the door */
    static byte[] statement(String base) {
        JsonBytes out = new JsonBytes(128 << 10);
        out.raw("{\"resourceType\":\"CapabilityStatement\",\"status\":\"active\",\"date\":\"2026-11-23\",");
        out.raw("\"kind\":\"instance\",\"software\":{\"name\":\"Trimaran\"},\"implementation\":{\"description\":");
        out.raw("\"FHIR door of a Trimaran station\",\"url\":").text(base);
        out.raw("},\"fhirVersion\":\"4.0.1\",\"format\":[\"application/fhir+json\",\"json\"],\"rest\":[{");
        out.raw("\"mode\":\"server\",\"security\":{\"description\":");
        out.text("Every request but this one carries Authorization: Bearer tri_<client>_<secret>.");
        out.raw("},\"resource\":[");
        String comma = "";
        for (String type : new TreeSet<>(Address.keptTypes())) {
            out.raw(comma);
            resource(out, type);
            comma = ",";
        }
        return out.raw("],\"interaction\":[{\"code\":\"transaction\"},{\"code\":\"batch\"}]}]}")
                .toArray();
    }

    private static void resource(JsonBytes out, String type) {
        out.raw("{\"type\":\"").raw(type).raw("\",\"interaction\":[");
        String comma = "";
        for (Interaction interaction : Interaction.values()) {
            if (!interaction.code().isEmpty()) {
                out.raw(comma).raw("{\"code\":\"").raw(interaction.code()).raw("\"}");
                comma = ",";
            }
        }
        out.raw("],\"versioning\":\"versioned-update\",\"readHistory\":true,\"updateCreate\":true,");
        out.raw("\"conditionalCreate\":true,\"conditionalRead\":\"not-match\",\"conditionalUpdate\":true,");
        out.raw("\"conditionalDelete\":\"not-supported\",\"searchParam\":[");
        List<SearchParameter> parameters = List.copyOf(SearchTable.of(type).values());
        for (int i = 0; i < parameters.size(); i++) {
            SearchParameter parameter = parameters.get(i);
            out.raw(i == 0 ? "" : ",").raw("{\"name\":\"").raw(parameter.text()).raw("\",\"type\":\"");
            out.raw(parameter.kind().word()).raw("\"}");
        }
        out.raw("]");
        List<String> includes = Includes.of(type);
        for (int i = 0; i < includes.size(); i++) {
            out.raw(i == 0 ? ",\"searchInclude\":[\"" : "\",\"").raw(includes.get(i));
        }
        out.raw(includes.isEmpty() ? "" : "\"]");
        if (type.equals("Patient")) {
            out.raw(",\"operation\":[{\"name\":\"everything\",\"definition\":");
            out.raw("\"http://hl7.org/fhir/OperationDefinition/Patient-everything\"}]");
        }
        if (type.equals("Location")) {
            out.raw(",\"operation\":[{\"name\":\"ward-pack\",\"definition\":");
            out.raw("\"urn:trimaran:operation:ward-pack\"}]");
        }
        out.raw("}");
    }
}
