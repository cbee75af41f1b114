package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/** Reads the boards of wards for people: house cells for the beds, ward cells for who lies there. Opens no patient. */
final class WardReading {

    private static final Comparator<WardStay> BY_TIME = Comparator.comparing(
                    (WardStay stay) -> stay.start().isEmpty())
            .thenComparing(WardStay::start)
            .thenComparing(WardStay::encounter);

    /** How old the list of house cells may be: each time it is asked for anew is a lookup, of which an hour has few. */
    static final long HOUSE_AGAIN_MILLIS = 300_000;

    private record Line(ResourceVersion version, Optional<BedLine> line) {}

    private final StationSetting setting;
    private final House house;
    private final Wards wards;
    private final Unopened unopened;
    private final LongSupplier ageMillis;
    private final WardPlaces places = new WardPlaces();
    /** What was read of a cell goes with it: a lease that ends leaves nothing here. */
    private final Map<OpenCell, Map<ResourceId, Line>> lines = new WeakHashMap<>();

    private long houseAskedNanos;
    private boolean houseAsked;

    /** @param unopened hears who is on a board */
    WardReading(StationSetting setting, House house, Wards wards, Unopened unopened, LongSupplier ageMillis) {
        this.unopened = unopened;
        this.setting = setting;
        this.house = house;
        this.wards = wards;
        this.ageMillis = ageMillis;
    }

    /** A ward's copy was opened here, by whoever brought its badge. */
    void opened(WardCopy copy) {
        unopened.learn(copy.folders().keySet().stream().map(ResourceId::cell).toList());
    }

    /** What the tiers know a ward by whose board was read; empty for one in which nobody ever lay. */
    Optional<CellId> cell(ResourceId ward) {
        return wards.cell(ward);
    }

    /** The boards of all wards of the house, by name. */
    void all(OwnSession session, Consumer<Outcome<List<WardBoard>>> then) {
        boards(session, places -> Outcome.done(places.values()), then);
    }

    /** The board of one ward. */
    void one(OwnSession session, ResourceId ward, Consumer<Outcome<WardBoard>> then) {
        boards(
                session,
                places -> Optional.ofNullable(places.get(ward))
                        .map(place -> Outcome.<Collection<WardPlace>>done(List.of(place)))
                        .orElseGet(() -> Outcome.refused(Code.NOT_FOUND, "there is no such ward")),
                found -> then.accept(found.map(List::getFirst)));
    }

    private void boards(
            OwnSession session,
            Function<Map<ResourceId, WardPlace>, Outcome<Collection<WardPlace>>> choice,
            Consumer<Outcome<List<WardBoard>>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        Patience.<List<WardBoard>>ask(
                setting.loop(),
                StationLimits.ANSWER_MILLIS,
                next -> house.open(session, isHouseOld(), outcome -> {
                    switch (outcome.map(places::of).then(choice)) {
                        case Outcome.Refused<Collection<WardPlace>>(Refusal refusal) ->
                            next.accept(Outcome.refused(refusal));
                        case Outcome.Done<Collection<WardPlace>>(Collection<WardPlace> chosen) ->
                            boards(session, chosen, next);
                    }
                }),
                then);
    }

    private boolean isHouseOld() {
        long now = setting.loop().monotonicNanos();
        boolean old = !houseAsked || now - houseAskedNanos > HOUSE_AGAIN_MILLIS * 1_000_000;
        if (old) {
            houseAsked = true;
            houseAskedNanos = now;
        }
        return old;
    }

    private void boards(OwnSession session, Collection<WardPlace> chosen, Consumer<Outcome<List<WardBoard>>> then) {
        Set<ResourceId> wanted = new LinkedHashSet<>();
        chosen.forEach(place -> wanted.add(place.id()));
        wards.read(
                session,
                wanted,
                outcome -> then.accept(outcome.map(open -> {
                    List<WardBoard> boards = new ArrayList<>();
                    chosen.forEach(place -> boards.add(board(
                            place,
                            Optional.ofNullable(open.get(place.id()))
                                    .map(Wards.Ward::cells)
                                    .orElse(List.of()))));
                    return boards;
                })));
    }

