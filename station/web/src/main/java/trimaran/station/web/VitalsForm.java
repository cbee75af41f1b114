package trimaran.station.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trimaran.station.Transaction.Change;

/** A round's vital signs: those that were measured. What cannot be is refused beside its field, what is rare is asked about. */
final class VitalsForm implements BedsideForms.Sheet {

    private final Writing writing;

    VitalsForm(Writing writing) {
        this.writing = writing;
    }

    @Override
    public Reply show(Ground ground) {
        return page(ground, 200, "");
    }

    /** @param unusual rare values to be confirmed; empty for none */
    private static Reply page(Ground asked, int status, String unusual) {
        Ground ground = asked.or(Map.of("heure", asked.clock().hour(asked.now())));
        Frame frame = ground.frame(Act.MEASURE);
        return Inside.page(
                status,
                (out, tags) ->
                        JtemesurerGenerated.render(out, tags, frame, ground.record(), ground.entered(), unusual));
    }

    @Override
    public Reply take(Ground ground) {
        Entered entered = ground.entered();
        Optional<Instant> at = entered.justNow("heure", ground.now(), ground.zone());
        Map<VitalSign, BigDecimal> values = new EnumMap<>(VitalSign.class);
        for (VitalSign sign : VitalSign.values()) {
            if (entered.has(sign.field())) {
                value(entered, sign).ifPresent(value -> values.put(sign, value));
            }
        }
        pressure(entered, values);
        if (entered.isRight() && values.isEmpty()) {
            entered.fault(VitalSign.TEMPERATURE.field(), "vit.none");
        }
        if (!entered.isRight() || at.isEmpty()) {
            return page(ground, 422, "");
        }
        String unusual = values.entrySet().stream()
                .filter(one -> !one.getKey().isUsual(one.getValue()))
                .map(one -> words(ground, one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
        if (!unusual.isEmpty() && !entered.text("confirme").equals(unusual)) {
            return page(ground, 422, unusual);
        }
        List<Change> changes = changes(ground, values, at.get());
        String what = values.entrySet().stream()
                .map(one -> words(ground, one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
        return writing.answer(
                ground,
                Act.MEASURE,
                what,
                false,
                changes,
                writing.write(ground, changes),
                status -> page(ground, status, ""));
    }

    private static Optional<BigDecimal> value(Entered entered, VitalSign sign) {
        Optional<BigDecimal> value = entered.number(sign.field());
        boolean scored = sign == VitalSign.PAIN;
        if (value.isPresent()
                && (!sign.isPossible(value.get())
                        || (scored && value.get().stripTrailingZeros().scale() > 0))) {
            entered.fault(sign.field(), "vit.impossible", sign.least(), sign.most());
            return Optional.empty();
        }
        return value;
    }

    /** Both together, the upper above the lower: one alone is no pressure, and swapped ones are another. */
    private static void pressure(Entered entered, Map<VitalSign, BigDecimal> values) {
        BigDecimal upper = values.get(VitalSign.SYSTOLIC);
        BigDecimal lower = values.get(VitalSign.DIASTOLIC);
        if (upper != null && lower != null && upper.compareTo(lower) <= 0) {
            entered.fault(VitalSign.SYSTOLIC.field(), "vit.swapped");
        } else if (upper != null && !entered.has(VitalSign.DIASTOLIC.field())) {
            entered.fault(VitalSign.DIASTOLIC.field(), "vit.both");
        } else if (lower != null && !entered.has(VitalSign.SYSTOLIC.field())) {
            entered.fault(VitalSign.SYSTOLIC.field(), "vit.both");
        }
    }

    private static String words(Ground ground, VitalSign sign, BigDecimal value) {
        String number = value.toPlainString();
        boolean french = ground.words().tag().equals("fr");
        String unit = sign.unit().startsWith("/") ? sign.unit() : "\u00a0" + sign.unit();
        return ground.words().say(sign.key()) + " " + (french ? number.replace('.', ',') : number) + unit;
    }

    private static List<Change> changes(Ground ground, Map<VitalSign, BigDecimal> values, Instant at) {
        List<Change> changes = new ArrayList<>();
        values.forEach((sign, value) -> {
            switch (sign) {
                case SYSTOLIC -> {
                    BigDecimal lower = values.getOrDefault(VitalSign.DIASTOLIC, BigDecimal.ZERO);
                    changes.add(Writing.create(observation(
                            ground,
                            Json.concept(Json.LOINC, "85354-9", "Pression artérielle"),
                            at,
                            "component",
                            Json.list(part(VitalSign.SYSTOLIC, value), part(VitalSign.DIASTOLIC, lower)))));
                }
                case DIASTOLIC -> {
                    // Stands with the upper one.
                }
                default ->
                    changes.add(Writing.create(observation(
                            ground,
                            Json.concept(Json.LOINC, sign.code(), sign.words()),
                            at,
                            "valueQuantity",
                            Json.quantity(value.toPlainString(), sign.unit(), sign.ucum()))));
            }
        });
        return changes;
    }

    private static Map<String, Object> part(VitalSign sign, BigDecimal value) {
        return Json.of(
                "code",
                Json.concept(Json.LOINC, sign.code(), sign.words()),
                "valueQuantity",
                Json.quantity(value.toPlainString(), sign.unit(), sign.ucum()));
    }

    private static Map<String, Object> observation(
            Ground ground, Map<String, Object> code, Instant at, String name, Object value) {
        return Json.resource(
                "Observation",
                ground.fictive(),
                "status",
                "final",
                "category",
                Json.list(Json.concept(Json.CATEGORIES, "vital-signs", "Constantes")),
                "code",
                code,
                "subject",
                ground.subject(),
                "encounter",
                ground.encounter(),
                "effectiveDateTime",
                ground.time(at),
                "performer",
                Json.list(ground.author()),
                name,
                value);
    }
}
