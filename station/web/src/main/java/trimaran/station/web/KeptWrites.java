package trimaran.station.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;

/**
 * What was written here and lies in this station's outbox: the record does not show it yet, and a dose nobody sees would be given
 * twice. Shown with the patient it is of until the record shows it. Only in memory, as the outbox itself keeps it on disk.
 */
final class KeptWrites {

    private final Map<ResourceId, List<ResourceVersion>> kept = new LinkedHashMap<>();

    /** What must be seen lest it is done twice: a dose, a prescription, a movement, a decision on a result. It goes last of all. */
    private static final Set<String> LAST_TO_GO =
            Set.of("MedicationAdministration", "MedicationRequest", "Encounter", "Task");

    /**
     * What is of no patient, a Task of the house, is kept under itself. Beyond {@link WebLimits#KEPT_MAX} patients one of whom there are only observations and notes goes, the eldest first, and
     * of one patient so do these; a dose only where there is nothing else. The outbox has it still, only this page does not show
     * it.
     */
    synchronized void add(ResourceId patient, List<ResourceVersion> versions) {
        List<ResourceVersion> all = new ArrayList<>(kept.getOrDefault(patient, List.of()));
        all.addAll(versions);
        kept.remove(patient);
        while (all.size() > WebLimits.KEPT_MAX) {
            all.remove(all.stream()
                    .filter(one -> !LAST_TO_GO.contains(one.type()))
                    .findFirst()
                    .orElse(all.getFirst()));
        }
        kept.put(patient, List.copyOf(all));
        while (kept.size() > WebLimits.KEPT_MAX) {
            kept.remove(kept.entrySet().stream()
                    .filter(one -> one.getValue().stream().noneMatch(write -> LAST_TO_GO.contains(write.type())))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(kept.keySet().iterator().next()));
        }
    }

    /** The entries all this came in. */
    synchronized Set<Digest> entries() {
        Set<Digest> entries = new HashSet<>();
        kept.values().forEach(all -> all.forEach(one -> entries.add(one.entry())));
        return entries;
    }

    /** These entries wait no more: each is in the record, or was refused and is not. What else waits there does not matter. */
    synchronized void settled(Set<Digest> entries) {
        if (entries.isEmpty()) {
            return;
        }
        kept.replaceAll((patient, all) ->
                all.stream().filter(one -> !entries.contains(one.entry())).toList());
        kept.values().removeIf(List::isEmpty);
    }

    synchronized boolean isEmpty() {
        return kept.isEmpty();
    }

    synchronized int patients() {
        return kept.size();
    }

    /** Whether a version of this resource is only here. */
    synchronized boolean has(ResourceId id) {
        return kept.values().stream()
                .anyMatch(all -> all.stream().anyMatch(one -> one.id().equals(id)));
    }

    /** Stays that were begun, moved or ended here, the latest of each. */
    synchronized List<WaitingMoves.Move> stays() {
        List<WaitingMoves.Move> moves = new ArrayList<>();
        kept.forEach((patient, all) -> all.reversed().stream()
                .filter(one -> one.type().equals("Encounter"))
                .findFirst()
                .flatMap(stay -> JsonTree.glimpse(stay.json())
                        .map(json -> new WaitingMoves.Move(
                                patient,
                                stay,
                                json,
                                all.stream()
                                        .filter(one -> one.type().equals("Patient"))
                                        .findFirst())))
                .ifPresent(moves::add));
        return moves;
    }

    /** What the record shows, with what is only here laid over it. */
    synchronized List<ResourceVersion> over(ResourceId patient, List<ResourceVersion> shown) {
        List<ResourceVersion> here = kept.getOrDefault(patient, List.of());
        if (here.isEmpty()) {
            return shown;
        }
        Map<ResourceId, ResourceVersion> latest = new HashMap<>();
        shown.forEach(one -> latest.put(one.id(), one));
        List<ResourceVersion> waiting = here.stream()
                .filter(one -> {
                    ResourceVersion known = latest.get(one.id());
                    return known == null || known.version() < one.version();
                })
                .toList();
        if (waiting.isEmpty()) {
            kept.remove(patient);
            return shown;
        }
        kept.put(patient, waiting);
        Map<ResourceId, ResourceVersion> laid = new LinkedHashMap<>();
        shown.forEach(one -> laid.put(one.id(), one));
        waiting.forEach(one -> laid.put(one.id(), one));
        return List.copyOf(laid.values());
    }
}
