package trimaran.station.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;

/**
 * Finds patients (DESIGN §8): by a number or by family name and birth date in the whole record, with one lookup; by the
 * beginning of a name among those who are present or expected. Opens who they are, and nothing of their care.
 */
final class PeopleSearch {

    /**
     * What was found.
     *
     * @param more how many fit beside those shown
     * @param refusal why the list may lack somebody
     */
    record Found(List<PersonLine> people, int more, Optional<Refusal> refusal) {
        Found {
            people = List.copyOf(people);
        }
    }

    private record Place(String words, String href) {}

    private static final Place NOWHERE = new Place("", "");

    private final Inside inside;
    private final Visit visit;
    private final Care care;
    private final Map<ResourceId, Place> places = new LinkedHashMap<>();
    private Optional<Refusal> refusal = Optional.empty();

    PeopleSearch(Inside inside, Visit visit, Seat seat) {
        this.inside = inside;
        this.visit = visit;
        this.care = seat.care();
        value(care.wards()).ifPresent(boards -> boards.forEach(this::place));
    }

    private void place(WardBoard board) {
        String ward = board.ward().name();
        String href = "/services/" + board.ward().id();
        board.present().forEach(stay -> places.put(stay.patient(), new Place(words(board, stay, ward), href)));
        String coming = visit.words().say("find.expected") + " ";
        board.expected()
                .forEach(stay ->
                        places.putIfAbsent(stay.patient(), new Place(coming + words(board, stay, ward), href)));
    }

    private String words(WardBoard board, WardStay stay, String ward) {
        return stay.bed()
                .flatMap(board::bed)
                .map(bed -> ward + ", " + visit.words().say("bed.kept", Places.bedName(bed.place())))
                .orElse(ward);
    }

