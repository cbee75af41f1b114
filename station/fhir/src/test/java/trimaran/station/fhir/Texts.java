package trimaran.station.fhir;

/** Resources for tests. */
final class Texts {

    private Texts() {}

    static String patient(String family, String given, String born) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:ipp\",\"value\":\"" + family
                + "\"}],\"name\":[{\"family\":\"" + family + "\",\"given\":[\"" + given + "\"]}],\"birthDate\":\""
                + born
                + "\"}";
    }

    static String observation(String subject, String code) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
                + "\"code\":\"" + code + "\"}]},\"subject\":{\"reference\":\"" + subject + "\"}}";
    }

    static String entry(String fullUrl, String resource, String method, String url, String more) {
        return "{" + (fullUrl.isEmpty() ? "" : "\"fullUrl\":\"" + fullUrl + "\",")
                + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",")
                + "\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"" + more + "}}";
    }

    static String bundle(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }
}
