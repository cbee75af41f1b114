package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prescriptions, and what was given of them in the last hours: on time, late, or not and why. */
final class DrugPages {

    /** How far back doses are told one by one. */
    private static final int TOLD_HOURS = 30;

    /** A dose older than this without a word of what became of it would be forgotten, and nobody forgets here. */
    private static final int FORGOTTEN_MINUTES = 180;

    /** Doses are given up to an hour later and count as on time. */
    private static final int ON_TIME_MINUTES = 40;

    private static final int LATE_PERCENT = 6;
    private static final int NOT_GIVEN_PERCENT = 4;
    private static final int OVERDUE_PERCENT = 9;
    private static final int STOPPED_PERCENT = 22;

    /** What was taken at home and stopped on coming in. */
    private static final List<String> STOPPED =
            List.of("ramipril", "metformine", "amlodipine", "aspirine", "oxazepam", "fer");

    private static final List<String> WHY_NOT = List.of(
            "Refus du patient",
            "À jeun pour examen",
            "Patient absent du service",
            "Vomissements",
            "Tension trop basse, médecin prévenu",
            "Voie veineuse perdue");

    private final Chart chart;
    private final Resident resident;
    private final Moments moments;
    private final Chance chance;

    DrugPages(Chart chart) {
        this.chart = chart;
        this.resident = chart.resident();
        this.moments = chart.moments();
        this.chance = chart.chance();
    }

    /** Keys of all a patient gets, each name once. */
    static List<String> keys(Resident resident) {
        Set<String> names = new LinkedHashSet<>();
        List<String> keys = new ArrayList<>();
        List<String> wanted = new ArrayList<>(resident.reason().drugs());
        resident.problems().forEach(problem -> wanted.addAll(problem.drugs()));
        for (String key : wanted) {
            if (names.add(Drug.of(key).dci())) {
                keys.add(key);
            }
        }
        return keys;
    }

    void write(List<String> keys) {
        for (String key : keys) {
            Drug drug = Drug.of(key);
            LocalDateTime from = resident.begin().plusMinutes(chance.between(30, 200));
            if (moments.hasCome(from)) {
                given(drug, from, request(drug, from, ""));
            }
        }
        String stopped = chance.pick(STOPPED);
        boolean grown = chart.years() >= 50;
        if (grown && chance.percent(STOPPED_PERCENT) && keys.stream().noneMatch(key -> same(key, stopped))) {
            request(
                    Drug.of(stopped),
                    resident.begin().plusMinutes(30),
                    "Arrêté à l'entrée, à réévaluer avant la sortie");
        }
    }

    private static boolean same(String key, String other) {
        return Drug.of(key).dci().equals(Drug.of(other).dci());
    }

    private String amount(Drug drug) {
        return drug.amount(resident.kilograms());
    }

    // ---- prescriptions

    /** @param stopped why it is stopped; empty for an active one */
    private String request(Drug drug, LocalDateTime authored, String stopped) {
        return chart.add(
                "MedicationRequest",
                Fhir.text("status", stopped.isEmpty() ? "active" : "stopped"),
                Fhir.raw("statusReason", stopped.isEmpty() ? "" : Fhir.concept(stopped)),
                Fhir.text("intent", "order"),
                Fhir.raw("medicationCodeableConcept", Fhir.concept(Systems.ATC, drug.atc(), drug.dci())),
                chart.subject(),
                chart.during(),
                Fhir.text("authoredOn", Moments.text(authored)),
                Fhir.raw("requester", chart.somebody(chance.percent(60) ? "ph" : "interne")),
                Fhir.list("dosageInstruction", dosage(drug)));
    }

    private String dosage(Drug drug) {
        String quantity = Fhir.quantity(amount(drug), drug.unit(), "");
        String rate =
                Fhir.object(Fhir.raw("numerator", quantity), Fhir.raw("denominator", Fhir.quantity("1", "h", "h")));
        return Fhir.object(
                Fhir.text("text", instruction(drug)),
                Fhir.raw("timing", timing(drug)),
                Fhir.raw("asNeededCodeableConcept", drug.isOnDemand() ? Fhir.concept(drug.need()) : ""),
                Fhir.raw("route", route(drug)),
                Fhir.list(
                        "doseAndRate",
                        Fhir.object(
                                drug.perHour() ? Fhir.raw("rateRatio", rate) : Fhir.raw("doseQuantity", quantity))));
    }

    private static String route(Drug drug) {
        return Fhir.concept(Systems.ROUTES, drug.route().code(), drug.route().words());
    }

    private String timing(Drug drug) {
        if (drug.perHour()) {
            return "";
        }
        if (drug.isOnDemand()) {
            return Fhir.object(Fhir.raw(
                    "repeat",
                    Fhir.object(
                            Fhir.raw("frequency", "1"),
                            Fhir.raw("period", String.valueOf(drug.apartHours())),
                            Fhir.text("periodUnit", "h"))));
        }
        List<String> times = drug.hours().stream()
                .map(hour -> Fhir.quoted(String.format(Locale.ROOT, "%02d:00:00", hour)))
                .toList();
        return Fhir.object(Fhir.raw(
                "repeat",
                Fhir.object(
                        Fhir.raw("frequency", String.valueOf(times.size())),
                        Fhir.raw("period", "1"),
                        Fhir.text("periodUnit", "d"),
                        Fhir.list("timeOfDay", times))));
    }

