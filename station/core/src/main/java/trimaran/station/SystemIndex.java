package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Facts;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;

/**
 * Names and birth dates of every patient, for a session two officers granted the whole record (SMART {@code system/*}).
 * Built in the background from the identity cells, kept current by the feed and by what is written here; every opening is on
 * the ledgers. Searching is fine from any thread and asks nobody.
 */
public final class SystemIndex {

    /** Wait before changed cells are read anew, so that many changes cost one opening. */
    private static final long CHANGED_MILLIS = 50;

    /** What one patient is found by: plain spellings. */
    private record Person(Set<String> families, Set<String> givens, String birthDate) {}

    private final StationSetting setting;
    private final OwnSession session;
    private final Folders folders;
    private final TierTable tiers;
    private final NavigableMap<String, Set<ResourceId>> byFamily = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Set<ResourceId>> byGiven = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Set<ResourceId>> byBirthDate = new ConcurrentSkipListMap<>();
    private final Map<ResourceId, Person> persons = new ConcurrentHashMap<>();
    private final Map<CellId, Set<ResourceId>> byCell = new ConcurrentHashMap<>();
    private final Set<CellId> changed = new LinkedHashSet<>();
    private boolean reading;
    private volatile boolean complete;

    SystemIndex(StationSetting setting, OwnSession session, Folders folders, TierTable tiers) {
        this.setting = setting;
        this.session = session;
        this.folders = folders;
        this.tiers = tiers;
    }

    OwnSession session() {
        return session;
    }

    /** Whether every patient there was when the index was asked for is in it. */
    public boolean isComplete() {
        return complete;
    }

    /** Patients in the index so far. */
    public int size() {
        return persons.size();
    }

    // ---- searching

    /**
     * Patients whose family name, given name and birth date begin with these texts, in any spelling; empty texts ask nothing
     * (R4 search, string: case and accents do not count).
     */
    public List<ResourceId> search(String family, String given, String birthDate, int max) {
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

    // ---- building

    void build() {
        page(new CellId(0));
    }

    /** Asks two tiers for the next patients, so that none is left out by one that is behind. */
    private void page(CellId after) {
        List<TierLine> lines = tiers.up().stream().limit(2).toList();
        Request request = new Request.ListSubjects(after, MessageLimits.CELLS_MAX);
        TreeMap<CellId, Boolean> cells = new TreeMap<>();
        List<CellId> ends = new ArrayList<>();
        int[] left = {lines.size()};
        int[] answered = {0};
        if (lines.isEmpty() || session.isClosed()) {
            again(after);
            return;
        }
        for (TierLine line : lines) {
            line.ask(session, request, Response.Cells.class, StationLimits.CALL_MILLIS, outcome -> {
                left[0]--;
                if (outcome instanceof Outcome.Done<Response.Cells>(Response.Cells(List<CellId> told, boolean more))) {
                    answered[0]++;
                    told.forEach(cell -> cells.put(cell, true));
                    if (more) {
                        ends.add(told.getLast());
                    }
                }
                if (left[0] == 0) {
                    if (answered[0] == 0) {
                        again(after);
                    } else {
                        // The shorter page bounds what both have told in full.
                        Optional<CellId> end = ends.stream().min(CellId::compareTo);
                        read(
                                new ArrayList<>(
                                        end.isPresent()
                                                ? cells.headMap(end.get(), true).keySet()
                                                : cells.keySet()),
                                end);
                    }
                }
            });
        }
    }

    private void again(CellId after) {
        if (!session.isClosed()) {
            setting.loop().after(StationLimits.RETRY_MAX_MILLIS, () -> page(after));
        }
    }

    private void read(List<CellId> cells, Optional<CellId> end) {
        Runnable next = () -> {
            if (end.isPresent()) {
                page(end.get());
            } else {
                complete = true;
            }
        };
        if (cells.isEmpty()) {
            next.run();
            return;
        }
        open(cells, next);
    }

    private void open(List<CellId> cells, Runnable next) {
        List<CellId> page = cells.subList(0, Math.min(cells.size(), MessageLimits.CELLS_MAX));
        folders.several(session, page, Request.Purpose.SERVICE, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<OpenCell>>(Refusal refusal) ->
                    setting.loop().after(StationLimits.RETRY_MAX_MILLIS, () -> {
                        if (!session.isClosed()) {
                            open(cells, next);
                        }
                    });
                case Outcome.Done<List<OpenCell>>(List<OpenCell> open) -> {
                    open.forEach(this::take);
                    next.run();
                }
            }
        });
    }

    // ---- keeping current

    /** A tier tells of a new part in a cell. */
    void headTold(CellId cell) {
        if (byCell.containsKey(cell)) {
            changedLater(cell);
        }
    }

    /** Somebody opened a new identity cell. */
    void appeared(CellId cell) {
        changedLater(cell);
    }

    private void changedLater(CellId cell) {
        if (changed.add(cell) && !reading) {
            reading = true;
            setting.loop().after(CHANGED_MILLIS, this::readChanged);
        }
    }

    private void readChanged() {
        reading = false;
        List<CellId> cells = changed.stream().limit(MessageLimits.CELLS_MAX).toList();
        cells.forEach(changed::remove);
        if (cells.isEmpty() || session.isClosed()) {
            return;
        }
        open(cells, () -> {
            if (!changed.isEmpty() && !reading) {
                reading = true;
                readChanged();
            }
        });
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
        for (ResourceId gone : byCell.getOrDefault(cell.id(), Set.of())) {
            if (!now.containsKey(gone)) {
                forget(gone);
            }
        }
        now.forEach(this::put);
        byCell.put(cell.id(), Set.copyOf(now.keySet()));
        changed.remove(cell.id());
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

    private void put(ResourceId id, Person person) {
        Person before = persons.put(id, person);
        if (person.equals(before)) {
            return;
        }
        if (before != null) {
            unlink(id, before);
        }
        person.families().forEach(name -> link(byFamily, name, id));
        person.givens().forEach(name -> link(byGiven, name, id));
        link(byBirthDate, person.birthDate(), id);
    }

    private void forget(ResourceId id) {
        Person before = persons.remove(id);
        if (before != null) {
            unlink(id, before);
        }
    }

    private void unlink(ResourceId id, Person person) {
        person.families().forEach(name -> drop(byFamily, name, id));
        person.givens().forEach(name -> drop(byGiven, name, id));
        drop(byBirthDate, person.birthDate(), id);
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
