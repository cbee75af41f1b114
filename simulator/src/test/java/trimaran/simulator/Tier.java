package trimaran.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import trimaran.application.Application;
import trimaran.application.care.Care;
import trimaran.application.main.Approving;
import trimaran.application.movements.Movements;
import trimaran.data.Sequencer;
import trimaran.keeper.HeldEntry;
import trimaran.keeper.Keeper;
import trimaran.keeper.KeeperKeys;
import trimaran.keeper.KeeperSetting;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Frontier;
import trimaran.ledger.NoteSignature;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.VerifierKey;
import trimaran.line.Address;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.Network;
import trimaran.line.Route;
import trimaran.line.message.Ground;
import trimaran.line.simulated.VirtualLoop;
import trimaran.shares.GenerationKey;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;

/** One tier's process, its disk, its clock. Crashes lose the process and keep what was durable. */
final class Tier implements Dying.Mortal {

    private final Hospital hospital;
    private final Party party;
    private Seat seat;
    private MemoryStore disk;
    private boolean former;
    private long wallOffsetMillis;
    private boolean tailGoes;
    private int tailsTakenBack;
    private Optional<Running> running = Optional.empty();

    /** A process closes one keeper and makes the next in about this time. */
    private static final long ANEW_NANOS = 50_000_000L;

    /** What lives between a start and a crash. */
    private record Running(
            VirtualLoop loop, Keeper keeper, Optional<Sequencer> sequencer, Network.Listening listening) {}

    Tier(Hospital hospital, Seat seat) {
        this.hospital = hospital;
        this.party = seat.party();
        this.seat = seat;
        this.disk =
                seat.given().isPresent() ? new MemoryStore() : hospital.plants().disk(party);
    }

    /** As whom it speaks. */
    Seat seat() {
        return seat;
    }

    /** Another was put in its place: its address is the other's, and it runs on. */
    void replaced() {
        former = true;
        running.ifPresent(now -> now.listening().close());
    }

    static Address address(Party party) {
        return new Address(party.word(), 1);
    }

    Party party() {
        return party;
    }

    boolean isUp() {
        return running.isPresent();
    }

    Keeper keeper() {
        return running.orElseThrow().keeper();
    }

    /** How often this tier gave up a tail for the tree a quorum signed. */
    int tailsTakenBack() {
        return tailsTakenBack;
    }

    Optional<Sequencer> sequencer() {
        return running.flatMap(Running::sequencer);
    }

    MemoryStore disk() {
        return disk;
    }

    /** Another disk, while it is off. */
    void disk(MemoryStore other) {
        disk = other;
    }

    /** Other keys of its shares, while it is off. */
    void shares(ShareKeys other) {
        seat = seat.with(other);
    }

    /** A bit of some entry flips. */
    void flipBit(SplittableRandom random) {
        long size = size();
        disk.damage(
                Space.ENTRIES,
                new Writer(8).i64(random.nextLong(Math.max(1, size))).toBytes());
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
        VirtualLoop loop = hospital.loops().loop(party.word(), wallOffsetMillis);
        Keeper[] made = new Keeper[1];
        Network network = hospital.network().join(loop, seat.line(), peer -> made[0].maySpeak(peer));
        KeeperSetting setting = new KeeperSetting(
                party,
                loop,
                hospital.loops().entropy(),
                new Dying(this, hospital.plants().store(this, disk)),
                hospital.plants().verifier(hospital.suites().verifier()),
                hospital.noteVerifiers(),
                hospital.suites().notes().type(),
                hospital.founded().statement(),
                watched(seat.keys()),
                Ground.UNKNOWN);
        Keeper keeper = new Keeper(setting, network, routes());
        seat.given()
                .ifPresent(given ->
                        keeper.changeEpoch(given.encode(), hospital.founded().registry()));
        if (tailGoes) {
            // Only now has it gone: until it began anew the keeper had its tail.
            tailGoes = false;
            tailsTakenBack++;
        }
        made[0] = keeper;
        keeper.beginAnew(() -> {
            tailGoes = true;
            // Not now: the keeper is in the middle of what it does.
            hospital.loops().after(ANEW_NANOS, () -> {
                if (running.filter(now -> now.keeper() == keeper).isPresent()) {
                    crash();
                    Hospital.begin(this);
                }
            });
        });
        Optional<Sequencer> sequencer = party == Party.DATA ? Optional.of(new Sequencer(keeper)) : Optional.empty();
        sequencer.ifPresent(keeper::role);
        if (party == Party.APPLICATION) {
            List<Application> applications = List.of(new Movements(), new Care(), new HouseRules(keeper));
            keeper.role(new Approving(keeper, applications, Runnable::run));
        }
        CallHandler handler = hospital.handedOut().at(this, hospital.plants().handler(this, keeper));
        Address address = former ? new Address("former " + party.word(), 1) : address(party);
        if (!(network.listen(address, channel -> Calls.over(loop, handler))
                instanceof Outcome.Done<Network.Listening>(Network.Listening listening))) {
            throw new IllegalStateException("the simulated port is taken");
        }
        running = Optional.of(new Running(loop, keeper, sequencer, listening));
        keeper.start();
        sequencer.ifPresent(Sequencer::start);
        hospital.plants().started(this, keeper, loop);
    }

