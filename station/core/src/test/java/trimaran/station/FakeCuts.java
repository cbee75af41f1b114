package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** What the tiers were told of cuts and reopenings, and what they say. */
final class FakeCuts {

    final Map<Party, List<Bytes>> heard = new EnumMap<>(Party.class);
    /** What a tier says instead of taking it. */
    final Map<Party, Code> refusals = new EnumMap<>(Party.class);

    long reopenings;

    /** How far the tiers' clocks are from the station's. */
    long apartMillis;

    private final Supplier<RecordTime> clock;

    FakeCuts(Supplier<RecordTime> clock) {
        this.clock = clock;
    }

    Outcome<Response> answer(Party tier, Request request) {
        return switch (request) {
            case Request.Status _ -> {
                Response.Counter counter = new Response.Counter("reopenings", reopenings);
                yield Outcome.done(new Response.Report(
                        new WallTime(clock.get().millis() + apartMillis), List.of(counter), List.of()));
            }
            case Request.Announce(Bytes statement) -> {
                heard.computeIfAbsent(tier, one -> new ArrayList<>()).add(statement);
                Code refusal = refusals.get(tier);
                yield refusal == null ? Outcome.done(new Response.Done()) : Outcome.refused(refusal, "not taken");
            }
            default -> Outcome.refused(Code.NOT_SUPPORTED, "not in this fake");
        };
    }
}
