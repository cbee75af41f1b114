package trimaran.line;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.Outcome;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.line.simulated.Weather;

/** A tier that answers and a station that keeps a line to it: the smallest world for tests of calls and redialling. */
final class Pair {

    public static final PeerId TIER = SimulatedNetwork.peer("tier");
    public static final PeerId STATION = SimulatedNetwork.peer("station");
    public static final Address TIER_ADDRESS = new Address("tier", 1);

    public final VirtualLoops loops;
    public final SimulatedNetwork network;
    public final VirtualLoop stationLoop;
    public final Network stationNetwork;
    public final Entropy entropy;
    public final List<String> stationHeard = new ArrayList<>();
    public final List<String> tierHeard = new ArrayList<>();
    public final List<Calls> tierCalls = new ArrayList<>();
    public boolean stationAllowed = true;

    /** What the tier does with a request. */
    public BiConsumer<Bytes, Answer> tier = (payload, answer) -> answer.done(payload);

    public Pair(long seed, Weather weather) {
        loops = new VirtualLoops(seed);
        network = new SimulatedNetwork(loops, weather);
        stationLoop = loops.loop("station", 0);
        stationNetwork = network.join(stationLoop, STATION, TIER::equals);
        entropy = loops.entropy();
        startTier();
    }

    /** Starts the tier, again after a crash. */
    public Network startTier() {
        VirtualLoop loop = loops.loop("tier", 0);
        Network tierNetwork = network.join(loop, TIER, peer -> stationAllowed && peer.equals(STATION));
        Outcome<Network.Listening> listening =
                tierNetwork.listen(TIER_ADDRESS, _ -> Calls.over(loop, new Ear(tierHeard, tierCalls)));
        if (!listening.isDone()) {
            throw new IllegalStateException(listening.toString());
        }
        return tierNetwork;
    }

    public Redialling redialling(Route... routes) {
        return new Redialling(
                stationNetwork, stationLoop, entropy, TIER, List.of(routes), new Ear(stationHeard, new ArrayList<>()));
    }

    public Redialling redialling() {
        return redialling(new Route.Direct(TIER_ADDRESS));
    }

    private final class Ear implements CallHandler {
        private final List<String> heard;
        private final List<Calls> opened;

        Ear(List<String> heard, List<Calls> opened) {
            this.heard = heard;
            this.opened = opened;
        }

        @Override
        public void opened(Calls calls) {
            heard.add("opened");
            opened.add(calls);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            heard.add("request");
            tier.accept(payload, answer);
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            heard.add("notice");
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            heard.add("closed " + reason);
        }
    }
}
