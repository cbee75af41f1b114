package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.Address;
import trimaran.line.Calls;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.line.simulated.Weather;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;
import trimaran.shares.SealingKeyPair;

/** Three fake tiers around one record, a station and its network, on virtual time. */
final class FakeHospital {

    final VirtualLoops loops;
    final SimulatedNetwork network;
    final StandIns standIns = new StandIns();
    final Map<Party, FakeTier> tiers = new EnumMap<>(Party.class);
    private final Map<Party, Tardy> tardy = new EnumMap<>(Party.class);
    private Digest coveredRoot = Digest.ZERO;
    final Map<Party, Address> addresses = new EnumMap<>(Party.class);
    final FakeRecord record;
    final FakeCuts cuts = new FakeCuts(this::now);
    final FakeLedgers ledgers = new FakeLedgers();
    final Digest origin;
    final Statement.Founding founding;
    final Signer stationBadge = standIns.signer("badge of the station");
    final Signer nurse = standIns.signer("badge of a nurse");
    final Signer machine = standIns.signer("badge of a machine");
    final List<StationEvent> events = new ArrayList<>();
    MemoryDisk disk = new MemoryDisk();
    /** What a tier says of a placed entry in its feed. */
    UnaryOperator<Push.MovedEntry> feedLie = UnaryOperator.identity();

    Party feedLiar = Party.WITNESS;
    boolean quorum = true;
    /** A quorum is heard without data, and covers nothing more. */
    boolean beatsOn;
    /** What the tiers' clocks say for a while, after they were put back; null while they go. */
    @Nullable
    RecordTime stopped;

    long covered;
    /** How often a tier was asked to look something up. */
    int lookups;

    /** Which tiers wrote down which cells as printed. */
    final Map<Party, List<CellId>> printed = new EnumMap<>(Party.class);

    /** All that was written down, in order. */
    final List<Request.Note> notes = new ArrayList<>();

    /** Whether the tiers write anything down. */
    boolean writesDown = true;

    Outcome<Response> noted(Party tier, Request.Note note) {
        if (!writesDown) {
            return Outcome.refused(trimaran.kernel.Code.UNAVAILABLE, "the ledger is not back");
        }
        printed.put(tier, note.cells());
        notes.add(note);
        return Outcome.done(new Response.Done());
    }

    Outcome<Response> other(Party tier, Request request) {
        return request instanceof Request.FindLines find ? ledgers.answer(tier, find) : cuts.answer(tier, request);
    }

    Response.Hits lookedUp(Request.Lookup lookup) {
        lookups++;
        return new Response.Hits(lookup.tokens().stream()
                .map(token -> record.tokens.getOrDefault(token, List.of()))
                .toList());
    }

    /** What application was last said to be allowed to read. */
    List<CellId> readable = List.of();

    Bytes note = Bytes.EMPTY;
    private final Map<Party, NoteSigner> cosigners = new EnumMap<>(Party.class);
    private final NoteSigner log;
    private boolean coverSoon;

    FakeHospital(long seed) {
        loops = new VirtualLoops(seed);
        network = new SimulatedNetwork(loops, Weather.FAIR);
        Map<Party, SealingKeyPair> sealing = new EnumMap<>(Party.class);
        Map<Party, NoteSuite.SigningKey> noteKeys = new EnumMap<>(Party.class);
        NoteSuite.SigningKey logKey = noteKey("log");
        List<PartyKeys> keys = new ArrayList<>();
        for (Party party : Party.values()) {
            SealingKeyPair pair = SealingKeyPair.generate(loops.entropy());
            sealing.put(party, pair);
            noteKeys.put(party, noteKey(party.word()));
            keys.add(new PartyKeys(
                    party,
                    noteKeys.get(party).publicKey(),
                    logKey.publicKey(),
                    statements(party).publicKey(),
                    SimulatedNetwork.peer(party.word()).keyDigest(),
                    party.isTier() ? pair.publicKey().raw() : Bytes.EMPTY,
                    1));
        }
        founding = new Statement.Founding(
                "test", new RecordTime(VirtualLoops.START_MILLIS), keys, officers(), Policy.DEFAULT, Digest.ZERO);
        Registry registry = new Registry(founding);
        origin = registry.origin();
        record = new FakeRecord(registry, standIns, sealing);
        log = Cosignature.signer(Quorum.originOf(origin), standIns, logKey);
        noteKeys.forEach((party, key) ->
                cosigners.put(party, Cosignature.signer(Quorum.cosignerName(origin, party), standIns, key)));
        found();
        for (Party party : Party.TIERS) {
            tiers.put(party, new FakeTier(party, this));
            up(party);
        }
        heartbeat();
    }

