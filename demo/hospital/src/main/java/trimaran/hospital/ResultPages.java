package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Laboratory results of the last days and what is still waited for; each order knows its results. */
final class ResultPages {

    /** From the needle to the result. */
    private static final int ANALYSIS_MINUTES = 68;

    private static final int DRAWS_TOLD = 2;
    private static final int CRITICAL_PERCENT = 3;
    private static final int IMAGING_PERCENT = 45;
    private static final int PENDING_PERCENT = 22;

    /** What is asked for and not there yet. */
    private static final List<String> AWAITED = List.of(
            "Scanner thoraco-abdominal",
            "Échographie cardiaque",
            "Examen cytobactériologique des urines",
            "Avis de diététicienne",
            "Radiographie de contrôle",
            "Groupe sanguin, deuxième détermination");

    private final Chart chart;
    private final Resident resident;
    private final Moments moments;
    private final Chance chance;
    private final Map<String, Double> usual = new HashMap<>();

    ResultPages(Chart chart) {
        this.chart = chart;
        this.resident = chart.resident();
        this.moments = chart.moments();
        this.chance = chart.chance();
    }

    void write() {
        List<LocalDateTime> draws = draws();
        boolean critical = chance.percent(CRITICAL_PERCENT);
        for (int i = 0; i < draws.size(); i++) {
            boolean last = i == draws.size() - 1;
            draw(draws.get(i), critical && last);
        }
        boolean fever = resident.reason().course().isFever();
        if (fever && chart.hoursSince(moments.now()) < 72) {
            order("Hémocultures, 2 flacons", resident.begin().plusMinutes(35), "active", true);
        }
        if (chance.percent(PENDING_PERCENT)) {
            order(chance.pick(AWAITED), moments.now().minusMinutes(chance.between(90, 900)), "active", false);
        }
        if (chance.percent(IMAGING_PERCENT)) {
            imaging();
        }
    }

    /** When blood was taken: on coming in, and in the morning. */
    private List<LocalDateTime> draws() {
        List<LocalDateTime> draws = new ArrayList<>(List.of(resident.begin().plusMinutes(35)));
        for (int day = -3; day <= 0; day++) {
            LocalDateTime morning = moments.at(day, 6, 20).plusMinutes(chance.below(35));
            if (morning.isAfter(resident.begin().plusHours(9)) && moments.hasCome(morning) && (day == 0 || day == -2)) {
                draws.add(morning);
            }
        }
        return draws.subList(Math.max(0, draws.size() - DRAWS_TOLD), draws.size());
    }

    private void draw(LocalDateTime drawn, boolean critical) {
        LocalDateTime issued = drawn.plusMinutes(ANALYSIS_MINUTES);
        boolean there = moments.hasCome(issued);
        String order = order("Bilan sanguin", drawn.minusMinutes(20), there ? "completed" : "active", true);
        if (!there) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        resident.reason().panels().forEach(panel -> keys.addAll(Analysis.panel(panel)));
        double settled = resident.reason().course().settled(chart.hoursSince(drawn));
        List<String> results = new ArrayList<>();
        for (String key : keys) {
            Analysis analysis = Analysis.of(key);
            double value = critical && key.equals("K") ? potassium() : value(analysis, settled);
            results.add(Fhir.reference(result(analysis, value, drawn, issued, order)));
        }
        chart.add(
                "DiagnosticReport",
                Fhir.list("basedOn", Fhir.reference(order)),
                Fhir.text("status", "final"),
                Fhir.list("category", Fhir.concept(Systems.HL7 + "v2-0074", "LAB", "Laboratoire")),
                Fhir.raw("code", Fhir.concept(Systems.LOINC, "11502-2", "Bilan sanguin")),
                chart.subject(),
                chart.during(),
                Fhir.text("effectiveDateTime", Moments.text(drawn)),
                Fhir.text("issued", Moments.text(issued)),
                Fhir.list("result", results));
    }

    /** Too low for who loses it, too high for the others: somebody is called. */
    private double potassium() {
        boolean loses = resident.reason().drugs().stream().anyMatch(drug -> drug.startsWith("furosemide"));
        return loses ? chance.between(2.4, 2.7) : chance.between(6.1, 6.6);
    }

