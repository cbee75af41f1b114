package trimaran.station;

import java.util.List;
import java.util.function.UnaryOperator;
import trimaran.line.message.Response;

/** What a lying tier makes of the parts it was asked for; everything else it answers truly. */
final class Bent {

    private Bent() {}

    static Response cells(Response response, UnaryOperator<Response.CellParts> by) {
        return response instanceof Response.Parts(List<Response.CellParts> cells)
                ? new Response.Parts(cells.stream().map(by).toList())
                : response;
    }

    static Response parts(Response response, UnaryOperator<List<Response.SealedPart>> by) {
        return cells(response, cell -> new Response.CellParts(by.apply(cell.parts()), cell.head(), cell.more()));
    }

    static Response eachPart(Response response, UnaryOperator<Response.SealedPart> by) {
        return parts(response, parts -> parts.stream().map(by).toList());
    }
}