    private NoteSuite.SigningKey noteKey(String name) {
        return standIns.signingKey(
                SecretBytes.taking(
                        Digest.sha256(Bytes.ofText("note key of " + name)).toArray()),
                target -> {});
    }

    private List<trimaran.record.PublicKey> officers() {
        return List.of(
                standIns.signer("officer 1").publicKey(),
                standIns.signer("officer 2").publicKey(),
                standIns.signer("officer 3").publicKey());
    }

    Signer statements(Party party) {
        return standIns.signer("statements of " + party.word());
    }

    SecretBytes macKey(Party tier, Digest session) {
        return SecretBytes.taking(Digest.sha256(Bytes.ofText(tier.word()).unsafeArray(), session.unsafeArray())
                .toArray());
    }

    private void found() {
        SignedStatement signed = new SignedStatement(founding, List.of());
        add(signed, Digest.ZERO);
        grant(stationBadge, Statement.BadgeKind.STATION, List.of());
        grant(nurse, Statement.BadgeKind.PERSON, List.of());
        grant(machine, Statement.BadgeKind.SERVICE, List.of("system/*.cruds"));
        add(
                SignedStatement.signed(
                        origin,
                        new Statement.StationEnrolment(
                                "station", SimulatedNetwork.peer("station").keyDigest(), CellId.NONE, now()),
                        twoOfficers()),
                origin);
        cover();
    }

    private List<Signer> twoOfficers() {
        return List.of(standIns.signer("officer 1"), standIns.signer("officer 2"));
    }

    void grant(Signer badge, Statement.BadgeKind kind, List<String> scopes) {
        Statement statement = new Statement.Grant(badge.publicKey(), kind, List.of(), scopes, List.of(), now());
        add(SignedStatement.signed(origin, statement, twoOfficers()), origin);
    }

    /** Places a statement as if somebody had handed it in. */
    void record(SignedStatement signed) {
        add(signed, origin);
        placedSoon();
    }

