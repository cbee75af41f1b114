package trimaran.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.simulated.Weather;

/** One seed: a hospital, some two hundred operations among faults, healing, and the questions at the end. */
final class Run {

    /** Operations of one seed. */
    static final int OPERATIONS = 200;

    private static final long START_MILLIS = 20_000;
    private static final long HEAL_MILLIS = 90_000;
    private static final long REOPEN_MILLIS = 5_000;
    private static final int PAUSE_MILLIS_MAX = 180;
    private static final int PER_MILLE = 1000;

    /** What a fallen party does beside its lies is drawn apart. */
    private static final long DEEDS = 0xD1342543DE82EF95L;

    private final long seed;
    private final SplittableRandom random;
    private final Hospital hospital;
    private final Oracle oracle;
    private final Invariants invariants;
    private final Weathering weathering;
    private final Writing writing;
    private final Shift shift;
    private final Cuts cuts;
    private final Promotion promotion;
    /** At which operation data is thought dead; beyond all of them in most seeds. */
    private final int promotionAt;

    private final RealStation reader;
    private final Console console;
    private final Fault fault;
    private final Optional<Party> fallen;
    private final Optional<OlderDisk> olderDisk;
    private final Optional<Replayer> replayer;
    private final Optional<WrongIncrements> increments;
    private final Optional<FalseHeaders> headers;
    private final Optional<Liar> liar;
    /** At which operation officers name the next generation of shares; a third of all seeds has none. */
    private final int refreshAt;

    private int done;
    private int opened;

    /**
     * What a seed gave.
     *
     * @param told how often real stations said what to those who wrote
     * @param trace digest of every event of the run
     * @param broken what did not hold; empty for a good run
     * @param tails how often a tier took a tail back that was another tree than the quorum's
     * @param events how often what officers do took place: in a run without it nothing was asked about it
     */
    record Result(
            long seed,
            Digest trace,
            List<String> broken,
            int operations,
            int acknowledged,
            int opened,
            String told,
            long entries,
            Fault fault,
            Optional<Party> fallen,
            int tails,
            Map<String, Integer> events,
            String standing) {

        @Override
        public String toString() {
            return "seed " + seed + ": " + operations + " operations, " + entries + " entries, " + acknowledged
                    + " acknowledged, " + opened + " readings, real stations told " + told + ", " + fault
                    + fallen.map(party -> " of " + party.word()).orElse("")
                    + (tails > 0 ? ", " + tails + " tails taken back" : "") + ", " + events + ", trace "
                    + trace
                    + (broken.isEmpty()
                            ? ""
                            : ", BROKEN " + broken.subList(0, Math.min(3, broken.size())) + "\n" + standing);
        }
    }

    private Run(long seed, Suites suites, Plants planted, boolean mayFall) {
        this.seed = seed;
        // Once more, since neighbours would else draw nearly the same numbers, one after the other.
        this.random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        this.fault = mayFall ? fault(random.nextInt(PER_MILLE)) : planted.beside();
        this.fallen = fault == Fault.NONE ? Optional.empty() : Optional.of(Party.TIERS.get(random.nextInt(3)));
        SplittableRandom deeds = new SplittableRandom(seed * DEEDS);
        SplittableRandom replaying = deeds.split();
        this.replayer = fallen.filter(party -> fault == Fault.LIES && replaying.nextBoolean())
                .map(party -> new Replayer(party, replaying));
        SplittableRandom refreshing = deeds.split();
        this.increments = fallen.filter(party -> fault == Fault.LIES && refreshing.nextInt(4) > 0)
                .map(party -> new WrongIncrements(party, refreshing));
        this.headers =
                fallen.filter(party -> fault == Fault.LIES).map(party -> new FalseHeaders(party, refreshing.split()));
        this.liar = headers.map(
                wrong -> new Liar(fallen.orElseThrow(), random.split(), replayer, increments, wrong, planted));
        this.hospital =
                new Hospital(seed, suites, liar.<Plants>map(lying -> lying).orElse(planted));
        this.oracle = hospital.oracle();
        fallen.ifPresent(fault == Fault.IS_SET_BACK ? oracle::befell : oracle::liar);
        if (fault == Fault.LOSES_LAST_BATCH) {
            hospital.tier(fallen.orElseThrow()).disk(new MemoryStore(MemoryStore.Fault.LAST_BATCH_LOST));
        }
        boolean isSetBack = fault == Fault.IS_SET_BACK || (fault == Fault.LIES && deeds.nextInt(3) == 0);
        this.olderDisk = fallen.filter(party -> isSetBack).map(party -> new OlderDisk(hospital, party, deeds.split()));
        this.invariants = new Invariants(hospital);
        this.weathering = new Weathering(hospital, random.split(), invariants);
        this.writing = new Writing(hospital, random.split());
        this.console = hospital.start(List.of("ward", "desk", "laboratory"));
        List.of("cardiology", "emergency").forEach(name -> hospital.wards().add(hospital.enrol(name, console)));
        this.reader = hospital.enrol("archive", console);
        this.shift = new Shift(hospital, random.split(), console);
        this.cuts = new Cuts(hospital, random.split(), console);
        hospital.cuts(cuts);
        hospital.wards().forEach(RealStation::start);
        this.refreshAt = random.nextInt(OPERATIONS * 3 / 2);
        this.promotion = new Promotion(hospital, random.split(), console);
        int drawn = OPERATIONS / 3 + 1 + random.nextInt(OPERATIONS / 2);
        this.promotionAt = mayPromote() ? drawn : OPERATIONS;
    }

