package trimaran.station.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import trimaran.kernel.Code;

/**
 * The body of one request, in memory once. What was announced is not believed: memory is taken as bytes arrive, out of a
 * budget of all requests, and given back when the request is answered.
 */
final class Body implements AutoCloseable {

    /** Taken at once for a body that announces no more. Most do. */
    private static final int FIRST = 64 << 10;

    private static final byte[] NONE = {};

    private final DoorLimits limits;
    private final BodyBudget budget;
    private final LongSupplier nanos;
    private long taken;
    private int turn;

    Body(DoorLimits limits, BodyBudget budget, LongSupplier nanos) {
        this.limits = limits;
        this.budget = budget;
        this.nanos = nanos;
    }

    /** @param announced the Content-Length, or -1 */
    byte[] read(InputStream in, long announced) throws RefusedException {
        if (announced > limits.bodyBytes()) {
            throw tooLarge();
        }
        if (announced > limits.largeBytes()) {
            awaitTurn(announced);
        }
        long until = nanos.getAsLong() + limits.requestMillis() * 1_000_000;
        byte[] body = NONE;
        int size = 0;
        try {
            while (true) {
                if (size == body.length) {
                    if (size == announced) {
                        return ended(in, body);
                    }
                    body = grown(body, announced);
                }
                int count = in.read(body, size, body.length - size);
                if (count < 0) {
                    return complete(body, size, announced);
                }
                size += count;
                if (size > limits.bodyBytes()) {
                    throw tooLarge();
                }
                if (nanos.getAsLong() - until > 0) {
                    throw RefusedException.of(Code.TOO_SLOW, "the body took too long to arrive");
                }
            }
        } catch (IOException | RuntimeException broken) {
            throw isSlow(broken)
                    ? RefusedException.of(Code.TOO_SLOW, "the body took too long to arrive")
                    : RefusedException.of(Code.MALFORMED, "the body ended early or is badly framed");
        }
    }

    private static boolean isSlow(Exception broken) {
        return broken instanceof SocketTimeoutException || broken.getCause() instanceof SocketTimeoutException;
    }

    /** Reads on to the very end, or the line would be closed after the answer. */
    private static byte[] ended(InputStream in, byte[] body) throws IOException, RefusedException {
        if (in.read() >= 0) {
            throw RefusedException.of(Code.MALFORMED, "the body is longer than announced");
        }
        return body;
    }

    private static byte[] complete(byte[] body, int size, long announced) throws RefusedException {
        if (announced >= 0 && size != announced) {
            throw RefusedException.of(Code.MALFORMED, "the body is shorter than announced");
        }
        return Arrays.copyOf(body, size);
    }

    /** Twice as large, but no larger than announced and one more than is allowed. */
    private byte[] grown(byte[] body, long announced) throws RefusedException {
        long ceiling = announced >= 0 ? announced : (long) limits.bodyBytes() + 1;
        long next = Math.min(ceiling, Math.max(FIRST, body.length * 2L));
        if (next > limits.largeBytes() && turn == 0) {
            awaitTurn(limits.bodyBytes());
        }
        if (!budget.take(next - body.length)) {
            throw RefusedException.of(Code.BUSY, "too many large requests at once");
        }
        taken += next - body.length;
        return Arrays.copyOf(body, (int) next);
    }

    private void awaitTurn(long bytes) throws RefusedException {
        turn = budget.awaitTurn(bytes, limits.requestMillis());
        if (turn == 0) {
            throw RefusedException.of(Code.BUSY, "too many large requests at once; come back");
        }
    }

    private RefusedException tooLarge() {
        return RefusedException.of(Code.TOO_LARGE, "a body has at most " + limits.bodyBytes() + " bytes");
    }

    @Override
    public void close() {
        budget.give(taken);
        taken = 0;
        budget.endTurn(turn);
        turn = 0;
    }
}
