package trimaran.line.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;

class SimulatedNetworkTest {

    private static final PeerId ONE = SimulatedNetwork.peer("one");
    private static final PeerId TWO = SimulatedNetwork.peer("two");
    private static final Address PORT = new Address("two", 1);
    private static final Address RELAY = new Address("relay", 1);

    /** A listener that writes down, and a dialler that does. */
    private static final class World {
        final VirtualLoops loops;
        final SimulatedNetwork network;
        final VirtualLoop oneLoop;
        final VirtualLoop twoLoop;
        final Network one;
        final Network two;
        final List<String> oneHeard = new ArrayList<>();
        final List<String> twoHeard = new ArrayList<>();
        final List<Channel> accepted = new ArrayList<>();
        boolean oneAllowed = true;

        World(long seed, Weather weather) {
            loops = new VirtualLoops(seed);
            network = new SimulatedNetwork(loops, weather);
            oneLoop = loops.loop("one", 0);
            twoLoop = loops.loop("two", 3_600_000);
            one = network.join(oneLoop, ONE, TWO::equals);
            two = network.join(twoLoop, TWO, peer -> oneAllowed && peer.equals(ONE));
            two.listen(PORT, channel -> {
                accepted.add(channel);
                return notes(twoHeard);
            });
        }

        Channel dial(Route route) {
            return one.dial(TWO, route, notes(oneHeard));
        }

        Channel open() {
            Channel channel = dial(new Route.Direct(PORT));
            assertThat(loops.runUntil(() -> oneHeard.contains("opened"), 1000)).isTrue();
            return channel;
        }

        static ChannelHandler notes(List<String> heard) {
            return new ChannelHandler() {
                @Override
                public void opened(Channel channel) {
                    heard.add("opened");
                }

                @Override
                public void received(Channel channel, Bytes frame) {
                    heard.add("received " + (frame.at(0) & 0xff));
                }

                @Override
                public void closed(Channel channel, CloseReason reason) {
                    heard.add("closed " + reason);
                }
            };
        }
    }

    private static Digest roughRun(long seed) {
        World world = new World(seed, Weather.ROUGH);
        for (int i = 0; i < 20; i++) {
            Channel channel = world.dial(new Route.Direct(PORT));
            for (int frame = 0; frame < 20; frame++) {
                channel.send(Bytes.of((byte) frame));
            }
        }
        world.loops.runMillis(60_000);
        return world.loops.trace();
    }

    @Test
    void theSameSeedGivesTheSameRunByteForByte() {
        assertThat(roughRun(7)).isEqualTo(roughRun(7));
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(roughRun(7)).isNotEqualTo(roughRun(8));
    }

    @Test
    void aBrokenChannelDeliversAPrefixAndCloses() {
        boolean someLost = false;
        for (long seed = 0; seed < 50; seed++) {
            World world = new World(seed, new Weather(100, 5_000, 0, 50));
            Channel channel = world.dial(new Route.Direct(PORT));
            world.loops.runMillis(100);
            for (int frame = 0; frame < 30; frame++) {
                channel.send(Bytes.of((byte) frame));
            }
            world.loops.runMillis(1000);
            List<String> frames =
                    world.twoHeard.stream().filter(what -> what.startsWith("r")).toList();
            for (int frame = 0; frame < frames.size(); frame++) {
                assertThat(frames.get(frame)).isEqualTo("received " + frame);
            }
            if (frames.size() < 30) {
                someLost = true;
                assertThat(world.twoHeard.getLast()).isEqualTo("closed PEER");
                assertThat(world.oneHeard.getLast()).isEqualTo("closed PEER");
            }
        }
        assertThat(someLost).isTrue();
    }

    @Test
    void aShortPartitionOnlyDelays() {
        World world = new World(1, Weather.FAIR);
        Channel channel = world.open();
        world.network.partition(Set.of(ONE), Set.of(TWO));
        channel.send(Bytes.of((byte) 1));
        world.loops.runMillis(LineLimits.IDLE_MILLIS / 2);
        assertThat(world.twoHeard).containsExactly("opened");
        world.network.heal();
        world.loops.runMillis(LineLimits.IDLE_MILLIS);
        assertThat(world.twoHeard).containsExactly("opened", "received 1");
    }

