package trimaran.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.Redialling;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Sanction;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** The operator's console: brings what officers signed to data, one statement after the other, until each has its place. */
final class Console implements CallHandler {

    private static final long RETRY_MILLIS = 200;
    private static final long CALL_MILLIS = 2_000;

    private final Hospital hospital;
    private final VirtualLoop loop;
    private final Network network;
    private final Map<Party, Redialling> lines = new EnumMap<>(Party.class);
    private final Author author;
    private final Deque<Entry> waiting = new ArrayDeque<>();

    Console(Hospital hospital) {
        this.hospital = hospital;
        this.loop = hospital.loops().loop("console", 0);
        this.author = new Author(hospital.founded(), hospital.loops().entropy());
        this.network = hospital.network().join(loop, Founded.CONSOLE, peer -> true);
        for (Party party : Party.values()) {
            dial(party);
        }
    }

    private void dial(Party party) {
        lines.put(
                party,
                new Redialling(
                        network,
                        loop,
                        hospital.loops().entropy(),
                        hospital.line(party),
                        List.of(new Route.Direct(Tier.address(party))),
                        this));
    }

    /** Another speaks for this party now, as officers signed here. */
    void redial(Party party) {
        line(party).stop();
        dial(party);
        line(party).start();
    }

    void start() {
        lines.values().forEach(Redialling::start);
        pump();
    }

    VirtualLoop loop() {
        return loop;
    }

    /** Asks one tier, as the command line does; refused at once where no line leads to it. */
    void ask(Party tier, Request request, long timeoutMillis, Consumer<Outcome<Response>> then) {
        line(tier)
                .call(
                        RequestCodec.encode(request),
                        timeoutMillis,
                        outcome -> then.accept(outcome.then(bytes -> {
                            try {
                                return Outcome.done(ResponseCodec.decode(bytes));
                            } catch (MalformedException malformed) {
                                return Outcome.refused(Code.MALFORMED, "the answer cannot be read");
                            }
                        })));
    }

    private Redialling line(Party tier) {
        return Optional.ofNullable(lines.get(tier)).orElseThrow();
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    /** Two officers sign. */
    void state(Statement statement) {
        SignedStatement signed = SignedStatement.signed(
                hospital.founded().origin(),
                statement,
                hospital.founded().officers().subList(0, 2));
        WallTime now = hospital.loops().trueTime();
        Entry entry = new Entry(
                author.statement(signed, now),
                Optional.of(new Sanction.OwnSignatures()),
                hospital.loops().nowNanos());
        hospital.oracle().written(entry);
        waiting.add(entry);
    }

    private void pump() {
        Entry next = waiting.peek();
        if (next == null || line(Party.DATA).calls().isEmpty()) {
            loop.after(RETRY_MILLIS, this::pump);
            return;
        }
        Bytes request = RequestCodec.encode(new Request.Append(next.sealed(new Sanction.OwnSignatures())));
        line(Party.DATA).call(request, CALL_MILLIS, outcome -> {
            // An answer of data alone proves nothing: the operator looks whether another tier has it, too.
            if (hospital.tier(Party.ACCESS).keeps(next.digest())
                    || hospital.tier(Party.APPLICATION).keeps(next.digest())) {
                waiting.remove();
                pump();
            } else {
                loop.after(RETRY_MILLIS, this::pump);
            }
        });
    }

    @Override
    public void opened(Calls calls) {
        // What waits is brought by the pump.
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        answer.refuse(Code.NOT_SUPPORTED, "a console answers nothing");
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        // The console follows no feed.
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        // The line dials again by itself.
    }
}
