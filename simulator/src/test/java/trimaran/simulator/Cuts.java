package trimaran.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.LineLimits;
import trimaran.line.message.Request;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * An officer closes a stolen station at random moments, and two open it again: who was told, who heard of it from whom, and who still
 * served it. What a fallen party hides of it nobody else may be without for long (DESIGN §10).
 */
final class Cuts {

    private static final long NANOS = 1_000_000;

    /** Between a cut and its end, so that some live long enough to be looked at. */
    private static final long STANDS_NANOS = 3_000 * NANOS;

    /** Whoever answers that it took a cut acts by it within a second. */
    private static final long ACTS_NANOS = 1_000 * NANOS;

    /** Between two tiers whose line is up all the while: what no quorum signed is told over it at once, unless the line is dead unheard. */
    private static final long TOLD_NANOS = (LineLimits.IDLE_MILLIS + 3_000) * NANOS;

    /** The same once a quorum signed its place: then the log says it, and is asked for (Heart.ASK_MILLIS, Arrears.LOOK_MILLIS). */
    private static final long LOGGED_NANOS = 25_000 * NANOS;

    /** Officers who open again try it so often once all lines can come up: a line that was down is dialled within seconds. */
    private static final int REOPENINGS_MAX = 8;

    private final Hospital hospital;
    private final Console console;
    private final SplittableRandom random;
    private final Oracle oracle;
    private final List<Cut> all = new ArrayList<>();
    private Optional<Cut> standing = Optional.empty();
    private boolean wanted;
    private int hidden;

    /** One cut, and the reopening that ended it. */
    private static final class Cut {
        private final Station station;
        private final Map<Party, Long> knownNanos = new EnumMap<>(Party.class);
        private final Map<Party, Long> loggedSize = new EnumMap<>(Party.class);
        private final Map<String, Long> untoldNanos = new HashMap<>();
        private final List<SignedStatement> signed = new ArrayList<>();
        private long signedNanos;

        Cut(Station station) {
            this.station = station;
        }

        Digest subject() {
            return station.self().keyDigest();
        }

        CutTarget target() {
            return new CutTarget(
                    Statement.Target.STATION, subject(), station.loop().name());
        }
    }

    Cuts(Hospital hospital, SplittableRandom random, Console console) {
        this.hospital = hospital;
        this.console = console;
        this.random = random;
        this.oracle = hospital.oracle();
    }

    int count() {
        return all.size();
    }

    /** Cuts a party was told of and kept to itself. */
    int hidden() {
        return hidden;
    }

    boolean isCut(Station station) {
        return standing.filter(cut -> cut.station == station).isPresent();
    }

    /** Cuts as soon as a station can be, or after a while opens again; in between the stolen station tries what it can. */
    void next() {
        if (standing.isEmpty()) {
            wanted = true;
        } else if (now() - standing.get().signedNanos > STANDS_NANOS && random.nextBoolean()) {
            reopen(standing.get());
        }
    }

    /**
     * One that has nothing on its way, so that what it promised before and what it does after stay apart; each once, so that what a tier
     * knows is this cut. Never the first, which looks at the end.
     */
    private Optional<Station> stolen() {
        List<Station> idle = hospital.stations().stream()
                .skip(1)
                .filter(station -> station.isUp() && station.outbox().isEmpty())
                .filter(station -> all.stream().noneMatch(cut -> cut.station == station))
                .toList();
        return idle.isEmpty() ? Optional.empty() : Optional.of(idle.get(random.nextInt(idle.size())));
    }

    private void cut(Station station) {
        Cut cut = new Cut(station);
        cut.signedNanos = now();
        all.add(cut);
        standing = Optional.of(cut);
        wanted = false;
        hospital.loops().note("cut");
        if (random.nextInt(3) == 0) {
            keptFrom();
        }
        announcing(cut)
                .cut(
                        hospital.founded().origin(),
                        cut.target(),
                        "",
                        time(),
                        OptionalLong.empty(),
                        hospital.founded().officers().subList(0, 1),
                        outcome -> said(cut, outcome));
    }

