package trimaran.application.movements;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.application.CellState;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.record.CellKind;

/**
 * Who lies where. The bed board is judged as it will be after the entry, so that two patients may change beds in one
 * movement (IHE PAM A17) and a transfer closes one line while it opens another.
 */
final class BedRules {

    /** How far ahead of now somebody may be present: clocks differ, and movements are typed a little early. */
    static final long AHEAD_MILLIS = 10 * 60_000L;

    private final DraftView draft;
    private final StateView state;
    private final RecordTime now;
    private final Map<ResourceId, BedLine> board = new LinkedHashMap<>();

    BedRules(DraftView draft, StateView state, RecordTime now) {
        this.draft = draft;
        this.state = state;
        this.now = now;
    }

    Optional<Refusal> refusal() throws MalformedException {
        readBoard();
        for (DraftItem item : draft.items(BedLine.TYPE)) {
            Optional<Refusal> wrong = overlay(item);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (DraftItem item : draft.items(BedLine.TYPE)) {
            BedLine line = board.get(item.id());
            if (line != null) {
                Optional<Refusal> wrong = line(item, line);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return leftBehind();
    }

    private void readBoard() throws MalformedException {
        for (CellState ward : state.cells()
                .filter(cell -> cell.opening().kind() == CellKind.WARD)
                .toList()) {
            for (CellState.Current current : ward.resources().values()) {
                if (current.type().equals(BedLine.TYPE)) {
                    switch (BedLine.read(current.content())) {
                        case BedLine.Read.Line(BedLine line) -> board.put(current.id(), line);
                        case BedLine.Read.Wrong(String path) ->
                            throw new MalformedException("a bed line of the record lacks " + path);
                    }
                }
            }
        }
    }

    /** Puts one line of the draft on the board. */
    private Optional<Refusal> overlay(DraftItem item) {
        if (state.cell(item.id().cell()).isEmpty()) {
            return refuse(Code.RULE, item.place(""), "this movement needs the ward to be read");
        }
        BedLine before = board.remove(item.id());
        if (item.action() == Draft.Action.DELETE || item.content().isEmpty()) {
            return Optional.empty();
        }
        return switch (BedLine.read(item.content().get())) {
            case BedLine.Read.Wrong(String path) ->
                refuse(Code.RULE, item.place(path), "a bed line lacks this, or it cannot be read");
            case BedLine.Read.Line(BedLine line) -> {
                if (before != null && !before.encounter().equals(line.encounter())) {
                    yield refuse(Code.RULE, item.place("encounter"), "a bed line stays with its stay");
                }
                board.put(item.id(), line);
                yield Optional.empty();
            }
        };
    }

    private Optional<Refusal> line(DraftItem item, BedLine line) throws MalformedException {
        if (!line.span().inOrder()) {
            return refuse(Code.RULE, item.place("period"), "the time in the ward ends before it begins");
        }
        Optional<Stay> stay = stay(line.encounter());
        if (stay.isPresent() && line.span().leaves(stay.get().span())) {
            return refuse(Code.RULE, item.place("period"), "the time in the ward is not within the stay");
        }
        if (!line.isPresent()) {
            return Optional.empty();
        }
        Moment latest = new Moment(now.millis(), now.millis() + AHEAD_MILLIS);
        if (line.span().start().filter(start -> start.surelyAfter(latest)).isPresent()) {
            return refuse(Code.RULE, item.place("period.start"), "nobody is present from a time to come");
        }
        return admitted(item, stay).or(() -> taken(item, line));
    }

    private static Optional<Refusal> admitted(DraftItem item, Optional<Stay> stay) {
        if (stay.isEmpty()) {
            return refuse(Code.NOT_ADMITTED, item.place("encounter"), "the stay of this bed line is not to be seen");
        }
        return switch (stay.get().phase()) {
            case PRESENT -> Optional.empty();
            case LEFT -> refuse(Code.ALREADY_DISCHARGED, item.place("encounter"), "this patient is discharged");
            case EXPECTED, NEVER, UNKNOWN ->
                refuse(Code.NOT_ADMITTED, item.place("encounter"), "this patient is not admitted");
        };
    }

    private Optional<Refusal> taken(DraftItem item, BedLine line) {
        for (Map.Entry<ResourceId, BedLine> other : board.entrySet()) {
            if (other.getKey().equals(item.id())) {
                continue;
            }
            boolean same = other.getValue().encounter().equals(line.encounter());
            if (same && other.getValue().isPresent()) {
                return refuse(
                        Code.RULE, item.place("encounter"), "this patient has another place: close that line as well");
            }
            if (!same && line.bed().filter(other.getValue()::holds).isPresent()) {
                return refuse(Code.BED_TAKEN, item.place("bed"), "somebody lies in this bed");
            }
        }
        return Optional.empty();
    }

    /** A stay that ends, or is taken back, frees its beds in the same movement. */
    private Optional<Refusal> leftBehind() {
        for (DraftItem item : draft.items(EncounterRules.TYPE)) {
            boolean gone = item.content()
                    .map(content -> Stay.of(content).phase() != Phase.PRESENT)
                    .orElse(true);
            String reference = EncounterRules.TYPE + "/" + item.id();
            boolean inBed = board.values().stream()
                    .anyMatch(line -> line.isPresent() && line.encounter().equals(reference));
            if (gone && inBed) {
                return refuse(Code.RULE, item.place("status"), "whoever leaves gives up the bed in the same movement");
            }
        }
        return Optional.empty();
    }

    /** The stay as it will be after the entry. */
    private Optional<Stay> stay(String reference) throws MalformedException {
        for (DraftItem item : draft.items(EncounterRules.TYPE)) {
            if (reference.equals(EncounterRules.TYPE + "/" + item.id())) {
                return item.content().map(Stay::of);
            }
        }
        ResourceId id;
        try {
            id = ResourceId.parse(reference.substring(EncounterRules.TYPE.length() + 1));
        } catch (MalformedException elsewhere) {
            return Optional.empty();
        }
        Optional<CellState.Current> current = state.resource(id);
        return current.isEmpty()
                ? Optional.empty()
                : Optional.of(Stay.of(current.get().content()));
    }

    private static Optional<Refusal> refuse(Code code, String place, String sentence) {
        return Optional.of(Refusal.at(code, place, sentence));
    }
}
