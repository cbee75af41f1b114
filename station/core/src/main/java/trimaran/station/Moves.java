package trimaran.station;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.record.Annex;
import trimaran.record.CellKind;

/**
 * What a transaction means for wards: the bed lines it begins, changes and ends, and who is then present or expected where.
 * A movement is one entry with parts in the stay and the ward cell (DESIGN §8), so that both are true or neither.
 */
final class Moves {

    /** A line of a board, as it stands. */
    private record Standing(OpenCell cell, ResourceId id, long version, BedLine line, ResourceId ward) {}

    private record Written(Target target, long local, long replaces, Bytes json) {}

    private record Moving(Planned change, Movement before, Movement after) {}

    private final Placing placing;
    private final References references;
    private final Cells cells;
    private final StationSetting setting;
    private final List<Written> written = new ArrayList<>();
    private final Map<List<CellId>, Annex.Placement> placements = new LinkedHashMap<>();
    private final Map<CellId, CellId> boards = new LinkedHashMap<>();
    private final Map<ResourceId, ResourceId> anchors = new LinkedHashMap<>();
    private final Wards wards;

    Moves(StationSetting setting, Cells cells, References references, Placing placing, Wards wards) {
        this.wards = wards;
        this.setting = setting;
        this.cells = cells;
        this.references = references;
        this.placing = placing;
    }