    /**
     * One tier is down as officers cut. A data that lies gives the cut its place at the other tier alone; one that does not is not heard by
     * the first for a while.
     */
    private void keptFrom() {
        boolean access = random.nextBoolean();
        Party tier = access ? Party.ACCESS : Party.APPLICATION;
        if (!oracle.lies(tier) && hospital.isUp(tier)) {
            hospital.crash(tier);
            hospital.loops().after((1_000 + random.nextInt(2_000)) * NANOS, () -> hospital.restart(tier));
        }
        long whileNanos = (8_000 + random.nextInt(6_000)) * NANOS;
        Optional<FedAlone> feeding = hospital.plants().feeding();
        if (feeding.isPresent()) {
            feeding.get().begin(access ? Party.APPLICATION : Party.ACCESS);
            hospital.loops().after(whileNanos, () -> feeding.get().end());
        } else {
            hospital.network().partition(Set.of(hospital.line(Party.DATA)), Set.of(Founded.line(tier)));
            hospital.loops().after(whileNanos, () -> hospital.network().heal());
        }
    }

    private Announcing announcing(Cut cut) {
        return new Announcing(
                (tier, request, millis, then) -> console.ask(tier, request, millis, outcome -> {
                    if (request instanceof Request.Announce && outcome.isDone() && isStanding(cut)) {
                        took(cut, tier);
                    }
                    then.accept(outcome);
                }),
                console.loop()::monotonicNanos,
                Announcing.Patience.COMMAND);
    }

    private void said(Cut cut, Outcome<Announcing.Announced> outcome) {
        if (outcome instanceof Outcome.Done<Announcing.Announced>(Announcing.Announced announced)) {
            cut.signed.add(announced.signed());
        } else {
            // Nobody answered: it never was.
            end(cut);
        }
    }

    /** Another is in this tier's place: it was told nothing yet. */
    void replaced(Party tier) {
        all.forEach(cut -> {
            cut.knownNanos.remove(tier);
            cut.loggedSize.remove(tier);
        });
    }

    private boolean isStanding(Cut cut) {
        return standing.equals(Optional.of(cut));
    }

    private void took(Cut cut, Party tier) {
        cut.knownNanos.putIfAbsent(tier, now());
        if (oracle.lies(tier) && !knows(tier, cut)) {
            hidden++;
        }
    }

    private void reopen(Cut cut) {
        end(cut);
        hospital.loops().note("reopened");
        announcing(cut)
                .reopen(
                        hospital.founded().origin(),
                        cut.target(),
                        time(),
                        hospital.founded().officers().subList(0, 2),
                        outcome -> said(cut, outcome));
    }

    private void end(Cut cut) {
        if (isStanding(cut)) {
            standing = Optional.empty();
        }
    }

    // ---- what must hold

    /** A stand-in station was shown cells by a tier it asked then. */
    void opened(Station station, Party tier, long askedNanos) {
        standing.filter(cut -> cut.station == station)
                .map(cut -> cut.knownNanos.get(tier))
                .filter(known -> !oracle.lies(tier) && askedNanos > known)
                .ifPresent(known -> oracle.broken("nothingIsServedToWhoIsCut", tier.word() + " opened a cell"));
    }

    /** After every step. */
    void step() {
        if (wanted) {
            stolen().ifPresent(this::cut);
        }
        standing.filter(cut -> !cut.signed.isEmpty()).ifPresent(cut -> {
            look(cut);
            tries(cut.station);
        });
    }

    /** Whoever stole it asks whoever still listens for whatever it may have heard of. */
    private void tries(Station station) {
        oracle.cells().keySet().stream()
                .findFirst()
                .filter(cell -> station.isUp())
                .ifPresent(cell -> station.linesUp().stream()
                        .filter(StationLine::isJoined)
                        .forEach(line -> line.askAsSession(
                                new Request.Open(List.of(cell), false, Request.Purpose.CARE), outcome -> {})));
    }

    private void look(Cut cut) {
        for (Party tier : Party.TIERS) {
            if (!hospital.tier(tier).isUp() || oracle.lies(tier)) {
                continue;
            }
            Long known = cut.knownNanos.get(tier);
            if (knows(tier, cut)) {
                cut.knownNanos.putIfAbsent(tier, now());
                logged(cut, tier);
            } else if (known != null && now() - known > ACTS_NANOS) {
                oracle.broken("aCutTakesHold", tier.word() + " took it and does not act by it");
            }
            if (known != null
                    && now() - known > ACTS_NANOS
                    && hospital.tier(tier).keeper().maySpeak(cut.station.self())) {
                oracle.broken("aCutTakesHold", tier.word() + " lets in who is cut");
            }
        }
        for (Party from : Party.TIERS) {
            for (Party to : Party.TIERS) {
                passedOn(cut, from, to);
            }
        }
    }