    private double value(Analysis analysis, double settled) {
        double base = usual.computeIfAbsent(analysis.key(), none -> analysis.usual(chance));
        double wobble = chance.between(0.97, 1.03);
        for (Course.Shift shift : resident.reason().course().shifts()) {
            if (shift.analysis().equals(analysis.key())) {
                double spread = 0.85 + (base - Math.floor(base)) * 0.3;
                return shift.at(settled) * wobble * spread;
            }
        }
        return base * wobble;
    }

    private String result(Analysis analysis, double value, LocalDateTime drawn, LocalDateTime issued, String order) {
        String text = Fhir.number(value, analysis.decimals());
        String flag = analysis.flag(Double.parseDouble(text));
        return chart.add(
                "Observation",
                Fhir.list("basedOn", Fhir.reference(order)),
                Fhir.text("status", "final"),
                Fhir.list("category", Fhir.concept(Systems.HL7 + "observation-category", "laboratory", "Laboratoire")),
                Fhir.raw("code", Fhir.concept(Systems.LOINC, analysis.loinc(), analysis.name())),
                chart.subject(),
                chart.during(),
                Fhir.text("effectiveDateTime", Moments.text(drawn)),
                Fhir.text("issued", Moments.text(issued)),
                Fhir.list("performer", Fhir.object(Fhir.text("display", "Laboratoire central"))),
                Fhir.raw("valueQuantity", Fhir.quantity(text, analysis.unit(), analysis.ucum())),
                Fhir.list(
                        "interpretation",
                        flag.equals("N")
                                ? ""
                                : Fhir.concept(Systems.HL7 + "v3-ObservationInterpretation", flag, words(flag))),
                Fhir.list("referenceRange", range(analysis)));
    }

    private static String words(String flag) {
        return switch (flag) {
            case "LL" -> "Bas, critique";
            case "L" -> "Bas";
            case "H" -> "Haut";
            default -> "Haut, critique";
        };
    }

    private static String range(Analysis analysis) {
        return Fhir.object(
                Double.isNaN(analysis.low()) ? "" : Fhir.raw("low", bound(analysis, analysis.low())),
                Fhir.raw("high", bound(analysis, analysis.high())));
    }

    private static String bound(Analysis analysis, double value) {
        return Fhir.quantity(Fhir.number(value, 1), analysis.unit(), analysis.ucum());
    }

    private String order(String words, LocalDateTime authored, String status, boolean laboratory) {
        LocalDateTime asked = authored.isAfter(resident.begin()) ? authored : resident.begin();
        String number = String.format(
                Locale.ROOT, "%07d-%02d", resident.number(), chart.entries().size());
        return chart.add(
                "ServiceRequest",
                Fhir.list("identifier", laboratory ? Fhir.identifier(Systems.ORDER, number) : ""),
                Fhir.text("status", status),
                Fhir.text("intent", "order"),
                Fhir.list(
                        "category",
                        laboratory ? Fhir.concept(Systems.SNOMED, "108252007", "Laboratoire") : Fhir.concept("Examen")),
                Fhir.raw("code", Fhir.concept(words)),
                chart.subject(),
                chart.during(),
                Fhir.text("authoredOn", Moments.text(asked)),
                Fhir.raw("requester", chart.somebody("interne")));
    }

    private void imaging() {
        LocalDateTime done = resident.begin().plusMinutes(95);
        LocalDateTime issued = done.plusMinutes(80);
        if (!moments.hasCome(issued)) {
            return;
        }
        boolean lungs = resident.reason().course().saturation().from() < 92;
        String conclusion = lungs
                ? "Opacités des bases, prédominant à droite, sans épanchement notable. À confronter à la clinique."
                : "Pas de foyer parenchymateux ni d'épanchement. Silhouette cardiaque de taille normale.";
        chart.add(
                "DiagnosticReport",
                Fhir.text("status", "final"),
                Fhir.list("category", Fhir.concept(Systems.HL7 + "v2-0074", "RAD", "Imagerie")),
                Fhir.raw("code", Fhir.concept(Systems.LOINC, "36643-5", "Radiographie du thorax")),
                chart.subject(),
                chart.during(),
                Fhir.text("effectiveDateTime", Moments.text(done)),
                Fhir.text("issued", Moments.text(issued)),
                Fhir.text("conclusion", conclusion));
    }
}
