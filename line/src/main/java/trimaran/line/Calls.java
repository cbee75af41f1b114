package trimaran.line;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.CallFrame.Kind;

/**
 * Questions and answers over one channel, both ways at once, and notices that want no answer. An answer that does not
 * come in time is a refusal {@code UNAVAILABLE}: whether the peer did what was asked is then unknown, so what is asked
 * must bear being asked twice. To be used on the owner's loop only.
 */
public final class Calls {

    private final Loop loop;
    private final CallHandler owner;
    private final Channel channel;
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final Set<Long> answering = new HashSet<>();
    private long answeringBytes;
    private long lastId;
    private boolean closed;

    private record Waiting(Consumer<Outcome<Bytes>> answer, Loop.Timer timer) {}

    private Calls(Loop loop, Channel channel, CallHandler owner) {
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
    }

    /** A channel handler that speaks calls; one per channel, for {@link Network#dial} or {@link Network.Acceptor}. */
    public static ChannelHandler over(Loop loop, CallHandler owner) {
        return new Ear(loop, owner);
    }

    public PeerId peer() {
        return channel.peer();
    }

    public boolean isClosed() {
        return closed;
    }

    public int callsInFlight() {
        return waiting.size();
    }

    /** Bytes sent that have not left yet: a sender of many notices waits while this is large. */
    public int waitingBytes() {
        return channel.waitingBytes();
    }

    /**
     * Asks the peer. The answer is told on the loop, once, never from within this call: the response, the peer's
     * refusal, or {@code UNAVAILABLE} (no answer in time, channel closed), {@code BUSY} (too many calls under way; not
     * sent), {@code TOO_LARGE} (not sent).
     *
     * @param timeoutMillis 1 to {@link LineLimits#CALL_MAX_MILLIS}
     */
    public void call(Bytes request, long timeoutMillis, Consumer<Outcome<Bytes>> answer) {
        if (timeoutMillis < 1 || timeoutMillis > LineLimits.CALL_MAX_MILLIS) {
            throw new IllegalArgumentException("not a time to wait: " + timeoutMillis + " ms");
        }
        if (request.size() > LineLimits.PAYLOAD_MAX_BYTES) {
            later(answer, Refusal.of(Code.TOO_LARGE, "the request is larger than a frame"));
        } else if (closed) {
            later(answer, Refusal.of(Code.UNAVAILABLE, "the line is closed"));
        } else if (waiting.size() >= LineLimits.CALLS_IN_FLIGHT_MAX) {
            later(answer, Refusal.of(Code.BUSY, "too many calls under way on this line"));
        } else {
            long id = ++lastId;
            Loop.Timer timer = loop.after(timeoutMillis, () -> late(id));
            waiting.put(id, new Waiting(answer, timer));
            channel.send(new CallFrame(Kind.REQUEST, id, request).encoded());
        }
    }

    /**
     * Tells the peer something without waiting for an answer.
     *
     * @return false if the channel is closed
     * @throws IllegalArgumentException for a payload over {@link LineLimits#PAYLOAD_MAX_BYTES}
     */
    public boolean notice(Bytes payload) {
        if (payload.size() > LineLimits.PAYLOAD_MAX_BYTES) {
            throw new IllegalArgumentException("a notice of " + payload.size() + " bytes");
        }
        return channel.send(new CallFrame(Kind.NOTICE, 0, payload).encoded());
    }

    public void close() {
        channel.close();
    }

    public void close(CloseReason reason) {
        channel.close(reason);
    }

    private void later(Consumer<Outcome<Bytes>> answer, Refusal refusal) {
        loop.run(() -> answer.accept(Outcome.refused(refusal)));
    }

    private void late(long id) {
        settle(id, Outcome.refused(Code.UNAVAILABLE, "no answer came in time"));
    }

    /** An answer to nothing is the late answer to a call given up, and is dropped. */
    private void settle(long id, Outcome<Bytes> outcome) {
        Waiting call = waiting.remove(id);
        if (call != null) {
            call.timer.cancel();
            call.answer.accept(outcome);
        }
    }

    private void received(Bytes bytes) {
        try {
            CallFrame frame = CallFrame.read(bytes);
            switch (frame.kind()) {
                case REQUEST -> requested(frame);
                case RESPONSE -> settle(frame.id(), Outcome.done(frame.payload()));
                case REFUSAL -> settle(frame.id(), Outcome.refused(Reader.whole(frame.payload(), Refusal::read)));
                case NOTICE -> owner.notice(this, frame.payload());
            }
        } catch (MalformedException malformed) {
            channel.close(CloseReason.MALFORMED);
        }
    }

    private void requested(CallFrame frame) throws MalformedException {
        int size = frame.payload().size();
        if (!answering.add(frame.id())) {
            throw new MalformedException("an id used twice");
        }
        answeringBytes += size;
        Reply reply = new Reply(frame.id(), size);
        if (answering.size() > LineLimits.CALLS_IN_FLIGHT_MAX
                || answeringBytes > LineLimits.CALLS_IN_FLIGHT_MAX_BYTES) {
            reply.refuse(Code.BUSY, "too many calls under way on this line");
        } else {
            owner.request(this, frame.payload(), reply);
        }
    }

    private void ended(CloseReason reason) {
        closed = true;
        List<Waiting> left = List.copyOf(waiting.values());
        waiting.clear();
        for (Waiting call : left) {
            call.timer.cancel();
            call.answer.accept(Outcome.refused(Code.UNAVAILABLE, "the line closed before an answer came"));
        }
        owner.closed(this, reason);
    }

    private final class Reply implements Answer {
        private final long id;
        private final int requestBytes;
        private boolean given;

        Reply(long id, int requestBytes) {
            this.id = id;
            this.requestBytes = requestBytes;
        }

        @Override
        public void done(Bytes payload) {
            if (payload.size() > LineLimits.PAYLOAD_MAX_BYTES) {
                refuse(Code.TOO_LARGE, "the answer is larger than a frame");
            } else {
                send(new CallFrame(Kind.RESPONSE, id, payload));
            }
        }

        @Override
        public void refuse(Refusal refusal) {
            Writer writer = new Writer();
            refusal.write(writer);
            send(new CallFrame(Kind.REFUSAL, id, writer.toBytes()));
        }

        private void send(CallFrame frame) {
            if (given) {
                throw new IllegalStateException("a request answered twice");
            }
            given = true;
            answering.remove(id);
            answeringBytes -= requestBytes;
            channel.send(frame.encoded());
        }
    }

    /** Stands between channel and calls, because the calls of a channel exist from its first event on. */
    private static final class Ear implements ChannelHandler {
        private final Loop loop;
        private final CallHandler owner;
        private @Nullable Calls calls;

        Ear(Loop loop, CallHandler owner) {
            this.loop = loop;
            this.owner = owner;
        }

        private Calls calls(Channel channel) {
            if (calls == null) {
                calls = new Calls(loop, channel, owner);
            }
            return calls;
        }

        @Override
        public void opened(Channel channel) {
            owner.opened(calls(channel));
        }

        @Override
        public void received(Channel channel, Bytes frame) {
            calls(channel).received(frame);
        }

        @Override
        public void closed(Channel channel, CloseReason reason) {
            calls(channel).ended(reason);
        }
    }
}
