package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stay: where and when, why, and what whoever comes to the bed must know first. */
final class StayPages {

    /** How long somebody lies in the emergency ward before they get a bed upstairs. */
    static final int EMERGENCY_HOURS = 4;

    private static final int OLD_YEARS = 75;
    private static final int VERY_OLD_YEARS = 88;

    private final Chart chart;
    private final Resident resident;

    StayPages(Chart chart) {
        this.chart = chart;
        this.resident = chart.resident();
    }

    void write() {
        String condition = chart.chance().urn();
        encounter(condition);
        if (resident.presence() == Presence.EXPECTED) {
            condition(condition, resident.reason().cim(), resident.reason().name(), false, resident.begin());
            return;
        }
        condition(condition, resident.reason().cim(), resident.reason().name(), false, resident.begin());
        for (Problem problem : resident.problems()) {
            LocalDateTime since = resident.begin().minusDays(chart.chance().between(200, 6_000));
            condition(chart.chance().urn(), problem.cim(), problem.name(), true, since);
        }
    }

    private void encounter(String condition) {
        Reason reason = resident.reason();
        Optional<LocalDateTime> end = resident.end();
        boolean left = resident.presence() == Presence.LEFT;
        String expected = end.isPresent() && !left
                ? Fhir.extension(Systems.EXPECTED_END, Fhir.text("valueDateTime", Moments.text(end.get())))
                : "";
        chart.addAs(
                chart.encounter(),
                "Encounter",
                Fhir.list("extension", expected),
                Fhir.list(
                        "identifier",
                        Fhir.identifier(
                                Systems.STAY, String.format(Locale.ROOT, "26%07d", 1_140_000 + resident.number()))),
                Fhir.text("status", status()),
                Fhir.raw("class", encounterClass()),
                Fhir.raw(
                        "serviceType",
                        Fhir.concept(
                                Systems.UNIT,
                                resident.ward().kind().uf(),
                                resident.ward().name())),
                chart.subject(),
                Fhir.list("participant", doctor()),
                Fhir.raw(
                        "period",
                        Fhir.period(Moments.text(resident.begin()), left ? Moments.text(end.orElseThrow()) : "")),
                Fhir.list("reasonCode", Fhir.concept(Systems.CIM10, reason.cim(), reason.name())),
                Fhir.list("diagnosis", Fhir.object(Fhir.raw("condition", Fhir.reference(condition)))),
                Fhir.raw("hospitalization", hospitalization()),
                Fhir.list("location", locations()));
    }

    private String status() {
        return switch (resident.presence()) {
            case PRESENT -> "in-progress";
            case EXPECTED -> "planned";
            case LEFT -> "finished";
        };
    }

    private String encounterClass() {
        return switch (resident.ward().kind().care()) {
            case EMERGENCY -> Fhir.coding(Systems.ACT_CODE, "EMER", "Urgences");
            case DAY_SURGERY -> Fhir.coding(Systems.ACT_CODE, "SS", "Courte durée");
            default -> Fhir.coding(Systems.ACT_CODE, "IMP", "Hospitalisation");
        };
    }

    private String doctor() {
        return Fhir.object(
                Fhir.list("type", Fhir.concept(Systems.HL7 + "v3-ParticipationType", "ATND", "Médecin responsable")),
                Fhir.raw("individual", chart.somebody("ph")));
    }

    private String hospitalization() {
        String source = resident.person().isUnknown() || resident.from().isPresent()
                ? Fhir.concept(Systems.HL7 + "admit-source", "emd", "Par les urgences")
                : "";
        return source.isEmpty() ? "" : Fhir.object(Fhir.raw("admitSource", source));
    }

    /** Where they lay, in order; the last is where they lie. */
    private List<String> locations() {
        List<String> all = new ArrayList<>();
        LocalDateTime since = resident.begin();
        if (resident.from().isPresent()) {
            LocalDateTime moved = since.plusHours(EMERGENCY_HOURS);
            Ward first = resident.from().get();
            all.add(location(first.code(), first.name(), "completed", Moments.text(since), Moments.text(moved)));
            since = moved;
        }
        String code = resident.bed().map(Bed::code).orElse(resident.ward().code());
        String shown = resident.ward().name()
                + resident.bed().map(bed -> ", lit " + bed.name()).orElse("");
        String status = switch (resident.presence()) {
            case PRESENT -> "active";
            case EXPECTED -> resident.bed().isPresent() ? "reserved" : "planned";
            case LEFT -> "completed";
        };
        String end = resident.presence() == Presence.LEFT
                ? Moments.text(resident.end().orElseThrow())
                : "";
        all.add(location(code, shown, status, Moments.text(since), end));
        return all;
    }

