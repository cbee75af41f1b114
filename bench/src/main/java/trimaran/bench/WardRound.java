package trimaran.bench;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Invented patients as FHIR R4, always the same for the same seed: one stay of thirty resources in some forty kilobytes, as a
 * hospital's interface would send it.
 */
final class WardRound {

    /** Resources of one stay: patient, encounter, problems, allergy, prescriptions, measurements, results, reports. */
    static final int RESOURCES = 30;

    static final String PATIENTS = "urn:trimaran:bench:ipp";

    private static final String LOINC = "http://loinc.org";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    private static final String[] GIVEN = {
        "Adèle", "Basile", "Camille", "Denis", "Élise", "Fabien", "Gaëlle", "Henri", "Inès", "Joseph", "Léa", "Marius",
        "Noémie"
    };
    private static final String[] FIRST = {
        "Bar", "Ber", "Cha", "Del", "Fau", "Gar", "Lam", "Mar", "Per", "Rou", "Tes", "Vau"
    };
    private static final String[] MIDDLE = {"bi", "che", "don", "gue", "lan", "mé", "no", "quet", "ri", "ven"};
    private static final String[] LAST = {"ard", "eau", "ier", "in", "on", "ot", "oux", "y"};

    private record Measured(
            String code, String name, String unit, double from, double to, int decimals, boolean result) {}

    private static final List<Measured> MEASURED = List.of(
            new Measured("8867-4", "Fréquence cardiaque", "/min", 52, 118, 0, false),
            new Measured("9279-1", "Fréquence respiratoire", "/min", 10, 30, 0, false),
            new Measured("8310-5", "Température corporelle", "Cel", 35.9, 39.6, 1, false),
            new Measured("2708-6", "Saturation en oxygène", "%", 88, 100, 0, false),
            new Measured("29463-7", "Poids", "kg", 44, 118, 1, false),
            new Measured("8302-2", "Taille", "cm", 148, 199, 0, false),
            new Measured("8480-6", "Pression artérielle systolique", "mm[Hg]", 92, 178, 0, false),
            new Measured("8462-4", "Pression artérielle diastolique", "mm[Hg]", 48, 104, 0, false),
            new Measured("718-7", "Hémoglobine", "g/dL", 8.2, 17.4, 1, true),
            new Measured("4544-3", "Hématocrite", "%", 27, 52, 1, true),
            new Measured("6690-2", "Leucocytes", "10*3/uL", 2.9, 16.5, 1, true),
            new Measured("777-3", "Plaquettes", "10*3/uL", 95, 440, 0, true),
            new Measured("14749-6", "Glucose", "mmol/L", 3.2, 14.5, 1, true),
            new Measured("14682-9", "Créatinine", "umol/L", 42, 260, 0, true),
            new Measured("22664-7", "Urée", "mmol/L", 2.1, 18.9, 1, true),
            new Measured("2951-2", "Sodium", "mmol/L", 127, 150, 0, true),
            new Measured("2823-3", "Potassium", "mmol/L", 2.9, 6.0, 1, true),
            new Measured("2075-0", "Chlorures", "mmol/L", 94, 113, 0, true),
            new Measured("1742-6", "Alanine aminotransférase", "U/L", 7, 150, 0, true),
            new Measured("1988-5", "Protéine C réactive", "mg/L", 0.4, 190, 1, true));

    private final long seed;
    private final int number;
    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder(48_000);
    private final String patient;
    private final String encounter;
    private final LocalDateTime start;

    private WardRound(long seed, int number) {
        this.seed = seed;
        this.number = number;
        this.random = new SplittableRandom(seed * 6_364_136_223L + number);
        this.patient = uuid();
        this.encounter = uuid();
        this.start = LocalDateTime.of(2026, 1, 5, 7, 30).plusMinutes(random.nextInt(300_000));
    }

    /** The family name of a patient, shared with a few others. */
    static String family(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        return FIRST[random.nextInt(FIRST.length)]
                + MIDDLE[random.nextInt(MIDDLE.length)]
                + LAST[random.nextInt(LAST.length)];
    }

    /** The identifier a patient is found by afterwards. */
    static String identifier(long seed, int number) {
        return "B" + seed + "-" + number;
    }

    /** A transaction Bundle of one patient's stay. */
    static String bundle(long seed, int number) {
        return new WardRound(seed, number).write();
    }

    /** One measurement of a patient who is in the record already. */
    static String observation(long seed, int number, String patientReference) {
        WardRound round = new WardRound(seed, number);
        Measured measured = MEASURED.get(Math.floorMod(number, MEASURED.size()));
        return round.observation(measured, patientReference, "");
    }

