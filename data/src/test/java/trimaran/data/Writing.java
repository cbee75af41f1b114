package trimaran.data;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.PeerId;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.Annex;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.BatchPath;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.NewCell;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/** Entries written by hand: statements of officers, and what one nurse's session writes into one cell. */
final class Writing {

    static final RecordTime START = new RecordTime(VirtualLoops.START_MILLIS);
    static final PeerId STATION = SimulatedNetwork.peer("station");

    private final FoundedHouse house;
    private static final Signer BADGE = FoundedHouse.signer("badge");
    private static final Signer SESSION = FoundedHouse.signer("session");
    private static final Statement.SessionOpening OPENING = new Statement.SessionOpening(
            SESSION.publicKey(),
            BADGE.publicKey().id(),
            STATION.keyDigest(),
            START,
            START.plusMillis(3_600_000),
            Digest.ZERO);
    static final CellId CELL = cell(77);

    private int written;

    Writing(FoundedHouse house) {
        this.house = house;
    }

    /** A badge, a station, a session and a cell: what the other entries lean on, in order. */
    List<SealedEntry> ground() {
        return List.of(
                grant(BADGE),
                statement(new Statement.StationEnrolment(
                        "ward", STATION.keyDigest(), new CellId(0, 3), FoundedHouse.TIME)),
                opening(),
                cell());
    }

    SealedEntry opening() {
        return sealed(SignedStatement.signed(house.founding.id(), OPENING, List.of(BADGE)));
    }

    /** A statement nobody needs, another one each time. */
    SealedEntry grant() {
        return grant(FoundedHouse.signer("badge " + written));
    }

    private SealedEntry grant(Signer to) {
        return statement(new Statement.Grant(
                to.publicKey(), Statement.BadgeKind.PERSON, List.of(), List.of(), List.of(), FoundedHouse.TIME));
    }

    private SealedEntry statement(Statement statement) {
        return sealed(SignedStatement.signed(house.founding.id(), statement, house.officers.subList(0, 2)));
    }

    SealedEntry signedByOne() {
        Statement statement = new Statement.StationEnrolment(
                "attic", FoundedHouse.digest("attic"), new CellId(0, 4), FoundedHouse.TIME);
        return sealed(SignedStatement.signed(house.founding.id(), statement, house.officers.subList(0, 1)));
    }

    private SealedEntry sealed(SignedStatement statement) {
        AuthorPart author = author(
                Digest.ZERO, EntryKind.REGISTRY, List.of(), List.of(), statement.encode(), Annex.EMPTY, Escrow.NONE);
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
        return sealed(header, Annex.EMPTY, Escrow.NONE, List.of());
    }

    /** A cell the session can open, its own subject; each number another. */
    static CellId cell(long number) {
        return cell(number, CellKind.HOUSE, CellId.NONE);
    }

    static CellId cell(long number, CellKind kind, CellId subject) {
        return DrawnCell.draw(SignedStatement.id(OPENING), number, kind, subject);
    }

    /** The entry that opens a cell of a patient of another cell. */
    SealedEntry stay(long number, CellId subject) {
        return goodCell(cell(number, CellKind.STAY, subject));
    }

    /** The entry that opens a cell whose pair for data is good. */
    SealedEntry goodCell(CellId cell) {
        return goodCell(cell, Bytes.EMPTY);
    }

    /** One whose envelopes, access's this one among them, are the content of its part as well. */
    SealedEntry cellTwiceTheSame(CellId cell, Bytes access) {
        return goodCell(cell, access);
    }

    private SealedEntry goodCell(CellId cell, Bytes beside) {
        DrawnCell drawn = DrawnCell.of(cell);
        NewCell fresh = drawn.opening();
        SharePair pair = new SharePair(Party.DATA, drawn.one(), drawn.two());
        Bytes content = new SharePackage(Party.DATA, List.of(new SharePackage.CellPair(cell, pair))).encode();
        Bytes bound = Escrow.associatedData(house.founding.id(), FoundedHouse.digest("nonce " + written));
        Bytes envelope = ShareEnvelope.seal(
                house.sealing(), new ShareEnvelope.Address(Party.DATA, 1, bound), content, house.entropy());
        Escrow.Envelope own = new Escrow.Envelope(Party.DATA, 1, envelope);
        if (beside.isEmpty()) {
            return care(START.plusMillis(3_600_000), Annex.EMPTY, new Escrow(List.of(own)), List.of(fresh), List.of());
        }
        Escrow escrow = new Escrow(List.of(new Escrow.Envelope(Party.ACCESS, 1, beside), own));
        Bytes blob = escrow.encode();
        CellPart part = new CellPart(CELL, Digest.sha256(blob), blob.size(), List.of(new Change(50, 0, false)));
        return care(START.plusMillis(3_600_000), Annex.EMPTY, escrow, List.of(fresh), List.of(part), List.of(blob));
    }

