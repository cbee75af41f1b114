package trimaran.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.message.Push;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.CellHead;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.PublicKey;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verdict;
import trimaran.record.Verifier;
import trimaran.seal.CellKey;

/**
 * A small station: an outbox that survives crashes, the head feed of every tier checked against the quorum, and what it has
 * open. It stands in for the station's core and follows the same protocol.
 */
final class Station {

    private static final long PUMP_MILLIS = 250;
    private static final long SESSION_MILLIS = 8 * 3_600_000L;

    private final Hospital hospital;
    private final PeerId self;
    private final Author author;
    private final Entropy entropy;
    private final Signer key;
    private final Digest session;
    private final Bytes openingHeader;
    private final Registry members;
    private Quorum quorum;
    private final Verifier verifier;
    private final Map<Digest, Entry> outbox = new LinkedHashMap<>();
    private final Map<CellId, CellKey> keys = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();
    private final Map<Long, Digest> leaves = new HashMap<>();
    private final Map<CellId, TreeMap<Long, CellHead>> heads = new HashMap<>();
    private final Map<Party, StationLine> lines = new EnumMap<>(Party.class);
    private final Delivery delivery;
    private VirtualLoop loop;
    private Optional<Network> network = Optional.empty();
    private long covered;
    private boolean up;

    Station(Hospital hospital, String name, Console console) {
        this.hospital = hospital;
        this.self = SimulatedNetwork.peer(name);
        this.entropy = hospital.loops().entropy();
        this.members = hospital.founded().registry();
        // As a refresh goes on it seals to the keys of before, and to a successor's once it hears of it.
        this.author = new Author(hospital.founded(), entropy, members::party);
        this.loop = hospital.loops().loop(name, 0);
        this.key = hospital.suites().signer(entropy);
        this.verifier = hospital.suites().verifier();
        Signer badge = hospital.suites().badge(entropy);
        PublicKey badgeKey = badge.publicKey();
        RecordTime now = new RecordTime(hospital.loops().trueTime().millis());
        console.state(new Statement.Grant(
                badgeKey,
                Statement.BadgeKind.SERVICE,
                List.of("physician"),
                List.of("system/*.cruds"),
                List.of(),
                now));
        console.state(new Statement.StationEnrolment(name, self.keyDigest(), CellId.NONE, now));
        Statement opening = new Statement.SessionOpening(
                key.publicKey(), badgeKey.id(), self.keyDigest(), now, now.plusMillis(SESSION_MILLIS), Digest.ZERO);
        SignedStatement signed = SignedStatement.signed(hospital.founded().origin(), opening, List.of(badge));
        this.session = signed.id();
        Entry entry = new Entry(
                author.statement(signed, hospital.loops().trueTime()),
                Optional.of(new Sanction.OwnSignatures()),
                hospital.loops().nowNanos());
        this.openingHeader = Header.of(entry.author(), entry.signed().signature(), new Sanction.OwnSignatures())
                .encode();
        this.quorum = quorum();
        this.delivery = new Delivery(this);
        put(entry);
    }

    private Quorum quorum() {
        try {
            return Quorum.of(members, hospital.suites().notes().type(), hospital.noteVerifiers());
        } catch (MalformedException broken) {
            throw new IllegalStateException("the founding names a key that is none", broken);
        }
    }

    void start() {
        if (up) {
            return;
        }
        up = true;
        if (loop.isDead()) {
            loop = hospital.loops().loop(loop.name(), 0);
        }
        Network own = hospital.network().join(loop, self, peer -> true);
        network = Optional.of(own);
        lines.clear();
        for (Party tier : Party.TIERS) {
            dial(tier, own);
        }
        outbox.values().forEach(Entry::restart);
        pump();
    }

    private void dial(Party tier, Network network) {
        StationLine line = new StationLine(this, tier, loop, network);
        lines.put(tier, line);
        line.start();
    }

    /** A membership two officers signed counts as soon as it is heard of, whoever tells it; it survives a crash. */
    void announced(Bytes statement) {
        try {
            SignedStatement signed = SignedStatement.decode(statement);
            if (signed.statement() instanceof Statement.EpochChange change
                    && StatementJudgement.judgeEpoch(signed, change, members, members.epoch(), verifier)
                            .isEmpty()) {
                members.apply(change, change.time());
                quorum = quorum();
                Optional.ofNullable(lines.get(change.replaced())).ifPresent(StationLine::stop);
                dial(change.replaced(), network.orElseThrow());
            }
        } catch (MalformedException malformed) {
            hospital.oracle().broken("validity", "a statement that was announced cannot be read");
        }
    }

    /** Who speaks for each party, as far as this station has heard. */
    Registry members() {
        return members;
    }

    /** The process dies. The outbox, and where the feed was, are on its disk; keys are not. */
    void crash() {
        if (up) {
            up = false;
            hospital.network().crash(self);
            keys.clear();
        }
    }

