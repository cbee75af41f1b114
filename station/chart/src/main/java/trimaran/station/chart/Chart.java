package trimaran.station.chart;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.ResourceId;

/**
 * What the record says of one patient, in the order people need it. Every resource that was folded stands in {@code shown} or in
 * {@code others}, never in neither: what a reader does not see, nobody hides.
 *
 * @param available false if the record could not be opened: then everything else is empty because nobody knows, not because there
 *     is nothing
 * @param slots doses from {@link DosePlan#BACK} to {@link DosePlan#AHEAD}, in time
 * @param administrations all of them, the oldest first
 * @param weight the newest
 * @param results of laboratories, the newest first
 * @param findings all other observations, the newest first
 * @param shown resources of which a part above shows something
 * @param unreviewed resources that came without application's approval and that nobody has reviewed yet
 */
public record Chart(
        View view,
        boolean available,
        Banner banner,
        Allergies allergies,
        List<Alert> alerts,
        List<Problem> problems,
        List<Prescription> prescriptions,
        List<Administration> administrations,
        List<Slot> slots,
        List<Series> vitals,
        Optional<Measure> weight,
        List<Measure> results,
        List<Measure> findings,
        List<Report> reports,
        List<Order> orders,
        List<Specimen> specimens,
        List<Document> documents,
        List<Stay> stays,
        List<Diet> diets,
        List<CareTask> care,
        List<Contact> contacts,
        List<Other> others,
        Set<ResourceId> shown,
        Set<ResourceId> unreviewed) {

    /** The stay somebody is in now, or else the one they are expected for. */
    public Optional<Stay> stay() {
        return stays.stream()
                .filter(one -> one.phase() == Stay.Phase.PRESENT || one.phase() == Stay.Phase.EXPECTED)
                .findFirst();
    }

    public List<Prescription> active() {
        return prescriptions.stream()
                .filter(one -> one.status() == Prescription.Status.ACTIVE && one.order())
                .toList();
    }

    public Optional<Prescription> prescription(ResourceId id) {
        return prescriptions.stream()
                .filter(one -> one.source().id().equals(id))
                .findFirst();
    }

    public List<Slot> slots(Shift shift) {
        return slots.stream()
                .filter(slot -> slot.moment().filter(shift::holds).isPresent())
                .toList();
    }

    public List<Slot> slots(Slot.State state) {
        return slots.stream().filter(slot -> slot.state() == state).toList();
    }

    /** The next dose that is planned and still to be given. */
    public Optional<Slot> nextDose() {
        return slots.stream()
                .filter(slot -> slot.state() == Slot.State.DUE || slot.state() == Slot.State.PLANNED)
                .findFirst();
    }

    public List<Alert> alerts(Alert.Kind kind) {
        return alerts.stream().filter(one -> one.kind() == kind).toList();
    }

    public List<Order> awaited() {
        return orders.stream().filter(Order::isAwaited).toList();
    }

    /** The newest result of each kind. */
    public List<Measure> latestResults() {
        Set<String> seen = new java.util.HashSet<>();
        return results.stream().filter(one -> seen.add(one.what().key())).toList();
    }

    /** Of the newest results those somebody has to be called for. */
    public List<Measure> critical() {
        return latestResults().stream().filter(one -> one.flag().isCritical()).toList();
    }
}