    /** The session's opening, its key and its end. */
    Digest sessionId() {
        return SignedStatement.id(OPENING);
    }

    Signer session() {
        return SESSION;
    }

    SealedEntry closing() {
        Statement closing = new Statement.SessionClosing(sessionId());
        return sealed(SignedStatement.signed(house.founding.id(), closing, List.of(SESSION)));
    }

    /** One officer's word that the badge counts no more, for now. */
    Bytes cutBadge() {
        Statement cut =
                new Statement.Cut(Statement.Target.CLIENT, BADGE.publicKey().id(), 0, START);
        return SignedStatement.signed(house.founding.id(), cut, house.officers.subList(0, 1))
                .encode();
    }

    /** One officer's word that the badge counts no more, for good. */
    Bytes revokeBadge() {
        Statement revocation = new Statement.Revocation(BADGE.publicKey().id(), START);
        return SignedStatement.signed(house.founding.id(), revocation, house.officers.subList(0, 1))
                .encode();
    }

    /** One officer's word that the station counts no more. */
    SealedEntry cutStation() {
        Statement cut = new Statement.Cut(Statement.Target.CLIENT, STATION.keyDigest(), 0, START);
        return sealed(SignedStatement.signed(house.founding.id(), cut, house.officers.subList(0, 1)));
    }

    SealedEntry enrolment(Digest line) {
        return statement(new Statement.StationEnrolment("ward", line, new CellId(0, 3), FoundedHouse.TIME));
    }

    /** An officer's word about the ward's station, in the order given by the reopenings seen. */
    Bytes cutStation(long reopeningsSeen) {
        Statement cut = new Statement.Cut(Statement.Target.STATION, STATION.keyDigest(), reopeningsSeen, START);
        return SignedStatement.signed(house.founding.id(), cut, house.officers.subList(0, 1))
                .encode();
    }

    Bytes reopenStation() {
        Statement reopening = new Statement.Reopening(Statement.Target.STATION, STATION.keyDigest(), START);
        return SignedStatement.signed(house.founding.id(), reopening, house.officers.subList(0, 2))
                .encode();
    }

