package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.model.JsonTree;
import trimaran.station.chart.Administration;
import trimaran.station.chart.Dosage;
import trimaran.station.chart.DosePlan;
import trimaran.station.chart.Prescription;
import trimaran.station.chart.Quantity;
import trimaran.station.chart.Slot;

/**
 * One dose as it is in the record now, and how what became of it is written.
 *
 * @param slot its place in the plan; empty for what is on demand
 */
record Dose(Prescription prescription, Optional<Slot> slot) {

    /** For when a dose was planned that was given or not (docs/formats.md, The invented hospital). */
    static final String PLANNED_AT = "urn:trimaran:planned-at";

    /** Empty if the plan has no such dose any more. */
    static Optional<Dose> of(Ground ground) {
        Optional<Prescription> prescription =
                Inside.id(ground.entered().text("p")).flatMap(ground.chart()::prescription);
        String at = ground.entered().text("a");
        if (prescription.isEmpty()) {
            return Optional.empty();
        }
        if (at.isEmpty()) {
            boolean active = ground.chart().active().contains(prescription.get());
            return active && prescription.get().isOnDemand()
                    ? Optional.of(new Dose(prescription.get(), Optional.empty()))
                    : Optional.empty();
        }
        if (!at.matches("[0-9]{1,11}")) {
            return Optional.empty();
        }
        Instant planned = Instant.ofEpochSecond(Long.parseLong(at));
        return ground.chart().slots().stream()
                .filter(slot -> slot.planned().filter(planned::equals).isPresent())
                .filter(slot -> slot.prescription()
                        .filter(prescription.get().source().id()::equals)
                        .isPresent())
                .findFirst()
                .map(slot -> new Dose(prescription.get(), Optional.of(slot)));
    }

    Optional<Instant> planned() {
        return slot.flatMap(Slot::planned);
    }

    Optional<Administration> became() {
        return slot.flatMap(Slot::administration);
    }

    boolean isOpen() {
        return slot.map(one -> one.administration().isEmpty()).orElse(true);
    }

    boolean isTooEarly(Instant now) {
        return planned()
                .filter(at -> now.isBefore(at.minus(DosePlan.DUE_BEFORE)))
                .isPresent();
    }

    Optional<Dosage> dosage() {
        return slot.flatMap(Slot::dosage)
                .or(() -> prescription.dosages().stream().findFirst());
    }

    String unit() {
        return dosage().flatMap(one -> one.amounts().stream().findFirst())
                .map(Quantity::unit)
                .orElse("");
    }

    /** What became of it, as a resource (R4 MedicationAdministration). */
    Map<String, Object> written(Ground ground, String status, String reason, Instant at, Map<String, Object> how) {
        return Json.resource(
                "MedicationAdministration",
                ground.fictive(),
                "extension",
                planned()
                        .map(when -> Json.list(Json.of("url", PLANNED_AT, "valueDateTime", ground.time(when))))
                        .orElse(List.of()),
                "status",
                status,
                "statusReason",
                reason.isEmpty() ? List.of() : Json.list(Json.words(reason)),
                "medicationCodeableConcept",
                Ground.concept(prescription.drug()),
                "subject",
                ground.subject(),
                "context",
                ground.encounter(),
                "effectiveDateTime",
                ground.time(at),
                "performer",
                Json.list(Json.of("actor", ground.author())),
                "request",
                Json.reference(prescription.source().reference()),
                "dosage",
                how);
    }

    /** How often this very dose was written and taken back: after that it may be written again. */
    long takenBack(Ground ground) {
        String request = prescription.source().reference();
        return ground.resources().stream()
                .filter(one -> one.type().equals("MedicationAdministration"))
                .flatMap(one -> JsonTree.glimpse(one.json()).stream())
                .filter(one -> JsonTree.text(one, "status").equals("entered-in-error"))
                .filter(one -> JsonTree.text(one, "request", "reference").equals(request))
                .filter(one -> JsonTree.items(one, "extension").stream()
                        .anyMatch(each -> JsonTree.text(each, "url").equals(PLANNED_AT)
                                && planned()
                                        .filter(at -> ground.time(at).equals(JsonTree.text(each, "valueDateTime")))
                                        .isPresent()))
                .count();
    }
}
