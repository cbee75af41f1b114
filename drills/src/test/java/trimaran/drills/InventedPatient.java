package trimaran.drills;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A patient's whole file as other systems send it, from a seed: deep resources with contained ones, extensions, primitive
 * extensions, numbers in unusual spelling, long texts, letters of many scripts. Every resource has an identifier of its own,
 * by which it is found again whatever id it was given.
 */
final class InventedPatient {

    static final String SYSTEM = "urn:trimaran:invented";

    private static final String[] NUMBERS = {"1.00", "1e3", "0.0", "-0.50", "36.60", "1.5E-7", "100", "72.0", "4e+2"};
    private static final String[] WORDS = {
        "œdème",
        "Straße",
        "naïve",
        "λόγος",
        "Ærø",
        "\\u00e9t\\u00e9",
        "雨",
        "𝛼-bloquant",
        "\\\"cité\\\"",
        "l’arrêt",
        "sans\\nfin",
        "50 µg",
        "Noël",
        "Łódź",
        "dose",
        "repos",
        "reprise",
        "contrôle"
    };

    private final SplittableRandom random;
    private final String prefix;
    private final int textCharacters;
    private final String patient;
    private final String organization;
    private final String practitioner;
    private final List<String> entries = new ArrayList<>();
    private final List<String> resources = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private String stay = "";

    /**
     * @param prefix of all identifiers
     * @param count resources beside patient, organization and practitioner
     * @param textCharacters of each resource's narrative
     */
    InventedPatient(long seed, String prefix, int count, int textCharacters) {
        random = new SplittableRandom(seed);
        this.prefix = prefix;
        this.textCharacters = textCharacters;
        organization = url();
        practitioner = url();
        patient = url();
        add(organization, "Organization", organization());
        add(practitioner, "Practitioner", practitioner());
        add(patient, "Patient", patient());
        for (int i = 0; i < count; i++) {
            any(i, LocalDate.of(1948, 3, 1).plusDays(27_000L * i / count));
        }
    }

