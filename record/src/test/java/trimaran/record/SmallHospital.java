package trimaran.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;

/** A founded hospital with one station, one badge, one open session and one patient, and a log that is a few plain maps. */
final class SmallHospital implements LogView {

    static final RecordTime FOUNDED = new RecordTime(1_000_000);
    static final RecordTime NOW = FOUNDED.plusMillis(60_000);
    static final Digest STATION = digest("line key of the ward station");
    static final CellId PATIENT = new CellId(0, 7);
    static final long SESSION_MILLIS = 8 * 3_600_000L;

    final List<StandInSigner> officers = List.of(
            StandInSigner.named("officer 1"), StandInSigner.named("officer 2"), StandInSigner.named("officer 3"));
    final StandInSigner badge = StandInSigner.named("badge");
    final StandInSigner sessionKey = StandInSigner.named("session");
    final Statement.Founding founding = founding(officers);
    final Registry registry = new Registry(founding);
    final Map<CellId, CellHead> heads = new HashMap<>();
    final Map<CellId, NewCell> openings = new HashMap<>();
    /** Sessions that drew later keys, where it was another one than the hospital's. */
    final Map<CellId, Digest> drawers = new HashMap<>();

    final Map<ResourceId, Long> versions = new HashMap<>();
    final Set<Digest> placed = new HashSet<>();
    final Statement.SessionOpening opening;
    final Digest session;
    int verifications;
    private int nonces;

    SmallHospital() {
        registry.apply(
                new Statement.Grant(
                        badge.publicKey(), Statement.BadgeKind.PERSON, List.of("nurse"), List.of(), List.of(), FOUNDED),
                FOUNDED);
        registry.apply(new Statement.StationEnrolment("ward 3", STATION, new CellId(0, 3), FOUNDED), FOUNDED);
        opening = opening(FOUNDED, FOUNDED.plusMillis(SESSION_MILLIS));
        session = SignedStatement.id(opening);
        registry.apply(opening, FOUNDED);
        heads.put(PATIENT, CellHead.empty(PATIENT));
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    static StandInSigner statementsOf(Party party, long epoch) {
        return StandInSigner.named("statements of " + party + " in epoch " + epoch);
    }

    static PartyKeys keys(Party party, long epoch) {
        String name = party + " in epoch " + epoch;
        return new PartyKeys(
                party,
                Bytes.ofText("cosigner of " + name),
                party == Party.DATA ? Bytes.ofText("log of " + name) : Bytes.EMPTY,
                statementsOf(party, epoch).publicKey(),
                digest("line of " + name),
                party.isTier() ? Bytes.ofText("sealing of " + name) : Bytes.EMPTY,
                1);
    }

    static Statement.Founding founding(List<StandInSigner> officers) {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(keys(party, 1));
        }
        return new Statement.Founding(
                "Hôpital d'essai",
                FOUNDED,
                parties,
                officers.stream().map(StandInSigner::publicKey).toList(),
                Policy.DEFAULT,
                digest("console"));
    }

    Statement.SessionOpening opening(RecordTime opened, RecordTime expiry) {
        return new Statement.SessionOpening(
                sessionKey.publicKey(), badge.publicKey().id(), STATION, opened, expiry, Digest.ZERO);
    }

    /** Tells the registry of a new epoch in which this party has other keys. */
    void replace(Party party) {
        long next = registry.epoch() + 1;
        registry.apply(new Statement.EpochChange(next, party, keys(party, next), NOW), NOW);
    }

    SignedStatement signed(Statement statement, StandInSigner... signers) {
        return SignedStatement.signed(registry.origin(), statement, List.of(signers));
    }

    /** A clinical entry of no content, to be changed by the test. */
    AuthorPart draft() {
        return new AuthorPart(
                registry.origin(),
                digest("nonce " + nonces++),
                session,
                EntryKind.CLINICAL,
                new WallTime(NOW.millis()),
                false,
                List.of(part(PATIENT, new Change(1, 0, false))),
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                0);
    }

    static CellPart part(CellId cell, Change... changes) {
        return new CellPart(cell, digest("blob"), 4, List.of(changes));
    }

    /** A cell the session opens, each number another. */
    NewCell newCell(long number, CellId subject) {
        return newCell(session, number, subject);
    }

    static NewCell newCell(Digest session, long number, CellId subject) {
        return NewCell.named(
                session,
                CellKind.STAY,
                subject,
                digest("K" + number),
                List.of(digest("r1"), digest("r2"), digest("r3")));
    }

    Header signed(AuthorPart author, Sanction sanction) {
        Signature signature = sessionKey.sign(AuthorPart.signedBytes(AuthorPart.digest(author.encode())));
        return Header.of(author, signature, sanction);
    }

    /** Signed by the session and approved by application. */
    Header approved(AuthorPart author, Premise... premises) {
        return signed(author, approval(author, NOW.plusMillis(RecordLimits.APPROVAL_MILLIS), premises));
    }

    Sanction approval(AuthorPart author, RecordTime expiry, Premise... premises) {
        Digest entry = AuthorPart.digest(author.encode());
        Digest leaf = Approval.leaf(entry, List.of(premises), 1, expiry);
        Signature signature = statementsOf(Party.APPLICATION, 1).sign(Approval.signedBytes(registry.origin(), leaf));
        return new Sanction.Approved(new Approval(entry, List.of(premises), 1, expiry, BatchPath.ALONE, signature));
    }

    Header registryEntry(SignedStatement statement) {
        AuthorPart author = new AuthorPart(
                registry.origin(),
                digest("nonce " + nonces++),
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(NOW.millis()),
                false,
                List.of(),
                List.of(),
                statement.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        return Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
    }

    Held held(Party tier, Header header, RecordTime time) {
        byte[] message = Held.signedBytes(registry.origin(), tier, 1, header.digest(), time);
        return new Held(tier, 1, header.digest(), time, statementsOf(tier, 1).sign(message));
    }

    /** The words of access and application, a second apart. */
    List<Held> heldTwice(Header header, RecordTime earlier) {
        return List.of(held(Party.ACCESS, header, earlier.plusMillis(1000)), held(Party.APPLICATION, header, earlier));
    }

    Judgement judge(Header header, RecordTime time, List<Held> held) {
        return new Validity(registry, this, this::verify).judge(header, time, held);
    }

    Judgement judge(Header header) {
        return judge(header, NOW, List.of());
    }

    /** The code of the refusal; fails if the entry is valid. */
    Code refusal(Header header) {
        return judge(header).reason().orElseThrow().code();
    }

    boolean verify(PublicKey key, byte[] message, Signature signature) {
        verifications++;
        return StandInSigner.verify(key, message, signature);
    }

    @Override
    public CellHead head(CellId cell) {
        return heads.getOrDefault(cell, CellHead.empty(cell));
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        return openings.values().stream()
                .filter(one -> one.kind() == CellKind.KEY && one.subject().equals(cell))
                .map(one -> drawers.getOrDefault(one.cell(), session))
                .toList();
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        // A cell a test speaks of without saying how it was opened is a patient's own.
        return heads.containsKey(cell) ? Optional.of(openings.getOrDefault(cell, ownCell(cell))) : Optional.empty();
    }

    private static NewCell ownCell(CellId cell) {
        List<Digest> shares = List.of(digest("r1"), digest("r2"), digest("r3"));
        return new NewCell(cell, CellKind.IDENTITY, cell, digest("K"), shares);
    }

    @Override
    public long version(ResourceId resource) {
        return versions.getOrDefault(resource, 0L);
    }

    @Override
    public boolean placed(Digest entry) {
        return placed.contains(entry);
    }
}
