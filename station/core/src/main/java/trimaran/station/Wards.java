package trimaran.station;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.JsonTree;
import trimaran.record.CellKind;

/**
 * The ward cells: a ward is a Location of physical type {@code wa}, and what lies below it is in it. Each week has a cell of
 * its own; all weeks of a ward share the subject, the first of them. Every station finds them by a lookup token that the
 * first bed line of each carries. A bed line stays in the week it was begun in, so the board of a ward is all its cells.
 */
final class Wards {

    /** Ward, building, site and what lies between: more is a circle. */
    static final int DEPTH_MAX = 10;

    /**
     * Where a Location is.
     *
     * @param ward the Location of the ward
     * @param bed {@code Location/…} of the bed; empty if the place is none
     */
    record Spot(ResourceId ward, String bed) {}

    /**
     * A ward with all its cells open.
     *
     * @param cells of every week; none before the first movement
     */
    record Ward(ResourceId location, List<OpenCell> cells) {
        Ward {
            cells = List.copyOf(cells);
        }

        Optional<CellId> subject() {
            return cells.stream().map(OpenCell::subject).findFirst();
        }
    }

    /** How soon, and how late at most, a ward in which nobody ever lay is looked for again by whoever only reads. */
    static final long QUIET_MIN_MILLIS = 15_000;

    static final long QUIET_MOST_MILLIS = 900_000;

    /** A ward without a line, as far as was asked. */
    private record Quiet(long askedNanos, long waitMillis) {}

    private final StationSetting setting;
    private final Cells cells;
    private final Folders folders;
    private final Finder finder;
    private final House house;
    private final Map<ResourceId, CellId> known = new HashMap<>();
    private final Map<ResourceId, Quiet> quiet = new HashMap<>();

    Wards(StationSetting setting, Cells cells, Folders folders, Finder finder, House house) {
        this.setting = setting;
        this.cells = cells;
        this.folders = folders;
        this.finder = finder;
        this.house = house;
    }

    static Term term(ResourceId ward) {
        return Term.ofPlace("ward/" + ward);
    }