    private <T> Optional<T> value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> Optional.of(value);
            case Outcome.Refused<T>(Refusal why) -> {
                refusal = Optional.of(why);
                yield Optional.empty();
            }
        };
    }

    Found find(PersonQuery query) {
        List<PersonLine> people;
        if (!query.number().isEmpty()) {
            people = people(numbered(query.number()));
        } else {
            List<PersonLine> named =
                    new ArrayList<>(people(value(lookedUp(query.traits())).orElse(List.of())));
            present().stream()
                    .filter(line -> fits(line, query))
                    .filter(line -> named.stream().noneMatch(one -> one.id().equals(line.id())))
                    .forEach(named::add);
            people = named.stream()
                    .filter(line -> query.birth().isEmpty()
                            || line.birth().equals(query.birth().get().toString()))
                    .toList();
        }
        return found(people, Comparator.comparingLong((PersonLine line) -> -matches(line, query)));
    }

    private Outcome<List<ResourceId>> lookedUp(List<Trait> traits) {
        return traits.isEmpty() ? Outcome.done(List.of()) : care.findAny("Patient", traits);
    }

    private List<ResourceId> numbered(String number) {
        Numbers numbers = new Numbers(inside.setting().demo());
        List<ResourceId> ids =
                value(care.findAny("Patient", numbers.ofPatient(number))).orElse(List.of());
        if (!ids.isEmpty() || Numbers.isIns(number)) {
            return ids;
        }
        List<ResourceId> stays = value(care.findAny("Encounter", List.of(numbers.ofStay(number))))
                .orElse(List.of());
        return value(care.latest(stays)).orElse(List.of()).stream()
                .flatMap(stay -> reference(stay, "subject").stream())
                .distinct()
                .toList();
    }

    private static Optional<ResourceId> reference(ResourceVersion version, String name) {
        return JsonTree.glimpse(version.json())
                .map(json -> JsonTree.text(json, name, "reference"))
                .filter(text -> text.startsWith("Patient/"))
                .flatMap(text -> Inside.id(text.substring("Patient/".length())));
    }

    /**
     * Who may be the person a form speaks of, the likeliest first, each with what does not fit. One lookup asks for the family
     * name with the birth date, with day and month changed over, and for names changed over.
     */
    Found alike(Traits told) {
        Set<Trait> traits = new LinkedHashSet<>();
        traits.add(Trait.nameAndBirth(told.family(), told.birth().toString()));
        BirthDate.swapped(told.birth()).ifPresent(day -> traits.add(Trait.nameAndBirth(told.family(), day.toString())));
        traits.add(Trait.nameAndBirth(told.given(), told.birth().toString()));
        List<PersonLine> all =
                new ArrayList<>(people(value(lookedUp(List.copyOf(traits))).orElse(List.of())));
        present().stream()
                .filter(line -> line.families().contains(Trait.plain(told.family()))
                        || (line.birth().equals(told.birth().toString()) && sharesAName(line, told)))
                .filter(line -> all.stream().noneMatch(one -> one.id().equals(line.id())))
                .forEach(all::add);
        return found(
                all.stream().map(line -> line.doubted(doubts(line, told))).toList(),
                Comparator.comparingInt(line -> line.doubts().size()));
    }

    /** Who a form says somebody is. */
    record Traits(String family, String given, LocalDate birth, String sex) {}

    /** One with what does not fit who somebody is said to be. */
    PersonLine compared(PersonLine line, Traits told) {
        return line.doubted(doubts(line, told));
    }

    private static boolean sharesAName(PersonLine line, Traits told) {
        return line.names().contains(Trait.plain(told.given())) || line.names().contains(Trait.plain(told.family()));
    }

    private List<String> doubts(PersonLine line, Traits told) {
        Words words = visit.words();
        List<String> doubts = new ArrayList<>();
        if (!line.families().contains(Trait.plain(told.family()))) {
            doubts.add(words.say("doubt.family"));
        }
        if (!line.names().contains(Trait.plain(told.given()))) {
            doubts.add(words.say("doubt.given"));
        }
        if (!line.birth().equals(told.birth().toString())) {
            doubts.add(words.say("doubt.birth"));
        }
        if (!line.banner().sex().equals(told.sex())) {
            doubts.add(words.say("doubt.sex"));
        }
        return doubts;
    }

    private Found found(List<PersonLine> people, Comparator<PersonLine> order) {
        List<PersonLine> sorted = people.stream()
                .sorted(order.thenComparing(line -> line.banner().nameWords(visit.language())))
                .toList();
        return new Found(
                sorted.stream().limit(WebLimits.FOUND_MAX).toList(),
                Math.max(0, sorted.size() - WebLimits.FOUND_MAX),
                refusal);
    }

    private List<PersonLine> present() {
        return people(places.keySet());
    }

    /** Why somebody may lack in what was asked for so far. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    /** One patient as the lists show them. */
    Optional<PersonLine> one(ResourceId patient) {
        return people(List.of(patient)).stream().findFirst();
    }

    /** Several as the lists show them, opened together; who cannot be shown is left out. */
    Map<ResourceId, PersonLine> several(java.util.Collection<ResourceId> patients) {
        Map<ResourceId, PersonLine> lines = new LinkedHashMap<>();
        people(patients).forEach(line -> lines.put(line.id(), line));
        return lines;
    }

    /** Those who were merged into another stand for that other. */
    private List<PersonLine> people(java.util.Collection<ResourceId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<ResourceVersion> versions = value(care.latest(ids)).orElse(List.of());
        Map<ResourceId, ResourceVersion> all = new LinkedHashMap<>();
        Set<ResourceId> others = new LinkedHashSet<>();
        for (ResourceVersion version : versions) {
            Optional<ResourceId> survivor = survivor(version.json());
            survivor.ifPresentOrElse(others::add, () -> all.put(version.id(), version));
        }
        others.removeAll(all.keySet());
        if (!others.isEmpty()) {
            value(care.latest(others)).orElse(List.of()).forEach(version -> all.put(version.id(), version));
        }
        return all.values().stream()
                .filter(version -> version.type().equals("Patient"))
                .map(this::line)
                .toList();
    }

    private static Optional<ResourceId> survivor(Bytes json) {
        return JsonTree.glimpse(json).stream()
                .flatMap(patient -> JsonTree.items(patient, "link").stream())
                .filter(link -> JsonTree.text(link, "type").equals("replaced-by"))
                .map(link -> JsonTree.text(link, "other", "reference"))
                .filter(text -> text.startsWith("Patient/"))
                .flatMap(text -> Inside.id(text.substring("Patient/".length())).stream())
                .findFirst();
    }

    private PersonLine line(ResourceVersion version) {
        View view = new View(visit.now(), inside.setting().zone(), Places.NONE);
        Place place = places.getOrDefault(version.id(), NOWHERE);
        return new PersonLine(
                version.id(),
                ChartFold.of(List.of(version), view).banner(),
                view.zone(),
                place.words(),
                place.href(),
                List.of());
    }

    private static boolean fits(PersonLine line, PersonQuery query) {
        return matches(line, query) == query.words().size();
    }

    private static long matches(PersonLine line, PersonQuery query) {
        List<String> names = line.names();
        return query.words().stream()
                .filter(word -> names.stream().anyMatch(name -> name.startsWith(word)))
                .count();
    }
}
