package trimaran.station.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.chart.Administration;

/**
 * Taking back what one has just written of a dose by mistake: for a short while, by its author alone. It stays in the record as
 * entered in error, and the dose is to be given again.
 */
final class UndoForm implements BedsideForms.Sheet {

    private final Inside inside;
    private final PatientPages patients;
    private final Writing writing;

    UndoForm(Inside inside, PatientPages patients, Writing writing) {
        this.inside = inside;
        this.patients = patients;
        this.writing = writing;
    }

    /** What can be taken back of this by whoever is at the screen; empty if it is another's, too old, or not shared yet. */
    static Optional<Said.Undo> undo(Ground ground, Administration one) {
        return ground.resource(one.source().id())
                .filter(version -> isOpen(ground, version))
                .map(version -> new Said.Undo(version.id(), version.version()));
    }

    private static boolean isOpen(Ground ground, ResourceVersion version) {
        Duration age = Duration.between(version.lastUpdated().instant(), ground.now());
        return version.type().equals("MedicationAdministration")
                && age.toMillis() <= WebLimits.UNDO_MILLIS
                && !ground.inside().kept().writes().has(version.id())
                && JsonTree.glimpse(version.json())
                        .filter(json -> !JsonTree.text(json, "status").equals("entered-in-error"))
                        .filter(json -> JsonTree.items(json, "performer").stream()
                                .anyMatch(one -> JsonTree.text(one, "actor", "identifier", "system")
                                                .equals(Json.BADGE)
                                        && JsonTree.text(one, "actor", "identifier", "value")
                                                .equals(ground.seat().badge())))
                        .isPresent();
    }

    private static Meanwhile meanwhile(Ground ground, ResourceVersion now, String seen) {
        String status = JsonTree.glimpse(now.json())
                .map(json -> JsonTree.text(json, "status"))
                .orElse("");
        return Meanwhile.of(
                ground.inside(),
                ground.visit(),
                Optional.of(ground.patient()),
                now,
                seen,
                ground.words().say(status.equals("entered-in-error") ? "give.undone" : "give.changed"),
                ground.words().say("said.undo"));
    }

    @Override
    public Reply show(Ground ground) {
        return Reply.to(ground.record().href(PatientPages.Tab.PLAN));
    }

    @Override
    public Reply take(Ground ground) {
        Optional<ResourceId> id = Inside.id(ground.entered().text("id"));
        Optional<ResourceVersion> found = id.flatMap(ground::resource).filter(version -> isOpen(ground, version));
        String version = ground.entered().text("version");
        if (found.isEmpty() || !String.valueOf(found.get().version()).equals(version)) {
            return stale(ground, Code.VERSION_CONFLICT, id, version);
        }
        Map<String, Object> json =
                new LinkedHashMap<>(JsonTree.glimpse(found.get().json()).orElse(Map.of()));
        json.put("status", "entered-in-error");
        json.put("statusReason", Json.list(Json.words("Saisie annulée par " + ground.authorWords())));
        json.remove("identifier");
        List<Change> changes =
                List.of(Writing.update(found.get().id(), found.get().version(), json));
        WriteResult result = writing.write(ground, changes);
        return writing.answer(
                ground,
                Act.UNDO,
                ground.words().say("give.undone"),
                false,
                changes,
                result,
                status -> stale(
                        ground.again(patients, Act.UNDO),
                        ((WriteResult.Refused) result).refusal().code(),
                        id,
                        version));
    }

    /** It is not what the page showed any more: who changed it, if somebody did. */
    private Reply stale(Ground ground, Code code, Optional<ResourceId> id, String seen) {
        return inside.problem(
                ground.visit(),
                code,
                id.flatMap(ground::resource)
                        .filter(now -> !String.valueOf(now.version()).equals(seen))
                        .map(now -> meanwhile(ground, now, seen)));
    }
}
