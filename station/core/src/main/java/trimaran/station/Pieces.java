package trimaran.station;

import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/** Sends something large to a tier piece by piece, the next only when the last is there: others get their turn between. */
final class Pieces {

    /** Makes the request that carries one piece. */
    @FunctionalInterface
    interface Carrier {
        Request of(long offset, Bytes piece);
    }

    private Pieces() {}

    static void send(TierLine line, Bytes whole, Carrier carrier, Consumer<Outcome<Boolean>> then) {
        send(line, whole, 0, carrier, then);
    }

    private static void send(TierLine line, Bytes whole, int from, Carrier carrier, Consumer<Outcome<Boolean>> then) {
        if (from >= whole.size()) {
            then.accept(Outcome.done(true));
            return;
        }
        int to = Math.min(whole.size(), from + RecordLimits.CHUNK_BYTES);
        Bytes piece = Bytes.ofRange(whole.unsafeArray(), from, to);
        line.ask(carrier.of(from, piece), Response.Done.class, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response.Done>(var refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Response.Done> stored -> send(line, whole, to, carrier, then);
            }
        });
    }
}
