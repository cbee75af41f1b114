package trimaran.station.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;

/** Prescriptions, and what was given of them. */
final class DrugSection implements Section {

    /** For when a dose was planned that was given or not (docs/formats.md, The invented hospital). */
    private static final String PLANNED_AT = "urn:trimaran:planned-at";

    private static final List<String> ORDERS =
            List.of("order", "original-order", "reflex-order", "filler-order", "instance-order");

    private final View view;
    private final List<Prescription> prescriptions = new ArrayList<>();
    private final List<Administration> administrations = new ArrayList<>();
    private final Map<String, Coded> drugs = new HashMap<>();
    private final Map<ResourceId, String> named = new HashMap<>();

    DrugSection(View view) {
        this.view = view;
    }

    @Override
    public boolean take(Entry entry) {
        if (entry.isVoid()) {
            return false;
        }
        return switch (entry.type()) {
            case "MedicationRequest" -> prescriptions.add(prescription(entry));
            case "MedicationAdministration" -> administrations.add(administration(entry));
            case "Medication" -> {
                drugs.put(entry.source().reference(), entry.json().concept("code"));
                yield true;
            }
            default -> false;
        };
    }

    private Prescription prescription(Entry entry) {
        Node json = entry.json();
        List<Node> dosages = new ArrayList<>(json.items("dosageInstruction"));
        dosages.sort(Comparator.comparingInt(one -> order(one.text("sequence"))));
        return new Prescription(
                entry.source(),
                Prescription.Status.of(entry.status()),
                entry.status(),
                json.concept("statusReason").text(),
                ORDERS.contains(json.text("intent")),
                drug(entry),
                dosages.stream().map(Dosage::of).toList(),
                json.time("authoredOn"),
                Node.shown(json.item("requester")),
                Node.joined(", ", json.concepts("reasonCode"), Coded::text),
                Node.joined(" ", json.items("note"), one -> one.text("text")),
                Optional.empty(),
                Optional.empty());
    }

    private static int order(String sequence) {
        return sequence.matches("[0-9]{1,6}") ? Integer.parseInt(sequence) : 0;
    }

    /** The drug by its code, by what stands inside the resource, or by a Medication of its own, which may come later. */
    private Coded drug(Entry entry) {
        Node json = entry.json();
        Coded code = json.concept("medicationCodeableConcept");
        if (!code.isEmpty()) {
            return code;
        }
        Node reference = json.item("medicationReference");
        String to = reference.text("reference");
        if (to.startsWith("#")) {
            Coded inside = json.items("contained").stream()
                    .filter(one -> one.text("id").equals(to.substring(1)))
                    .map(one -> one.concept("code"))
                    .findFirst()
                    .orElse(Coded.NONE);
            if (!inside.isEmpty()) {
                return inside;
            }
        } else if (!to.isEmpty()) {
            named.put(entry.source().id(), to);
        }
        return new Coded(Node.shown(reference), List.of());
    }

    private Administration administration(Entry entry) {
        Node json = entry.json();
        Node dosage = json.item("dosage");
        Node period = json.item("effectivePeriod");
        return new Administration(
                entry.source(),
                Administration.Status.of(entry.status()),
                entry.status(),
                reference(json.text("request", "reference"), "MedicationRequest/"),
                drug(entry),
                json.time("effectiveDateTime").or(() -> period.time("start")),
                period.time("end"),
                FhirTime.of(json.extension(PLANNED_AT, "valueDateTime")).flatMap(FhirTime::instant),
                Quantity.of(dosage.item("dose")),
                dosage.concept("route"),
                Node.joined(", ", json.items("performer"), one -> Node.shown(one.item("actor"))),
                Node.joined(", ", json.concepts("statusReason"), Coded::text),
                Node.joined(" ", json.items("note"), one -> one.text("text")));
    }

    /** The resource of this record a reference leads to. */
    static Optional<ResourceId> reference(String reference, String type) {
        if (!reference.startsWith(type)) {
            return Optional.empty();
        }
        try {
            String id = reference.substring(type.length());
            int version = id.indexOf("/_history/");
            return Optional.of(ResourceId.parse(version < 0 ? id : id.substring(0, version)));
        } catch (MalformedException elsewhere) {
            return Optional.empty();
        }
    }

    private Coded known(ResourceId id, Coded drug) {
        Coded known = drugs.get(named.getOrDefault(id, ""));
        return known == null || known.isEmpty() ? drug : known;
    }

    List<Administration> administrations() {
        return administrations.stream()
                .map(one -> new Administration(
                        one.source(),
                        one.status(),
                        one.statusText(),
                        one.prescription(),
                        known(one.source().id(), one.drug()),
                        one.at(),
                        one.until(),
                        one.planned(),
                        one.dose(),
                        one.route(),
                        one.performer(),
                        one.reason(),
                        one.note()))
                .sorted(Comparator.comparing(Administration::at, FhirTime.order(view.zone()))
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    /** What is active first, of that what is planned before what is on demand; then by the drug's name. */
    List<Prescription> prescriptions() {
        Map<ResourceId, Instant> last = new HashMap<>();
        for (Administration one : administrations) {
            if (one.status().reached() && one.prescription().isPresent()) {
                one.moment()
                        .ifPresent(at -> last.merge(
                                one.prescription().get(),
                                at,
                                (before, after) -> before.isAfter(after) ? before : after));
            }
        }
        return prescriptions.stream()
                .map(one -> with(one, Optional.ofNullable(last.get(one.source().id()))))
                .sorted(Comparator.comparing(Prescription::status)
                        .thenComparing(one -> !one.order())
                        .thenComparing(Prescription::isOnDemand)
                        .thenComparing(Prescription::isContinuous)
                        .thenComparing(one -> one.drug().text())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    private Prescription with(Prescription one, Optional<Instant> last) {
        Optional<Long> apart =
                one.isOnDemand() ? one.dosages().getFirst().rhythm().hoursApart() : Optional.empty();
        return new Prescription(
                one.source(),
                one.status(),
                one.statusText(),
                one.statusReason(),
                one.order(),
                known(one.source().id(), one.drug()),
                one.dosages(),
                one.authored(),
                one.prescriber(),
                one.reason(),
                one.note(),
                last,
                last.flatMap(at -> apart.map(hours -> at.plus(Duration.ofHours(hours)))));
    }
}