    String bundle() {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    /** As sent, in the order of the bundle. */
    List<String> resources() {
        return List.copyOf(resources);
    }

    /** By which the resource at this place refers to the others. */
    String url(int index) {
        return urls.get(index);
    }

    String identifier(int index) {
        return prefix + "-" + index;
    }

    private String url() {
        return "urn:uuid:"
                + new UUID(
                        (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L,
                        (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }

    private void add(String url, String type, String rest) {
        String json = "{\"resourceType\":\"" + type + "\",\"id\":\"x" + resources.size() + "\"," + narrative()
                + "\"identifier\":[{\"system\":\"" + SYSTEM + "\",\"value\":\"" + identifier(resources.size()) + "\"}],"
                + rest + "}";
        resources.add(json);
        urls.add(url);
        entries.add("{\"fullUrl\":\"" + url + "\",\"resource\":" + json + ",\"request\":{\"method\":\"POST\",\"url\":\""
                + type + "\"}}");
    }

    private String narrative() {
        return "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>"
                + words(textCharacters) + "</p></div>\"},";
    }

    private String words(int characters) {
        StringBuilder text = new StringBuilder(characters + 16);
        while (text.length() < characters) {
            text.append(WORDS[random.nextInt(WORDS.length)])
                    .append(' ')
                    .append(random.nextInt(1000))
                    .append(' ');
        }
        return text.toString();
    }

    private String number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static String concept(String code, String text) {
        return "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code + "\"}],\"text\":\"" + text + "\"}";
    }

    private static String reference(String url) {
        return "{\"reference\":\"" + url + "\"}";
    }

    private static String nested(String value) {
        return "\"extension\":[{\"url\":\"urn:outer\",\"extension\":[{\"url\":\"inner\",\"extension\":[{\"url\":\"deep\","
                + "\"valueDecimal\":" + value + "},{\"url\":\"when\",\"valueDate\":\"1948-03\"}]}]}]";
    }

    private String organization() {
        return "\"name\":\"Hôpital Œuvre-Bonne\",\"alias\":[null,\"HOB\"],\"_alias\":[{" + nested("0.10") + "},null]";
    }

    private String practitioner() {
        return "\"name\":[{\"family\":\"Béranger\",\"given\":[\"Zoë\"]}]";
    }

    private String patient() {
        return "\"meta\":{\"source\":\"urn:elsewhere\",\"versionId\":\"7\",\"lastUpdated\":\"2001-02-03T04:05:06Z\",\"tag\":"
                + "[{\"system\":\"urn:tag\",\"code\":\"invented\"}]}," + nested("1.00")
                + ",\"active\":true,\"name\":[{\"use\":\"official\",\"family\":\"Ångström-" + prefix
                + "\",\"_family\":{\"extension\":[{\"url\":\"urn:own-name\",\"valueString\":\"Łukasz\"}]},"
                + "\"given\":[\"Zoë\",\"Ève\"]},{\"use\":\"nickname\",\"text\":\"雨\"}],\"gender\":\"female\","
                + "\"birthDate\":\"1948-03-01\",\"_birthDate\":{\"id\":\"b1\",\"extension\":[{\"url\":"
                + "\"http://hl7.org/fhir/StructureDefinition/patient-birthTime\",\"valueDateTime\":"
                + "\"1948-03-01T04:05:06.70+01:00\"}]},\"address\":[{\"line\":[\"3, rue de l’Île\"],\"city\":\"Évreux\"}],"
                + "\"contact\":[{\"name\":{\"family\":\"Ångström\"},\"telecom\":[{\"system\":\"phone\",\"value\":\"+33 1\"}]}],"
                + "\"managingOrganization\":" + reference(organization) + ",\"generalPractitioner\":["
                + reference(practitioner) + "]";
    }

    private void any(int index, LocalDate day) {
        String url = url();
        String about = "\"subject\":" + reference(patient) + ",";
        String within = stay.isEmpty() ? "" : "\"encounter\":" + reference(stay) + ",";
        if (index % 40 == 0) {
            stay = url;
            add(
                    url,
                    "Encounter",
                    about + "\"status\":\"finished\",\"class\":{\"code\":\"" + (index % 200 == 0 ? "IMP" : "AMB")
                            + "\"},\"period\":{\"start\":\"" + day + "T08:00:00+01:00\",\"end\":\"" + day
                            + "T18:30:00.000+01:00\"},\"serviceProvider\":" + reference(organization));
            return;
        }
        switch (index % 8) {
            case 1 ->
                add(
                        url,
                        "Condition",
                        about + within + "\"code\":" + concept("C" + index % 90, "état fébrile")
                                + ",\"onsetAge\":{\"value\":" + number() + ",\"unit\":\"a\"}");
            case 2 ->
                add(
                        url,
                        "MedicationRequest",
                        about + within + "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"ingredient\":"
                                + "[{\"itemCodeableConcept\":{\"text\":\"amoxicilline\"},\"strength\":{\"numerator\":{\"value\":"
                                + number()
                                + "},\"denominator\":{\"value\":1.0}}}]}],\"status\":\"completed\",\"intent\":"
                                + "\"order\",\"medicationReference\":{\"reference\":\"#m\"},\"authoredOn\":\"" + day
                                + "\",\"requester\":" + reference(practitioner));
            case 3 ->
                add(
                        url,
                        "DiagnosticReport",
                        about + within + "\"status\":\"final\",\"code\":" + concept("58410-2", "NFS")
                                + ",\"effectiveDateTime\":\"" + day + "\",\"conclusion\":\"" + words(200)
                                + "\",\"presentedForm\":[{\"contentType\":\"text/plain\",\"data\":\"w6l0w6k=\"}]");
            case 4 ->
                add(
                        url,
                        "Procedure",
                        about + within + "\"status\":\"completed\",\"code\":{\"text\":\"suture\"},\"performedPeriod\":"
                                + "{\"start\":\"" + day + "\"},\"note\":[{\"text\":\"" + words(80) + "\"}]");
            default ->
                add(
                        url,
                        "Observation",
                        about + within + "\"status\":\"final\",\"_status\":{\"id\":\"s\"},\"code\":"
                                + concept("8310-5", "température") + ",\"effectiveDateTime\":\"" + day
                                + "T10:00:00.123456+02:00\",\"valueQuantity\":{\"value\":" + number()
                                + ",\"unit\":\"°C\"},\"component\":[{\"code\":{\"text\":\"a\"},\"valueQuantity\":{\"value\":"
                                + number()
                                + "}},{\"code\":{\"text\":\"b\"},\"dataAbsentReason\":{\"text\":\"non mesuré\"},"
                                + nested(number()) + "}],\"performer\":[" + reference(practitioner) + "]");
        }
    }
}