    @Test
    void aLongPartitionEndsChannelsAsIdle() {
        World world = new World(1, Weather.FAIR);
        world.open();
        world.network.partition(Set.of(ONE), Set.of(TWO));
        world.loops.runMillis(LineLimits.IDLE_MILLIS + 1000);
        assertThat(world.oneHeard).endsWith("closed IDLE");
        assertThat(world.twoHeard).endsWith("closed IDLE");
        world.dial(new Route.Direct(PORT));
        world.loops.runMillis(LineLimits.CONNECT_MILLIS + 1000);
        assertThat(world.oneHeard).endsWith("closed UNREACHABLE");
        assertThat(world.network.channelsOpen()).isZero();
    }

    @Test
    void anEndThatHearsNothingTellsTheOtherWhereOneWayIsOpen() {
        World world = new World(1, Weather.FAIR);
        world.open();
        world.network.block(Set.of(ONE), Set.of(TWO));
        world.loops.runMillis(LineLimits.IDLE_MILLIS + 1000);
        assertThat(world.twoHeard).endsWith("closed IDLE");
        assertThat(world.oneHeard).endsWith("closed PEER");
    }

    @Test
    void aCrashDropsPendingWorkAndEndsChannels() {
        for (long seed = 0; seed < 20; seed++) {
            World world = new World(seed, Weather.FAIR);
            world.open();
            world.twoLoop.after(5, () -> world.twoHeard.add("worked after death"));
            world.network.crash(TWO);
            world.loops.runMillis(LineLimits.IDLE_MILLIS + 1000);
            assertThat(world.twoHeard).containsExactly("opened");
            assertThat(world.oneHeard.getLast()).isIn("closed PEER", "closed IDLE");
            assertThat(world.network.channelsOpen()).isZero();
        }
    }

    @Test
    void aRelayCarriesUntilItDies() {
        World world = new World(1, Weather.FAIR);
        world.network.relay(RELAY, Map.of("two", PORT));
        world.dial(new Route.Through(RELAY, "two"));
        world.loops.runMillis(100);
        assertThat(world.oneHeard).containsExactly("opened");
        world.network.relayUp(RELAY, false);
        world.loops.runMillis(100);
        assertThat(world.oneHeard).containsExactly("opened", "closed PEER");
        world.dial(new Route.Through(RELAY, "two"));
        world.loops.runMillis(100);
        assertThat(world.oneHeard).endsWith("closed UNREACHABLE");
    }

    @Test
    void aCutEndsTheChannelAndRefusesTheNext() {
        World world = new World(1, Weather.FAIR);
        world.open();
        world.oneAllowed = false;
        world.two.recheck();
        world.loops.runMillis(100);
        assertThat(world.twoHeard).endsWith("closed CUT");
        assertThat(world.oneHeard).endsWith("closed PEER");
        world.dial(new Route.Direct(PORT));
        world.loops.runMillis(100);
        assertThat(world.oneHeard).endsWith("closed REFUSED");
    }

    @Test
    void aPortIsTakenOnce() {
        World world = new World(1, Weather.FAIR);
        Outcome<Network.Listening> second = world.two.listen(PORT, _ -> World.notes(world.twoHeard));
        assertThat(second).isEqualTo(Outcome.refused(Code.PORT_BUSY, "cannot listen at two:1"));
    }

    @Test
    void moreThanMayWaitClosesTheChannel() {
        World world = new World(1, Weather.FAIR);
        Channel channel = world.open();
        world.network.block(Set.of(ONE), Set.of(TWO));
        Bytes large = Bytes.wrap(new byte[LineLimits.FRAME_MAX_BYTES]);
        for (int i = 0; i < 8; i++) {
            assertThat(channel.send(large)).isTrue();
        }
        assertThat(channel.send(Bytes.of((byte) 1))).isFalse();
        world.loops.runMillis(1);
        assertThat(world.oneHeard).endsWith("closed OUTBOUND_FULL");
    }

    @Test
    void wallClocksDifferAndTimersAreNeverEarly() {
        World world = new World(1, Weather.FAIR);
        assertThat(world.twoLoop.wallTime().millis() - world.oneLoop.wallTime().millis())
                .isEqualTo(3_600_000);
        long startNanos = world.oneLoop.monotonicNanos();
        List<Long> rang = new ArrayList<>();
        world.oneLoop.after(5, () -> rang.add(world.oneLoop.monotonicNanos() - startNanos));
        world.oneLoop.after(5, () -> rang.add(-1L)).cancel();
        world.loops.runMillis(100);
        assertThat(rang).hasSize(1);
        assertThat(rang.getFirst()).isBetween(5_000_000L, 7_000_000L);
    }
}