    private static String location(String code, String shown, String status, String start, String end) {
        return Fhir.object(
                Fhir.raw("location", Fhir.reference(Fhir.conditional("Location", Systems.PLACE, code), shown)),
                Fhir.text("status", status),
                Fhir.raw("period", Fhir.period(start, end)));
    }

    /** @param problem whether it belongs to the person and not to this stay */
    private void condition(String url, String cim, String name, boolean problem, LocalDateTime since) {
        String category = problem ? "problem-list-item" : "encounter-diagnosis";
        chart.addAs(
                url,
                "Condition",
                Fhir.raw("clinicalStatus", Fhir.concept(Systems.HL7 + "condition-clinical", "active", "Actif")),
                Fhir.raw(
                        "verificationStatus",
                        Fhir.concept(Systems.HL7 + "condition-ver-status", "confirmed", "Confirmé")),
                Fhir.list(
                        "category",
                        Fhir.concept(
                                Systems.HL7 + "condition-category",
                                category,
                                problem ? "Antécédent" : "Motif du séjour")),
                Fhir.raw("code", Fhir.concept(Systems.CIM10, cim, name)),
                chart.subject(),
                chart.during(),
                Fhir.text(
                        "onsetDateTime",
                        problem
                                ? since.toLocalDate().toString().substring(0, 7)
                                : since.toLocalDate().toString()));
    }

    // ---- what is to be known first

    void safety() {
        Chance chance = chart.chance();
        int years = chart.years();
        if (resident.reason().isolation() != Isolation.NONE) {
            flag(
                    "safety",
                    resident.reason().isolation().code(),
                    resident.reason().isolation().words());
        }
        boolean limits = years >= VERY_OLD_YEARS || resident.ward().kind().care() == Care.ONCOLOGY;
        if (limits && chance.percent(30)) {
            flag("advance-directive", "pas-de-reanimation", "Pas de réanimation");
        }
        if (years >= OLD_YEARS && chance.percent(40)) {
            flag("safety", "risque-chute", "Risque de chute");
        }
        diet();
        carePlan();
    }

    private void flag(String category, String code, String words) {
        chart.add(
                "Flag",
                Fhir.text("status", "active"),
                Fhir.list("category", Fhir.concept(Systems.HL7 + "flag-category", category, category)),
                Fhir.raw("code", Fhir.concept(Systems.FLAG, code, words)),
                chart.subject(),
                Fhir.raw("period", Fhir.period(Moments.text(resident.begin().plusMinutes(40)), "")),
                chart.during());
    }

    private void diet() {
        chart.add(
                "NutritionOrder",
                Fhir.text("status", "active"),
                Fhir.text("intent", "order"),
                Fhir.raw("patient", Fhir.reference(chart.patient())),
                chart.during(),
                Fhir.text("dateTime", Moments.text(resident.begin().plusMinutes(50))),
                Fhir.raw(
                        "oralDiet",
                        Fhir.object(Fhir.list(
                                "type", Fhir.concept(resident.reason().diet().words())))));
    }

    private void carePlan() {
        List<String> activities = new ArrayList<>();
        for (String words : tasks()) {
            activities.add(Fhir.object(Fhir.raw(
                    "detail", Fhir.object(Fhir.text("status", "in-progress"), Fhir.text("description", words)))));
        }
        chart.add(
                "CarePlan",
                Fhir.text("status", "active"),
                Fhir.text("intent", "plan"),
                Fhir.text("title", "Soins du jour"),
                chart.subject(),
                chart.during(),
                Fhir.raw("period", Fhir.period(Moments.text(resident.begin().plusHours(1)), "")),
                Fhir.raw("author", chart.somebody("ide")),
                Fhir.list("activity", activities));
    }

    private List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        int years = chart.years();
        if (years < 16) {
            tasks.add("Présence d'un parent, pesée chaque matin");
        } else if (years >= OLD_YEARS) {
            tasks.add("Toilette au lavabo avec aide");
            tasks.add("Lever au fauteuil deux fois par jour");
            tasks.add("Prévention d'escarre : changement de position toutes les quatre heures");
        } else {
            tasks.add("Toilette seule");
        }
        tasks.add(resident.reason().course().task());
        return tasks;
    }
}
