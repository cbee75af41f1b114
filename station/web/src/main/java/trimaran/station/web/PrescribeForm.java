package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trimaran.station.Transaction.Change;
import trimaran.station.chart.Quantity;
import trimaran.station.web.check.Drug;
import trimaran.station.web.check.Finding;
import trimaran.station.web.check.Formulary;
import trimaran.station.web.check.PrescriptionCheck;
import trimaran.station.web.check.Way;

/** Prescribing: a drug from the list, then dose, way and rhythm, prefilled as is usual; and what speaks against it. */
final class PrescribeForm implements BedsideForms.Sheet {

    /**
     * The page of one drug.
     *
     * @param findings what the check found; empty where it is off
     * @param checked whether the check is on
     * @param asks whether it goes on only with a reason
     * @param usual dose of one administration in words, with what it was computed from
     */
    record View(
            Drug drug,
            List<Finding> findings,
            boolean checked,
            boolean asks,
            String usual,
            List<Choice> ways,
            List<Choice> rhythms) {
        View {
            findings = List.copyOf(findings);
            ways = List.copyOf(ways);
            rhythms = List.copyOf(rhythms);
        }

        /** By which these findings are known when the form comes back: others are asked about anew. */
        String seen() {
            return findings.stream()
                    .filter(one -> one.kind().isConfirmed())
                    .map(one -> one.kind() + " " + one.about())
                    .collect(Collectors.joining("; "));
        }
    }

    /** One choice of a list. */
    record Choice(String value, String words, boolean chosen) {}

    private final Writing writing;

    PrescribeForm(Writing writing) {
        this.writing = writing;
    }

    @Override
    public Reply show(Ground ground) {
        Optional<Drug> drug = Formulary.here().drug(ground.entered().text("m"));
        if (drug.isEmpty()) {
            return list(ground);
        }
        Ground filled = ground.or(usual(ground, drug.get()));
        return page(filled, 200, view(filled, drug.get(), false));
    }

    private static Reply list(Ground ground) {
        String letters = ground.entered().text("cherche");
        List<Drug> named = Formulary.here().named(letters);
        Frame frame = ground.frame(Act.PRESCRIBE);
        return Inside.page(
                200, (out, tags) -> JtemedicamentsGenerated.render(out, tags, frame, ground.record(), letters, named));
    }

    private static Reply page(Ground ground, int status, View view) {
        Frame frame = ground.frame(Act.PRESCRIBE);
        return Inside.page(
                status,
                (out, tags) -> JteprescrireGenerated.render(out, tags, frame, ground.record(), ground.entered(), view));
    }

    /** As this drug is usually prescribed, from now on. */
    private static Map<String, String> usual(Ground ground, Drug drug) {
        Map<String, String> usual = new LinkedHashMap<>();
        amount(ground, drug).ifPresent(dose -> usual.put("dose", dose));
        usual.put("unite", drug.unit());
        usual.put("voie", drug.way().name());
        usual.put(
                "rythme", drug.isOnDemand() ? PrescribedRhythm.Kind.DEMAND.name() : PrescribedRhythm.Kind.FIXED.name());
        usual.put("heures", String.join(" ", drug.hours()));
        usual.put("besoin", drug.need());
        usual.put("ecart", drug.apartHours() > 0 ? String.valueOf(drug.apartHours()) : "");
        usual.put("jour", ground.clock().day(ground.now()));
        usual.put("heure", ground.clock().hour(ground.now()));
        return usual;
    }

    /** The usual dose; of one that goes by weight only where the weight is known. */
    private static Optional<String> amount(Ground ground, Drug drug) {
        if (!drug.perKilogram()) {
            return Optional.of(drug.dose().replace('.', ','));
        }
        return kilograms(ground)
                .map(weight -> new java.math.BigDecimal(drug.dose())
                        .multiply(new java.math.BigDecimal(weight))
                        .setScale(0, java.math.RoundingMode.HALF_UP)
                        .toPlainString());
    }

    private static Optional<String> kilograms(Ground ground) {
        return ground.chart()
                .weight()
                .flatMap(one -> one.value().quantity())
                .filter(one -> one.unit().equals("kg"))
                .map(Quantity::value)
                .filter(value -> value.matches("[0-9]{1,3}(\\.[0-9]{1,3})?"));
    }

    private View view(Ground ground, Drug drug, boolean asks) {
        boolean checked = ground.inside().setting().checks();
        List<Finding> findings = checked ? PrescriptionCheck.of(ground.chart(), drug, ground.language()) : List.of();
        String each = drug.dose().replace('.', ',') + "\u00a0" + drug.unit();
        String usual = drug.perKilogram()
                ? ground.words().say(kilograms(ground).isPresent() ? "presc.usual.kg" : "presc.usual.noweight", each)
                : ground.words().say("presc.usual", each);
        List<Choice> ways = new ArrayList<>();
        for (Way way : Way.values()) {
            ways.add(new Choice(
                    way.name(),
                    way.words(ground.language()),
                    ground.entered().text("voie").equals(way.name())));
        }
        List<Choice> rhythms = new ArrayList<>();
        for (PrescribedRhythm.Kind kind : PrescribedRhythm.Kind.values()) {
            rhythms.add(new Choice(
                    kind.name(),
                    ground.words().say(kind.key()),
                    ground.entered().text("rythme").equals(kind.name())));
        }
        return new View(drug, findings, checked, asks, usual, ways, rhythms);
    }

