package trimaran.hospital;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A laboratory analysis of an adult.
 *
 * @param low below it a value is marked; NaN if there is no such bound
 * @param criticalLow below it somebody is called; NaN if there is no such bound
 */
record Analysis(
        String key,
        String loinc,
        String name,
        String unit,
        String ucum,
        double low,
        double high,
        double criticalLow,
        double criticalHigh,
        int decimals) {

    private static final double NONE = Double.NaN;

    static final Map<String, Analysis> ALL = List.of(
                    new Analysis("HB", "718-7", "Hémoglobine", "g/dL", "g/dL", 12, 16, 7, 20, 1),
                    new Analysis("HT", "4544-3", "Hématocrite", "%", "%", 36, 47, 20, 60, 0),
                    new Analysis("LEUCO", "6690-2", "Leucocytes", "G/L", "10*9/L", 4, 10, 1, 50, 1),
                    new Analysis("PLAQ", "777-3", "Plaquettes", "G/L", "10*9/L", 150, 400, 20, 1_000, 0),
                    new Analysis("NA", "2951-2", "Sodium", "mmol/L", "mmol/L", 136, 145, 120, 155, 0),
                    new Analysis("K", "2823-3", "Potassium", "mmol/L", "mmol/L", 3.5, 4.5, 2.8, 6, 1),
                    new Analysis("CL", "2075-0", "Chlorures", "mmol/L", "mmol/L", 98, 107, 80, 120, 0),
                    new Analysis("CREAT", "14682-9", "Créatinine", "µmol/L", "umol/L", 45, 104, NONE, 500, 0),
                    new Analysis("UREE", "22664-7", "Urée", "mmol/L", "mmol/L", 2.8, 7.2, NONE, 35, 1),
                    new Analysis("CRP", "1988-5", "Protéine C réactive", "mg/L", "mg/L", NONE, 5, NONE, NONE, 0),
                    new Analysis(
                            "TROP", "67151-1", "Troponine T hypersensible", "ng/L", "ng/L", NONE, 14, NONE, 1_000, 0),
                    new Analysis("BNP", "33762-6", "NT-proBNP", "ng/L", "ng/L", NONE, 450, NONE, NONE, 0),
                    new Analysis("INR", "6301-6", "INR", "1", "1", 0.9, 1.2, NONE, 5, 1),
                    new Analysis("ASAT", "1920-8", "ASAT", "UI/L", "[IU]/L", NONE, 35, NONE, 1_000, 0),
                    new Analysis("ALAT", "1742-6", "ALAT", "UI/L", "[IU]/L", NONE, 35, NONE, 1_000, 0),
                    new Analysis("GGT", "2324-2", "Gamma-GT", "UI/L", "[IU]/L", NONE, 40, NONE, NONE, 0),
                    new Analysis("BILI", "14631-6", "Bilirubine totale", "µmol/L", "umol/L", NONE, 21, NONE, 300, 0),
                    new Analysis("LACT", "2524-7", "Lactate", "mmol/L", "mmol/L", 0.5, 2, NONE, 4, 1),
                    new Analysis("ALB", "1751-7", "Albumine", "g/L", "g/L", 35, 50, NONE, NONE, 0))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Analysis::key, Function.identity()));

    /** What is asked for together. */
    private static final Map<String, List<String>> PANELS = Map.of(
            "NFS", List.of("HB", "HT", "LEUCO", "PLAQ"),
            "IONO", List.of("NA", "K", "CL", "CREAT", "UREE"),
            "CRP", List.of("CRP"),
            "TROP", List.of("TROP"),
            "BNP", List.of("BNP"),
            "INR", List.of("INR"),
            "FOIE", List.of("ASAT", "ALAT", "GGT", "BILI"),
            "LACT", List.of("LACT"),
            "NUT", List.of("ALB"));

    static Analysis of(String key) {
        Analysis analysis = ALL.get(key);
        if (analysis == null) {
            throw new IllegalArgumentException("no analysis is called " + key);
        }
        return analysis;
    }

    static List<String> panel(String name) {
        List<String> panel = PANELS.get(name);
        if (panel == null) {
            throw new IllegalArgumentException("no panel is called " + name);
        }
        return panel;
    }

    /** A value nobody would look at twice. */
    double usual(Chance chance) {
        double from = Double.isNaN(low) ? high * 0.2 : low + (high - low) * 0.15;
        double to = high - (high - from) * 0.15;
        return chance.between(from, to);
    }

    /** As HL7 codes it (v3 ObservationInterpretation); N if it is as usual. */
    String flag(double value) {
        if (value < criticalLow) {
            return "LL";
        }
        if (value > criticalHigh) {
            return "HH";
        }
        return value < low ? "L" : value > high ? "H" : "N";
    }
}
