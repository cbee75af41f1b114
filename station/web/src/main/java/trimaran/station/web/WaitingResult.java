package trimaran.station.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Banner;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;

/**
 * One message that waits for its patient: the Task of the house, and beside it the Person of whom it spoke, in a cell of its own.
 *
 * @param at when it came, in words
 * @param why it could not be matched, in words
 * @param person what it says of the patient; empty while that cannot be opened
 * @param json of the same
 * @param message itself
 * @param brought what it brings; empty if nobody here can read it
 */
record WaitingResult(
        String task,
        long version,
        String at,
        String why,
        Optional<PersonLine> person,
        Map<String, Object> json,
        Bytes message,
        Optional<WaitingMessages.Brought> brought) {

    private static final String CODES = "urn:trimaran:task";
    private static final String TO_ATTACH = "result-to-attach";
    private static final String MESSAGE = "urn:trimaran:waiting-message";

    /** Those that wait, the eldest first. */
    static List<ResourceVersion> tasks(List<ResourceVersion> house) {
        return house.stream()
                .filter(WaitingResult::waits)
                .sorted(java.util.Comparator.comparingLong(
                        (ResourceVersion one) -> one.lastUpdated().millis()))
                .toList();
    }

    static boolean waits(ResourceVersion one) {
        return one.type().equals("Task")
                && JsonTree.glimpse(one.json())
                        .filter(json -> JsonTree.text(json, "status").equals("requested"))
                        .flatMap(json -> JsonTree.item(json, "code"))
                        .stream()
                        .flatMap(code -> JsonTree.items(code, "coding").stream())
                        .anyMatch(coding -> JsonTree.text(coding, "system").equals(CODES)
                                && JsonTree.text(coding, "code").equals(TO_ATTACH));
    }

    /** What these are about: opens a cell for each, all at once. */
    static List<WaitingResult> of(Inside inside, Visit visit, Seat seat, List<ResourceVersion> tasks) {
        List<ResourceId> ids =
                tasks.stream().flatMap(task -> focus(task).stream()).distinct().toList();
        Map<ResourceId, ResourceVersion> people = new LinkedHashMap<>();
        if (!ids.isEmpty()
                && seat.care().latest(ids) instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all)) {
            all.forEach(one -> people.put(one.id(), one));
        }
        return tasks.stream()
                .map(task -> of(inside, visit, task, focus(task).flatMap(id -> Optional.ofNullable(people.get(id)))))
                .toList();
    }

    private static Optional<ResourceId> focus(ResourceVersion task) {
        return JsonTree.glimpse(task.json())
                .map(json -> JsonTree.text(json, "focus", "reference"))
                .filter(reference -> reference.startsWith("Person/"))
                .flatMap(reference -> Inside.id(reference.substring("Person/".length())));
    }

    private static WaitingResult of(
            Inside inside, Visit visit, ResourceVersion task, Optional<ResourceVersion> person) {
        Map<String, Object> about = JsonTree.glimpse(task.json()).orElse(Map.of());
        Map<String, Object> json =
                person.flatMap(one -> JsonTree.glimpse(one.json())).orElse(Map.of());
        Bytes message = message(json);
        boolean differs = JsonTree.text(about, "reasonCode", "text").startsWith("name");
        return new WaitingResult(
                task.id().toString(),
                task.version(),
                at(inside, visit, JsonTree.text(about, "authoredOn")),
                visit.words().say(differs ? "attach.why.differs" : "attach.why.unknown"),
                person.map(one -> line(inside, visit, one)),
                json,
                message,
                inside.messages().read(message.toArray()));
    }

    private static String at(Inside inside, Visit visit, String fhir) {
        try {
            return new Clock(inside.setting().zone(), visit.words())
                    .since(OffsetDateTime.parse(fhir).toInstant(), visit.now());
        } catch (DateTimeParseException coarse) {
            return fhir.isEmpty() ? visit.words().say("time.unknown") : fhir;
        }
    }

    private static Bytes message(Map<String, Object> person) {
        String data = JsonTree.items(person, "extension").stream()
                .filter(one -> JsonTree.text(one, "url").equals(MESSAGE))
                .map(one -> JsonTree.text(one, "valueAttachment", "data"))
                .findFirst()
                .orElse("");
        try {
            return Bytes.wrap(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException damaged) {
            return Bytes.EMPTY;
        }
    }

    /** A Person bears the same traits as a Patient (R4), and is shown as one. */
    private static PersonLine line(Inside inside, Visit visit, ResourceVersion person) {
        Map<String, Object> json =
                new LinkedHashMap<>(JsonTree.glimpse(person.json()).orElse(Map.of()));
        json.put("resourceType", "Patient");
        json.remove("extension");
        ResourceVersion shown = new ResourceVersion(
                person.id(),
                "Patient",
                person.version(),
                person.lastUpdated(),
                Bytes.wrap(JsonTree.write(json)),
                person.standing(),
                person.continuity(),
                person.entry());
        View view = new View(visit.now(), inside.setting().zone(), Places.NONE);
        return new PersonLine(person.id(), ChartFold.of(List.of(shown), view).banner(), view.zone(), "", "", List.of());
    }

    /** The numbers it gives. */
    List<Trait> numbers() {
        List<Trait> all = new ArrayList<>();
        for (Map<String, Object> one : JsonTree.items(json, "identifier")) {
            String value = JsonTree.text(one, "value");
            if (!value.isEmpty()) {
                all.add(Trait.identifier(JsonTree.text(one, "system"), value));
            }
        }
        return all.stream().limit(WebLimits.PAIRS_MAX).toList();
    }

    /** By which somebody alike is looked for; empty if it says too little. */
    Optional<PeopleSearch.Traits> traits() {
        Optional<Banner> banner = person.map(PersonLine::banner);
        Optional<java.time.LocalDate> birth = day(JsonTree.text(json, "birthDate"));
        return banner.flatMap(Banner::inUse)
                .filter(name -> !name.family().isEmpty())
                .flatMap(name -> birth.map(day -> new PeopleSearch.Traits(
                        name.family(),
                        name.given().isEmpty() ? "" : name.given().getFirst(),
                        day,
                        JsonTree.text(json, "gender"))));
    }

    private static Optional<java.time.LocalDate> day(String fhir) {
        try {
            return Optional.of(java.time.LocalDate.parse(fhir));
        } catch (DateTimeParseException coarse) {
            return Optional.empty();
        }
    }
}
