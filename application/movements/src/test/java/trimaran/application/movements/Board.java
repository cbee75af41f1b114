package trimaran.application.movements;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.application.Author;
import trimaran.application.CellState;
import trimaran.application.Decision;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.JsonValue;
import trimaran.application.StateView;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.model.ContinuityReview;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.Statement;

/** A ward as the tests tell of it: what the record holds, and the movement that is asked for. */
final class Board {

    static final RecordTime NOW =
            new RecordTime(Moment.parse("2026-11-23T12:00:00Z").orElseThrow().earliest());
    static final Author AUTHOR = new Author(
            Digest.ZERO, Digest.ZERO, Digest.ZERO, Statement.BadgeKind.PERSON, List.of("clerk"), List.of(), List.of());

    private final Map<CellId, NewCell> openings = new HashMap<>();
    private final Map<CellId, Map<ResourceId, CellState.Current>> record = new HashMap<>();
    private final Map<CellId, Map<ResourceId, CellState.Current>> before = new HashMap<>();
    private final Map<CellId, Map<ResourceId, CellState.Current>> taken = new HashMap<>();
    private final List<DraftItem> items = new ArrayList<>();
    private final List<DraftView.Reviewed> reviewed = new ArrayList<>();
    private final Set<CellId> fresh = new HashSet<>();
    private final Set<CellId> unread = new HashSet<>();

    CellId stay(long number) {
        return cell(number, CellKind.STAY);
    }

    CellId ward(long number) {
        return cell(1_000 + number, CellKind.WARD);
    }