    private Map<Party, Route> routes() {
        Map<Party, Route> routes = new EnumMap<>(Party.class);
        for (Party other : Party.values()) {
            if (other != party) {
                routes.put(other, new Route.Direct(address(other)));
            }
        }
        return routes;
    }

    /** The same keys, with every checkpoint this tier signs seen from outside. */
    private KeeperKeys watched(KeeperKeys keys) {
        NoteSigner own = keys.cosigner();
        NoteSigner cosigner = new NoteSigner() {
            @Override
            public VerifierKey key() {
                return own.key();
            }

            @Override
            public NoteSignature sign(Checkpoint checkpoint, long timestampSeconds) {
                hospital.oracle().cosigned(seat, checkpoint);
                return own.sign(checkpoint, timestampSeconds);
            }
        };
        return new KeeperKeys(party, cosigner, keys.log().map(this::watchedLog), keys.statements(), keys.shares());
    }

    private NoteSigner watchedLog(NoteSigner log) {
        return new NoteSigner() {
            @Override
            public VerifierKey key() {
                return log.key();
            }

            @Override
            public NoteSignature sign(Checkpoint checkpoint, long timestampSeconds) {
                if (seat.epoch() == 1) {
                    hospital.oracle().signed(party, checkpoint);
                }
                return log.sign(checkpoint, timestampSeconds);
            }
        };
    }

    /** The process dies at once; the disk keeps what it had synced. */
    @Override
    public void crash() {
        if (running.isPresent()) {
            running = Optional.empty();
            hospital.network().crash(seat.line());
            disk = disk.snapshotDurable();
        }
    }

    String standing() {
        if (!isUp()) {
            return "down, " + size() + " entries";
        }
        Keeper keeper = keeper();
        return keeper.copy().size() + " entries, quorum note of "
                + keeper.cosigner().noteSize() + ", held "
                + keeper.heldEntries().size()
                + sequencer()
                        .map(one -> one.isServing() ? ", serving" : ", catching up")
                        .orElse("")
                + keeper.heldEntries().stream()
                        .limit(3)
                        .map(one -> judged(keeper, one))
                        .toList();
    }

    private static String judged(Keeper keeper, HeldEntry held) {
        return keeper.complete(held.entry())
                .map(content -> held.acknowledgement().size() + " statements, "
                        + keeper.copy()
                                .begin()
                                .judge(content, keeper.setting().now(), held.acknowledgement())
                                .reason())
                .toString();
    }

    /** How many entries are durably on this tier's disk. */
    long size() {
        return disk.get(Space.STATE, Bytes.ofText("frontier"))
                .map(bytes -> {
                    try {
                        return Reader.whole(bytes, Frontier::read).size();
                    } catch (MalformedException broken) {
                        throw new IllegalStateException("the frontier on this disk cannot be read", broken);
                    }
                })
                .orElse(0L);
    }

    /** Its pair of a cell's shares in a generation, by its disk and its keys, whether it is up or not. */
    Optional<SharePair> pair(long generation, CellId cell) {
        Optional<Bytes> sealed = disk.get(Space.SHARES, shareKey(generation, cell));
        return sealed.flatMap(
                bytes -> seat.keys().shares().generation(generation).flatMap(keys -> opened(keys.file(), cell, bytes)));
    }

    private static Optional<SharePair> opened(GenerationKey file, CellId cell, Bytes sealed) {
        try {
            return file.openPair(cell, sealed) instanceof Outcome.Done<SharePair>(SharePair pair)
                    ? Optional.of(pair)
                    : Optional.empty();
        } catch (MalformedException broken) {
            return Optional.empty();
        }
    }

    /** Whether it stored a pair of a cell in a generation, even if the key to it is gone. */
    boolean stored(long generation, CellId cell) {
        return disk.get(Space.SHARES, shareKey(generation, cell)).isPresent();
    }

    /** As docs/formats.md says where a pair lies. */
    private static Bytes shareKey(long generation, CellId cell) {
        Writer writer = new Writer(24).i64(generation);
        cell.write(writer);
        return writer.toBytes();
    }

    /** Whether this entry is durably on this tier's disk, placed or held. */
    boolean keeps(Digest entry) {
        Bytes key = Bytes.of(entry.unsafeArray());
        return disk.get(Space.POSITIONS, key).isPresent()
                || disk.get(Space.HELD, key).isPresent();
    }
}
