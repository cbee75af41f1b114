package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.PersonName;
import trimaran.station.chart.View;

/** What movements that wait in this station's outbox will change on the board of one ward: said there, and counted nowhere. */
final class WaitingBoard {

    private final WardBoard board;
    private final List<WaitingMoves.Move> moves;
    private final Map<ResourceId, Outcome<List<ResourceVersion>>> folders;
    private final View view;
    private final Words words;

    WaitingBoard(
            WardBoard board,
            List<WaitingMoves.Move> moves,
            Map<ResourceId, Outcome<List<ResourceVersion>>> folders,
            View view,
            Words words) {
        this.board = board;
        this.moves = List.copyOf(moves);
        this.folders = folders;
        this.view = view;
        this.words = words;
    }

    /** Who is to be named on a board and whose record is there to be asked. */
    static List<ResourceId> patients(WardBoard board, List<WaitingMoves.Move> moves) {
        return moves.stream()
                .filter(move -> arrives(board, move) && move.person().isEmpty())
                .map(WaitingMoves.Move::patient)
                .toList();
    }

    /** The board itself shows them there, then the record has the movement. */
    private static boolean arrives(WardBoard board, WaitingMoves.Move move) {
        String place = move.place();
        boolean here = board.ward().id().toString().equals(place)
                || board.beds().stream()
                        .anyMatch(bed -> bed.place().id().toString().equals(place));
        return here && board.present().stream().noneMatch(stay -> isThere(board, stay, move));
    }

    private static boolean isThere(WardBoard board, WardStay stay, WaitingMoves.Move move) {
        return stay.encounter().equals(move.stay().id())
                && stay.bed()
                        .map(ResourceId::toString)
                        .orElse(board.ward().id().toString())
                        .equals(move.place());
    }

    /** What waits of somebody who is on the board as the record has it. */
    Optional<BoardView.Badge> leaving(WardStay stay) {
        return moves.stream()
                .filter(move -> move.stay().id().equals(stay.encounter()))
                .filter(move -> !isThere(board, stay, move))
                .findFirst()
                .map(move -> new BoardView.Badge("b-local", "poste", words.say("wait.badge", move.words(words))));
    }

    /** Who comes into this bed, as the line of an empty bed. */
    Optional<BoardView.Bed> arriving(WardBoard.Bed bed, String number, String side) {
        return moves.stream()
                .filter(move -> move.place().equals(bed.place().id().toString()) && arrives(board, move))
                .findFirst()
                .map(move -> new BoardView.Bed(
                        number,
                        side,
                        "bed-local",
                        href(move),
                        "",
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        "poste",
                        words.say("wait.comes", name(move)),
                        words.say("wait.notagain"),
                        ""));
    }

    /** Free beds somebody comes into. */
    long intoFree() {
        return board.beds().stream()
                .filter(WardBoard.Bed::isFree)
                .filter(bed -> arriving(bed, "", "").isPresent())
                .count();
    }

    /** Who comes into the ward and has no bed yet. */
    List<BoardView.Line> unplaced() {
        return moves.stream()
                .filter(move -> move.place().equals(board.ward().id().toString()) && arrives(board, move))
                .map(move -> new BoardView.Line(href(move), name(move), words.say("wait.notshared")))
                .toList();
    }

    /** Nobody can open a record that is only here. */
    private static String href(WaitingMoves.Move move) {
        return move.person().isPresent() ? "" : "/patients/" + move.patient();
    }

    private String name(WaitingMoves.Move move) {
        Optional<Chart> chart = move.person()
                .map(person -> ChartFold.of(List.of(person), view))
                .or(() -> folders.get(move.patient())
                                instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all)
                        ? Optional.of(ChartFold.of(all, view))
                        : Optional.empty());
        return chart.map(one -> one.banner()
                        .inUse()
                        .filter(name -> !name.isMakeshift() && !name.family().isEmpty())
                        .map(WaitingBoard::words)
                        .orElse(one.banner().nameWords(words.language())))
                .orElse(words.say("bed.unavailable"));
    }

    private static String words(PersonName name) {
        return name.familyWords() + " " + name.givenWords();
    }
}