    CellId cell(long number, CellKind kind) {
        CellId id = new CellId(0, number);
        openings.put(
                id,
                new NewCell(
                        id,
                        kind,
                        new CellId(0, 9_000 + number),
                        Digest.ZERO,
                        List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO)));
        return id;
    }

    /** The record holds this. */
    Board holds(CellId cell, long local, String type, String json) {
        ResourceId id = new ResourceId(cell, local);
        record.computeIfAbsent(cell, one -> new HashMap<>())
                .put(id, new CellState.Current(id, type, 1, Bytes.ofText(json)));
        return this;
    }

    /** The record held this before what it holds now, which is its second version. */
    Board held(CellId cell, long local, String type, String json) {
        ResourceId id = new ResourceId(cell, local);
        before.computeIfAbsent(cell, one -> new HashMap<>())
                .put(id, new CellState.Current(id, type, 1, Bytes.ofText(json)));
        record.computeIfAbsent(cell, one -> new HashMap<>())
                .computeIfPresent(id, (same, now) -> new CellState.Current(id, now.type(), 2, now.json()));
        return this;
    }

    /** This was taken back by this version, over others nobody approved. */
    Board tookBack(CellId cell, long local, String type, long version) {
        ResourceId id = new ResourceId(cell, local);
        taken.computeIfAbsent(cell, one -> new HashMap<>())
                .put(id, new CellState.Current(id, type, version, Bytes.EMPTY));
        return this;
    }

    Board creates(CellId cell, long local, String type, String json) {
        return item(cell, local, type, Draft.Action.CREATE, json);
    }

    Board changes(CellId cell, long local, String type, String json) {
        return item(cell, local, type, Draft.Action.UPDATE, json);
    }

    Board deletes(CellId cell, long local, String type) {
        return item(cell, local, type, Draft.Action.DELETE, "");
    }

    /** The draft reviews this stay as it stands. */
    Board reviews(CellId stay, boolean nonetheless) {
        return reviews(stay, CellKind.STAY, 1, nonetheless);
    }

    Board reviews(CellId where, CellKind kind, long version, boolean nonetheless) {
        ResourceId encounter = new ResourceId(where, 1);
        String target = new ContinuityReview.Target("Encounter", encounter, version).reference();
        CellId quarter = cell(500, CellKind.QUARTER);
        reviewed.add(new DraftView.Reviewed("Encounter", encounter, kind, version, nonetheless));
        return creates(
                quarter,
                1,
                "Provenance",
                "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"" + target + "\"}]}");
    }

    /** The draft does not name this cell among its reads. */
    Board without(CellId cell) {
        unread.add(cell);
        return this;
    }

    /** The entry opens this cell itself. */
    Board opens(CellId cell) {
        fresh.add(cell);
        return this;
    }

    private Board item(CellId cell, long local, String type, Draft.Action action, String json) {
        try {
            Optional<JsonValue> content =
                    json.isEmpty() ? Optional.empty() : Optional.of(JsonValue.parse(Bytes.ofText(json)));
            long replaces = action == Draft.Action.CREATE ? 0 : 1;
            items.add(new DraftItem(items.size(), new ResourceId(cell, local), type, action, replaces, content));
            return this;
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    DraftView draft() {
        Map<CellId, NewCell> touched = new HashMap<>();
        items.forEach(item -> touched.put(
                item.id().cell(),
                Optional.ofNullable(openings.get(item.id().cell())).orElseThrow()));
        return new DraftView(
                EntryKind.ADMINISTRATIVE, true, new WallTime(NOW.millis()), items, touched, fresh, reviewed);
    }

    Decision decide() {
        Movements movements = new Movements();
        DraftView draft = draft();
        Set<CellKind> kinds = movements.reads(draft);
        List<CellState> states = openings.values().stream()
                .filter(opening -> kinds.contains(opening.kind()) && !unread.contains(opening.cell()))
                .map(opening -> new CellState(
                        opening,
                        5,
                        record.getOrDefault(opening.cell(), Map.of()),
                        before.getOrDefault(opening.cell(), Map.of()),
                        removed(opening.cell())))
                .toList();
        return movements.decide(draft, new StateView(states), AUTHOR, NOW);
    }

    /** What was held before and is no more: its second version took it back. */
    private Map<ResourceId, CellState.Current> removed(CellId cell) {
        Map<ResourceId, CellState.Current> removed = new HashMap<>(taken.getOrDefault(cell, Map.of()));
        before.getOrDefault(cell, Map.of()).forEach((id, one) -> {
            if (!record.getOrDefault(cell, Map.of()).containsKey(id)) {
                removed.putIfAbsent(id, new CellState.Current(id, one.type(), 2, Bytes.EMPTY));
            }
        });
        return removed;
    }

    boolean accepted() {
        return decide() instanceof Decision.Accepted;
    }

    /** The refusal as code and place. */
    String refusal() {
        return switch (decide()) {
            case Decision.Accepted accepted -> "accepted";
            case Decision.Refused refused ->
                refused.refusal().code() + " " + refused.refusal().place();
        };
    }

    static String refusal(Code code, String place) {
        return code + " " + place;
    }

    // ---- JSON

    static String encounter(String status, String... startAndEnd) {
        return "{\"resourceType\":\"Encounter\",\"status\":\"" + status + "\"" + period(startAndEnd) + "}";
    }

    /** One that says where the patient lies. */
    static String placed(String status, String bed, String... startAndEnd) {
        return "{\"resourceType\":\"Encounter\",\"status\":\"" + status
                + "\",\"location\":[{\"location\":{\"reference\":\"Location/" + bed + "\"}}]" + period(startAndEnd)
                + "}";
    }

    String line(String status, CellId stay, String bed, String... startAndEnd) {
        String place = bed.isEmpty() ? "" : ",\"bed\":{\"reference\":\"Location/" + bed + "\"}";
        return "{\"resourceType\":\"Trimaran.Bed\",\"status\":\"" + status
                + "\",\"encounter\":{\"reference\":\"Encounter/" + new ResourceId(stay, 1) + "\"}" + place
                + period(startAndEnd) + "}";
    }

    private static String period(String... startAndEnd) {
        if (startAndEnd.length == 0) {
            return "";
        }
        String end = startAndEnd.length > 1 ? ",\"end\":\"" + startAndEnd[1] + "\"" : "";
        return ",\"period\":{\"start\":\"" + startAndEnd[0] + "\"" + end + "}";
    }
}
