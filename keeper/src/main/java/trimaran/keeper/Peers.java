package trimaran.keeper;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Redialling;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;

/** The direct lines from this party to the three others. */
public final class Peers {

    /** What another party may take to answer ordinary questions. */
    public static final long CALL_MILLIS = 10_000;

    private final KeeperSetting setting;
    private final Membership membership;
    private final Network network;
    private final Map<Party, Route> routes;
    private final Map<Party, Redialling> lines = new EnumMap<>(Party.class);
    private final Consumer<Party> up;
    private final BiConsumer<Party, CloseReason> down;
    private final Restoring restoring = new Restoring();

    /**
     * @param up told on the loop whenever a line to a party opens
     * @param down told on the loop whenever one that was open ends
     */
    Peers(
            KeeperSetting setting,
            Membership membership,
            Network network,
            Map<Party, Route> routes,
            Consumer<Party> up,
            BiConsumer<Party, CloseReason> down) {
        this.setting = setting;
        this.membership = membership;
        this.network = network;
        this.routes = Map.copyOf(routes);
        this.up = up;
        this.down = down;
        routes.keySet().forEach(this::line);
    }

    private void line(Party party) {
        Route route = routes.get(party);
        if (route != null) {
            PeerId key = new PeerId(membership.keys(party).line());
            lines.put(
                    party,
                    new Redialling(
                            network, setting.loop(), setting.entropy(), key, java.util.List.of(route), new Ear(party)));
        }
    }

    /** Hangs up on keys that no longer speak for their party, and dials the new ones. */
    void recheck() {
        for (Map.Entry<Party, Redialling> one : new EnumMap<>(lines).entrySet()) {
            Digest key = membership.keys(one.getKey()).line();
            if (!one.getValue().peer().keyDigest().equals(key)) {
                one.getValue().stop();
                line(one.getKey());
                Redialling fresh = lines.get(one.getKey());
                if (fresh != null) {
                    fresh.start();
                }
            }
        }
        network.recheck();
    }

    void start() {
        lines.values().forEach(Redialling::start);
    }

    void stop() {
        lines.values().forEach(Redialling::stop);
    }

    /** What a backup has nobody is asked for. */
    public Restoring restoring() {
        return restoring;
    }

    public boolean isUp(Party party) {
        Redialling line = lines.get(party);
        return line != null && line.calls().isPresent();
    }

    /** Asks another party; the answer is told on the loop, a refusal if it is not reached or does not answer in time. */
    public void ask(Party party, Request request, Consumer<Outcome<Response>> answer) {
        ask(party, request, CALL_MILLIS, answer);
    }

    public void ask(Party party, Request request, long millis, Consumer<Outcome<Response>> answer) {
        Redialling line = lines.get(party);
        if (line == null) {
            setting.loop()
                    .run(() -> answer.accept(Outcome.refused(Code.UNAVAILABLE, "no line leads to " + party.word())));
            return;
        }
        line.call(RequestCodec.encode(request), millis, outcome -> answer.accept(outcome.then(Peers::decoded)));
    }

    private static Outcome<Response> decoded(Bytes bytes) {
        try {
            return Outcome.done(ResponseCodec.decode(bytes));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "the answer cannot be read: " + malformed.getMessage());
        }
    }

    private final class Ear implements CallHandler {
        private final Party party;

        Ear(Party party) {
            this.party = party;
        }

        @Override
        public void opened(Calls calls) {
            up.accept(party);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            answer.refuse(Code.NOT_SUPPORTED, "ask on a line of your own");
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            // Parties tell one another nothing unasked.
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            // The line dials again by itself; whoever waits for an answer is told.
            down.accept(party, reason);
        }
    }
}