    private void logged(Cut cut, Party tier) {
        Registry registry = hospital.tier(tier).keeper().copy().registry();
        if (registry.cutByLog(cut.subject())) {
            cut.loggedSize.putIfAbsent(tier, hospital.tier(tier).keeper().copy().size());
        } else {
            cut.loggedSize.remove(tier);
        }
    }

    private void passedOn(Cut cut, Party from, Party to) {
        String pair = from.word() + " " + to.word();
        boolean owed = from != to
                && isHonest(from)
                && isHonest(to)
                && knows(from, cut)
                && !knows(to, cut)
                && hospital.tier(from).keeper().peers().isUp(to);
        if (!owed) {
            cut.untoldNanos.remove(pair);
            return;
        }
        long since = cut.untoldNanos.computeIfAbsent(pair, none -> now());
        long bound = isSigned(cut, from) ? LOGGED_NANOS : TOLD_NANOS;
        if (now() - since > bound) {
            oracle.broken("aCutIsPassedOn", to.word() + " hears " + from.word() + " and not of the cut");
        }
    }

    private boolean isSigned(Cut cut, Party tier) {
        Long size = cut.loggedSize.get(tier);
        return size != null && hospital.tier(tier).keeper().cosigner().coveredSize() >= size;
    }

    private boolean isHonest(Party tier) {
        return hospital.tier(tier).isUp() && !oracle.lies(tier);
    }

    private boolean knows(Party tier, Cut cut) {
        return hospital.tier(tier).isUp()
                && hospital.tier(tier).keeper().copy().registry().isCutByName(cut.subject());
    }

    /** All lines are up again: whoever is honest comes to know what any of them knows, then all is opened again. */
    void heal() {
        wanted = false;
        standing.ifPresent(cut -> {
            hospital.runUntil(() -> isSpread(cut), LOGGED_NANOS / NANOS);
            if (!cut.signed.isEmpty() && !isSpread(cut)) {
                oracle.broken("aCutIsPassedOn", "an honest tier never heard of it");
            }
            hospital.runMillis(ACTS_NANOS / NANOS);
            step();
        });
        for (int attempt = 0; attempt < REOPENINGS_MAX && !isAllOpen(); attempt++) {
            // Whoever opened it before may have reached nobody.
            all.stream().filter(cut -> !isOpen(cut)).forEach(this::reopen);
            hospital.runUntil(this::isAllOpen, STANDS_NANOS / NANOS);
        }
        if (!isAllOpen()) {
            oracle.broken("whatIsOpenedAgainIsOpen", "an honest tier still refuses the station");
        }
        // A reopening acts before anybody else has heard of it: data has to, before the record is looked at.
        hospital.runUntil(this::isAllPlaced, LOGGED_NANOS / NANOS);
    }

    private boolean isAllPlaced() {
        return Party.TIERS.stream()
                .filter(this::isHonest)
                .allMatch(tier -> hospital.tier(tier).keeper().announced().isEmpty());
    }

    private boolean isAllOpen() {
        return all.stream().allMatch(this::isOpen);
    }

    private boolean isSpread(Cut cut) {
        boolean somebody = Party.TIERS.stream().anyMatch(tier -> isHonest(tier) && knows(tier, cut));
        return !cut.signed.isEmpty()
                && (!somebody || Party.TIERS.stream().filter(this::isHonest).allMatch(tier -> knows(tier, cut)));
    }

    private boolean isOpen(Cut cut) {
        return Party.TIERS.stream().filter(this::isHonest).noneMatch(tier -> knows(tier, cut));
    }

    /** In the end of an honest data's record: what an honest tier took and nothing opened again before it had its place. */
    void end(Collection<Fold> folds) {
        for (Cut cut : all) {
            boolean took = cut.knownNanos.keySet().stream().anyMatch(tier -> !oracle.lies(tier));
            for (Fold fold : folds) {
                if (took && cut.signed.stream().noneMatch(one -> fold.says(one.id()))) {
                    oracle.broken("aCutIsInTheRecord", "neither it nor its end has a place");
                }
            }
        }
    }

    private RecordTime time() {
        return new RecordTime(hospital.loops().trueTime().millis());
    }

    private long now() {
        return hospital.loops().nowNanos();
    }
}
