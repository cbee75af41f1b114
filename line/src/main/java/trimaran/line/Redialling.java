package trimaran.line;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;

/**
 * Keeps a channel to one peer open: tries its routes in turn, waits longer each time all failed (with jitter, so that two
 * hundred stations do not come back in step), and stays on the route that works. The owner's {@code opened} and
 * {@code closed} are the reports of up and down; a dial that failed is not reported. To be used on the owner's loop only.
 */
public final class Redialling {

    private final Network network;
    private final Loop loop;
    private final Entropy entropy;
    private final PeerId peer;
    private final CallHandler owner;
    private List<Route> routes;
    private int route;
    private int failures;
    private boolean running;
    private @Nullable Channel channel;
    private @Nullable Calls calls;
    private Loop.@Nullable Timer timer;
    private @Nullable CloseReason lastFailure;
    private long openedNanos;

    /** @param routes 1 to {@link LineLimits#ROUTES_MAX}, the preferred one first */
    public Redialling(Network network, Loop loop, Entropy entropy, PeerId peer, List<Route> routes, CallHandler owner) {
        this.network = network;
        this.loop = loop;
        this.entropy = entropy;
        this.peer = peer;
        this.owner = owner;
        this.routes = checked(routes);
    }

    public PeerId peer() {
        return peer;
    }

    /** The open channel's calls; empty while the peer is not reached. */
    public Optional<Calls> calls() {
        return Optional.ofNullable(calls);
    }

    /** The route in use, or the one tried next. */
    public Route route() {
        return routes.get(route);
    }

    /** Why the last channel or dial ended; empty before the first did. */
    public Optional<CloseReason> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    public void start() {
        if (!running) {
            running = true;
            dial();
        }
    }

    /** Closes the channel, which is reported, and dials no more until started again. */
    public void stop() {
        running = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (channel != null) {
            channel.close();
        }
    }

    /** Other routes from now on; an open channel stays until it ends by itself. */
    public void routes(List<Route> others) {
        routes = checked(others);
        route = 0;
    }

    /** As {@link Calls#call}; refused {@code UNAVAILABLE} at once while the peer is not reached. */
    public void call(Bytes request, long timeoutMillis, Consumer<Outcome<Bytes>> answer) {
        if (calls != null) {
            calls.call(request, timeoutMillis, answer);
        } else {
            loop.run(() -> answer.accept(Outcome.refused(Code.UNAVAILABLE, "the line is down")));
        }
    }

    private void dial() {
        if (running && channel == null) {
            channel = network.dial(peer, routes.get(route), Calls.over(loop, new Ear()));
        }
    }

    /** A channel that lived long enough is dialled again the same way at once; any other end tries the next route. */
    private void ended(CloseReason reason, boolean stable) {
        channel = null;
        calls = null;
        lastFailure = reason;
        long waitMillis = 1;
        if (stable) {
            failures = 0;
        } else {
            route = (route + 1) % routes.size();
            failures++;
            waitMillis = failures % routes.size() == 0 ? pauseMillis() : 1;
        }
        if (running) {
            timer = loop.after(waitMillis, () -> {
                timer = null;
                dial();
            });
        }
    }

    /** Doubles from round to round up to the longest, then half to all of it is drawn. */
    private long pauseMillis() {
        int rounds = Math.min(16, failures / routes.size() - 1);
        long full = Math.min(LineLimits.REDIAL_MAX_MILLIS, LineLimits.REDIAL_MIN_MILLIS << rounds);
        return full / 2 + Math.floorMod(entropy.nextLong(), full / 2 + 1);
    }

    private static List<Route> checked(List<Route> routes) {
        if (routes.isEmpty() || routes.size() > LineLimits.ROUTES_MAX) {
            throw new IllegalArgumentException(routes.size() + " routes");
        }
        return List.copyOf(routes);
    }

    private final class Ear implements CallHandler {
        private boolean open;

        @Override
        public void opened(Calls opened) {
            open = true;
            calls = opened;
            openedNanos = loop.monotonicNanos();
            owner.opened(opened);
        }

        @Override
        public void request(Calls from, Bytes payload, Answer answer) {
            owner.request(from, payload, answer);
        }

        @Override
        public void notice(Calls from, Bytes payload) {
            owner.notice(from, payload);
        }

        @Override
        public void closed(Calls ended, CloseReason reason) {
            boolean stable = open && loop.monotonicNanos() - openedNanos >= LineLimits.STABLE_MILLIS * 1_000_000;
            Redialling.this.ended(reason, stable);
            if (open) {
                owner.closed(ended, reason);
            }
        }
    }
}
