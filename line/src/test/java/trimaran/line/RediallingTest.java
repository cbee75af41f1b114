package trimaran.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.line.simulated.Weather;

class RediallingTest {

    private static final Address NOBODY = new Address("nobody", 1);
    private static final Address RELAY_1 = new Address("relay1", 1);
    private static final Address RELAY_2 = new Address("relay2", 1);

    private final Pair pair = new Pair(1, Weather.FAIR);

    @Test
    void aLineComesBackAfterACrash() {
        Redialling line = pair.redialling();
        line.start();
        pair.loops.runMillis(10_000);
        pair.network.crash(Pair.TIER);
        pair.loops.runMillis(20_000);
        assertThat(line.calls()).isEmpty();
        pair.startTier();
        pair.loops.runMillis(LineLimits.REDIAL_MAX_MILLIS + 100);
        assertThat(line.calls()).isPresent();
        assertThat(pair.stationHeard).hasSize(3).startsWith("opened").endsWith("opened");
    }

    @Test
    void routesAreTriedInTurnUntilOneWorks() {
        pair.network.relay(RELAY_1, Map.of("tier", Pair.TIER_ADDRESS));
        pair.network.relay(RELAY_2, Map.of("tier", Pair.TIER_ADDRESS));
        pair.network.relayUp(RELAY_1, false);
        Redialling line = pair.redialling(
                new Route.Direct(NOBODY), new Route.Through(RELAY_1, "tier"), new Route.Through(RELAY_2, "tier"));
        line.start();
        pair.loops.runMillis(100);
        assertThat(line.calls()).isPresent();
        assertThat(line.route()).isEqualTo(new Route.Through(RELAY_2, "tier"));
        pair.network.relayUp(RELAY_1, true);
        pair.network.relayUp(RELAY_2, false);
        pair.loops.runMillis(1000);
        assertThat(line.route()).isEqualTo(new Route.Through(RELAY_1, "tier"));
        assertThat(line.calls()).isPresent();
    }

    @Test
    void aRouteThatWorkedForLongIsTriedFirstAgain() {
        pair.network.relay(RELAY_1, Map.of("tier", Pair.TIER_ADDRESS));
        Redialling line = pair.redialling(new Route.Through(RELAY_1, "tier"), new Route.Direct(Pair.TIER_ADDRESS));
        line.start();
        pair.loops.runMillis(LineLimits.STABLE_MILLIS + 1000);
        pair.tierCalls.getFirst().close();
        pair.loops.runMillis(100);
        assertThat(line.calls()).isPresent();
        assertThat(line.route()).isEqualTo(new Route.Through(RELAY_1, "tier"));
    }

    @Test
    void waitsGrowToTheLongestAndNoFurther() {
        List<Long> dialledMillis = new ArrayList<>();
        Network counting = new Network() {
            @Override
            public Outcome<Listening> listen(Address address, Acceptor acceptor) {
                return pair.stationNetwork.listen(address, acceptor);
            }

            @Override
            public Channel dial(PeerId peer, Route route, ChannelHandler handler) {
                dialledMillis.add(pair.loops.nowNanos() / 1_000_000);
                return pair.stationNetwork.dial(peer, route, handler);
            }

            @Override
            public void recheck() {}
        };
        Redialling line = new Redialling(
                counting, pair.stationLoop, pair.entropy, Pair.TIER, List.of(new Route.Direct(NOBODY)), new Silent());
        line.start();
        pair.loops.runMillis(60_000);
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < dialledMillis.size(); i++) {
            waits.add(dialledMillis.get(i) - dialledMillis.get(i - 1));
        }
        assertThat(waits.getFirst()).isBetween(LineLimits.REDIAL_MIN_MILLIS / 2, LineLimits.REDIAL_MIN_MILLIS + 10);
        assertThat(Collections.max(waits)).isLessThanOrEqualTo(LineLimits.REDIAL_MAX_MILLIS + 10);
        assertThat(waits.getLast()).isGreaterThanOrEqualTo(LineLimits.REDIAL_MAX_MILLIS / 2);
        assertThat(line.lastFailure()).contains(CloseReason.UNREACHABLE);
    }

    @Test
    void aChannelThatClosesAtOnceDoesNotMakeADialStorm() {
        pair.stationAllowed = false;
        Redialling line = pair.redialling();
        line.start();
        pair.loops.runMillis(60_000);
        assertThat(pair.loops.eventsRun()).isLessThan(300);
        assertThat(line.lastFailure()).contains(CloseReason.REFUSED);
        assertThat(pair.stationHeard).isEmpty();
    }

    @Test
    void whileTheLineIsDownCallsAreRefusedAtOnce() {
        List<Outcome<Bytes>> answers = new ArrayList<>();
        pair.redialling().call(Bytes.EMPTY, 1000, answers::add);
        pair.loops.runMillis(1);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().isDone()).isFalse();
    }

    @Test
    void aStoppedLineStaysDownAndCanBeStartedAgain() {
        Redialling line = pair.redialling();
        line.start();
        pair.loops.runMillis(100);
        line.stop();
        pair.loops.runMillis(10_000);
        assertThat(pair.stationHeard).containsExactly("opened", "closed HERE");
        line.start();
        pair.loops.runMillis(100);
        assertThat(line.calls()).isPresent();
    }

    @Test
    void oneRouteMoreThanTheLimitIsAMistake() {
        Route[] routes = Collections.nCopies(LineLimits.ROUTES_MAX + 1, new Route.Direct(NOBODY))
                .toArray(Route[]::new);
        assertThatThrownBy(() -> pair.redialling(routes)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Why whatever is asked must bear being asked twice: the answer to a request that was done may be lost. */
    @Test
    void aClientThatAsksUntilAnsweredIsSometimesServedTwice() {
        int doubled = 0;
        for (long seed = 0; seed < 30; seed++) {
            Pair rough = new Pair(seed, new Weather(100, 20_000, 50, 60));
            int[] served = new int[20];
            rough.tier = (payload, answer) -> {
                served[payload.at(0)]++;
                answer.done(payload);
            };
            Redialling line = rough.redialling();
            line.start();
            Set<Integer> answered = new LinkedHashSet<>();
            for (int i = 0; i < served.length; i++) {
                ask(rough, line, i, answered);
            }
            assertThat(rough.loops.runUntil(() -> answered.size() == served.length, 600_000))
                    .as("seed " + seed)
                    .isTrue();
            for (int times : served) {
                assertThat(times).isPositive();
                doubled += times - 1;
            }
        }
        assertThat(doubled).isPositive();
    }

    private static void ask(Pair pair, Redialling line, int number, Set<Integer> answered) {
        line.call(Bytes.of((byte) number), 1000, outcome -> {
            if (outcome.isDone()) {
                answered.add(number);
            } else {
                pair.stationLoop.after(100, () -> ask(pair, line, number, answered));
            }
        });
    }

    /** Hears nothing, because nobody answers. */
    private static final class Silent implements CallHandler {
        @Override
        public void opened(Calls calls) {}

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {}

        @Override
        public void notice(Calls calls, Bytes payload) {}

        @Override
        public void closed(Calls calls, CloseReason reason) {}
    }
}
