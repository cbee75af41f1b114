package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/**
 * Movements that lie in this station's outbox: neither stay nor board shows them by itself, and one nobody sees is written a
 * second time, which the record would then have to place in conflict.
 */
final class WaitingMoves {

    /**
     * One of them.
     *
     * @param stay the Encounter as it will be
     * @param person the Patient, where the same entry makes it: nobody can open their record yet
     */
    record Move(ResourceId patient, ResourceVersion stay, Map<String, Object> json, Optional<ResourceVersion> person) {

        Move {
            json = Map.copyOf(json);
        }

        /** The Location somebody will be in; empty if they leave. */
        String place() {
            return isPresent() ? StayChange.place(json) : "";
        }

        boolean isPresent() {
            return status().equals("in-progress");
        }

        private String status() {
            return JsonTree.text(json, "status");
        }

        /** What it is, as a few words of a sentence. */
        String words(Words words) {
            return switch (status()) {
                case "finished" -> words.say("wait.discharge");
                case "cancelled" -> words.say("wait.cancelled");
                case "planned" -> words.say("wait.planned");
                default -> words.say("wait.arrival", StayChange.placeWords(json));
            };
        }
    }

    private WaitingMoves() {}

    /** Remembers what a movement wrote that is not shared yet, each patient's with them. */
    static void keep(KeptWrites kept, List<Change> changes, WriteResult.Waiting waiting, Instant now) {
        for (ResourceVersion version : versions(changes, waiting, now)) {
            patient(version).ifPresent(patient -> kept.add(patient, List.of(version)));
        }
    }

    private static Optional<ResourceId> patient(ResourceVersion version) {
        return switch (version.type()) {
            case "Patient" -> Optional.of(version.id());
            case "Encounter" ->
                JsonTree.glimpse(version.json())
                        .map(json -> JsonTree.text(json, "subject", "reference"))
                        .filter(reference -> reference.startsWith("Patient/"))
                        .flatMap(reference -> Inside.id(reference.substring("Patient/".length())));
            default -> Optional.empty();
        };
    }

    /**
     * What these changes make, as the record will show it. Where the station did not say in time what became of them, only what
     * was changed is known by its id.
     */
    static List<ResourceVersion> versions(List<Change> changes, WriteResult.Waiting waiting, Instant now) {
        if (waiting.versions().isEmpty()) {
            return changes.stream()
                    .filter(Change.Update.class::isInstance)
                    .map(Change.Update.class::cast)
                    .map(one -> version(
                            new WriteResult.Changed(
                                    one.id(),
                                    one.resource().type(),
                                    one.version() + 1,
                                    new RecordTime(now.toEpochMilli()),
                                    false),
                            Bytes.wrap(one.resource().bytes()),
                            waiting,
                            now))
                    .toList();
        }
        Map<String, String> references = new HashMap<>();
        int count = Math.min(waiting.versions().size(), changes.size());
        for (int i = 0; i < count; i++) {
            WriteResult.Changed changed = waiting.versions().get(i);
            if (changes.get(i) instanceof Change.Create create
                    && !create.fullUrl().isEmpty()) {
                references.put(create.fullUrl(), changed.type() + "/" + changed.id());
            }
        }
        List<ResourceVersion> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes json = switch (changes.get(i)) {
                case Change.Create create ->
                    referring(Bytes.wrap(create.resource().bytes()), references);
                case Change.Update update -> Bytes.wrap(update.resource().bytes());
                case Change.Delete _ -> Bytes.EMPTY;
            };
            all.add(version(waiting.versions().get(i), json, waiting, now));
        }
        return all;
    }

    private static ResourceVersion version(
            WriteResult.Changed changed, Bytes json, WriteResult.Waiting waiting, Instant now) {
        return new ResourceVersion(
                changed.id(),
                changed.type(),
                changed.version(),
                new RecordTime(now.toEpochMilli()),
                json,
                ResourceVersion.Standing.PROVISIONAL,
                false,
                waiting.entry());
    }

    /** As the station resolves them: a reference within one entry becomes the id that was given. */
    private static Bytes referring(Bytes json, Map<String, String> references) {
        if (references.isEmpty()) {
            return json;
        }
        String text = new String(json.unsafeArray(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> one : references.entrySet()) {
            text = text.replace("\"" + one.getKey() + "\"", "\"" + one.getValue() + "\"");
        }
        return Bytes.ofText(text);
    }

    /** All that wait now. */
    static List<Move> all(Inside inside) {
        return inside.keptNow().stays();
    }

    /** The one of this patient, if one waits. */
    static Optional<Move> of(Inside inside, ResourceId patient) {
        return all(inside).stream().filter(one -> one.patient().equals(patient)).findFirst();
    }

    /** Whether somebody waits to be shown in this bed. */
    static boolean isTaken(Inside inside, ResourceId bed) {
        return all(inside).stream().anyMatch(one -> one.place().equals(bed.toString()));
    }

    /** Whether a record of just this name and birth date is being made here. */
    static boolean isMaking(Inside inside, PeopleSearch.Traits told) {
        return all(inside).stream()
                .flatMap(one -> one.person().stream())
                .flatMap(one -> JsonTree.glimpse(one.json()).stream())
                .anyMatch(person ->
                        JsonTree.text(person, "birthDate").equals(told.birth().toString())
                                && JsonTree.items(person, "name").stream().anyMatch(name -> isOf(name, told)));
    }

    private static boolean isOf(Map<String, Object> name, PeopleSearch.Traits told) {
        return Trait.plain(JsonTree.text(name, "family")).equals(Trait.plain(told.family()))
                && name.get("given") instanceof List<?> given
                && !given.isEmpty()
                && given.getFirst() instanceof String first
                && Trait.plain(first).equals(Trait.plain(told.given()));
    }
}