    Bytes cutEverything() {
        return cut(new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, START));
    }

    Bytes cutTier(Party tier) {
        return cut(new Statement.Cut(Statement.Target.TIER, Statement.Target.subjectOf(tier), 0, START));
    }

    private Bytes cut(Statement cut) {
        return SignedStatement.signed(house.founding.id(), cut, house.officers.subList(0, 1))
                .encode();
    }

    Bytes openTier(Party tier) {
        Statement opening = new Statement.Reopening(Statement.Target.TIER, Statement.Target.subjectOf(tier), START);
        return SignedStatement.signed(house.founding.id(), opening, house.officers.subList(0, 2))
                .encode();
    }

    /** A cut of nobody, another one each time. */
    Bytes cutOfNobody(int number) {
        Statement cut = new Statement.Cut(Statement.Target.CLIENT, FoundedHouse.digest("nobody " + number), 0, START);
        return SignedStatement.signed(house.founding.id(), cut, house.officers.subList(0, 1))
                .encode();
    }

    /** A statement of officers as an entry. */
    SealedEntry placed(Bytes statement) throws MalformedException {
        return sealed(SignedStatement.decode(statement));
    }

    Digest badgeId() {
        return BADGE.publicKey().id();
    }

    /** An entry whose header is too large for a frame beside others. */
    SealedEntry large() {
        return large(1_000);
    }

    SealedEntry large(long firstLocal) {
        return many(firstLocal, 8_000);
    }

    /** An entry that makes so many resources. */
    SealedEntry many(long firstLocal, int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(new Change(firstLocal + i, 0, false));
        }
        return care(START.plusMillis(3_600_000), Annex.EMPTY, Escrow.NONE, List.of(), changes);
    }

    SealedEntry erasure(long parts) {
        return statement(new Statement.Erasure(CELL, parts, START));
    }

    private SealedEntry cell() {
        return badCell(CELL, List.of(new Change(1, 0, false)));
    }

    /** The entry that opens a cell whose envelope for data is rubbish. */
    SealedEntry badCell(CellId cell) {
        return badCell(cell, List.of());
    }

    private SealedEntry badCell(CellId cell, List<Change> changes) {
        Escrow escrow = new Escrow(List.of(new Escrow.Envelope(Party.DATA, 1, Bytes.ofText("rubbish"))));
        return care(
                START.plusMillis(60_000),
                Annex.EMPTY,
                escrow,
                List.of(DrawnCell.of(cell).opening()),
                changes);
    }

    /** An approved change of this resource of the cell. */
    SealedEntry change(long local, long replaces) {
        return change(local, replaces, START.plusMillis(3_600_000));
    }

    SealedEntry change(long local, long replaces, RecordTime expiry) {
        return care(expiry, Annex.EMPTY, Escrow.NONE, List.of(), List.of(new Change(local, replaces, false)));
    }

    /** A new resource under a token. */
    SealedEntry create(long local, String token, boolean unique) {
        Annex annex = new Annex(
                List.of(new Annex.Token(FoundedHouse.digest(token), new ResourceId(CELL, local), unique)), List.of());
        return care(START.plusMillis(3_600_000), annex, Escrow.NONE, List.of(), List.of(new Change(local, 0, false)));
    }

    /** A new resource with this annex. */
    SealedEntry annexed(long local, Annex annex) {
        return care(START.plusMillis(3_600_000), annex, Escrow.NONE, List.of(), List.of(new Change(local, 0, false)));
    }

    /** A new resource whose part is these bytes, of which its author says that they are so many. */
    SealedEntry bringing(long local, Bytes blob, int size) {
        CellPart part = new CellPart(CELL, Digest.sha256(blob), size, List.of(new Change(local, 0, false)));
        return care(START.plusMillis(3_600_000), Annex.EMPTY, Escrow.NONE, List.of(), List.of(part), List.of(blob));
    }

    /** A new resource in each of these cells. */
    SealedEntry bringingTo(List<CellId> cells) {
        long local = 1000L + written;
        List<CellPart> parts = new ArrayList<>();
        List<Bytes> blobs = new ArrayList<>();
        for (CellId cell : cells) {
            Bytes blob = Bytes.ofText("part of " + cell + " of entry " + written);
            parts.add(new CellPart(cell, Digest.sha256(blob), blob.size(), List.of(new Change(local, 0, false))));
            blobs.add(blob);
        }
        return care(START.plusMillis(3_600_000), Annex.EMPTY, Escrow.NONE, List.of(), parts, blobs);
    }

    private SealedEntry care(RecordTime expiry, Annex annex, Escrow escrow, List<NewCell> cells, List<Change> changes) {
        Bytes blob = Bytes.ofText("sealed " + written);
        List<CellPart> parts =
                changes.isEmpty() ? List.of() : List.of(new CellPart(CELL, Digest.sha256(blob), blob.size(), changes));
        return care(expiry, annex, escrow, cells, parts, parts.isEmpty() ? List.of() : List.of(blob));
    }

    /** A part twice in one entry. */
    SealedEntry bringingTwice(Bytes blob) {
        CellPart first = new CellPart(CELL, Digest.sha256(blob), blob.size(), List.of(new Change(60, 0, false)));
        CellPart second = new CellPart(CELL, Digest.sha256(blob), blob.size(), List.of(new Change(61, 0, false)));
        return care(
                START.plusMillis(3_600_000),
                Annex.EMPTY,
                Escrow.NONE,
                List.of(),
                List.of(first, second),
                List.of(blob, blob));
    }

    private SealedEntry care(
            RecordTime expiry,
            Annex annex,
            Escrow escrow,
            List<NewCell> cells,
            List<CellPart> parts,
            List<Bytes> blobs) {
        AuthorPart author =
                author(SignedStatement.id(OPENING), EntryKind.CLINICAL, parts, cells, Bytes.EMPTY, annex, escrow);
        Digest entry = AuthorPart.digest(author.encode());
        byte[] approved = Approval.signedBytes(house.founding.id(), Approval.leaf(entry, List.of(), 1, expiry));
        Approval approval = new Approval(
                entry,
                List.of(),
                1,
                expiry,
                BatchPath.ALONE,
                FoundedHouse.signer(Party.APPLICATION.word()).sign(approved));
        Header header = Header.of(author, SESSION.sign(AuthorPart.signedBytes(entry)), new Sanction.Approved(approval));
        return sealed(header, annex, escrow, blobs);
    }

    private AuthorPart author(
            Digest by,
            EntryKind kind,
            List<CellPart> parts,
            List<NewCell> cells,
            Bytes statement,
            Annex annex,
            Escrow escrow) {
        return new AuthorPart(
                house.founding.id(),
                FoundedHouse.digest("nonce " + written++),
                by,
                kind,
                new WallTime(START.millis()),
                false,
                parts,
                cells,
                statement,
                annex.digest(),
                escrow.digest(),
                0);
    }

    private static SealedEntry sealed(Header header, Annex annex, Escrow escrow, List<Bytes> blobs) {
        return new SealedEntry(
                SealedEntry.Item.inline(header.encode()),
                annex.isEmpty() ? SealedEntry.Item.NOTHING : SealedEntry.Item.inline(annex.encode()),
                escrow.envelopes().isEmpty() ? SealedEntry.Item.NOTHING : SealedEntry.Item.inline(escrow.encode()),
                blobs.stream().map(SealedEntry.Item::inline).toList(),
                Bytes.EMPTY);
    }

    /** A tier's word that it holds this entry since then. */
    Held held(Party tier, Digest entry, RecordTime time) {
        byte[] message = Held.signedBytes(house.founding.id(), tier, 1, entry, time);
        return new Held(tier, 1, entry, time, FoundedHouse.signer(tier.word()).sign(message));
    }
}
