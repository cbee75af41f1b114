package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.Redialling;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.shares.KeyDerivation;

/** The line to one tier: dialled again whenever it falls, greeted before use, with the sessions that joined over it. */
final class TierLine implements CallHandler {

    static final int VERSION = 1;

    /** Hears what happens on the line. */
    interface Owner {
        void up(TierLine line, Response.Welcome welcome);

        void down(TierLine line);

        void pushed(TierLine line, Push push);
    }

    private final Party tier;
    private final StationSetting setting;
    private final Digest origin;
    private final Owner owner;
    private final Redialling redialling;
    private final Map<Digest, SecretBytes> joined = new HashMap<>();
    private final Map<Digest, List<Consumer<Outcome<SecretBytes>>>> joining = new HashMap<>();
    private Response.@Nullable Welcome welcome;
    private WallTime since;
    private boolean reportedWrong;
    private long heardNanos;
    private long toldNanos;
    private long upNanos;
    /** When each ordinary question that is not answered was asked, in order. */
    private final Map<Object, Long> waiting = new LinkedHashMap<>();

    private long lastWaitNanos;
    private long worstWaitNanos;

    TierLine(Party tier, PeerId peer, StationSetting setting, Digest origin, Owner owner) {
        this.tier = tier;
        this.setting = setting;
        this.origin = origin;
        this.owner = owner;
        this.since = setting.loop().wallTime();
        this.redialling = new Redialling(
                setting.network(),
                setting.loop(),
                setting.entropy(),
                peer,
                setting.routes().getOrDefault(tier, List.of()),
                this);
    }

    Party tier() {
        return tier;
    }

    void start() {
        redialling.start();
    }

    void stop() {
        redialling.stop();
    }

    /** Whether the tier is reached and greeted us as itself. */
    boolean isUp() {
        return welcome != null;
    }

    Optional<Response.Welcome> welcome() {
        return Optional.ofNullable(welcome);
    }

    private void heard() {
        heardNanos = setting.loop().monotonicNanos();
    }

    /** How long nothing has come over the line. */
    long silentMillis() {
        return (setting.loop().monotonicNanos() - heardNanos) / 1_000_000;
    }

    /**
     * How long an ordinary question waits for its answer, or the last one did. What may take its time, as an opening beyond a budget, a
     * large draft or a place, is none.
     */
    long waitMillis() {
        long now = setting.loop().monotonicNanos();
        long eldest =
                waiting.values().stream().findFirst().map(asked -> now - asked).orElse(0L);
        return Math.max(eldest, lastWaitNanos) / 1_000_000;
    }

    /** The longest such wait since this was asked last: one answer that comes at once does not make good one that never came. */
    long takeWorstWaitMillis() {
        long worst = Math.max(waitMillis(), worstWaitNanos / 1_000_000);
        worstWaitNanos = 0;
        return worst;
    }

    /** Whether it is late with an ordinary question now, or was with the last: others are asked before it. */
    boolean isSlow() {
        return waitMillis() >= StationLimits.ASK_NEXT_MILLIS;
    }

    /** How long ago it came up. */
    long upMillis() {
        return (setting.loop().monotonicNanos() - upNanos) / 1_000_000;
    }

    /** How long it has told nothing new, not even that there is nothing. */
    long untoldMillis() {
        return (setting.loop().monotonicNanos() - toldNanos) / 1_000_000;
    }

    /** Hangs up and dials anew. */
    void redial() {
        redialling.calls().ifPresent(calls -> calls.close(CloseReason.IDLE));
    }

    /** Since when the tier is up, or silent. */
    WallTime since() {
        return since;
    }

    /** Greets the tier once more, to hear what has changed since the line opened. */
    void greetAgain(Consumer<Outcome<Response.Welcome>> then) {
        ask(new Request.Hello(origin, VERSION), Response.Welcome.class, outcome -> {
            if (outcome instanceof Outcome.Done<Response.Welcome>(Response.Welcome hello)
                    && hello.party() == tier
                    && welcome != null) {
                welcome = hello;
            }
            then.accept(outcome);
        });
    }

