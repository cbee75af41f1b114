package trimaran.station;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Facts;
import trimaran.model.Placement;
import trimaran.model.Surroundings;
import trimaran.record.CellKind;

/** Gives each change of a transaction its cell and its id: cells that are open, or new ones where there is none yet. */
final class Placing implements Surroundings {

    /** A cell by what it is for. */
    record Slot(CellId subject, CellKind kind, String label) implements Claims.Claim {}

    private final StationSetting setting;
    private final Cells cells;
    private final Function<ResourceId, Optional<Leaning.Waiting>> waiting;
    private final OwnSession session;
    private final References references;
    private final RecordTime now;
    private final Map<CellId, Target> targets = new HashMap<>();
    private final Map<Slot, Target> bySlot = new LinkedHashMap<>();
    private final Map<Planned, Outcome<Target>> placed = new HashMap<>();
    private final Set<Planned> placing = new HashSet<>();
    private final Set<CellId> unopened;
    private final Outcome<Target> house;

    /**
     * @param session who writes, and so opens what is not there yet
     * @param waiting what entries of this station that have no place yet make of a resource
     * @param unopened patients of whom it is written without their record: into cells of its own, whatever others have open here
     * @param house the cell house resources go to, or why there is none
     */
    Placing(
            StationSetting setting,
            OwnSession session,
            Cells cells,
            Function<ResourceId, Optional<Leaning.Waiting>> waiting,
            References references,
            Set<CellId> unopened,
            Outcome<Target> house) {
        this.setting = setting;
        this.session = session;
        this.cells = cells;
        this.waiting = waiting;
        this.references = references;
        this.now = new RecordTime(setting.loop().wallTime().millis());
        this.unopened = unopened;
        this.house = house;
        if (house instanceof Outcome.Done<Target>(Target target)) {
            remember(House.SLOT, target);
        }
    }

    /** The patients of the record whose folders must be open before anything can be placed. */
    static Set<CellId> subjects(References references, Surroundings surroundings) {
        Set<CellId> subjects = new HashSet<>();
        for (Planned change : references.changes()) {
            if (change.isWritten() && change.change() instanceof Transaction.Change.Create create) {
                String patient = Placement.patientOf(create.resource().facts(), surroundings);
                references.known(patient).ifPresent(id -> subjects.add(id.cell()));
            }
        }
        return subjects;
    }

    /** Whether something of the transaction belongs to the house. */
    static boolean needsHouse(References references, Surroundings surroundings, RecordTime now) {
        return references.changes().stream()
                .filter(change -> change.isWritten() && change.change() instanceof Transaction.Change.Create)
                .flatMap(change -> change.resource().stream())
                .anyMatch(resource -> Placement.of(resource.facts(), surroundings, now) instanceof Placement.House);
    }

    /** Places all changes, in the order of the transaction; empty if all went well. */
    Optional<Refusal> place() {
        for (Planned change : references.changes()) {
            if (!change.isWritten()) {
                continue;
            }
            Outcome<Target> outcome = place(change);
            if (outcome instanceof Outcome.Refused<Target>(Refusal refusal)) {
                return Optional.of(change.at(refusal));
            }
        }
        return Optional.empty();
    }

    /**
     * New cells the transaction opens, by what they are for. Those of patients nobody has open are none: whoever writes next opens
     * another, rather than wait until nobody is alone any more.
     */
    Set<Slot> freshSlots() {
        Set<Slot> fresh = new LinkedHashSet<>();
        bySlot.forEach((slot, target) -> {
            if (target.opening().isPresent() && !unopened.contains(slot.subject())) {
                fresh.add(slot);
            }
        });
        return fresh;
    }