    /** Works out what there is to do; most transactions move nobody and ask nobody. */
    void plan(OwnSession session, Consumer<Outcome<Moves>> then) {
        List<Moving> moving = moving();
        Set<String> places = new LinkedHashSet<>();
        moving.forEach(one -> {
            places.addAll(one.before().places());
            places.addAll(one.after().places());
        });
        if (places.isEmpty()) {
            then.accept(Outcome.done(this));
            return;
        }
        wards.spots(session, references, places, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Map<String, Wards.Spot>>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Map<String, Wards.Spot>>(Map<String, Wards.Spot> spots) -> {
                    Set<ResourceId> wanted = new LinkedHashSet<>();
                    spots.values().forEach(spot -> wanted.add(spot.ward()));
                    wards.open(
                            session,
                            wanted,
                            open -> then.accept(open.map(all -> {
                                moving.forEach(one -> move(one, spots, all));
                                return this;
                            })));
                }
            }
        });
    }

    /** Stays whose place may change: a new one that is over claims no bed. */
    private List<Moving> moving() {
        List<Moving> moving = new ArrayList<>();
        for (Planned change : references.changes()) {
            if (!change.isWritten()
                    || !change.type().equals("Encounter")
                    || change.requiredTarget().kind() != CellKind.STAY) {
                continue;
            }
            Movement after = change.resource()
                    .flatMap(resource -> JsonTree.glimpse(Bytes.wrap(resource.bytes())))
                    .map(Movement::of)
                    .orElse(Movement.GONE);
            Movement before = change.replaces() == 0
                    ? Movement.GONE
                    : cells.get(change.requiredId().cell())
                            .flatMap(cell -> cell.latest(change.requiredId().local()))
                            .flatMap(latest -> JsonTree.glimpse(latest.json()))
                            .map(Movement::of)
                            .orElse(Movement.GONE);
            if (after.isThere() || change.replaces() > 0) {
                moving.add(new Moving(change, before, after));
            }
        }
        return moving;
    }

    private void move(Moving moving, Map<String, Wards.Spot> spots, Map<ResourceId, Wards.Ward> wards) {
        Movement after = moving.after();
        if (after.phase() == Movement.Phase.UNKNOWN) {
            return;
        }
        String encounter = "Encounter/" + moving.change().requiredId();
        List<Standing> lines = lines(encounter, wards);
        Wards.Spot spot = after.isThere() ? spots.get(after.place()) : null;
        String now = Wards.instant(setting.loop().wallTime().millis());
        Standing stays = null;
        for (Standing one : lines) {
            if (spot != null && stays == null && one.line().isOpen() && isAt(one, spot)) {
                stays = one;
            } else if (one.line().isOpen()) {
                leave(moving, one, spot, wards, now);
            }
        }
        if (spot == null) {
            return;
        }
        String status = after.phase() == Movement.Phase.PRESENT ? BedLine.PRESENT : BedLine.EXPECTED;
        place(moving, wards, spot.ward(), status);
        boolean takenBack = lines.stream().anyMatch(one -> one.line().isOpen() && isTakenBack(one, spot, after));
        if (stays == null && (takenBack || moving.before().phase() == Movement.Phase.LEFT)) {
            stays = lastLeft(lines, spot);
        }
        String start = start(moving, now);
        if (stays == null) {
            begin(
                    moving,
                    spot,
                    wards,
                    new BedLine(status, encounter, subject(moving), spot.bed(), start, "", after.leaves()));
        } else if (!stays.line().status().equals(status)
                || !stays.line().leaves().equals(after.leaves())) {
            boolean came = !stays.line().status().equals(status)
                    && (stays.line().start().isEmpty() || stays.line().status().equals(BedLine.EXPECTED));
            change(stays, stays.line().open(status, came ? start : stays.line().start(), after.leaves()));
        }
    }

    private static boolean isAt(Standing one, Wards.Spot spot) {
        return one.ward().equals(spot.ward()) && one.line().bed().equals(spot.bed());
    }

    /**
     * Whether the transfer into this line is cancelled (IHE PAM A12): the place that counts now began before the line did, so
     * that nobody can have left the one for the other.
     */
    private static boolean isTakenBack(Standing one, Wards.@Nullable Spot next, Movement after) {
        if (next == null || isAt(one, next)) {
            return false;
        }
        try {
            Instant now = OffsetDateTime.parse(after.placeStart()).toInstant();
            return now.isBefore(OffsetDateTime.parse(one.line().start()).toInstant());
        } catch (DateTimeParseException coarse) {
            return false;
        }
    }

    /** The line a cancelled discharge or transfer takes up again. */
    private static @Nullable Standing lastLeft(List<Standing> lines, Wards.Spot spot) {
        Standing last = null;
        for (Standing one : lines) {
            boolean later =
                    last == null || one.line().end().compareTo(last.line().end()) > 0;
            if (one.line().status().equals(BedLine.LEFT) && isAt(one, spot) && later) {
                last = one;
            }
        }
        return last;
    }

    private List<Standing> lines(String encounter, Map<ResourceId, Wards.Ward> wards) {
        List<Standing> lines = new ArrayList<>();
        for (Wards.Ward ward : wards.values()) {
            for (OpenCell cell : ward.cells()) {
                for (List<ResourceVersion> versions : cell.all()) {
                    ResourceVersion latest = versions.getLast();
                    Optional<BedLine> line = latest.type().equals(BedLine.TYPE) && !latest.isDeleted()
                            ? BedLine.read(latest.json())
                            : Optional.empty();
                    if (line.filter(BedLine::isOpen).isPresent()) {
                        boards.put(cell.id(), cell.subject());
                    }
                    line.filter(one -> one.encounter().equals(encounter))
                            .ifPresent(one ->
                                    lines.add(new Standing(cell, latest.id(), latest.version(), one, ward.location())));
                }
            }
        }
        return lines;
    }

    /** Ends a line: whoever never came did not leave. */
    private void leave(
            Moving moving, Standing one, Wards.@Nullable Spot next, Map<ResourceId, Wards.Ward> wards, String now) {
        Movement after = moving.after();
        boolean never = after.phase() == Movement.Phase.NEVER
                || one.line().status().equals(BedLine.EXPECTED)
                || isTakenBack(one, next, after);
        String end = next != null && !after.placeStart().isEmpty()
                ? after.placeStart()
                : after.phase() == Movement.Phase.LEFT && !after.end().isEmpty() ? after.end() : now;
        change(
                one,
                never
                        ? one.line().over(BedLine.VOID, "", "")
                        : one.line().over(BedLine.LEFT, one.line().start(), end));
        if (next == null || !next.ward().equals(one.ward())) {
            Optional.ofNullable(wards.get(one.ward()))
                    .flatMap(Wards.Ward::subject)
                    .ifPresent(ward -> placed(moving, ward, Annex.Placement.State.LEFT));
        }
    }

    private void change(Standing one, BedLine line) {
        written.add(new Written(placing.existing(one.cell()), one.id().local(), one.version(), line.json(one.id())));
    }

    private void begin(Moving moving, Wards.Spot spot, Map<ResourceId, Wards.Ward> wards, BedLine line) {
        Target target = week(spot.ward(), wards);
        ResourceId id = ResourceId.random(target.cell(), setting.entropy());
        written.add(new Written(target, id.local(), 0, line.json(id)));
        if (target.opening().isPresent()) {
            anchors.putIfAbsent(spot.ward(), id);
        }
        placed(
                moving,
                target.subject(),
                line.status().equals(BedLine.PRESENT) ? Annex.Placement.State.PRESENT : Annex.Placement.State.EXPECTED);
    }

    private void place(Moving moving, Map<ResourceId, Wards.Ward> wards, ResourceId ward, String status) {
        Optional.ofNullable(wards.get(ward))
                .flatMap(Wards.Ward::subject)
                .ifPresent(subject -> placed(
                        moving,
                        subject,
                        status.equals(BedLine.PRESENT)
                                ? Annex.Placement.State.PRESENT
                                : Annex.Placement.State.EXPECTED));
    }

    private void placed(Moving moving, CellId ward, Annex.Placement.State state) {
        CellId patient = moving.change().requiredTarget().subject();
        placements.put(List.of(patient, ward), new Annex.Placement(patient, ward, state));
    }

    /** This week's cell of a ward, a new one if there is none yet. */
    private Target week(ResourceId ward, Map<ResourceId, Wards.Ward> wards) {
        String label = Wards.week(setting.loop().wallTime().millis());
        Optional<CellId> subject = Optional.ofNullable(wards.get(ward)).flatMap(Wards.Ward::subject);
        return subject.isPresent()
                ? placing.slot(new Placing.Slot(subject.get(), CellKind.WARD, label))
                : placing.first(new Placing.Slot(CellId.NONE, CellKind.WARD, "ward/" + ward), label);
    }

    private static String start(Moving moving, String now) {
        if (!moving.after().placeStart().isEmpty()) {
            return moving.after().placeStart();
        }
        boolean fresh = !moving.before().isThere() && !moving.after().start().isEmpty();
        return fresh ? moving.after().start() : now;
    }

    /** The patient of the stay as the bed line names it. */
    private String subject(Moving moving) {
        CellId identity = moving.change().requiredTarget().subject();
        for (Planned change : references.changes()) {
            if (change.isWritten()
                    && change.type().equals("Patient")
                    && change.requiredId().cell().equals(identity)) {
                return "Patient/" + change.requiredId();
            }
        }
        return cells.get(identity)
                .flatMap(cell -> {
                    for (List<ResourceVersion> versions : cell.all()) {
                        if (versions.getLast().type().equals("Patient")) {
                            return Optional.of("Patient/" + versions.getLast().id());
                        }
                    }
                    return Optional.empty();
                })
                .orElse("Patient/" + identity);
    }

    // ---- what goes into the entry

    /** Writes the lines into their cells, once the changes themselves are written. */
    void write() {
        for (Written one : written) {
            Sealing.add(one.target(), one.local(), BedLine.TYPE, one.replaces(), one.json());
        }
    }

    List<Target> targets() {
        return written.stream().map(Written::target).distinct().toList();
    }

    List<Annex.Placement> placements() {
        return List.copyOf(placements.values());
    }

    /**
     * Ward cells in which somebody lies or is expected: application reads them before it says that a bed is free. Only those of
     * wards the entry writes into: where somebody merely lay before decides nothing, and may not be read for it.
     */
    List<CellId> boards() {
        Set<CellId> wards = written.stream().map(one -> one.target().subject()).collect(Collectors.toSet());
        return boards.entrySet().stream()
                .filter(board -> wards.contains(board.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** By which tokens every station finds the new ward cells. */
    List<Term> terms() {
        return anchors.keySet().stream().map(Wards::term).toList();
    }

    List<Annex.Token> anchors(Map<Term, List<Digest>> tokens) {
        List<Annex.Token> all = new ArrayList<>();
        anchors.keySet().forEach(wards::begins);
        anchors.forEach((ward, line) -> tokens.getOrDefault(Wards.term(ward), List.of())
                .forEach(token -> all.add(new Annex.Token(token, line, false))));
        return all;
    }
}