    // ---- asking

    /** Asks and decodes; a response of another type is refused {@code MALFORMED}. */
    <R extends Response> void ask(Request request, Class<R> type, long timeoutMillis, Consumer<Outcome<R>> answer) {
        askBytes(RequestCodec.encode(request), type, timeoutMillis, answer);
    }

    <R extends Response> void ask(Request request, Class<R> type, Consumer<Outcome<R>> answer) {
        ask(request, type, StationLimits.CALL_MILLIS, answer);
    }

    private <R extends Response> void askBytes(
            Bytes request, Class<R> type, long timeoutMillis, Consumer<Outcome<R>> answer) {
        if (welcome == null) {
            setting.loop()
                    .run(() -> answer.accept(
                            Outcome.refused(Code.UNAVAILABLE, "the " + tier.word() + " tier is not reached")));
            return;
        }
        timed(request, timeoutMillis, outcome -> {
            if (outcome.isDone()) {
                heard();
            }
            answer.accept(outcome.then(bytes -> decoded(bytes, type)));
        });
    }

    /** Asks for the tier's name, to see how long that takes. What is answered is no sign that it goes on telling what is new. */
    void probe() {
        if (welcome != null) {
            timed(RequestCodec.encode(new Request.Hello(origin, VERSION)), StationLimits.CALL_MILLIS, outcome -> {});
        }
    }

    private void timed(Bytes request, long timeoutMillis, Consumer<Outcome<Bytes>> answer) {
        Object question = new Object();
        if (timeoutMillis <= StationLimits.CALL_MILLIS) {
            waiting.put(question, setting.loop().monotonicNanos());
        }
        redialling.call(request, timeoutMillis, outcome -> {
            Long asked = waiting.remove(question);
            if (asked != null) {
                lastWaitNanos = setting.loop().monotonicNanos() - asked;
                worstWaitNanos = Math.max(worstWaitNanos, lastWaitNanos);
            }
            answer.accept(outcome);
        });
    }

