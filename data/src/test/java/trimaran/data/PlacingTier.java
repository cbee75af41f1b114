package trimaran.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import trimaran.keeper.Copy;
import trimaran.keeper.Keeper;
import trimaran.keeper.KeeperSetting;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Ground;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.line.simulated.Weather;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Quorum;

/** Data with its real keeper and sequencer, over simulated time, network and disk; the other parties are fakes. */
final class PlacingTier {

    private static final PeerId STATION = SimulatedNetwork.peer("station");

    final VirtualLoops loops = new VirtualLoops(7);
    final FoundedHouse house = new FoundedHouse(loops.entropy(), new RecordTime(VirtualLoops.START_MILLIS));
    final Map<Party, FakeParty> others = new EnumMap<>(Party.class);
    private final SimulatedNetwork network = new SimulatedNetwork(loops, Weather.FAIR);
    private MemoryStore disk = new MemoryStore();
    private Running running;
    private int lines;
    private boolean wantsToBeginAnew;

    /** What stands between data and its disk. */
    UnaryOperator<Store> seen = UnaryOperator.identity();

    private record Running(Keeper keeper, Sequencer sequencer) {}

    /** What came back to one who asked; nothing yet while empty. */
    static final class Reply implements Answer {
        private final List<Outcome<Response>> outcomes = new ArrayList<>();

        @Override
        public void done(Bytes payload) {
            try {
                outcomes.add(Outcome.done(ResponseCodec.decode(payload)));
            } catch (MalformedException broken) {
                throw new AssertionError("data answers what cannot be read", broken);
            }
        }

        @Override
        public void refuse(Refusal refusal) {
            outcomes.add(Outcome.refused(refusal));
        }

        Outcome<Response> only() {
            if (outcomes.size() != 1) {
                throw new AssertionError(outcomes.size() + " answers instead of one");
            }
            return outcomes.getFirst();
        }

        Place place() throws MalformedException {
            if (only() instanceof Outcome.Done<Response>(Response.Placed(Bytes place))) {
                return Place.decode(place);
            }
            throw new AssertionError("not placed: " + only());
        }

        boolean isOpen() {
            return outcomes.isEmpty();
        }

        Code code() {
            if (only() instanceof Outcome.Refused<Response>(Refusal refusal)) {
                return refusal.code();
            }
            throw new AssertionError("not refused: " + only());
        }
    }

    PlacingTier(Party... reached) {
        for (Party party : reached) {
            reach(party);
        }
        running = start(0);
    }

    /** A party data reaches from now on. */
    FakeParty reach(Party party) {
        VirtualLoop loop = loops.loop(party.word(), 0);
        FakeParty fake = new FakeParty(party, loop, house.cosigner(party));
        others.put(party, fake);
        network.join(loop, SimulatedNetwork.peer(party.word()), peer -> true)
                .listen(FoundedHouse.address(party), channel -> Calls.over(loop, fake));
        return fake;
    }

    FakeParty other(Party party) {
        return Objects.requireNonNull(others.get(party), "a party this data knows");
    }

    /** Stops data and starts it on what its disk kept, with a clock this far off. */
    void restart(long wallOffsetMillis) {
        network.crash(SimulatedNetwork.peer(Party.DATA.word()));
        disk = disk.snapshotDurable();
        running = start(wallOffsetMillis);
    }

    /** Whether this data has asked to be closed and begun anew on the same disk. */
    boolean wantsToBeginAnew() {
        return wantsToBeginAnew;
    }

    private Running start(long wallOffsetMillis) {
        wantsToBeginAnew = false;
        VirtualLoop loop = loops.loop("data", wallOffsetMillis);
        List<Keeper> made = new ArrayList<>();
        Network own = network.join(
                loop,
                SimulatedNetwork.peer(Party.DATA.word()),
                peer -> made.getFirst().maySpeak(peer));
        Map<Party, Route> routes = new EnumMap<>(Party.class);
        for (Party party : List.of(Party.ACCESS, Party.APPLICATION, Party.WITNESS)) {
            routes.put(party, new Route.Direct(FoundedHouse.address(party)));
        }
        Keeper keeper = new Keeper(
                new KeeperSetting(
                        Party.DATA,
                        loop,
                        loops.entropy(),
                        seen.apply(disk),
                        FoundedHouse.VERIFIER,
                        NoteVerifiers.ML_DSA_44,
                        Quorum.ML_DSA_44_TYPE,
                        house.founding,
                        house.data(),
                        Ground.UNKNOWN),
                own,
                routes);
        made.add(keeper);
        keeper.beginAnew(() -> wantsToBeginAnew = true);
        Sequencer sequencer = new Sequencer(keeper);
        keeper.role(sequencer);
        own.listen(FoundedHouse.address(Party.DATA), channel -> keeper.accept());
        keeper.start();
        sequencer.start();
        return new Running(keeper, sequencer);
    }

    /** Somebody sets the clock of its machine while it runs. */
    void clockAhead(long millis) {
        ((VirtualLoop) running.keeper().setting().loop()).wallOffset(millis);
    }

    boolean serves(long withinMillis) {
        return loops.runUntil(() -> running.sequencer().isServing(), withinMillis);
    }

    Copy copy() {
        return running.keeper().copy();
    }

    Keeper keeper() {
        return running.keeper();
    }

    Place place(long index) {
        return copy().entry(index).orElseThrow().place();
    }

    /** Hands an entry in without letting time pass. */
    Reply hand(SealedEntry entry) {
        Reply reply = new Reply();
        if (!running.sequencer().takes(STATION, new Request.Append(entry), reply)) {
            throw new AssertionError("data does not take entries");
        }
        return reply;
    }

    Reply append(SealedEntry entry) {
        Reply reply = hand(entry);
        loops.runMillis(20);
        return reply;
    }

    /** A tier hands data a copy of what it holds. */
    Reply holdCopy(Party from, SealedEntry entry, Held held) {
        return line(SimulatedNetwork.peer(from.word())).ask(new Request.HoldCopy(entry, held));
    }

    /** What this data's disk holds. */
    MemoryStore disk() {
        return disk;
    }

    /** A line to data by this peer, open. */
    Line line(PeerId from) {
        Line line = new Line();
        VirtualLoop loop = loops.loop("asks " + lines++, 0);
        network.join(loop, from, peer -> true)
                .dial(
                        SimulatedNetwork.peer(Party.DATA.word()),
                        new Route.Direct(FoundedHouse.address(Party.DATA)),
                        Calls.over(loop, line));
        loops.runMillis(20);
        return line;
    }

    /** Asks data and lets it answer. */
    final class Line implements CallHandler {
        final List<Push> heard = new ArrayList<>();
        private Optional<Calls> open = Optional.empty();

        Reply ask(Request request) {
            Reply reply = send(request);
            loops.runMillis(20);
            return reply;
        }

        /** Asks without letting time pass. */
        Reply send(Request request) {
            Reply reply = new Reply();
            open.orElseThrow().call(RequestCodec.encode(request), 10_000, reply::give);
            return reply;
        }

        boolean isOpen() {
            return open.isPresent();
        }

        @Override
        public void opened(Calls calls) {
            open = Optional.of(calls);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            throw new AssertionError("data asks on lines of its own");
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            try {
                heard.add(PushCodec.decode(payload));
            } catch (MalformedException broken) {
                throw new AssertionError("data tells what cannot be read", broken);
            }
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            open = Optional.empty();
        }
    }
}