    private String write() {
        text.append("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        entry(patient, "Patient", patient());
        entry(encounter, "Encounter", encounter());
        entry(uuid(), "Condition", condition("84114007", "Insuffisance cardiaque"));
        entry(uuid(), "Condition", condition("44054006", "Diabète de type 2"));
        entry(uuid(), "AllergyIntolerance", allergy());
        for (String drug : List.of("Paracétamol 1 g", "Furosémide 40 mg", "Metformine 850 mg")) {
            entry(uuid(), "MedicationRequest", prescription(drug));
        }
        List<String> results = new ArrayList<>();
        for (Measured measured : MEASURED) {
            String id = uuid();
            entry(id, "Observation", observation(measured, patient, encounter));
            if (measured.result()) {
                results.add(id);
            }
        }
        entry(uuid(), "DiagnosticReport", report("58410-2", "Hémogramme", results.subList(0, 4)));
        entry(uuid(), "DiagnosticReport", report("24323-8", "Biochimie", results.subList(4, results.size())));
        text.setCharAt(text.length() - 1, ']');
        return text.append('}').toString();
    }

    private void entry(String fullUrl, String type, String resource) {
        text.append("{\"fullUrl\":\"" + fullUrl + "\",\"resource\":" + resource
                + ",\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}},");
    }

    private String patient() {
        String family = family(seed, number);
        String given = GIVEN[random.nextInt(GIVEN.length)];
        LocalDate born = LocalDate.of(1928, 2, 1).plusDays(random.nextInt(33_000));
        return "{\"resourceType\":\"Patient\"," + narrative(given + " " + family + ", patient fictif, né(e) le " + born)
                + "\"identifier\":[{\"use\":\"usual\",\"type\":" + concept(HL7 + "v2-0203", "PI", "IPP")
                + ",\"system\":\"" + PATIENTS + "\",\"value\":\"" + identifier(seed, number) + "\"}],\"active\":true,"
                + "\"name\":[{\"use\":\"official\",\"family\":\"" + family + "\",\"given\":[\"" + given + "\"]}],"
                + "\"telecom\":[{\"system\":\"phone\",\"value\":\"01 99 00 " + (10 + random.nextInt(90))
                + " 00\",\"use\":\"home\"}],"
                + "\"gender\":\"" + (random.nextBoolean() ? "female" : "male") + "\",\"birthDate\":\"" + born + "\","
                + "\"address\":[{\"use\":\"home\",\"line\":[\"" + (1 + random.nextInt(90)) + " rue de l'Exemple\"],"
                + "\"city\":\"Ville-Fictive\",\"postalCode\":\"99" + (100 + random.nextInt(900))
                + "\",\"country\":\"FR\"}]}";
    }

    private String encounter() {
        return "{\"resourceType\":\"Encounter\"," + narrative("Hospitalisation complète depuis le " + start)
                + "\"identifier\":[{\"system\":\"urn:trimaran:bench:sejour\",\"value\":\"S" + seed + "-" + number
                + "\"}],"
                + "\"status\":\"finished\",\"class\":{\"system\":\"" + HL7 + "v3-ActCode\",\"code\":\"IMP\"},"
                + "\"type\":[" + concept(SNOMED, "32485007", "Hospitalisation") + "]," + subject(patient)
                + "\"period\":{\"start\":\"" + start + ":00Z\",\"end\":\"" + start.plusDays(1 + random.nextInt(9))
                + ":00Z\"},"
                + "\"reasonCode\":[" + concept(SNOMED, "267036007", "Dyspnée") + "]}";
    }

    private String condition(String code, String name) {
        return "{\"resourceType\":\"Condition\"," + narrative(name + ", actif, confirmé, suivi par le service")
                + "\"clinicalStatus\":" + concept(HL7 + "condition-clinical", "active", "Actif")
                + ",\"verificationStatus\":" + concept(HL7 + "condition-ver-status", "confirmed", "Confirmé")
                + ",\"code\":" + concept(SNOMED, code, name) + "," + subject(patient) + during(encounter)
                + "\"onsetDateTime\":\"" + start.minusDays(random.nextInt(3000)).toLocalDate() + "\","
                + "\"note\":[{\"text\":\"Vu à la visite du matin; traitement expliqué au patient et à sa famille.\"}]}";
    }

    private String allergy() {
        return "{\"resourceType\":\"AllergyIntolerance\"," + narrative("Allergie à la pénicilline, éruption")
                + "\"clinicalStatus\":" + concept(HL7 + "allergyintolerance-clinical", "active", "Active")
                + ",\"verificationStatus\":"
                + concept(HL7 + "allergyintolerance-verification", "confirmed", "Confirmée")
                + ",\"criticality\":\"high\",\"code\":" + concept(SNOMED, "91936005", "Allergie à la pénicilline")
                + ",\"patient\":{\"reference\":\"" + patient + "\"},\"recordedDate\":\"" + start + ":00Z\"}";
    }

    private String prescription(String drug) {
        return "{\"resourceType\":\"MedicationRequest\"," + narrative(drug + ", un comprimé matin et soir, voie orale")
                + "\"status\":\"active\",\"intent\":\"order\",\"medicationCodeableConcept\":{\"text\":\"" + drug
                + "\"},"
                + subject(patient) + during(encounter) + "\"authoredOn\":\"" + start.plusHours(2) + ":00Z\","
                + "\"requester\":{\"display\":\"Dr Exemple " + random.nextInt(40)
                + "\"},\"dosageInstruction\":[{\"sequence\":1,\"text\":\"1 comprimé matin et"
                + " soir\",\"timing\":{\"repeat\":{\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"}},"
                + "\"route\":" + concept(SNOMED, "26643006", "Voie orale")
                + ",\"doseAndRate\":[{\"doseQuantity\":{\"value\":1,\"unit\":\"comprimé\"}}]}]}";
    }

    private String observation(Measured measured, String patientReference, String encounterReference) {
        double range = measured.to() - measured.from();
        double drawn = measured.from() + random.nextDouble() * range;
        String value = String.format(Locale.ROOT, "%." + measured.decimals() + "f", drawn);
        String category = measured.result() ? "laboratory" : "vital-signs";
        String written = "{\"resourceType\":\"Observation\","
                + narrative(measured.name() + ": " + value + " " + measured.unit() + ", relevé le " + start
                        + " dans le service")
                + "\"identifier\":[{\"system\":\"urn:trimaran:bench:mesure\",\"value\":\"" + uuid().substring(9)
                + "\"}],"
                + "\"status\":\"final\",\"category\":[" + concept(HL7 + "observation-category", category, category)
                + "],"
                + "\"code\":" + concept(LOINC, measured.code(), measured.name()) + "," + subject(patientReference)
                + (encounterReference.isEmpty() ? "" : during(encounterReference))
                + "\"effectiveDateTime\":\"" + start.plusMinutes(random.nextInt(600)) + ":00Z\","
                + "\"performer\":[{\"display\":\""
                + (measured.result() ? "Laboratoire central" : "Infirmière du service") + "\"}],"
                + "\"valueQuantity\":" + quantity(value, measured.unit());
        if (!measured.result()) {
            return written + "}";
        }
        double low = measured.from() + range / 4;
        double high = measured.to() - range / 4;
        String flag = drawn < low ? "L" : drawn > high ? "H" : "N";
        return written + ",\"interpretation\":[" + concept(HL7 + "v3-ObservationInterpretation", flag, flag)
                + "],\"referenceRange\":[{\"low\":" + quantity(String.format(Locale.ROOT, "%.2f", low), measured.unit())
                + ",\"high\":" + quantity(String.format(Locale.ROOT, "%.2f", high), measured.unit())
                + ",\"text\":\"Valeurs habituelles de l'adulte, laboratoire central\"}]}";
    }

    private String report(String code, String name, List<String> results) {
        StringBuilder references = new StringBuilder();
        results.forEach(
                one -> references.append("{\"reference\":\"").append(one).append("\"},"));
        references.setLength(references.length() - 1);
        return "{\"resourceType\":\"DiagnosticReport\"," + narrative(name + ", compte rendu validé")
                + "\"status\":\"final\","
                + "\"category\":[" + concept(HL7 + "v2-0074", "LAB", "Laboratoire") + "],\"code\":"
                + concept(LOINC, code, name)
                + "," + subject(patient) + during(encounter) + "\"effectiveDateTime\":\"" + start.plusHours(1)
                + ":00Z\","
                + "\"issued\":\"" + start.plusHours(2) + ":00.000Z\",\"result\":[" + references + "],"
                + "\"conclusion\":\"Résultats relus par le biologiste; se reporter aux valeurs signalées.\"}";
    }

    private static String narrative(String words) {
        return "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>"
                + words + "</p></div>\"},";
    }

    private static String concept(String system, String code, String display) {
        return "{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\",\"display\":\"" + display
                + "\"}],\"text\":\"" + display + "\"}";
    }

    private static String quantity(String value, String unit) {
        return "{\"value\":" + value + ",\"unit\":\"" + unit + "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\""
                + unit + "\"}";
    }

    private static String subject(String reference) {
        return "\"subject\":{\"reference\":\"" + reference + "\"},";
    }

    private static String during(String reference) {
        return "\"encounter\":{\"reference\":\"" + reference + "\"},";
    }

    private String uuid() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return "urn:uuid:" + new UUID(high, low);
    }
}