    private static <R extends Response> Outcome<R> decoded(Bytes bytes, Class<R> type) {
        try {
            Response response = ResponseCodec.decode(bytes);
            return type.isInstance(response)
                    ? Outcome.done(type.cast(response))
                    : Outcome.refused(Code.MALFORMED, "the tier answered something else");
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "the tier's answer cannot be read");
        }
    }

    /** Asks under a session, which joins this tier first if it has not yet, and once more if the tier forgot it. */
    <R extends Response> void ask(
            OwnSession session, Request request, Class<R> type, long timeoutMillis, Consumer<Outcome<R>> answer) {
        Bytes inner = RequestCodec.encode(request);
        join(session, key -> {
            switch (key) {
                case Outcome.Refused<SecretBytes>(var refusal) -> answer.accept(Outcome.refused(refusal));
                case Outcome.Done<SecretBytes>(SecretBytes mac) ->
                    send(session, inner, mac, type, timeoutMillis, outcome -> {
                        if (outcome instanceof Outcome.Refused<R>(var refusal)
                                && refusal.code() == Code.SESSION_UNKNOWN) {
                            joined.remove(session.id(), mac);
                            join(session, again -> again(session, inner, again, type, timeoutMillis, answer));
                        } else {
                            answer.accept(outcome);
                        }
                    });
            }
        });
    }

    private <R extends Response> void again(
            OwnSession session,
            Bytes inner,
            Outcome<SecretBytes> key,
            Class<R> type,
            long timeoutMillis,
            Consumer<Outcome<R>> answer) {
        switch (key) {
            case Outcome.Refused<SecretBytes>(var refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<SecretBytes>(SecretBytes mac) -> send(session, inner, mac, type, timeoutMillis, answer);
        }
    }

    private <R extends Response> void send(
            OwnSession session,
            Bytes inner,
            SecretBytes mac,
            Class<R> type,
            long timeoutMillis,
            Consumer<Outcome<R>> answer) {
        Digest nonce = setting.entropy().nonce();
        WallTime expiry = setting.loop().wallTime().plusMillis(StationLimits.REQUEST_MILLIS);
        Digest code = KeyDerivation.authenticate(mac, RequestCodec.macBytes(tier, session.id(), nonce, expiry, inner));
        askBytes(
                RequestCodec.encode(new Request.AsSession(session.id(), nonce, expiry, code, inner)),
                type,
                timeoutMillis,
                answer);
    }

    // ---- sessions

    /** Joins a session to this tier by answering its challenge; at once if it joined before. */
    void join(OwnSession session, Consumer<Outcome<SecretBytes>> then) {
        SecretBytes known = joined.get(session.id());
        if (known != null) {
            then.accept(Outcome.done(known));
            return;
        }
        List<Consumer<Outcome<SecretBytes>>> waiting = joining.get(session.id());
        if (waiting != null) {
            waiting.add(then);
            return;
        }
        List<Consumer<Outcome<SecretBytes>>> fresh = new ArrayList<>(List.of(then));
        joining.put(session.id(), fresh);
        Consumer<Outcome<SecretBytes>> settle = outcome -> {
            joining.remove(session.id(), fresh);
            if (outcome instanceof Outcome.Done<SecretBytes>(SecretBytes key)) {
                joined.put(session.id(), key);
            }
            fresh.forEach(each -> each.accept(outcome));
        };
        ask(new Request.JoinSession(session.id(), session.openingHeader()), Response.Challenge.class, challenge -> {
            switch (challenge) {
                case Outcome.Refused<Response.Challenge>(var refusal) -> settle.accept(Outcome.refused(refusal));
                case Outcome.Done<Response.Challenge>(Response.Challenge(Digest nonce)) -> {
                    byte[] message = RequestCodec.joinBytes(origin, tier, session.id(), nonce);
                    ask(
                            new Request.ProveSession(session.id(), session.sign(message)),
                            Response.Joined.class,
                            proven -> settle.accept(proven.map(Response.Joined::macKey)));
                }
            }
        });
    }

    void forget(Digest session) {
        SecretBytes key = joined.remove(session);
        if (key != null) {
            key.wipe();
        }
    }

    // ---- the line

    @Override
    public void opened(Calls calls) {
        calls.call(
                RequestCodec.encode(new Request.Hello(origin, VERSION)),
                StationLimits.CALL_MILLIS,
                outcome -> greeted(calls, outcome.then(bytes -> decoded(bytes, Response.Welcome.class))));
    }

    private void greeted(Calls calls, Outcome<Response.Welcome> outcome) {
        switch (outcome) {
            case Outcome.Refused<Response.Welcome>(var refusal) -> wrong(calls, refusal.code());
            case Outcome.Done<Response.Welcome>(Response.Welcome hello) -> {
                if (hello.party() != tier) {
                    wrong(calls, Code.WRONG_ORIGIN);
                } else {
                    welcome = hello;
                    heard();
                    toldNanos = heardNanos;
                    upNanos = heardNanos;
                    lastWaitNanos = 0;
                    worstWaitNanos = 0;
                    reportedWrong = false;
                    since = setting.loop().wallTime();
                    setting.events().accept(new StationEvent.TierUp(tier));
                    owner.up(this, hello);
                }
            }
        }
    }

    private void wrong(Calls calls, Code code) {
        if (!reportedWrong && code != Code.UNAVAILABLE) {
            reportedWrong = true;
            setting.events().accept(new StationEvent.WrongTier(tier, code));
        }
        calls.close();
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        answer.refuse(Code.NOT_SUPPORTED, "a station answers nobody");
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        heard();
        toldNanos = heardNanos;
        try {
            owner.pushed(this, PushCodec.decode(payload));
        } catch (MalformedException malformed) {
            calls.close(CloseReason.MALFORMED);
        }
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        if (welcome != null) {
            welcome = null;
            lastWaitNanos = 0;
            since = setting.loop().wallTime();
            setting.events().accept(new StationEvent.TierDown(tier, reason));
            owner.down(this);
        }
    }
}