    private Outcome<Target> place(Planned change) {
        Outcome<Target> known = placed.get(change);
        if (known != null) {
            return known;
        }
        if (!placing.add(change)) {
            return refused(change, "encounters that are part of each other");
        }
        Outcome<Target> outcome = switch (change.change()) {
            case Transaction.Change.Create create ->
                created(change, create.resource().facts());
            case Transaction.Change.Update update -> changed(change, update.id());
            case Transaction.Change.Delete delete -> changed(change, delete.id());
        };
        placed.put(change, outcome);
        if (outcome instanceof Outcome.Done<Target>(Target target)) {
            change.target = target;
            if (change.id == null) {
                change.id = ResourceId.random(target.cell(), setting.entropy());
            }
        }
        return outcome;
    }

    private Outcome<Target> changed(Planned change, ResourceId id) {
        change.id = id;
        Optional<OpenCell> open = cells.get(id.cell());
        Optional<Leaning.Waiting> under = waiting.apply(id).filter(one -> isOrdered(change, one));
        if (open.isPresent() && under.isPresent() && under.get().version() == change.replaces()) {
            return under.get().removes() && change.change() instanceof Transaction.Change.Delete
                    ? Outcome.refused(Code.GONE, "it is deleted already")
                    : Outcome.done(existing(open.get()));
        }
        Optional<ResourceVersion> latest = open.flatMap(cell -> cell.latest(id.local()));
        if (open.isEmpty() || latest.isEmpty() || !latest.get().type().equals(change.type())) {
            return Outcome.refused(Code.NOT_FOUND, "there is no such " + change.type());
        }
        if (latest.get().version() != change.replaces()) {
            return Outcome.refused(
                    Code.VERSION_CONFLICT,
                    "the present version is " + latest.get().version());
        }
        if (under.isPresent() && under.get().version() > change.replaces()) {
            // Beside the one that waits it would be a second of the same number, and one of the two in conflict.
            return Outcome.refused(
                    Code.VERSION_CONFLICT,
                    "the present version is " + under.get().version() + ", still here");
        }
        if (open.get().unread().isOver(latest.get())) {
            return Outcome.refused(
                    Code.UNREAD, "what stands there now cannot be read here: its key is missing or wrong");
        }
        if (latest.get().isDeleted() && change.change() instanceof Transaction.Change.Delete) {
            return Outcome.refused(Code.GONE, "it is deleted already");
        }
        return Outcome.done(existing(open.get()));
    }

    /**
     * Whether a change of what this station wrote itself and could not bring away yet follows it in order, and goes on top of the last. A
     * movement does not, since from which bed somebody is moved is read from what the record shows.
     */
    private static boolean isOrdered(Planned change, Leaning.Waiting under) {
        return under.type().equals(change.type()) && !under.type().equals("Encounter");
    }

    private Outcome<Target> created(Planned change, Facts facts) {
        return switch (Placement.of(facts, this, now)) {
            case Placement.House() -> house;
            case Placement.Identity() when facts.type().equals("Patient") -> Outcome.done(newPatient());
            case Placement.Identity() -> identity(change, facts);
            case Placement.Dossier() -> ofSubject(change, facts, CellKind.DOSSIER, "");
            case Placement.Quarter(int year, int quarter) ->
                ofSubject(change, facts, CellKind.QUARTER, year + "Q" + quarter);
            case Placement.Stay(String encounter) -> stay(change, facts, encounter);
        };
    }

    private Target newPatient() {
        Target target = Target.alone(session, CellKind.IDENTITY, "", setting.entropy());
        return remember(new Slot(target.cell(), CellKind.IDENTITY, ""), target);
    }

    /** A Person may stand alone; everything else of identity belongs to a patient. */
    private Outcome<Target> identity(Planned change, Facts facts) {
        boolean alone = facts.type().equals("Person")
                && Placement.patientOf(facts, this).isEmpty();
        return alone ? Outcome.done(newPatient()) : ofSubject(change, facts, CellKind.IDENTITY, "");
    }