    /** The week a line begun now belongs to, as ISO 8601 numbers them. */
    static String week(long millis) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L));
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    static String instant(long millis) {
        return java.time.Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toString();
    }

    /** The places these references lead to, by reference; those in no ward are left out. */
    void spots(
            OwnSession session, References references, Set<String> places, Consumer<Outcome<Map<String, Spot>>> then) {
        house.open(
                session,
                false,
                outcome -> then.accept(outcome.map(open -> {
                    Map<String, Spot> spots = new LinkedHashMap<>();
                    for (String place : places) {
                        spot(references, place).ifPresent(spot -> spots.put(place, spot));
                    }
                    return spots;
                })));
    }

    private Optional<Spot> spot(References references, String place) {
        String here = place;
        String bed = "";
        for (int i = 0; i < DEPTH_MAX && !here.isEmpty(); i++) {
            Optional<ResourceId> id = id(references, here);
            Optional<Map<String, Object>> location = location(references, here);
            if (id.isEmpty() || location.isEmpty()) {
                return Optional.empty();
            }
            List<String> kinds = WardPlaces.kinds(location.get());
            if (kinds.contains("wa")) {
                return Optional.of(new Spot(id.get(), bed));
            }
            if (bed.isEmpty() && kinds.contains("bd")) {
                bed = "Location/" + id.get();
            }
            here = JsonTree.text(location.get(), "partOf", "reference");
        }
        return Optional.empty();
    }

    private static Optional<ResourceId> id(References references, String reference) {
        return references.inside(reference).map(Planned::requiredId).or(() -> references.known(reference));
    }

    private Optional<Map<String, Object>> location(References references, String reference) {
        Optional<Planned> inside = references.inside(reference).filter(Planned::isWritten);
        if (inside.isPresent()) {
            return inside.get()
                    .resource()
                    .filter(resource -> resource.type().equals("Location"))
                    .flatMap(resource -> JsonTree.glimpse(trimaran.kernel.Bytes.wrap(resource.bytes())));
        }
        return id(references, reference)
                .flatMap(id -> cells.get(id.cell()).flatMap(cell -> cell.latest(id.local())))
                .filter(latest -> latest.type().equals("Location") && !latest.isDeleted())
                .flatMap(latest -> JsonTree.glimpse(latest.json()));
    }

    /**
     * Opens all weeks of these wards for whoever only reads. A ward in which nobody ever lay has no cell to open, and finding
     * that out is a lookup, of which an hour has few: it is asked for again more and more seldom.
     */
    void read(OwnSession session, Set<ResourceId> wards, Consumer<Outcome<Map<ResourceId, Ward>>> then) {
        long now = setting.loop().monotonicNanos();
        Set<ResourceId> asked = new LinkedHashSet<>(wards);
        asked.removeIf(ward -> !known.containsKey(ward)
                && quiet.containsKey(ward)
                && now - quiet.get(ward).askedNanos() < quiet.get(ward).waitMillis() * 1_000_000);
        open(
                session,
                asked,
                outcome -> then.accept(outcome.map(open -> {
                    Map<ResourceId, Ward> all = new LinkedHashMap<>();
                    for (ResourceId ward : wards) {
                        Ward found = open.getOrDefault(ward, new Ward(ward, List.of()));
                        all.put(ward, found);
                        if (found.cells().isEmpty() && asked.contains(ward)) {
                            quiet.merge(
                                    ward,
                                    new Quiet(now, QUIET_MIN_MILLIS),
                                    (before, fresh) ->
                                            new Quiet(now, Math.min(QUIET_MOST_MILLIS, before.waitMillis() * 2)));
                        }
                    }
                    return all;
                })));
    }

    /** What the tiers know a ward by, once it was read; empty for one in which nobody ever lay. */
    Optional<CellId> cell(ResourceId ward) {
        return Optional.ofNullable(known.get(ward));
    }

    /** Somebody is about to be the first in this ward: whoever reads looks again. */
    void begins(ResourceId ward) {
        quiet.remove(ward);
    }

    /** Opens all weeks of these wards. */
    void open(OwnSession session, Set<ResourceId> wards, Consumer<Outcome<Map<ResourceId, Ward>>> then) {
        Set<Term> unknown = new LinkedHashSet<>();
        wards.stream().filter(ward -> !known.containsKey(ward)).forEach(ward -> unknown.add(term(ward)));
        if (unknown.isEmpty()) {
            openNext(session, new ArrayList<>(wards), new LinkedHashMap<>(), then);
            return;
        }
        finder.find(session, unknown, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Map<Term, List<ResourceId>>>(Refusal refusal) ->
                    then.accept(Outcome.refused(refusal));
                case Outcome.Done<Map<Term, List<ResourceId>>>(Map<Term, List<ResourceId>> hits) -> {
                    for (ResourceId ward : wards) {
                        List<ResourceId> lines = hits.getOrDefault(term(ward), List.of());
                        lines.stream().findFirst().ifPresent(line -> known.putIfAbsent(ward, line.cell()));
                    }
                    openNext(session, new ArrayList<>(wards), new LinkedHashMap<>(), then);
                }
            }
        });
    }

    private void openNext(
            OwnSession session,
            List<ResourceId> wards,
            Map<ResourceId, Ward> open,
            Consumer<Outcome<Map<ResourceId, Ward>>> then) {
        if (open.size() == wards.size()) {
            then.accept(Outcome.done(open));
            return;
        }
        ResourceId ward = wards.get(open.size());
        CellId one = known.get(ward);
        if (one == null) {
            open.put(ward, new Ward(ward, List.of()));
            openNext(session, wards, open, then);
            return;
        }
        folders.subject(session, one, Request.Purpose.CARE, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<OpenCell>>(Refusal refusal) -> {
                    if (refusal.code() == Code.NOT_FOUND) {
                        known.remove(ward);
                    }
                    then.accept(Outcome.refused(refusal));
                }
                case Outcome.Done<List<OpenCell>>(List<OpenCell> all) -> {
                    List<OpenCell> weeks = all.stream()
                            .filter(cell -> cell.kind() == CellKind.WARD)
                            .toList();
                    // From now on by the subject, of which every week is known to be open.
                    weeks.stream().findFirst().ifPresent(cell -> known.put(ward, cell.subject()));
                    open.put(ward, new Ward(ward, weeks));
                    openNext(session, wards, open, then);
                }
            }
        });
    }
}
