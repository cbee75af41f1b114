package trimaran.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.Desk;
import trimaran.station.Station;
import trimaran.station.StationEvent;
import trimaran.station.StationSetting;

/**
 * The process of a real station: its disk, its clock, its badge. Crashes lose everything but the disk. What it tells its
 * operators goes to the promises, and alarms to the oracle.
 */
final class RealStation implements Dying.Mortal {

    /** Content kept open before the least used is forgotten: little, so that cells are opened again within a run. */
    private static final long OPEN_BYTES_MAX = 256 << 10;

    /** Where the core keeps what it folded of the registry. */
    static final String REGISTRY_FILE = "registry";

    private final Hospital hospital;
    private final String name;
    private final PeerId self;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Signer badge;
    private final SecretBytes outboxKey;
    private Optional<Running> running = Optional.empty();
    private long wallOffsetMillis;
    private int lives;

    /** What lives between a start and a crash. */
    private record Running(VirtualLoop loop, Station station, Desk desk) {}

    RealStation(Hospital hospital, String name, Console console) {
        this.hospital = hospital;
        this.name = name;
        this.self = SimulatedNetwork.peer(name);
        this.badge = hospital.suites().badge(hospital.loops().entropy());
        this.outboxKey = SecretBytes.random(hospital.loops().entropy(), Digest.SIZE);
        RecordTime now = new RecordTime(hospital.loops().trueTime().millis());
        console.state(new Statement.Grant(
                badge.publicKey(), Statement.BadgeKind.STATION, List.of(), List.of(), List.of(), now));
        console.state(new Statement.StationEnrolment(name, self.keyDigest(), CellId.NONE, now));
    }

    String name() {
        return name;
    }

    PeerId self() {
        return self;
    }

    SimulatedDisk disk() {
        return disk;
    }

    boolean isUp() {
        return running.isPresent();
    }

    /** How often it was started: what a session or an open page belongs to. */
    int life() {
        return lives;
    }

    /** Asks at its desk, if it is up; what dies with it answers nobody. An answer that cannot be dealt with breaks the run. */
    <T> void ask(Function<Desk, CompletableFuture<T>> question, Consumer<T> then) {
        if (isUp()) {
            var _ = question.apply(running.orElseThrow().desk()).thenAccept(answer -> deal(answer, then));
        }
    }

    private <T> void deal(T answer, Consumer<T> then) {
        try {
            then.accept(answer);
        } catch (RuntimeException broken) {
            // A future keeps what is thrown in it to itself.
            hospital.oracle().broken("answersAreDealtWith", name + ": " + broken);
        }
    }

    Station station() {
        return running.orElseThrow().station();
    }

    /** Up and known to two tiers. */
    boolean isJoined() {
        return isUp() && station().state().ready();
    }

    /** Up, following a quorum, and known to the tiers. */
    boolean isReady() {
        return isJoined() && station().state().fresh();
    }

    /** Entries its outbox still brings; those of a station that is down are not known. */
    boolean hasBroughtAll() {
        return isUp() && station().state().waiting() == 0;
    }

    void wallOffset(long millis) {
        wallOffsetMillis = millis;
        running.ifPresent(now -> now.loop().wallOffset(millis));
    }

    @Override
    public void start() {
        if (isUp()) {
            return;
        }
        lives++;
        VirtualLoop loop = hospital.loops().loop(name, wallOffsetMillis);
        Map<Party, List<Route>> routes = new EnumMap<>(Party.class);
        for (Party tier : Party.TIERS) {
            routes.put(tier, List.of(new Route.Direct(Tier.address(tier))));
        }
        Station station = new Station(new StationSetting(
                loop,
                hospital.network().join(loop, self, peer -> true),
                hospital.loops().entropy(),
                new DyingDisk(this, disk),
                loop::run,
                () -> hospital.suites().signer(hospital.loops().entropy()),
                hospital.suites().verifier(),
                hospital.noteVerifiers(),
                hospital.suites().notes().type(),
                (Statement.Founding) hospital.founded().statement().statement(),
                self.keyDigest(),
                badge,
                outboxKey,
                routes,
                OPEN_BYTES_MAX,
                this::heard));
        running = Optional.of(new Running(loop, station, new Desk(station)));
        loop.run(station::start);
    }

    @Override
    public void crash() {
        if (running.isPresent()) {
            running = Optional.empty();
            hospital.network().crash(self);
            disk.crash();
        }
    }

    private void heard(StationEvent event) {
        hospital.loops().note(event.toString());
        switch (event) {
            case StationEvent.EntryRefused refused -> hospital.promises().refused(refused.entry());
            case StationEvent.FeedDropped(Party tier, var code, long size) ->
                hospital.oracle().alarm(tier, name + " drops its feed: " + code + " at " + size);
            case StationEvent.RootsDiffer differ -> hospital.oracle().alarm(differ.tier(), name + ": " + differ);
            case StationEvent.TiersDiffer differ -> hospital.oracle().alarm(differ.tier(), name + ": " + differ);
            case StationEvent.BadShare bad -> hospital.oracle().alarm(bad.tier(), name + ": " + bad);
            case StationEvent.SharesDiffer differ -> hospital.oracle().alarm(Party.ACCESS, name + ": " + differ);
            case StationEvent.BadParts bad -> hospital.oracle().alarm(bad.tier(), name + ": " + bad);
            case StationEvent.PartUnread unread -> hospital.oracle().alarm(Party.ACCESS, name + ": " + unread);
            case StationEvent.LookupSecretsDiffer differ -> hospital.oracle().alarm(Party.ACCESS, name + ": " + differ);
            case StationEvent.BadSignature bad -> hospital.oracle().alarm(bad.tier(), name + ": " + bad);
            case StationEvent.WrongTier wrong -> hospital.oracle().alarm(wrong.tier(), name + ": " + wrong);
            case StationEvent.TierUp up -> {}
            case StationEvent.TierDown down -> {}
            case StationEvent.TierBehind behind -> {}
            case StationEvent.NoShare none -> {}
            case StationEvent.PlacedInConflict conflict -> {}
            case StationEvent.RefusedPutAway seen -> {}
            case StationEvent.RefusedSetAside aside -> {}
            case StationEvent.OutboxTorn torn -> {}
            case StationEvent.OutboxDamaged damaged -> {}
            case StationEvent.RegistryRefetched refetched -> {}
            case StationEvent.WardCopyRefused refused -> {}
            case StationEvent.OfBuddy of -> {}
        }
    }
}
