package trimaran.line.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
import trimaran.line.PinPolicy;
import trimaran.line.Route;

/**
 * The network between simulated parties, with seeded delay, broken channels, partitions, relays and crashes. As over
 * TLS, a channel never loses, doubles or swaps single frames: it delivers a prefix and closes. Doubled requests come from
 * clients that ask again after a close, as in the field.
 */
public final class SimulatedNetwork {

    private final VirtualLoops loops;
    private final Map<PeerId, Member> members = new LinkedHashMap<>();
    private final Map<Address, Listener> listeners = new LinkedHashMap<>();
    private final Map<Address, Map<String, Address>> relays = new LinkedHashMap<>();
    private final Set<Address> relaysDown = new LinkedHashSet<>();
    private final Set<SimulatedLine> lines = new LinkedHashSet<>();
    private final Map<Path, Long> blocked = new LinkedHashMap<>();
    private Weather weather;
    private long blocks;
    private int nextPort = 20_000;

    private record Listener(Member member, Network.Acceptor acceptor) {}

    /** One direction between two parties. */
    record Path(PeerId from, PeerId to) {}

    public SimulatedNetwork(VirtualLoops loops, Weather weather) {
        this.loops = loops;
        this.weather = weather;
    }

    /** A name for a party that needs no key. */
    public static PeerId peer(String name) {
        return new PeerId(Digest.sha256(Bytes.ofText(name)));
    }

    /** The network as this party sees it. After a crash it joins again, with a new loop. */
    public Network join(VirtualLoop loop, PeerId self, PinPolicy policy) {
        Member member = new Member(loop, self, policy);
        members.put(self, member);
        return member;
    }

    public void weather(Weather next) {
        weather = next;
    }

    public void relay(Address address, Map<String, Address> destinations) {
        relays.put(address, Map.copyOf(destinations));
    }

    /** A relay dies and its channels with it, or comes back. */
    public void relayUp(Address relay, boolean up) {
        if (up) {
            relaysDown.remove(relay);
        } else if (relaysDown.add(relay)) {
            for (SimulatedLine line : List.copyOf(lines)) {
                if (relay.equals(line.relay())) {
                    line.sever();
                }
            }
        }
    }

    /** Nothing gets from these to those until {@link #heal}. Frames wait; a side that hears nothing gives up as idle. */
    public void block(Set<PeerId> from, Set<PeerId> to) {
        long number = ++blocks;
        for (PeerId sender : from) {
            for (PeerId receiver : to) {
                blocked.putIfAbsent(new Path(sender, receiver), number);
            }
        }
        loops.after(LineLimits.IDLE_MILLIS * 1_000_000, () -> giveUp(number));
    }

    /** Blocks both ways between two sets. */
    public void partition(Set<PeerId> left, Set<PeerId> right) {
        block(left, right);
        block(right, left);
    }

    public void heal() {
        blocked.clear();
        lines.forEach(SimulatedLine::resume);
    }

    /** The party's process dies: its loop, its ports, its channels. Half of the peers hear of it, the others wait. */
    public void crash(PeerId who) {
        Member member = members.remove(who);
        if (member != null) {
            member.loop.crash();
        }
        listeners.values().removeIf(listener -> listener.member.self.equals(who));
        for (SimulatedLine line : List.copyOf(lines)) {
            line.endDied(who, loops.random().nextBoolean());
        }
    }

    public int channelsOpen() {
        return lines.size();
    }

    VirtualLoops loops() {
        return loops;
    }

    boolean isBlocked(PeerId from, PeerId to) {
        return blocked.containsKey(new Path(from, to));
    }

    long delayNanos() {
        return 1_000 * loops.random().nextLong(weather.delayMinMicros(), weather.delayMaxMicros() + 1);
    }

    boolean breaks() {
        return loops.random().nextInt(1000) < weather.breakPerMille();
    }

    void forget(SimulatedLine line) {
        lines.remove(line);
    }

    private void giveUp(long number) {
        List<Path> paths = new ArrayList<>();
        blocked.forEach((path, since) -> {
            if (since == number) {
                paths.add(path);
            }
        });
        for (Path path : paths) {
            for (SimulatedLine line : List.copyOf(lines)) {
                line.heardNothing(path);
            }
        }
    }

    /** One party's view. */
    final class Member implements Network {
        final VirtualLoop loop;
        final PeerId self;
        final PinPolicy policy;

        Member(VirtualLoop loop, PeerId self, PinPolicy policy) {
            this.loop = loop;
            this.self = self;
            this.policy = policy;
        }

        @Override
        public Outcome<Listening> listen(Address wanted, Acceptor acceptor) {
            Address address = wanted.port() == 0 ? new Address(wanted.host(), nextPort++) : wanted;
            Listener listener = new Listener(this, acceptor);
            if (listeners.putIfAbsent(address, listener) != null) {
                return Outcome.refused(Code.PORT_BUSY, "cannot listen at " + address);
            }
            return Outcome.done(new Listening() {
                @Override
                public Address address() {
                    return address;
                }

                @Override
                public void close() {
                    listeners.remove(address, listener);
                }
            });
        }

        @Override
        public Channel dial(PeerId peer, Route route, ChannelHandler handler) {
            SimulatedLine line = new SimulatedLine(SimulatedNetwork.this, this, peer, relayOf(route), handler);
            loops.after(delayNanos(), () -> reach(line, peer, route));
            return line.dialling();
        }

        @Override
        public void recheck() {
            for (SimulatedLine line : List.copyOf(lines)) {
                line.recheck(this);
            }
        }

        private void reach(SimulatedLine line, PeerId expected, Route route) {
            Listener listener = listener(route);
            if (line.dialling().isEnded() || loop.isDead()) {
                return;
            }
            boolean lost = loops.random().nextInt(1000) < weather.dialFailPerMille();
            if (listener == null || lost || listener.member.loop.isDead()) {
                line.fail(CloseReason.UNREACHABLE, delayNanos());
            } else if (isBlocked(self, listener.member.self) || isBlocked(listener.member.self, self)) {
                line.fail(CloseReason.UNREACHABLE, LineLimits.CONNECT_MILLIS * 1_000_000);
            } else if (!listener.member.self.equals(expected) || !policy.allows(expected)) {
                line.fail(CloseReason.KEY, delayNanos());
            } else if (!listener.member.policy.allows(self)) {
                line.fail(CloseReason.REFUSED, delayNanos());
            } else {
                lines.add(line);
                line.open(listener.member, listener.acceptor);
            }
        }
    }

    private static @Nullable Address relayOf(Route route) {
        return switch (route) {
            case Route.Direct _ -> null;
            case Route.Through(Address relay, String _) -> relay;
        };
    }

    private @Nullable Listener listener(Route route) {
        return switch (route) {
            case Route.Direct(Address address) -> listeners.get(address);
            case Route.Through(Address relay, String destination) -> {
                Address behind = relaysDown.contains(relay)
                        ? null
                        : relays.getOrDefault(relay, Map.of()).get(destination);
                yield behind == null ? null : listeners.get(behind);
            }
        };
    }
}