    private void add(SignedStatement signed, Digest authorOrigin) {
        AuthorPart author = new AuthorPart(
                authorOrigin,
                Digest.sha256(signed.encode()),
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(VirtualLoops.START_MILLIS),
                false,
                List.of(),
                List.of(),
                signed.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
        record.add(
                new FakeRecord.Content(header, header.encode(), trimaran.record.Annex.EMPTY, Escrow.NONE, List.of()),
                now(),
                new Judgement(Verdict.VALID, Optional.empty(), List.of()),
                List.of());
    }

    RecordTime now() {
        return stopped != null ? stopped : new RecordTime(loops.trueTime().millis());
    }

    // ---- tiers

    void up(Party party) {
        VirtualLoop loop = loops.loop(party.word(), 0);
        Network own = network.join(loop, SimulatedNetwork.peer(party.word()), peer -> true);
        Address address = addresses.getOrDefault(party, new Address(party.word(), 0));
        if (own.listen(address, channel -> Calls.over(loop, tardy(party)))
                instanceof Outcome.Done<Network.Listening>(var at)) {
            addresses.put(party, at.address());
        }
    }

    void down(Party party) {
        tier(party).followers.clear();
        network.crash(SimulatedNetwork.peer(party.word()));
    }

    FakeTier tier(Party party) {
        return Optional.ofNullable(tiers.get(party)).orElseThrow();
    }

    Tardy tardy(Party party) {
        return tardy.computeIfAbsent(party, one -> new Tardy(loops, tier(one)));
    }

    private void heartbeat() {
        loops.after(500_000_000L, () -> {
            cover();
            tiers.values().forEach(FakeTier::feed);
            heartbeat();
        });
    }

    /** A group commit's time later a quorum covers what was placed. */
    void placedSoon() {
        if (!coverSoon) {
            coverSoon = true;
            loops.after(3_000_000, () -> {
                coverSoon = false;
                cover();
                tiers.values().forEach(FakeTier::feed);
            });
        }
    }

    void cover() {
        if (quorum) {
            covered = record.entries.size();
            coveredRoot = record.frontier.root();
        }
        if (quorum || beatsOn) {
            note = note(covered, coveredRoot, now());
        }
    }

    Bytes note(long size, Digest root, RecordTime time) {
        Checkpoint checkpoint = new Checkpoint(Quorum.originOf(origin), new trimaran.ledger.TreeHead(size, root));
        long seconds = time.millis() / 1000;
        Note signed = new Note(checkpoint.text(), List.of(log.sign(checkpoint, seconds)));
        for (NoteSigner cosigner : cosigners.values()) {
            signed = signed.with(cosigner.sign(checkpoint, seconds));
        }
        return signed.encode();
    }

    Bytes noteOf(Party party) {
        return note;
    }

    Push.MovedEntry told(Party party, FakeRecord.Entry entry) {
        return party == feedLiar ? feedLie.apply(entry.moved()) : entry.moved();
    }

    void heldChanged() {
        tiers.values().forEach(tier -> tier.push(new Push.HeldSet(true, List.copyOf(tier.held.keySet()), List.of())));
        if (record.placesHeld) {
            tiers.values().forEach(tier -> record.placeHeld(tier.held.values(), now(), this::statementsOn));
            placedSoon();
        }
    }

    List<Held> statementsOn(Digest entry) {
        List<Held> found = new ArrayList<>();
        for (FakeTier tier : tiers.values()) {
            Held held = tier.statements.get(entry);
            if (held != null && found.size() < 2) {
                found.add(held);
            }
        }
        return found.size() == 2 ? found : List.of();
    }

    // ---- the station

    Station station() {
        return station("station");
    }

    Station station(String name) {
        VirtualLoop loop = loops.loop(name, 0);
        Station station = new Station(setting(name, loop, disk));
        loop.run(station::start);
        return station;
    }

    /** The world a station lives in, on this disk. */
    StationSetting setting(String name, VirtualLoop loop, trimaran.kernel.Disk disk) {
        PeerId self = SimulatedNetwork.peer("station");
        Map<Party, List<Route>> routes = new HashMap<>();
        addresses.forEach((party, address) -> routes.put(party, List.of(new Route.Direct(address))));
        int[] number = {0};
        return new StationSetting(
                loop,
                network.join(loop, self, peer -> true),
                loops.entropy(),
                disk,
                loop::run,
                () -> standIns.signer(name + " session " + number[0]++ + " " + loops.nowNanos()),
                standIns,
                NoteVerifiers.of(standIns),
                standIns.type(),
                founding,
                self.keyDigest(),
                stationBadge,
                SecretBytes.taking(Digest.sha256(Bytes.ofText("outbox key")).toArray()),
                routes,
                64 << 20,
                events::add);
    }

    OwnSession session(Station station, Signer badge) {
        return done(this.<Outcome<OwnSession>>await(then -> station.open(badge, 3_600_000, then)));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    /** Runs the world until an answer comes. */
    <T> T await(java.util.function.Consumer<java.util.function.Consumer<T>> question) {
        List<T> answers = new ArrayList<>();
        question.accept(answers::add);
        if (!loops.runUntil(() -> !answers.isEmpty(), 60_000)) {
            throw new AssertionError("no answer came");
        }
        return answers.getFirst();
    }

    static Resource resource(String json) {
        return done(StrictParser.parse(Bytes.ofText(json).toArray()));
    }
}
