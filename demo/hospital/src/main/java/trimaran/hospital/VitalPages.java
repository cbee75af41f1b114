package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Vital signs of the last two days, as they run in this stay. */
final class VitalPages {

    private static final int TOLD_HOURS = 40;

    /** Where somebody is watched closely, the last day is enough to look at. */
    private static final int CLOSE_HOURS = 22;

    private final Chart chart;
    private final Resident resident;
    private final Moments moments;
    private final Chance chance;
    private final Course course;
    private final int years;

    VitalPages(Chart chart) {
        this.chart = chart;
        this.resident = chart.resident();
        this.moments = chart.moments();
        this.chance = chart.chance();
        this.course = resident.reason().course();
        this.years = chart.years();
    }

    void write() {
        body();
        List<LocalDateTime> rounds = rounds();
        for (LocalDateTime round : rounds) {
            round(
                    round,
                    course.settled(chart.hoursSince(round)),
                    rounds.getLast().equals(round));
        }
    }

    private boolean isClose() {
        return switch (resident.ward().kind().care()) {
            case INTENSIVE_CARE, STEP_DOWN, CORONARY_CARE, NEONATOLOGY -> true;
            default -> false;
        };
    }

    private boolean isSlow() {
        return switch (resident.ward().kind().care()) {
            case LONG_STAY, REHABILITATION, PSYCHIATRY -> true;
            default -> false;
        };
    }

    /** When somebody went round, so far. */
    private List<LocalDateTime> rounds() {
        List<Integer> hours = isClose() ? List.of(2, 6, 10, 14, 18, 22) : isSlow() ? List.of(8) : List.of(7, 14, 20);
        LocalDateTime since = moments.now().minusHours(isClose() ? CLOSE_HOURS : TOLD_HOURS);
        List<LocalDateTime> rounds = new ArrayList<>();
        LocalDateTime first = resident.begin().plusMinutes(15);
        if (first.isAfter(since) && moments.hasCome(first)) {
            rounds.add(first);
        }
        for (int day = -2; day <= 0; day++) {
            for (int hour : hours) {
                LocalDateTime round = moments.at(day, hour, chance.below(50));
                if (round.isAfter(since) && round.isAfter(first) && moments.hasCome(round)) {
                    rounds.add(round);
                }
            }
        }
        return rounds;
    }

    private void body() {
        LocalDateTime at = resident.begin().plusMinutes(25);
        one("29463-7", "Poids", Fhir.number(resident.kilograms(), 1), "kg", "kg", at);
        if (chance.percent(60)) {
            one("8302-2", "Taille", String.valueOf(resident.centimetres()), "cm", "cm", at);
        }
    }

    private void round(LocalDateTime at, double settled, boolean last) {
        double evening = at.getHour() >= 17 ? 0.3 : 0;
        // A fever rises for some hours before it falls.
        double rising = chart.hoursSince(at) < 6 && course.isFever() ? -0.5 : 0;
        double temperature = course.temperature().at(settled) + evening + rising + chance.between(-0.25, 0.25);
        one("8310-5", "Température", Fhir.number(Math.clamp(temperature, 35.2, 41.0), 1), "°C", "Cel", at);
        double pulse = usualPulse() + course.pulse().at(settled) + chance.between(-7.0, 7.0);
        one("8867-4", "Pouls", rounded(pulse, 38, 198), "/min", "/min", at);
        pressure(at, usualSystolic() + course.systolic().at(settled) + chance.between(-9.0, 9.0));
        double saturation = Math.min(100, course.saturation().at(settled) + chance.between(-1.4, 1.6));
        one("2708-6", "Saturation en oxygène", rounded(saturation, 80, 100), "%", "%", at);
        int oxygen = course.oxygenAt(settled);
        boolean breathing = course.breaths().from() > 5 || isClose();
        if (breathing) {
            double breaths = usualBreaths() + course.breaths().at(settled) + chance.between(-2.0, 2.0);
            one("9279-1", "Fréquence respiratoire", rounded(breaths, 8, 70), "/min", "/min", at);
        }
        if (oxygen > 0 && years >= 1 && last) {
            one("3151-8", "Débit d'oxygène", String.valueOf(oxygen), "L/min", "L/min", at);
        }
        if (years >= 5 && course.oxygen() < 10 && (last || course.pain().from() > 3)) {
            one(
                    "72514-3",
                    "Douleur",
                    rounded(course.pain().at(settled) + chance.between(-1.4, 1.4), 0, 10),
                    "/10",
                    "{score}",
                    at);
        }
        if (resident.isDiabetic()) {
            String glucose = Fhir.number(chance.between(5.1, 14.2), 1);
            one("14743-9", "Glycémie capillaire", glucose, "mmol/L", "mmol/L", at);
        }
    }

    private static String rounded(double value, int from, int to) {
        return String.valueOf(Math.clamp(Math.round(value), from, to));
    }

    private double usualPulse() {
        return years < 1 ? 138 : years < 3 ? 115 : years < 8 ? 98 : years < 16 ? 86 : 75;
    }

    private double usualBreaths() {
        return years < 1 ? 42 : years < 3 ? 28 : years < 8 ? 23 : 16;
    }

    private double usualSystolic() {
        return years < 1 ? 76 : years < 8 ? 98 : years < 16 ? 110 : years < 60 ? 124 : 136;
    }

    private void one(String code, String name, String value, String unit, String ucum, LocalDateTime at) {
        observation(code, name, at, Fhir.raw("valueQuantity", Fhir.quantity(value, unit, ucum)));
    }

    private void pressure(LocalDateTime at, double systolic) {
        long upper = Math.clamp(Math.round(systolic), 52, 230);
        long lower = Math.round(upper * chance.between(0.54, 0.64));
        observation(
                "85354-9",
                "Pression artérielle",
                at,
                Fhir.list(
                        "component",
                        component("8480-6", "Systolique", upper),
                        component("8462-4", "Diastolique", lower)));
    }

    private static String component(String code, String name, long value) {
        return Fhir.object(
                Fhir.raw("code", Fhir.concept(Systems.LOINC, code, name)),
                Fhir.raw("valueQuantity", Fhir.quantity(String.valueOf(value), "mmHg", "mm[Hg]")));
    }

    private void observation(String code, String name, LocalDateTime at, String value) {
        chart.add(
                "Observation",
                Fhir.text("status", "final"),
                Fhir.list("category", Fhir.concept(Systems.HL7 + "observation-category", "vital-signs", "Constantes")),
                Fhir.raw("code", Fhir.concept(Systems.LOINC, code, name)),
                chart.subject(),
                chart.during(),
                Fhir.text("effectiveDateTime", Moments.text(at)),
                Fhir.list("performer", chart.nurse(at)),
                value);
    }
}