    private void pump() {
        delivery.steps(List.copyOf(outbox.values()));
        loop.after(PUMP_MILLIS, this::pump);
    }

    /** Writes into the outbox; what follows goes by itself. */
    void put(Entry entry) {
        outbox.put(entry.digest(), entry);
        hospital.oracle().written(entry);
    }

    void dropped(Entry entry) {
        outbox.remove(entry.digest());
        hospital.oracle().refused(entry);
    }

    void acknowledged(Entry entry) {
        if (!entry.isAcknowledged()) {
            entry.acknowledge();
            hospital.oracle().acknowledged(entry.digest(), entry.author().kind().toString());
        }
    }

    /** What the quorum says of a note; empty if it says nothing. */
    Optional<Quorum.Standing> standing(Party from, Bytes note) {
        try {
            Quorum.Standing standing = hospital.oracle().standing(note, quorum);
            if (standing.quorum()) {
                hospital.oracle().checkpoint(standing.checkpoint());
                return Optional.of(standing);
            }
            return Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    /** A tier's feed reached a checkpoint the quorum signed: everything before it is authentic. */
    void covered(Party tier, long first, List<Push.MovedEntry> entries, Quorum.Standing standing) {
        long index = first;
        for (Push.MovedEntry entry : entries) {
            Digest known = leaves.putIfAbsent(index, entry.leaf());
            if (known != null && !known.equals(entry.leaf())) {
                hospital.oracle().broken("noTwoCheckpointsOfOneSize", "two leaves at " + index + " by " + tier);
            }
            if (index >= covered) {
                covered = index + 1;
                place(index, entry);
            }
            index++;
        }
    }

    private void place(long index, Push.MovedEntry moved) {
        Place place;
        try {
            place = Place.decode(moved.place());
        } catch (MalformedException malformed) {
            hospital.oracle().broken("validity", "the quorum signed a place that cannot be read");
            return;
        }
        for (CellHead head : moved.heads()) {
            TreeMap<Long, CellHead> known = heads.computeIfAbsent(head.cell(), cell -> new TreeMap<>());
            if (!known.isEmpty() && known.lastKey() >= head.parts()) {
                hospital.oracle().broken("headsNeverGoBack", "cell " + head.cell() + " at " + index);
            }
            known.put(head.parts(), head);
        }
        Entry own = outbox.get(moved.entry());
        if (own != null && place.verdict() != Verdict.VOID) {
            own.cover();
            outbox.remove(own.digest());
            acknowledged(own);
            for (int i = 0; i < own.author().parts().size(); i++) {
                var part = own.author().parts().get(i);
                for (int k = 0; k < part.changes().size(); k++) {
                    versions.put(
                            new ResourceId(part.cell(), part.changes().get(k).local()),
                            place.parts().get(i).versions().get(k));
                }
            }
        }
    }

    void alarm(Party tier, String why) {
        hospital.oracle().alarm(tier, why);
    }

    void heldSet(Party tier, List<Digest> entries) {
        hospital.oracle().heldSet(tier, entries);
    }

    List<StationLine> linesUp() {
        List<StationLine> there = new ArrayList<>();
        for (Party tier : new Party[] {Party.DATA, Party.ACCESS, Party.APPLICATION}) {
            StationLine line = lines.get(tier);
            if (line != null && line.isUp()) {
                there.add(line);
            }
        }
        return there;
    }

    Optional<StationLine> line(Party tier) {
        return Optional.ofNullable(lines.get(tier)).filter(StationLine::isUp);
    }

    /** The head of a cell after so many parts, as a quorum signed it. */
    Optional<CellHead> head(CellId cell, long parts) {
        return Optional.ofNullable(heads.getOrDefault(cell, new TreeMap<>()).get(parts));
    }

    /** The largest head of a cell this station knows to be signed by a quorum. */
    CellHead head(CellId cell) {
        TreeMap<Long, CellHead> known = heads.get(cell);
        return known == null ? CellHead.empty(cell) : known.getOrDefault(known.lastKey(), CellHead.empty(cell));
    }

    PeerId self() {
        return self;
    }

    Hospital hospital() {
        return hospital;
    }

    Author author() {
        return author;
    }

    Author.Pen pen() {
        return new Author.Pen(session, key, loop.wallTime(), covered);
    }

    Entropy entropy() {
        return entropy;
    }

    Verifier verifier() {
        return verifier;
    }

    VirtualLoop loop() {
        return loop;
    }

    boolean isUp() {
        return up;
    }

    Digest session() {
        return session;
    }

    Bytes openingHeader() {
        return openingHeader;
    }

    Signature sign(byte[] message) {
        return key.sign(message);
    }

    long covered() {
        return covered;
    }

    Map<Digest, Entry> outbox() {
        return outbox;
    }

    Map<CellId, CellKey> keys() {
        return keys;
    }

    Map<ResourceId, Long> versions() {
        return versions;
    }
}