    /** One party falls, so data is the one that did; officers name one thing at a time, so no refresh goes on. */
    private boolean mayPromote() {
        return refreshAt >= OPERATIONS
                && fallen.filter(party -> party != Party.DATA).isEmpty();
    }

    private static Fault fault(int drawn) {
        if (drawn < 500) {
            return Fault.NONE;
        }
        if (drawn < 850) {
            return Fault.LIES;
        }
        if (drawn < 890) {
            return Fault.LOSES_LAST_BATCH;
        }
        return drawn < 930 ? Fault.IS_SET_BACK : Fault.BIT_FLIP;
    }

    static Result of(long seed) {
        return of(seed, Suites.standIn(), new Plants(), OPERATIONS);
    }

    static Result of(long seed, Suites suites, Plants planted, int operations) {
        // A planted bug is in all parties at once; no liar is needed beside it.
        boolean plain = planted.getClass().equals(Plants.class);
        return new Run(seed, suites, planted, plain).run(operations);
    }

    private Result run(int operations) {
        try {
            live(operations);
        } catch (RuntimeException stopped) {
            // Whoever runs thousands of seeds learns which one, and goes on with the next.
            StringWriter trace = new StringWriter();
            stopped.printStackTrace(new PrintWriter(trace));
            oracle.broken("runsToItsEnd", trace.toString());
        }
        return result();
    }

    private void live(int operations) {
        hospital.plants().founded(hospital);
        hospital.runUntil(this::isOpen, START_MILLIS);
        while (done < operations && oracle.broken().isEmpty()) {
            olderDisk.ifPresent(OlderDisk::next);
            replayer.ifPresent(Replayer::next);
            operate();
            done++;
            hospital.runMillis(random.nextInt(PAUSE_MILLIS_MAX));
            invariants.step();
            increments.ifPresent(WrongIncrements::step);
        }
        if (oracle.broken().isEmpty()) {
            heal();
        }
    }

    private Result result() {
        long entries = invariants.honest().stream()
                .mapToLong(tier -> tier.keeper().copy().size())
                .max()
                .orElse(0);
        return new Result(
                seed,
                hospital.loops().trace(),
                List.copyOf(oracle.broken()),
                done,
                oracle.acknowledged().size(),
                opened + (int) shift.read(),
                hospital.promises().summary(),
                entries,
                fault,
                fallen,
                Party.TIERS.stream()
                        .mapToInt(party -> hospital.tier(party).tailsTakenBack())
                        .sum(),
                events(),
                hospital.standing());
    }

    private Map<String, Integer> events() {
        Map<String, Integer> events = new LinkedHashMap<>();
        events.put("cuts", cuts.count());
        events.put("cuts hidden", cuts.hidden());
        events.put("orders to roll", shift.rolls().count());
        events.put("promotions", promotion.isBegun() ? 1 : 0);
        events.put("set back", olderDisk.map(OlderDisk::count).orElse(0));
        events.put("wrong increments", increments.map(WrongIncrements::count).orElse(0));
        events.put("words forged", increments.map(WrongIncrements::forged).orElse(0));
        events.put("false headers", headers.map(FalseHeaders::count).orElse(0));
        events.put("openings answered", hospital.handedOut().opened());
        events.put("drafts shown", hospital.handedOut().shown());
        events.putAll(liar.map(Liar::events).orElse(Liar.none()));
        events.putAll(replayer.map(Replayer::events).orElse(Replayer.none()));
        return events;
    }

    private boolean isOpen() {
        return hospital.stations().stream().allMatch(station -> station.covered() >= 10)
                && hospital.wards().stream().allMatch(RealStation::isReady);
    }

    private void operate() {
        int drawn = random.nextInt(PER_MILLE);
        if (drawn < 120) {
            weathering.next();
        } else if (drawn < 500) {
            shift.next();
        } else if (drawn < 580) {
            read();
        } else if (drawn < 600) {
            cuts.next();
        } else if (drawn < 612) {
            shift.rolls().next();
        } else {
            writing.next();
        }
        if (done == refreshAt) {
            hospital.refresh(console);
        }
        if (done == promotionAt) {
            promotion.begin();
        }
        if (fault == Fault.BIT_FLIP && done == OPERATIONS / 3) {
            hospital.tier(fallen.orElseThrow()).flipBit(random);
        }
    }