    private Outcome<Target> stay(Planned change, Facts facts, String encounter) {
        if (encounter.isEmpty()) {
            return subject(change, facts).map(subject -> {
                Target target = Target.of(session, CellKind.STAY, subject, "", setting.entropy());
                // Two stays have nothing in common, so the slot names the cell itself.
                return remember(new Slot(subject, CellKind.STAY, target.cell().handle()), target);
            });
        }
        Optional<Planned> inside = references.inside(encounter).filter(Planned::isWritten);
        if (inside.isPresent()) {
            return place(inside.get());
        }
        Optional<OpenCell> open = existingId(encounter).flatMap(id -> cells.get(id.cell()));
        return open.isPresent()
                ? Outcome.done(existing(open.get()))
                : refused(change, "the encounter is not one of this patient's");
    }

    private Outcome<Target> ofSubject(Planned change, Facts facts, CellKind kind, String label) {
        return subject(change, facts).map(subject -> slot(new Slot(subject, kind, label)));
    }

    /** The first cell of its kind: its own subject, labelled otherwise than writers wait for one another by. */
    Target first(Slot slot, String label) {
        Target known = bySlot.get(slot);
        if (known != null) {
            return known;
        }
        return remember(slot, Target.alone(session, slot.kind(), label, setting.entropy()));
    }

    Target slot(Slot slot) {
        Target known = bySlot.get(slot);
        if (known != null) {
            return known;
        }
        for (OpenCell open : openOf(slot.subject())) {
            if (open.kind() == slot.kind() && open.label().equals(slot.label())) {
                Target target = existing(open);
                bySlot.put(slot, target);
                return target;
            }
        }
        return remember(slot, Target.of(session, slot.kind(), slot.subject(), slot.label(), setting.entropy()));
    }

    private List<OpenCell> openOf(CellId subject) {
        return unopened.contains(subject) ? List.of() : cells.ofSubject(subject);
    }

    Target existing(OpenCell open) {
        return targets.computeIfAbsent(open.id(), none -> Target.of(open));
    }

    private Target remember(Slot slot, Target target) {
        bySlot.put(slot, target);
        targets.put(target.cell(), target);
        return target;
    }

    /** The identity cell of the patient a resource is about. */
    private Outcome<CellId> subject(Planned change, Facts facts) {
        String patient = Placement.patientOf(facts, this);
        Optional<Planned> inside = references.inside(patient);
        if (inside.isPresent() && inside.get().isWritten()) {
            return place(inside.get()).map(Target::cell);
        }
        Optional<ResourceId> known = existingId(patient);
        if (known.isEmpty()
                || (!unopened.contains(known.get().cell())
                        && cells.ofSubject(known.get().cell()).isEmpty())) {
            return Outcome.refused(
                    Refusal.at(Code.BAD_REFERENCE, change.type(), "the record does not know the patient it is about"));
        }
        return Outcome.done(known.get().cell());
    }

    private Optional<ResourceId> existingId(String reference) {
        Optional<Planned> inside = references.inside(reference).filter(change -> !change.isWritten());
        return inside.isPresent() ? Optional.of(inside.get().requiredId()) : references.known(reference);
    }

    @Override
    public String typeOf(String reference) {
        return references.typeOf(reference);
    }

    @Override
    public boolean isStay(String encounter) {
        Optional<Planned> inside = references.inside(encounter).filter(Planned::isWritten);
        if (inside.isPresent()) {
            return inside.get().resource().isPresent()
                    && inside.get().type().equals("Encounter")
                    && (placed.containsKey(inside.get()) || !placing.contains(inside.get()))
                    && place(inside.get()) instanceof Outcome.Done<Target>(Target target)
                    && target.kind() == CellKind.STAY;
        }
        return existingId(encounter)
                .flatMap(id -> cells.get(id.cell()))
                .filter(cell -> cell.kind() == CellKind.STAY && !unopened.contains(cell.subject()))
                .isPresent();
    }

    private static Outcome<Target> refused(Planned change, String why) {
        return Outcome.refused(Refusal.at(Code.BAD_REFERENCE, change.type(), why));
    }

    /** All cells the transaction touches, in the order of its changes. */
    List<Target> targets() {
        return references.changes().stream()
                .filter(Planned::isWritten)
                .map(Planned::requiredTarget)
                .distinct()
                .toList();
    }
}
