package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.model.Facts;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;

/** The names and birth dates of the patients in some identity cells. Changed on the loop, searched from any thread. */
final class PersonTable {

    /** What one patient is found by: plain spellings. */
    private record Person(Set<String> families, Set<String> givens, String birthDate) {}

    private final NavigableMap<String, Set<ResourceId>> byFamily = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Set<ResourceId>> byGiven = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Set<ResourceId>> byBirthDate = new ConcurrentSkipListMap<>();
    private final Map<ResourceId, Person> persons = new ConcurrentHashMap<>();
    private final Map<CellId, Set<ResourceId>> byCell = new ConcurrentHashMap<>();

    int size() {
        return persons.size();
    }

    /** Whether what this cell says was taken in before. */
    boolean contains(CellId cell) {
        return byCell.containsKey(cell);
    }

    List<ResourceId> search(String family, String given, String birthDate, int max) {
        String plainFamily = Trait.plain(family);
        String plainGiven = Trait.plain(given);
        NavigableMap<String, Set<ResourceId>> index =
                !plainFamily.isEmpty() ? byFamily : !birthDate.isEmpty() ? byBirthDate : byGiven;
        String prefix = !plainFamily.isEmpty() ? plainFamily : !birthDate.isEmpty() ? birthDate : plainGiven;
        Set<ResourceId> found = new LinkedHashSet<>();
        if (prefix.isEmpty()) {
            return List.of();
        }
        for (Set<ResourceId> ids :
                index.subMap(prefix, true, prefix + Character.MAX_VALUE, true).values()) {
            for (ResourceId id : ids) {
                Person person = persons.get(id);
                boolean fits = person != null
                        && begins(person.families(), plainFamily)
                        && begins(person.givens(), plainGiven)
                        && person.birthDate().startsWith(birthDate);
                if (fits && found.size() < max) {
                    found.add(id);
                }
            }
            if (found.size() >= max) {
                break;
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean begins(Set<String> names, String prefix) {
        return prefix.isEmpty() || names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Takes in what an identity cell says now. */
    void take(OpenCell cell) {
        Map<ResourceId, Person> now = new LinkedHashMap<>();
        for (List<ResourceVersion> versions : cell.all()) {
            ResourceVersion latest = versions.getLast();
            if (latest.type().equals("Patient") && !latest.isDeleted()) {
                person(latest.json()).ifPresent(person -> now.put(latest.id(), person));
            }
        }
        replace(cell.id(), now);
    }

    /** The cell says nothing any more. */
    void empty(CellId cell) {
        replace(cell, Map.of());
    }

    private void replace(CellId cell, Map<ResourceId, Person> now) {
        for (ResourceId gone : byCell.getOrDefault(cell, Set.of())) {
            if (!now.containsKey(gone)) {
                forget(gone);
            }
        }
        now.forEach(this::put);
        byCell.put(cell, Set.copyOf(now.keySet()));
    }

    private static Optional<Person> person(Bytes json) {
        if (!(StrictParser.parse(json.unsafeArray()) instanceof Outcome.Done<Resource>(Resource resource))) {
            return Optional.empty();
        }
        Set<String> families = new LinkedHashSet<>();
        Set<String> givens = new LinkedHashSet<>();
        for (Facts.PersonName name : resource.facts().names()) {
            families.add(Trait.plain(name.family()));
            name.given().forEach(given -> givens.add(Trait.plain(given)));
        }
        return Optional.of(new Person(families, givens, resource.facts().birthDate()));
    }

    /** The new spellings are linked before the old ones go, so that a search meanwhile misses nobody. */
    private void put(ResourceId id, Person person) {
        Person before = persons.put(id, person);
        if (person.equals(before)) {
            return;
        }
        person.families().forEach(name -> link(byFamily, name, id));
        person.givens().forEach(name -> link(byGiven, name, id));
        link(byBirthDate, person.birthDate(), id);
        if (before != null) {
            unlink(id, before, person);
        }
    }

    private void forget(ResourceId id) {
        Person before = persons.remove(id);
        if (before != null) {
            unlink(id, before, new Person(Set.of(), Set.of(), ""));
        }
    }

    private void unlink(ResourceId id, Person before, Person kept) {
        before.families().stream()
                .filter(name -> !kept.families().contains(name))
                .forEach(name -> drop(byFamily, name, id));
        before.givens().stream().filter(name -> !kept.givens().contains(name)).forEach(name -> drop(byGiven, name, id));
        if (!before.birthDate().equals(kept.birthDate())) {
            drop(byBirthDate, before.birthDate(), id);
        }
    }

    private static void drop(NavigableMap<String, Set<ResourceId>> index, String text, ResourceId id) {
        Set<ResourceId> ids = index.get(text);
        if (ids != null) {
            ids.remove(id);
        }
    }

    private static void link(NavigableMap<String, Set<ResourceId>> index, String text, ResourceId id) {
        if (!text.isEmpty()) {
            index.computeIfAbsent(text, none -> ConcurrentHashMap.newKeySet()).add(id);
        }
    }
}
