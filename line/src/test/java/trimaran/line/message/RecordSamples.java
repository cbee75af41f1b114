package trimaran.line.message;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
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
import trimaran.record.PartContent;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Policy;
import trimaran.record.Premise;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedRefusal;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/** A small valid value of each format of the record. */
final class RecordSamples {

    static final RecordTime TIME = new RecordTime(1_800_000_000_000L);
    static final CellId CELL = new CellId(-7, 9);
    static final CellId WARD = new CellId(0, 3);
    static final Signature SIGNATURE = new Signature(Suite.ML_DSA_44, Bytes.ofText("signature"));
    static final PublicKey KEY = new PublicKey(Suite.P256, Bytes.ofText("key"));

    private RecordSamples() {}

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    static List<Statement> statements() {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(keys(party));
        }
        return List.of(
                new Statement.Founding("Hôpital", TIME, parties, List.of(KEY, KEY, KEY), Policy.DEFAULT, digest("c")),
                new Statement.Grant(
                        KEY, Statement.BadgeKind.SERVICE, List.of("nurse"), List.of("system/*.r"), List.of(WARD), TIME),
                new Statement.Revocation(digest("badge"), RecordTime.ZERO),
                new Statement.StationEnrolment("réa", digest("line"), WARD, TIME),
                new Statement.SessionOpening(KEY, digest("badge"), digest("line"), TIME, TIME, digest("root")),
                new Statement.SessionClosing(digest("session")),
                new Statement.PolicyChange(Policy.DEFAULT),
                new Statement.EpochChange(2, Party.DATA, keys(Party.DATA), TIME),
                new Statement.Cut(Statement.Target.STATION, digest("line"), 1, TIME),
                new Statement.Reopening(Statement.Target.ALL, digest("all"), TIME),
                new Statement.Erasure(CELL, 12, TIME),
                new Statement.Refresh(2, 1, List.of(sealingKey(1), sealingKey(2), sealingKey(3)), TIME, TIME),
                new Statement.Roll(Statement.Holder.STATION, digest("station"), TIME, TIME, TIME));
    }

    private static Bytes sealingKey(int first) {
        byte[] key = new byte[RecordLimits.SEALING_KEY_BYTES];
        key[0] = (byte) first;
        return Bytes.wrap(key);
    }

    static Statement reasonedCut() {
        return new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 1, TIME, "écrans chiffrés");
    }

    static SignedStatement signedStatement() {
        SignedStatement.Signed signed = new SignedStatement.Signed(KEY.id(), SIGNATURE);
        return new SignedStatement(statements().get(1), List.of(signed, signed));
    }

    static AuthorPart author() {
        return new AuthorPart(
                digest("origin"),
                digest("nonce"),
                digest("session"),
                EntryKind.ADMINISTRATIVE,
                new WallTime(TIME.millis()),
                true,
                List.of(
                        new CellPart(
                                CELL, digest("blob"), 77, List.of(new Change(1, 0, false), new Change(2, 9, true))),
                        new CellPart(WARD, digest("other"), 7, List.of())),
                List.of(newCell()),
                Bytes.ofText("statement"),
                digest("annex"),
                digest("escrow"),
                5);
    }

    /** One whose first part is sealed under a later key. */
    static AuthorPart keyedAuthor() {
        AuthorPart author = author();
        CellPart first = author.parts().getFirst();
        CellPart keyed = new CellPart(first.cell(), first.blob(), first.blobSize(), first.changes(), WARD);
        return new AuthorPart(
                author.origin(),
                author.nonce(),
                author.session(),
                author.kind(),
                author.authored(),
                author.mayContinue(),
                List.of(keyed, author.parts().getLast()),
                author.newCells(),
                author.statement(),
                author.annex(),
                author.escrow(),
                author.checkpointSeen());
    }

    static NewCell newCell() {
        return new NewCell(CELL, CellKind.STAY, WARD, digest("K"), List.of(digest("1"), digest("2"), digest("3")));
    }

    static Approval approval() {
        return new Approval(
                digest("entry"),
                List.of(new Premise(CELL, 4)),
                1,
                TIME,
                new BatchPath(List.of(digest("sibling"), digest("other")), 0b10),
                SIGNATURE);
    }

    static SignedRefusal refusal() {
        return new SignedRefusal(digest("entry"), Code.BED_TAKEN, TIME, SIGNATURE);
    }

    static List<Header> headers() {
        return List.of(
                Header.of(author(), SIGNATURE, new Sanction.OwnSignatures()),
                Header.of(author(), SIGNATURE, new Sanction.Approved(approval())),
                Header.of(author(), SIGNATURE, new Sanction.Unanswered(2000)),
                Header.of(author(), SIGNATURE, new Sanction.Overruled(refusal())));
    }

    static Held held(Party tier) {
        return new Held(tier, 1, digest("entry"), TIME, SIGNATURE);
    }

    static List<Place> places() {
        PlacedPart part = new PlacedPart(4, digest("chain"), List.of(1L, 0xffff_ffffL));
        List<Held> held = List.of(held(Party.ACCESS), held(Party.APPLICATION));
        return List.of(
                new Place(9, TIME, Verdict.VALID, List.of(part, part), List.of()),
                new Place(9, TIME, Verdict.CONFLICT, List.of(part), held),
                new Place(9, TIME, Verdict.VOID, List.of(), List.of()));
    }

    static Annex annex() {
        return new Annex(
                List.of(new Annex.Token(digest("token"), new ResourceId(CELL, 5), true)),
                List.of(new Annex.Placement(CELL, WARD, Annex.Placement.State.EXPECTED)));
    }

    static Escrow escrow() {
        return new Escrow(List.of(
                new Escrow.Envelope(Party.ACCESS, 0, Bytes.ofText("sealed")),
                new Escrow.Envelope(Party.DATA, 1, Bytes.EMPTY)));
    }

    static PartContent content() {
        return new PartContent(
                "2026Q4",
                List.of(
                        new PartContent.Item(1, "Observation", Bytes.ofText("{}")),
                        new PartContent.Item(2, "Trimaran.Bed", Bytes.EMPTY)));
    }

    private static PartyKeys keys(Party party) {
        return new PartyKeys(
                party, Bytes.ofText("cosigner"), Bytes.EMPTY, KEY, digest("line"), Bytes.ofText("sealing"), 1);
    }
}
