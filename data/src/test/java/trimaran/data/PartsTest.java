package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellKind;

/** The parts of several cells in one answer. */
class PartsTest {

    private static final int ROOM = 64 << 10;

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.WITNESS);
    private final Writing writing = new Writing(data.house);
    private final CellId stay = Writing.cell(78, CellKind.STAY, Writing.CELL);
    private final CellId dossier = Writing.cell(79, CellKind.DOSSIER, Writing.CELL);
    private PlacingTier.Line station;

    @BeforeEach
    void write() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
        data.append(writing.goodCell(stay));
        data.append(writing.goodCell(dossier));
        station = data.line(Writing.STATION);
    }

    @Test
    void theHeaderOfAnEntryWithAPartInEachTravelsOnce() {
        data.append(writing.bringingTo(List.of(dossier, stay)));
        SealedEntry entry = writing.bringingTo(List.of(dossier, stay));
        data.append(entry);

        Response.Parts parts = fetched(ROOM, dossier, stay);

        assertThat(parts.cells()).allSatisfy(cell -> {
            assertThat(cell.parts()).hasSize(2);
            assertThat(cell.more()).isFalse();
            assertThat(cell.parts().getLast().header().inline())
                    .isEqualTo(entry.header().inline());
        });
        int headers = parts.cells().getFirst().parts().stream()
                .mapToInt(part -> part.header().inlineSize())
                .sum();
        assertThat(ResponseCodec.encode(parts).size()).isBetween(headers, headers + 3000);
    }

    @Test
    void whatDoesNotFitIsToBeAskedForAnewAndTheFirstPartAlwaysFits() {
        data.append(writing.bringingTo(List.of(dossier)));
        data.append(writing.bringingTo(List.of(stay)));

        Response.Parts one = fetched(1, dossier, stay);
        assertThat(one.cells().stream().map(cell -> cell.parts().size())).containsExactly(1, 0);
        assertThat(one.cells().stream().map(Response.CellParts::more)).containsExactly(false, true);

        Response.Parts other = fetched(1, stay, dossier);
        assertThat(other.cells().stream().map(cell -> cell.parts().size())).containsExactly(1, 0);
    }

    @Test
    void aCellNobodyOpenedHasNoPartsAndTheOthersAreAnswered() {
        data.append(writing.bringingTo(List.of(stay)));
        Response.Parts parts = fetched(ROOM, new CellId(9, 9), stay);
        assertThat(parts.cells().stream().map(cell -> cell.parts().size())).containsExactly(0, 1);
        assertThat(parts.cells().getFirst().more()).isFalse();
    }

    private Response.Parts fetched(int bytesMax, CellId... cells) {
        List<Request.Stretch> stretches =
                Stream.of(cells).map(cell -> new Request.Stretch(cell, 0)).toList();
        Outcome<Response> answer =
                station.ask(new Request.Fetch(stretches, bytesMax)).only();
        return (Response.Parts) ((Outcome.Done<Response>) answer).value();
    }
}
