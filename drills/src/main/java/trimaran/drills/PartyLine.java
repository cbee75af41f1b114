package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.party.OwnKeys;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.process.SystemEntropy;
import trimaran.process.ThreadLoop;
import trimaran.record.Registry;

/**
 * A line to a party under whatever key one has: the operator's to look, a stolen one to attack. Speaks the house's own protocol,
 * so that what an attacker says is refused for what it is and not for its form. To be used by one thread.
 */
final class PartyLine implements AutoCloseable {

    static final long ANSWER_MILLIS = 10_000;

    /** What is no answer to the question: not reached, busy, or the drill's own message was none. */
    static final Set<Code> UNJUDGED = Set.of(Code.UNAVAILABLE, Code.BUSY, Code.TOO_SLOW, Code.MALFORMED, Code.STALE);

    /** How a tier says no to a request for shares. */
    static final Set<Code> JUDGED =
            Set.of(Code.NOT_ALLOWED, Code.NOT_SUPPORTED, Code.SESSION_UNKNOWN, Code.BAD_SIGNATURE, Code.NOT_SIGNED_IN);

    private static final int VERSION = 1;

    private final ThreadLoop loop;
    private final TlsNetwork network;
    private final CompletableFuture<Calls> opened = new CompletableFuture<>();
    private volatile boolean closed;

    private PartyLine(TlsIdentity identity, PeerId peer, int port) {
        this.loop = ThreadLoop.start("drill line", failure -> closed = true);
        this.network = new TlsNetwork(loop, identity, stranger -> true);
        network.dial(peer, new Route.Direct(new Address("127.0.0.1", port)), Calls.over(loop, new Ear()));
    }

    /** Dials and greets; the greeting's refusal if it is refused. */
    static Outcome<PartyLine> open(TlsIdentity identity, Registry registry, Party to, int port) {
        PartyLine line = new PartyLine(identity, new PeerId(registry.party(to).line()), port);
        Outcome<Response> welcome = line.ask(new Request.Hello(registry.origin(), VERSION));
        if (welcome instanceof Outcome.Refused<Response>(var refusal)) {
            line.close();
            return Outcome.refused(refusal);
        }
        return Outcome.done(line);
    }

    /** The key an operator's console speaks under. */
    static TlsIdentity console(Path home) {
        Path folder = home.resolve("console");
        return identity(folder, "console line");
    }

    /** The key a party speaks under, out of its folder, as whoever has the folder has it. */
    static TlsIdentity of(Party party, Path folder) {
        return got(OwnKeys.open(party, folder, new SystemEntropy()).then(OwnKeys::line));
    }

    private static TlsIdentity identity(Path folder, String purpose) {
        return identity(got(MachineSecret.read(folder.resolve("machine.secret"))
                .then(secret -> KeyFile.read(folder.resolve("line.key"), purpose, secret.password()))));
    }

    static TlsIdentity identity(KeyPair keys) {
        try {
            return TlsIdentity.of(keys.getPrivate(), keys.getPublic());
        } catch (GeneralSecurityException foreign) {
            throw new IllegalStateException("a line key that is none", foreign);
        }
    }

    /** What is there in a home that is well. */
    static <T> T got(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new IllegalStateException(refusal.toString());
        };
    }

    boolean isClosed() {
        return closed;
    }

    Outcome<Response> ask(Request request) {
        return say(RequestCodec.encode(request)).then(bytes -> {
            try {
                return Outcome.done(ResponseCodec.decode(bytes));
            } catch (MalformedException foreign) {
                return Outcome.refused(Code.MALFORMED, "the answer is unreadable");
            }
        });
    }

    /** Bytes of any kind as a request; the answer's bytes, or why there are none. */
    Outcome<Bytes> say(Bytes request) {
        CompletableFuture<Outcome<Bytes>> answer = new CompletableFuture<>();
        try {
            Calls calls = opened.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            loop.run(() -> calls.call(request, ANSWER_MILLIS, answer::complete));
            return answer.get(2 * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreached) {
            closed = true;
            return Outcome.refused(Code.UNAVAILABLE, "not reached");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.refused(Code.UNAVAILABLE, "interrupted");
        }
    }

    @Override
    public void close() {
        network.close();
        loop.close();
    }

    /** Is asked nothing it would answer. */
    private final class Ear implements CallHandler {

        @Override
        public void opened(Calls calls) {
            opened.complete(calls);
        }

        @Override
        public void request(Calls from, Bytes payload, Answer answer) {
            answer.refuse(Code.NOT_SUPPORTED, "nothing is answered here");
        }

        @Override
        public void notice(Calls from, Bytes payload) {
            // Nobody is listening.
        }

        @Override
        public void closed(Calls ended, CloseReason reason) {
            closed = true;
            opened.completeExceptionally(new IOException(reason.toString()));
        }
    }
}