    private void read() {
        List<CellId> cells = List.copyOf(oracle.cells().keySet());
        Station station =
                hospital.stations().get(random.nextInt(hospital.stations().size()));
        if (cells.isEmpty() || !station.isUp() || hospital.isCut(station)) {
            return;
        }
        List<StationLine> lines = new ArrayList<>(station.linesUp());
        for (int i = lines.size() - 1; i > 0; i--) {
            lines.add(lines.remove(random.nextInt(i + 1)));
        }
        new Reading(station, cells.get(random.nextInt(cells.size())), lines, why -> opened += why.isEmpty() ? 1 : 0)
                .start();
    }

    /** Everything comes back but the fallen one's truth; then all must be in the record, once, and open. */
    private void heal() {
        hospital.network().heal();
        hospital.network().weather(Weather.FAIR);
        for (Party party : Party.values()) {
            hospital.wallOffset(party, 0);
            hospital.restart(party);
        }
        hospital.stations().forEach(Station::start);
        hospital.wards().forEach(ward -> {
            ward.wallOffset(0);
            Hospital.begin(ward);
        });
        promotion.heal();
        cuts.heal();
        boolean dataIsHonest = !oracle.lies(Party.DATA);
        if (dataIsHonest) {
            hospital.runUntil(this::isSettled, HEAL_MILLIS);
        }
        if (fault == Fault.NONE && !hospital.isRefreshed()) {
            oracle.broken("sharesAreRefreshed", "a tier has not gone over to the generation the record names");
        }
        if (fault == Fault.IS_SET_BACK && !promotion.isBegun()) {
            hospital.runUntil(this::isBack, HEAL_MILLIS);
            if (!isBack()) {
                oracle.broken(
                        "whoIsSetBackComesBack",
                        hospital.tier(fallen.orElseThrow()).standing());
            }
        }
        // The fallen party is cut off: what follows must go without it.
        fallen.filter(oracle::lies).ifPresent(hospital::sink);
        hospital.runMillis(3_000);
        hospital.runUntil(dataIsHonest ? this::isSettled : invariants::honestHaveTheQuorum, HEAL_MILLIS);
        invariants.step();
        // Looking may be what makes a last checkpoint known: who lacks its entry yet fetches it.
        hospital.runUntil(invariants::honestHaveTheQuorum, HEAL_MILLIS);
        invariants.step();
        invariants.end(dataIsHonest);
        invariants.forksHeal();
        promotion.end();
        increments.ifPresent(WrongIncrements::step);
        invariants.honest().forEach(tier -> shift.rolls().end(tier.keeper().copy()));
        if (oracle.broken().isEmpty()) {
            reopen();
        }
        if (oracle.broken().isEmpty() && console.isDone()) {
            Review review = new Review(hospital, reader, shift);
            review.run(dataIsHonest);
            opened += review.opened();
        }
        hospital.handedOut().end();
        invariants.step();
    }

    /** Nothing acknowledged waits, and the honest tiers have the same. */
    private boolean isSettled() {
        // Asked a thousand times in a run: what costs most comes last.
        return hospital.stations().stream()
                        .allMatch(station -> station.outbox().values().stream().noneMatch(Entry::isAcknowledged))
                && hospital.wards().stream().allMatch(RealStation::hasBroughtAll)
                && invariants.honestAgree()
                && (fault != Fault.NONE || hospital.isRefreshed());
    }

    /** The tier that was set back has again what a quorum signed. */
    private boolean isBack() {
        Tier tier = hospital.tier(fallen.orElseThrow());
        return tier.isUp() && invariants.hasTheQuorum(tier);
    }

    /** Every cell of an acknowledged entry opens from the honest tiers. */
    private void reopen() {
        Station station = hospital.stations().getFirst();
        Map<CellId, String> shut = new LinkedHashMap<>();
        invariants.cells().forEach(cell -> shut.put(cell, "not asked"));
        for (int attempt = 0; attempt < 3 && !shut.isEmpty(); attempt++) {
            for (CellId cell : List.copyOf(shut.keySet())) {
                new Reading(station, cell, station.linesUp(), why -> {
                            if (why.isEmpty()) {
                                opened++;
                                shut.remove(cell);
                            } else {
                                shut.put(cell, why.get());
                            }
                        })
                        .start();
            }
            hospital.runUntil(shut::isEmpty, REOPEN_MILLIS);
        }
        shut.forEach((cell, why) -> oracle.broken("acknowledgedCellOpens", "cell " + cell + ": " + why));
    }
}
