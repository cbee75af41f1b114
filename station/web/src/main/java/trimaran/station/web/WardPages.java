package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.WardStay;
import trimaran.station.chart.FhirTime;

/** All wards in one table, and the board of one. */
final class WardPages {

    /**
     * One ward of the table.
     *
     * @param group its department where a new one begins, else empty
     */
    record Row(
            String group,
            boolean first,
            String href,
            String name,
            List<Square> squares,
            int height,
            int beds,
            long present,
            long free,
            long toClean,
            long closed,
            int expected,
            long leaving,
            int unplaced,
            int unreadable) {
        Row {
            squares = List.copyOf(squares);
        }
    }

    /**
     * One bed as a square of six by six.
     *
     * @param form {@code o} taken, {@code f} free, {@code n} to clean, {@code x} closed
     */
    record Square(String form, int x, int y) {}

    /** The table with its sums. */
    record View(
            List<Row> rows,
            long beds,
            long present,
            long free,
            long toClean,
            long closed,
            long expected,
            long leaving) {
        View {
            rows = List.copyOf(rows);
        }
    }

    private static final int SQUARES_A_LINE = 25;
    private static final int SQUARE = 7;

    private final Inside inside;

    WardPages(Inside inside) {
        this.inside = inside;
    }

    Reply all(Visit visit, Seat seat) {
        return switch (seat.care().wards()) {
            case Outcome.Refused<List<WardBoard>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<List<WardBoard>>(List<WardBoard> boards) -> {
                Frame frame = inside.frame(visit, visit.words().say("wards.title"), "services");
                View view = view(boards, visit.now());
                yield Inside.page(200, (out, tags) -> JteservicesGenerated.render(out, tags, frame, view));
            }
        };
    }

    private static View view(List<WardBoard> boards, Instant now) {
        List<WardBoard> sorted = boards.stream()
                .sorted(Comparator.comparing((WardBoard board) -> board.ward().department())
                        .thenComparing(board -> board.ward().name()))
                .toList();
        List<Row> rows = new ArrayList<>();
        String before = "";
        for (WardBoard board : sorted) {
            WardPlace ward = board.ward();
            boolean first = !ward.department().equals(before);
            before = ward.department();
            rows.add(row(board, first ? before : "", first, now));
        }
        return new View(
                rows,
                rows.stream().mapToLong(Row::beds).sum(),
                rows.stream().mapToLong(Row::present).sum(),
                rows.stream().mapToLong(Row::free).sum(),
                rows.stream().mapToLong(Row::toClean).sum(),
                rows.stream().mapToLong(Row::closed).sum(),
                rows.stream().mapToLong(Row::expected).sum(),
                rows.stream().mapToLong(Row::leaving).sum());
    }

    private static Row row(WardBoard board, String group, boolean first, Instant now) {
        List<Square> squares = new ArrayList<>();
        for (WardBoard.Bed bed : board.beds()) {
            int at = squares.size();
            squares.add(new Square(form(bed), at % SQUARES_A_LINE * SQUARE, at / SQUARES_A_LINE * SQUARE));
        }
        return new Row(
                group,
                first,
                "/services/" + board.ward().id(),
                board.ward().name(),
                squares,
                Math.max(1, (squares.size() + SQUARES_A_LINE - 1) / SQUARES_A_LINE) * SQUARE,
                board.beds().size(),
                board.present().size(),
                board.freeCount(),
                board.emptyCount(BedPlace.State.TO_CLEAN),
                board.emptyCount(BedPlace.State.CLOSED),
                board.expected().size(),
                board.present().stream()
                        .flatMap(stay -> new FhirTime(stay.leaves()).instant().stream())
                        .filter(leaves -> LeavingForm.isSoon(leaves, now))
                        .count(),
                board.unplaced().size(),
                board.unreadable());
    }

    private static String form(WardBoard.Bed bed) {
        if (!bed.lying().isEmpty()) {
            return "o";
        }
        return switch (bed.place().state()) {
            case READY -> "f";
            case TO_CLEAN -> "n";
            case CLOSED, OTHER -> "x";
        };
    }

    /** The board of one ward as a page. */
    Reply one(Visit visit, Seat seat, ResourceId ward) {
        return switch (board(visit, seat, ward)) {
            case Outcome.Refused<Boards.Made>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<Boards.Made>(Boards.Made board) -> {
                Frame frame = frame(visit, board.view());
                String seen = digest(frame, board);
                yield Inside.page(200, (out, tags) -> JteserviceGenerated.render(out, tags, frame, board, seen))
                        .live();
            }
        };
    }

    /** The same without what stands around it, for a page that asks whether something changed; nothing if nothing did. */
    Reply changed(Visit visit, Seat seat, ResourceId ward) {
        return switch (board(visit, seat, ward)) {
            case Outcome.Refused<Boards.Made>(Refusal refusal) ->
                Reply.empty(refusal.code().httpStatus());
            case Outcome.Done<Boards.Made>(Boards.Made board) -> {
                Frame frame = frame(visit, board.view());
                String seen = digest(frame, board);
                yield visit.query().text("vu").equals(seen)
                        ? Reply.empty(204)
                        : Inside.page(200, (out, tags) -> JtetableauGenerated.render(out, tags, frame, board, seen))
                                .live();
            }
        };
    }

    /** Of what is seen of the board and of the hulls; the time it was asked at is left out. */
    private static String digest(Frame frame, Boards.Made board) {
        return Digest.sha256(
                        board.digest().unsafeArray(),
                        Bytes.ofText(frame.hulls().toString()).unsafeArray())
                .hex()
                .substring(0, 16);
    }

    private Frame frame(Visit visit, BoardView board) {
        return inside.frame(visit, board.name(), "services").asLive().asBedside();
    }

    private Outcome<Boards.Made> board(Visit visit, Seat seat, ResourceId ward) {
        return seat.care().ward(ward).map(board -> {
            List<ResourceId> patients = new ArrayList<>();
            board.present().forEach(stay -> patients.add(stay.patient()));
            board.expected().stream().map(WardStay::patient).forEach(patients::add);
            List<WaitingMoves.Move> waiting = WaitingMoves.all(inside);
            patients.addAll(WaitingBoard.patients(board, waiting));
            Map<ResourceId, Outcome<List<ResourceVersion>>> folders =
                    seat.care().patients(patients.stream().distinct().toList());
            List<String> roles = seat.care().roles();
            Boards.Look look = new Boards.Look(visit.language(), Deeds.mayMove(roles), Deeds.maySetBeds(roles));
            Boards.Source source = new Boards.Source(board, waiting, inside.withKept(folders), visit.now());
            return inside.boards().of(look, source, charts -> made(visit, look, source, charts));
        });
    }

    private Boards.Made made(Visit visit, Boards.Look look, Boards.Source source, Charts charts) {
        BoardView view = new BoardMaking(inside.setting(), visit.words(), look, source, charts).view();
        Frame frame = frame(visit, view);
        return Boards.Made.of(view, Inside.bytes((out, tags) -> JtelitsGenerated.render(out, tags, frame, view)));
    }

    /** Where a patient lies, for the way back from the record to the board. */
    static Optional<WardBoard> wardOf(List<WardBoard> boards, ResourceId patient) {
        return boards.stream()
                .filter(board ->
                        board.present().stream().anyMatch(stay -> stay.patient().equals(patient)))
                .findFirst();
    }
}