    @Override
    public Reply take(Ground ground) {
        Entered entered = ground.entered();
        Optional<Drug> drug = Formulary.here().drug(entered.text("m"));
        if (drug.isEmpty()) {
            return list(ground);
        }
        Optional<java.math.BigDecimal> dose = entered.number("dose").filter(number -> number.signum() > 0);
        if (dose.isEmpty()) {
            entered.fault("dose", "form.number");
        }
        String unit = entered.required("unite", WebLimits.WORD_MAX);
        Optional<Way> way = Way.of(entered.text("voie"));
        if (way.isEmpty()) {
            entered.fault("voie", "form.choose");
        }
        Instant start = start(ground).orElse(ground.now());
        Optional<PrescribedRhythm> rhythm = PrescribedRhythm.read(entered, start, ground.now(), ground.zone());
        String comment = entered.limited("commentaire", WebLimits.COMMENT_MAX);
        View view = view(ground, drug.get(), false);
        boolean needs = !view.seen().isEmpty();
        String reason = needs ? entered.limited("motif", WebLimits.COMMENT_MAX) : "";
        boolean asks = needs && (reason.isEmpty() || !entered.text("alertes").equals(view.seen()));
        if (asks) {
            entered.fault("motif", "presc.reason.missing");
        }
        if (!entered.isRight() || dose.isEmpty() || way.isEmpty() || rhythm.isEmpty()) {
            return page(ground, 422, view(ground, drug.get(), asks));
        }
        String spelt = dose.get().stripTrailingZeros().toPlainString();
        Map<String, Object> resource =
                resource(ground, drug.get(), Json.quantity(spelt, unit, ""), way.get(), rhythm.get(), comment);
        if (needs) {
            confirmed(ground, resource, view, reason);
        }
        List<Change> changes = List.of(Writing.create(resource));
        String what = drug.get().dci() + " " + spelt.replace('.', ',') + "\u00a0" + unit;
        return writing.answer(
                ground,
                Act.PRESCRIBE,
                what,
                false,
                changes,
                writing.write(ground, changes),
                status -> page(ground, status, view));
    }

    /** From when on; not longer ago than a shift, and not later than a year. */
    private static Optional<Instant> start(Ground ground) {
        Optional<Instant> start = ground.entered().moment("jour", "heure", ground.zone());
        boolean over = start.filter(at -> at.isBefore(ground.now().minusMillis(WebLimits.BACKDATED_MAX_MILLIS))
                        || at.isAfter(ground.now().plusMillis(WebLimits.AHEAD_MAX_MILLIS)))
                .isPresent();
        if (over) {
            ground.entered().fault("jour", "presc.start");
        }
        return start;
    }

    private static Map<String, Object> resource(
            Ground ground, Drug drug, Map<String, Object> quantity, Way way, PrescribedRhythm rhythm, String comment) {
        Map<String, Object> dosage = Json.of(
                "additionalInstruction",
                comment.isEmpty() ? List.of() : Json.list(Json.words(comment)),
                "timing",
                rhythm.timing(),
                "asNeededCodeableConcept",
                rhythm.need().isEmpty() ? Map.of() : Json.words(rhythm.need()),
                "route",
                Json.concept(Json.ROUTES, way.code(), way.words()),
                "doseAndRate",
                Json.list(Json.of("doseQuantity", quantity)));
        rhythm.most()
                .ifPresent(times -> dosage.put(
                        "maxDosePerPeriod",
                        Json.of(
                                "numerator",
                                Json.quantity(
                                        times.multiply(spelt(quantity))
                                                .stripTrailingZeros()
                                                .toPlainString(),
                                        unit(quantity),
                                        ""),
                                "denominator",
                                Json.quantity("24", "h", "h"))));
        return Json.resource(
                "MedicationRequest",
                ground.fictive(),
                "status",
                "active",
                "intent",
                "order",
                "medicationCodeableConcept",
                Json.concept(Json.ATC, drug.atc(), drug.dci()),
                "subject",
                ground.subject(),
                "encounter",
                ground.encounter(),
                "authoredOn",
                ground.time(ground.now()),
                "requester",
                ground.author(),
                "dosageInstruction",
                Json.list(dosage));
    }

    private static java.math.BigDecimal spelt(Map<String, Object> quantity) {
        return new java.math.BigDecimal(trimaran.model.JsonTree.text(quantity, "value"));
    }

    private static String unit(Map<String, Object> quantity) {
        return trimaran.model.JsonTree.text(quantity, "unit");
    }

    /** What was found and why it is prescribed all the same stands in the prescription itself (R4 DetectedIssue, mitigation). */
    private static void confirmed(Ground ground, Map<String, Object> resource, View view, String reason) {
        Map<String, Object> issue = Json.of(
                "resourceType",
                "DetectedIssue",
                "id",
                "controle",
                "status",
                "final",
                "identifiedDateTime",
                ground.time(ground.now()),
                "detail",
                view.seen(),
                "mitigation",
                Json.list(Json.of(
                        "action", Json.words(reason), "date", ground.time(ground.now()), "author", ground.author())));
        resource.put("contained", Json.list(issue));
        resource.put("detectedIssue", Json.list(Json.reference("#controle")));
        String found = view.findings().stream()
                .filter(one -> one.kind().isConfirmed())
                .map(one -> Words.of(trimaran.station.chart.Language.FRENCH)
                        .say("chk." + one.kind().name().toLowerCase(java.util.Locale.ROOT), one.about()))
                .collect(Collectors.joining(" "));
        resource.put(
                "note",
                Json.list(Json.of(
                        "authorString",
                        ground.authorWords(),
                        "time",
                        ground.time(ground.now()),
                        "text",
                        found + " Motif : " + reason)));
    }
}