    /** As a nurse reads it: {@code 40 mg, voie orale, 2 fois par jour à 8 h, 16 h}. */
    private String instruction(Drug drug) {
        String dose = amount(drug).replace('.', ',') + " " + drug.unit();
        if (drug.perHour()) {
            return dose + " par heure, en continu, " + drug.route().words();
        }
        if (drug.isOnDemand()) {
            return dose + ", " + drug.route().words() + ", si " + drug.need() + ", " + drug.apartHours()
                    + " h au moins entre deux prises";
        }
        List<String> hours = drug.hours().stream().map(hour -> hour + " h").toList();
        String rhythm = hours.size() == 1 ? "1 fois par jour à " : hours.size() + " fois par jour à ";
        return dose + ", " + drug.route().words() + ", " + rhythm + String.join(", ", hours);
    }

    // ---- what was given

    private void given(Drug drug, LocalDateTime from, String request) {
        if (drug.perHour()) {
            continuous(drug, from, request);
        } else if (drug.isOnDemand()) {
            onDemand(drug, from, request);
        } else {
            planned(drug, from, request);
        }
    }

    private void continuous(Drug drug, LocalDateTime from, String request) {
        LocalDateTime begun = from.plusMinutes(15);
        LocalDateTime start = begun.isAfter(moments.now()) ? from : begun;
        administration(drug, request, "in-progress", "", start, "");
    }

    private void onDemand(Drug drug, LocalDateTime from, String request) {
        LocalDateTime at = moments.now().minusHours(TOLD_HOURS).plusMinutes(chance.below(600));
        int times = chance.below(3);
        for (int i = 0; i < times; i++) {
            if (at.isAfter(from) && moments.hasCome(at)) {
                administration(drug, request, "completed", "", at, "");
            }
            at = at.plusHours(drug.apartHours()).plusMinutes(chance.between(20, 400));
        }
    }

    private void planned(Drug drug, LocalDateTime from, String request) {
        LocalDateTime since = moments.now().minusHours(TOLD_HOURS);
        for (int day = -2; day <= 0; day++) {
            for (int hour : drug.hours()) {
                LocalDateTime due = moments.at(day, hour, 0);
                int drawn = chance.below(100);
                int delay = chance.between(-8, ON_TIME_MINUTES);
                int late = chance.between(75, 150);
                String why = chance.pick(WHY_NOT);
                if (due.isAfter(from) && due.isAfter(since) && moments.hasCome(due)) {
                    dose(drug, request, due, drawn, delay, late, why);
                }
            }
        }
    }

    /** What became of one dose: nothing yet, given, given late, or not given. */
    private void dose(Drug drug, String request, LocalDateTime due, int drawn, int delay, int late, String why) {
        String planned = Fhir.extension(Systems.PLANNED_AT, Fhir.text("valueDateTime", Moments.text(due)));
        boolean isLate = drawn < LATE_PERCENT;
        boolean isNot = !isLate && drawn < LATE_PERCENT + NOT_GIVEN_PERCENT;
        boolean isOverdue =
                drawn >= 100 - OVERDUE_PERCENT && due.isAfter(moments.now().minusMinutes(FORGOTTEN_MINUTES));
        LocalDateTime at = due.plusMinutes(isLate ? late : delay);
        if (isOverdue || !moments.hasCome(at)) {
            return;
        }
        administration(drug, request, isNot ? "not-done" : "completed", isNot ? why : "", at, planned);
    }

    private void administration(
            Drug drug, String request, String status, String why, LocalDateTime at, String planned) {
        String quantity = Fhir.quantity(amount(drug), drug.unit(), "");
        boolean dosed = !status.equals("not-done") && !drug.perHour();
        String effective = drug.perHour()
                ? Fhir.raw("effectivePeriod", Fhir.period(Moments.text(at), ""))
                : Fhir.text("effectiveDateTime", Moments.text(at));
        chart.add(
                "MedicationAdministration",
                Fhir.list("extension", planned),
                Fhir.text("status", status),
                Fhir.list("statusReason", why.isEmpty() ? "" : Fhir.concept(why)),
                Fhir.raw("medicationCodeableConcept", Fhir.concept(Systems.ATC, drug.atc(), drug.dci())),
                chart.subject(),
                Fhir.raw("context", Fhir.reference(chart.encounter())),
                effective,
                Fhir.list("performer", Fhir.object(Fhir.raw("actor", chart.nurse(at)))),
                Fhir.raw("request", Fhir.reference(request)),
                Fhir.raw(
                        "dosage",
                        dosed ? Fhir.object(Fhir.raw("route", route(drug)), Fhir.raw("dose", quantity)) : ""));
    }
}
