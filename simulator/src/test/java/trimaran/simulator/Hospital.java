package trimaran.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.PeerId;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoops;
import trimaran.line.simulated.Weather;
import trimaran.record.Statement;

/** A whole hospital in one thread: three tiers, a witness, stations and the operator's console, all out of one seed. */
final class Hospital {

    private static final long RESTART_NANOS = 2_000_000_000L;

    /** How often a machine tries to start its process before somebody has to look at its disk. */
    private static final int STARTS_MAX = 2;

    private final VirtualLoops loops;
    private final SimulatedNetwork network;
    private final Suites suites;
    private final NoteVerifiers noteVerifiers;
    private final Founded founded;
    private final Plants plants;
    private final Oracle oracle;
    private final Map<Party, Tier> tiers = new EnumMap<>(Party.class);
    private final WitnessBox witness;
    private final List<Station> stations = new ArrayList<>();
    private final List<RealStation> wards = new ArrayList<>();
    private final Promises promises = new Promises(this);
    private final HandedOut handedOut = new HandedOut(this);
    private final Set<Party> sunk = EnumSet.noneOf(Party.class);
    private Optional<Cuts> cuts = Optional.empty();
    private Optional<Tier> former = Optional.empty();

    Hospital(long seed, Suites suites, Plants plants) {
        this.loops = new VirtualLoops(seed);
        this.network = new SimulatedNetwork(loops, Weather.FAIR);
        this.suites = suites;
        this.noteVerifiers = NoteVerifiers.of(suites.notes());
        this.founded = Founded.found(suites, loops.entropy(), new RecordTime(VirtualLoops.START_MILLIS));
        this.plants = plants;
        this.oracle = new Oracle(this);
        for (Party party : Party.TIERS) {
            tiers.put(party, new Tier(this, Seat.founded(founded, party)));
        }
        this.witness = new WitnessBox(this);
    }

    VirtualLoops loops() {
        return loops;
    }

    SimulatedNetwork network() {
        return network;
    }

    Suites suites() {
        return suites;
    }

    NoteVerifiers noteVerifiers() {
        return noteVerifiers;
    }

    /** The generation after the one they were founded with. */
    private static final long REFRESHED = 1;

    /** Longer than any run: simulated stations go on sealing to the keys they know. */
    private static final long LATE_MILLIS = 86_400_000;

    Founded founded() {
        return founded;
    }

    /** Two officers name the next generation of shares, whose keys the tiers have drawn. */
    void refresh(Console console) {
        List<Bytes> sealing = new ArrayList<>();
        for (Party party : Party.TIERS) {
            sealing.add(tier(party)
                    .seat()
                    .keys()
                    .shares()
                    .draw(REFRESHED)
                    .sealing()
                    .publicKey()
                    .raw());
        }
        RecordTime now = new RecordTime(loops.trueTime().millis());
        console.state(new Statement.Refresh(REFRESHED, 1, sealing, new RecordTime(now.millis() + LATE_MILLIS), now));
    }

    /** Whether every tier has gone over to the generation the record names. */
    boolean isRefreshed() {
        return Party.TIERS.stream()
                .map(this::tier)
                .filter(Tier::isUp)
                .allMatch(tier -> tier.keeper().report().counters().stream()
                        .filter(counter -> counter.name().equals("shares.generation"))
                        .allMatch(counter -> counter.value()
                                == tier.keeper().copy().registry().generation()));
    }

    Plants plants() {
        return plants;
    }

    /** The key under which a party speaks now, as whoever runs it says. */
    PeerId line(Party party) {
        return party.isTier() ? tier(party).seat().line() : Founded.line(party);
    }

    /** The tier that was replaced, if one was: it runs on. */
    Optional<Tier> former() {
        return former;
    }

    /** Another process takes a tier's place and address; it is not started yet. */
    void replace(Seat seat) {
        Tier old = tier(seat.party());
        old.replaced();
        former = Optional.of(old);
        sunk.remove(seat.party());
        tiers.put(seat.party(), new Tier(this, seat));
    }

    /** Whoever looks after what officers cut, if anybody does. */
    Optional<Cuts> cuts() {
        return cuts;
    }

    void cuts(Cuts of) {
        cuts = Optional.of(of);
    }

    /** Whether officers have closed this station. */
    boolean isCut(Station station) {
        return cuts.filter(of -> of.isCut(station)).isPresent();
    }

    Oracle oracle() {
        return oracle;
    }

    WitnessBox witness() {
        return witness;
    }