    private WardBoard board(WardPlace place, List<OpenCell> weeks) {
        Map<ResourceId, List<WardStay>> lying = new HashMap<>();
        Map<ResourceId, List<WardStay>> reserved = new HashMap<>();
        List<WardStay> unplaced = new ArrayList<>();
        List<WardStay> expected = new ArrayList<>();
        Set<ResourceId> own = new HashSet<>();
        place.beds().forEach(bed -> own.add(bed.id()));
        int unreadable = 0;
        for (ResourceVersion latest : latest(weeks)) {
            Optional<BedLine> line = line(weeks, latest);
            if (line.isPresent() && !line.get().isOpen()) {
                continue;
            }
            Optional<WardStay> read = line.flatMap(WardReading::stay);
            if (read.isEmpty()) {
                unreadable++;
                continue;
            }
            WardStay stay = read.get();
            unopened.learn(List.of(stay.cell()));
            // A bed that is none of the ward's any more leaves whoever lies in it without one.
            Optional<ResourceId> bed = stay.bed().filter(own::contains);
            if (stay.presence() == WardStay.Presence.EXPECTED) {
                expected.add(stay);
                bed.ifPresent(one ->
                        reserved.computeIfAbsent(one, none -> new ArrayList<>()).add(stay));
            } else if (bed.isPresent()) {
                lying.computeIfAbsent(bed.get(), none -> new ArrayList<>()).add(stay);
            } else {
                unplaced.add(stay);
            }
        }
        List<WardBoard.Bed> beds = place.beds().stream()
                .map(bed -> new WardBoard.Bed(
                        bed,
                        sorted(lying.getOrDefault(bed.id(), List.of())),
                        sorted(reserved.getOrDefault(bed.id(), List.of()))))
                .toList();
        return new WardBoard(place, beds, sorted(unplaced), sorted(expected), unreadable, ageMillis.getAsLong());
    }

    private static List<ResourceVersion> latest(List<OpenCell> weeks) {
        List<ResourceVersion> all = new ArrayList<>();
        for (OpenCell week : weeks) {
            for (List<ResourceVersion> versions : week.all()) {
                ResourceVersion latest = versions.getLast();
                if (!latest.isDeleted() && latest.type().equals(BedLine.TYPE)) {
                    all.add(latest);
                }
            }
        }
        return all;
    }

    private static List<WardStay> sorted(List<WardStay> stays) {
        return stays.stream().sorted(BY_TIME).toList();
    }

    /** A line is read once as long as nobody changes it: most of a ward's are of those who left long ago. */
    private Optional<BedLine> line(List<OpenCell> weeks, ResourceVersion latest) {
        for (OpenCell week : weeks) {
            if (week.id().equals(latest.id().cell())) {
                Map<ResourceId, Line> known = lines.computeIfAbsent(week, none -> new HashMap<>());
                Line line = known.get(latest.id());
                if (line == null || !line.version().equals(latest)) {
                    line = new Line(latest, BedLine.read(latest.json()));
                    known.put(latest.id(), line);
                }
                return line.line();
            }
        }
        return BedLine.read(latest.json());
    }

    private static Optional<WardStay> stay(BedLine line) {
        Optional<ResourceId> encounter = id(line.encounter(), "Encounter/");
        Optional<ResourceId> patient = id(line.subject(), "Patient/");
        if (encounter.isEmpty() || patient.isEmpty()) {
            return Optional.empty();
        }
        WardStay.Presence presence =
                line.status().equals(BedLine.PRESENT) ? WardStay.Presence.PRESENT : WardStay.Presence.EXPECTED;
        return Optional.of(new WardStay(
                encounter.get(), patient.get(), id(line.bed(), "Location/"), presence, line.start(), line.leaves()));
    }

    private static Optional<ResourceId> id(String reference, String type) {
        try {
            return reference.startsWith(type)
                    ? Optional.of(ResourceId.parse(reference.substring(type.length())))
                    : Optional.empty();
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }
}
