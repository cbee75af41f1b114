package trimaran.drills;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.process.ThreadLoop;

/**
 * A fallen tier whose program was altered: it answers at the tier's address under the tier's own key, and says what its {@link Lies} make
 * of the truth. The true program stands behind it and does the work. It takes nothing but from those it knows, so each caller is
 * handed on under that caller's own key: whoever alters a program needs none of those keys, and they are used for nothing else.
 */
final class Impostor implements AutoCloseable {

    /** What the true program may take: longer than anybody waits for the tier. */
    private static final long ANSWER_MILLIS = 120_000;

    /** What the altered program does otherwise. Asked on one thread, that of the impostor. */
    interface Lies {

        long NEVER = -1;

        /** Whatever is asked passes here first. */
        default void asked(Digest caller, Request request, Bytes encoded) {
            // An eavesdropper would listen here.
        }

        default Response answered(Digest caller, Request request, Response truth) {
            return truth;
        }

        /** How much later than the true program it answers; {@link #NEVER} for not at all. */
        default long laterMillis(Digest caller, Request request) {
            return 0;
        }

        /** Empty for what is kept from the caller. */
        default Optional<Push> told(Digest caller, Push truth) {
            return Optional.of(truth);
        }
    }

    private final ThreadLoop loop;
    private final TlsNetwork near;
    private final PeerId tier;
    private final Map<Digest, TlsNetwork> far = new HashMap<>();
    private final ToIntFunction<Digest> behind;
    private final Lies lies;
    private final AtomicReference<String> broken = new AtomicReference<>("");

    /**
     * @param tier the stolen key, and {@code callers} the keys of whoever may come
     * @param port where the tier is looked for
     * @param behind at which port the program stands that a caller is handed on to
     */
    Impostor(TlsIdentity tier, List<TlsIdentity> callers, int port, ToIntFunction<Digest> behind, Lies lies)
            throws IOException {
        this(tier, tier.peerId(), callers, port, behind, lies);
    }

    /**
     * One that has not the tier's key.
     *
     * @param own what it shows instead, to be looked through by whoever comes
     * @param tier whose program stands behind
     */
    Impostor(TlsIdentity own, PeerId tier, List<TlsIdentity> callers, int port, ToIntFunction<Digest> behind, Lies lies)
            throws IOException {
        this.loop = ThreadLoop.start("impostor", failure -> broken.set(String.valueOf(failure)));
        this.tier = tier;
        this.behind = behind;
        this.lies = lies;
        for (TlsIdentity caller : callers) {
            far.put(caller.peerId().keyDigest(), new TlsNetwork(loop, caller, peer -> true));
        }
        this.near = new TlsNetwork(loop, own, peer -> far.containsKey(peer.keyDigest()));
        Outcome<Network.Listening> listening =
                near.listen(new Address("127.0.0.1", port), channel -> Calls.over(loop, new Caller()));
        if (listening instanceof Outcome.Refused<Network.Listening>(Refusal refusal)) {
            close();
            throw new IOException(refusal.toString());
        }
    }

    /** What went wrong in the impostor itself: then it tried nothing. Empty if nothing did. */
    String broken() {
        return broken.get();
    }

    @Override
    public void close() {
        near.close();
        far.values().forEach(TlsNetwork::close);
        loop.close();
    }

    /** One line of somebody who takes this for the tier, and the line behind it. */
    private final class Caller implements CallHandler {
        private @Nullable Calls caller;
        private @Nullable Calls behind;
        private final List<Runnable> waiting = new ArrayList<>();
        private Digest who = Digest.ZERO;

        @Override
        public void opened(Calls calls) {
            caller = calls;
            who = calls.peer().keyDigest();
            TlsNetwork network = far.get(who);
            if (network == null) {
                calls.close();
                return;
            }
            network.dial(
                    tier,
                    new Route.Direct(new Address("127.0.0.1", Impostor.this.behind.applyAsInt(who))),
                    Calls.over(loop, new Behind(this)));
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            if (behind == null) {
                waiting.add(() -> pass(payload, answer));
            } else {
                pass(payload, answer);
            }
        }

        private void pass(Bytes payload, Answer answer) {
            Calls program = behind;
            if (program == null) {
                answer.refuse(Code.UNAVAILABLE, "nobody is behind");
                return;
            }
            Optional<Request> request = request(payload);
            request.ifPresent(one -> lies.asked(who, one, payload));
            long later = request.map(one -> lies.laterMillis(who, one)).orElse(0L);
            program.call(payload, ANSWER_MILLIS, outcome -> {
                Outcome<Bytes> said = outcome.map(
                        truth -> request.map(one -> answered(one, truth)).orElse(truth));
                if (later == 0) {
                    answer.give(said);
                } else if (later != Lies.NEVER) {
                    loop.after(later, () -> answer.give(said));
                }
            });
        }

        private Optional<Request> request(Bytes payload) {
            try {
                return Optional.of(RequestCodec.decode(payload));
            } catch (MalformedException foreign) {
                return Optional.empty();
            }
        }

        private Bytes answered(Request request, Bytes truth) {
            try {
                Response decoded = ResponseCodec.decode(truth);
                Response said = lies.answered(who, request, decoded);
                return said.equals(decoded) ? truth : ResponseCodec.encode(said);
            } catch (MalformedException foreign) {
                return truth;
            }
        }

        private void isBehind(Calls calls) {
            behind = calls;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }

        private void told(Bytes truth) {
            Calls to = caller;
            if (to == null) {
                return;
            }
            try {
                Push decoded = PushCodec.decode(truth);
                lies.told(who, decoded)
                        .ifPresent(said -> to.notice(said.equals(decoded) ? truth : PushCodec.encode(said)));
            } catch (MalformedException foreign) {
                to.notice(truth);
            }
        }

        private void ended() {
            Calls line = caller;
            if (line != null) {
                line.close();
            }
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            calls.close(CloseReason.MALFORMED);
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            Calls line = behind;
            if (line != null) {
                line.close();
            }
        }
    }

    /** The line to the true program. */
    private static final class Behind implements CallHandler {
        private final Caller caller;

        Behind(Caller caller) {
            this.caller = caller;
        }

        @Override
        public void opened(Calls calls) {
            caller.isBehind(calls);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            answer.refuse(Code.NOT_SUPPORTED, "ask on a line of your own");
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            caller.told(payload);
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            caller.ended();
        }
    }
}