    /** Stand-ins: cheap, many, and able to lie. */
    List<Station> stations() {
        return stations;
    }

    /** Stations with the real core. */
    List<RealStation> wards() {
        return wards;
    }

    Promises promises() {
        return promises;
    }

    /** What tiers gave out, whoever asked. */
    HandedOut handedOut() {
        return handedOut;
    }

    Tier tier(Party party) {
        Tier tier = tiers.get(party);
        if (tier == null) {
            throw new IllegalArgumentException(party + " is no tier");
        }
        return tier;
    }

    /** Starts the four parties, and stand-in stations of these names, each with a badge and a session. */
    Console start(List<String> names) {
        witness.start();
        tiers.values().forEach(Tier::start);
        Console console = new Console(this);
        for (String name : names) {
            stations.add(new Station(this, name, console));
        }
        console.start();
        stations.forEach(Station::start);
        return console;
    }

    /** A real station of this name, enrolled and not yet started. */
    RealStation enrol(String name, Console console) {
        return new RealStation(this, name, console);
    }

    /** This party is gone for good: whatever was to start it again finds nothing. */
    void sink(Party party) {
        crash(party);
        sunk.add(party);
    }

    /** It was not gone for good. */
    void raise(Party party) {
        sunk.remove(party);
        restart(party);
    }

    private boolean isSunk(Tier tier) {
        return sunk.contains(tier.party()) || former.equals(Optional.of(tier));
    }

    boolean isUp(Party party) {
        return party == Party.WITNESS ? witness.isUp() : tier(party).isUp();
    }

    void crash(Party party) {
        if (party == Party.WITNESS) {
            witness.crash();
        } else {
            tier(party).crash();
        }
    }

    void restart(Party party) {
        if (isUp(party) || sunk.contains(party)) {
            return;
        }
        if (party == Party.WITNESS) {
            witness.start();
        } else {
            begin(tier(party));
        }
    }

    /**
     * A machine starts its process: once more if the disk failed under a write, which happens once; a disk that cannot be
     * read lets nobody start.
     */
    static void begin(Dying.Mortal process) {
        for (int start = 0; start < STARTS_MAX; start++) {
            try {
                process.start();
                return;
            } catch (Dying.Died died) {
                died.who().crash();
            }
        }
    }

    void wallOffset(Party party, long millis) {
        if (party == Party.WITNESS) {
            witness.wallOffset(millis);
        } else {
            tier(party).wallOffset(millis);
        }
    }

    /** Where everybody stands, for whoever looks into a seed that broke. */
    String standing() {
        StringBuilder text = new StringBuilder();
        for (Tier tier : tiers.values()) {
            text.append("  ")
                    .append(tier.party().word())
                    .append(": ")
                    .append(tier.standing())
                    .append('\n');
        }
        text.append("  witness: ")
                .append(witness.signed().map(head -> "signed " + head.size()).orElse("signed nothing"))
                .append(witness.isUp() ? "\n" : ", down\n");
        for (Station station : stations) {
            text.append("  station: covered ").append(station.covered()).append('\n');
            station.outbox().values().stream()
                    .limit(5)
                    .forEach(entry -> text.append("    ").append(entry).append('\n'));
        }
        for (RealStation ward : wards) {
            text.append("  ")
                    .append(ward.name())
                    .append(ward.isUp() ? ": " + ward.station().state() : ": down")
                    .append('\n');
        }
        return text.toString();
    }

    /** Lets virtual time pass. A party whose disk fails dies of it and takes no other along. */
    void runMillis(long millis) {
        long untilNanos = loops.nowNanos() + millis * 1_000_000;
        while (loops.nowNanos() < untilNanos) {
            try {
                loops.runMillis((untilNanos - loops.nowNanos() + 999_999) / 1_000_000);
            } catch (Dying.Died died) {
                died(died.who());
            }
        }
    }

    /** Whoever died of its disk is started again by its machine. */
    private void died(Dying.Mortal who) {
        who.crash();
        loops.after(RESTART_NANOS, () -> {
            if (!(who instanceof Tier tier && isSunk(tier))) {
                begin(who);
            }
        });
    }

    boolean runUntil(BooleanSupplier condition, long maxMillis) {
        long untilNanos = loops.nowNanos() + maxMillis * 1_000_000;
        while (loops.nowNanos() < untilNanos) {
            try {
                return loops.runUntil(condition, (untilNanos - loops.nowNanos() + 999_999) / 1_000_000);
            } catch (Dying.Died died) {
                died(died.who());
            }
        }
        return condition.getAsBoolean();
    }
}
