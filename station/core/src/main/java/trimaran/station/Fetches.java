package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Asks a tier for the parts of all cells wanted from it in one turn of the loop together: whoever opens a patient wants four cells of
 * one entry, and a message each, with the same header in it, was a quarter of what the opening cost.
 */
final class Fetches {

    private record Wish(Request.Stretch stretch, Consumer<Outcome<Response.CellParts>> then) {}

    private final Loop loop;
    private final Map<Party, List<Wish>> gathered = new EnumMap<>(Party.class);

    Fetches(Loop loop) {
        this.loop = loop;
    }

    /** The parts of a cell from a sequence on, as many as fit; at least one if the tier has one. */
    void ask(TierLine line, CellId cell, long from, Consumer<Outcome<Response.CellParts>> then) {
        gathered.computeIfAbsent(line.tier(), tier -> {
                    List<Wish> wishes = new ArrayList<>();
                    loop.run(() -> {
                        gathered.remove(tier);
                        send(line, wishes);
                    });
                    return wishes;
                })
                .add(new Wish(new Request.Stretch(cell, from), then));
    }

    private void send(TierLine line, List<Wish> wishes) {
        for (int from = 0; from < wishes.size(); from += MessageLimits.STRETCHES_MAX) {
            ask(line, wishes.subList(from, Math.min(wishes.size(), from + MessageLimits.STRETCHES_MAX)));
        }
    }

    private void ask(TierLine line, List<Wish> wishes) {
        Request request = new Request.Fetch(wishes.stream().map(Wish::stretch).toList(), StationLimits.FETCH_BYTES);
        line.ask(request, Response.Parts.class, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response.Parts>(var refusal) ->
                    wishes.forEach(wish -> wish.then().accept(Outcome.refused(refusal)));
                case Outcome.Done<Response.Parts>(Response.Parts(List<Response.CellParts> cells))
                when cells.size() != wishes.size() ->
                    wishes.forEach(wish ->
                            wish.then().accept(Outcome.refused(Code.MALFORMED, "the tier answered for other cells")));
                case Outcome.Done<Response.Parts>(Response.Parts(List<Response.CellParts> cells)) ->
                    give(line, wishes, cells);
            }
        });
    }

    /** What did not fit any more is asked for anew: then it comes first, which always fits. */
    private void give(TierLine line, List<Wish> wishes, List<Response.CellParts> cells) {
        List<Wish> left = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            Response.CellParts got = cells.get(i);
            if (i > 0 && got.more() && got.parts().isEmpty()) {
                left.add(wishes.get(i));
            } else {
                wishes.get(i).then().accept(Outcome.done(got));
            }
        }
        if (!left.isEmpty()) {
            ask(line, left);
        }
    }
}
