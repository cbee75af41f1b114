package trimaran.line.message;

import static trimaran.line.message.RecordSamples.CELL;
import static trimaran.line.message.RecordSamples.SIGNATURE;
import static trimaran.line.message.RecordSamples.TIME;
import static trimaran.line.message.RecordSamples.WARD;
import static trimaran.line.message.RecordSamples.digest;
import static trimaran.line.message.RecordSamples.held;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.record.BatchPath;
import trimaran.record.CellHead;

/** A small valid value of each message. */
final class MessageSamples {

    private static final Bytes NOTE = Bytes.ofText("note");
    private static final List<CellId> CELLS = List.of(CELL, WARD);
    private static final CellHead HEAD = new CellHead(CELL, 4, digest("chain"));
    private static final WallTime WALL = new WallTime(TIME.millis());

    private MessageSamples() {}

    static SealedEntry entry() {
        return new SealedEntry(
                SealedEntry.Item.inline(Bytes.ofText("header")),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.staged(digest("escrow")),
                List.of(
                        SealedEntry.Item.inline(Bytes.ofText("blob")),
                        SealedEntry.Item.staged(digest("large")),
                        SealedEntry.Item.erased(digest("erased"))),
                RecordSamples.places().getFirst().encode());
    }

    static Draft draft() {
        ResourceId id = new ResourceId(CELL, 5);
        return new Draft(
                List.of(
                        new Draft.Item(id, "Encounter", Draft.Action.CREATE, 0, Bytes.ofText("{}")),
                        new Draft.Item(id, "Observation", Draft.Action.DELETE, 3, Bytes.EMPTY)),
                CELLS);
    }

    static Receipt receipt() {
        return new Receipt(Party.DATA, digest("entry"), digest("draft"), 7, TIME, BatchPath.ALONE, SIGNATURE);
    }

    static LedgerLine line() {
        return new LedgerLine(
                7,
                TIME,
                LedgerLine.Act.EXPORTED,
                digest("session"),
                digest("recipient"),
                digest("request"),
                Digest.ZERO,
                CELLS,
                digest("previous"));
    }

    static LedgerHead ledgerHead() {
        return new LedgerHead(Party.ACCESS, Party.DATA, 4, digest("chain"), 9, TIME, digest("about"), SIGNATURE);
    }

    static LedgerLook look() {
        return new LedgerLook(digest("station"), TIME, TIME.plusMillis(60_000), digest("officer"), SIGNATURE);
    }

    static List<Request> requests() {
        return List.of(
                new Request.Hello(digest("origin"), 1),
                new Request.JoinSession(digest("session"), Bytes.ofText("header")),
                new Request.ProveSession(digest("session"), SIGNATURE),
                new Request.AsSession(digest("session"), digest("nonce"), WALL, digest("mac"), Bytes.ofText("inner")),
                new Request.Stage(digest("whole"), 9, 4, Bytes.ofText("piece")),
                new Request.Append(entry()),
                new Request.Hold(entry()),
                new Request.Approve(RecordSamples.author().encode(), SIGNATURE, draft(), receipt()),
                new Request.Fetch(List.of(new Request.Stretch(CELL, 4), new Request.Stretch(WARD, 0)), 65536),
                new Request.FetchBlob(digest("blob"), 4),
                new Request.FetchEntries(4, 65536),
                new Request.Follow(4),
                new Request.ProveInclusion(4, 9),
                new Request.ProveConsistency(4, 9),
                new Request.Highest(),
                new Request.Status(),
                new Request.VerifyCopy(),
                new Request.Show(digest("whole"), 9, 4, Bytes.ofText("piece")),
                new Request.ApproveShown(digest("author"), SIGNATURE, digest("draft"), receipt()),
                new Request.FileDraft(digest("entry"), digest("draft"), new Shown(List.of(CELL), CELLS), List.of(CELL)),
                new Request.Open(CELLS, true, Request.Purpose.BREAK_GLASS),
                new Request.Partials(List.of(digest("a"), digest("b"))),
                new Request.Lookup(List.of(digest("a"))),
                new Request.ListSubjects(CELL, 100),
                new Request.Note(LedgerLine.Act.PRINTED, CELLS, digest("printer")),
                new Request.Replicate(4, List.of(entry(), entry()), NOTE),
                new Request.Cosign(NOTE),
                new Request.AddCheckpoint(4, List.of(digest("a")), NOTE),
                new Request.Publish(NOTE),
                new Request.HoldCopy(entry(), held(Party.ACCESS)),
                new Request.TellHeld(held(Party.ACCESS)),
                new Request.CopyLedger(Party.ACCESS, List.of(line(), line())),
                new Request.FetchLedger(Party.DATA, 4),
                new Request.SignLedger(Party.DATA, 4, digest("about")),
                new Request.ReadLedger(Party.DATA, 4, look()),
                new Request.FetchShares(CELL),
                new Request.Refresh(new RefreshStep.Draw(2)),
                new Request.Refresh(new RefreshStep.Seed(
                        2, 1, SecretBytes.taking(digest("seed").toArray()), List.of(CELL))),
                new Request.Refresh(new RefreshStep.Show(2)),
                new Request.ChangeEpoch(Bytes.ofText("statement")),
                new Request.Announce(Bytes.ofText("statement")),
                new Request.OpenForDraft(digest("entry"), CELLS),
                new Request.ConfirmShares(9),
                new Request.ListHeld(List.of(Digest.sha256(Bytes.ofText("held")))),
                new Request.FindLines(CELLS, List.of(4L, 5L, 6L), 50),
                new Request.OpenKeys(CELL, CELLS, Request.Purpose.BREAK_GLASS),
                new Request.FindToRoll(CELLS));
    }

    static List<Response> responses() {
        OpenedCell opened = new OpenedCell(
                RecordSamples.newCell(),
                -1,
                HEAD,
                List.of(new OpenedCell.NumberedShare(1, 0, SecretBytes.taking(new byte[Digest.SIZE]))));
        Response.SealedPart part = new Response.SealedPart(
                SealedEntry.Item.staged(digest("header")),
                Bytes.ofText("place"),
                1,
                SealedEntry.Item.inline(Bytes.ofText("blob")));
        return List.of(
                new Response.Done(),
                new Response.Welcome(Party.WITNESS, 1, 9, 1, CELL, WARD),
                new Response.Challenge(digest("nonce")),
                new Response.Joined(SecretBytes.taking(new byte[Digest.SIZE])),
                new Response.Placed(Bytes.ofText("place")),
                new Response.HeldAnswer(held(Party.DATA)),
                new Response.Approved(RecordSamples.approval()),
                new Response.Denied(RecordSamples.refusal(), Code.BED_TAKEN, "occupé", "Encounter.location"),
                new Response.Filed(receipt()),
                new Response.Parts(List.of(
                        new Response.CellParts(List.of(part, part), HEAD, true),
                        new Response.CellParts(List.of(part), HEAD, false))),
                new Response.Piece(Bytes.ofText("piece"), 9),
                new Response.Entries(4, List.of(entry()), 9),
                new Response.Following(9, List.of(digest("a"), digest("b")), NOTE),
                new Response.Proof(List.of(digest("a"))),
                new Response.Note(NOTE),
                new Response.Cosigned(NOTE),
                new Response.Behind(4),
                new Response.Opened(List.of(opened)),
                new Response.PartialTokens(1, 2, List.of(digest("a")), List.of(digest("b"))),
                new Response.Hits(List.of(List.of(new ResourceId(CELL, 5)), List.of())),
                new Response.Cells(CELLS, false),
                new Response.LedgerLines(List.of(line())),
                new Response.Pairs(CELLS, Bytes.ofText("sealed"), true),
                new Response.HeldEntries(List.of(entry()), List.of(held(Party.ACCESS))),
                new Response.Report(WALL, List.of(new Response.Counter("size", -1)), List.of("une faute")),
                new Response.LedgerKept(4, digest("chain")),
                new Response.LedgerSigned(ledgerHead()),
                new Response.Drawn(2, Bytes.ofText("sealing")),
                new Response.PreparedWords(List.of(prepared())),
                new Response.FoundLines(
                        List.of(new Response.FoundLine(
                                Party.DATA,
                                7,
                                TIME,
                                LedgerLine.Act.BROKE_GLASS,
                                digest("session"),
                                digest("badge"),
                                digest("recipient"),
                                digest("request"),
                                CELLS,
                                digest("chain"))),
                        true));
    }

    static Prepared prepared() {
        return new Prepared(
                Party.DATA,
                2,
                1,
                digest("seeds"),
                digest("lower"),
                digest("higher"),
                CELLS,
                9,
                RecordSamples.SIGNATURE);
    }

    static List<Push> pushes() {
        Push.MovedEntry moved = new Push.MovedEntry(
                digest("entry"), digest("nonce"), digest("header"), Bytes.ofText("place"), List.of(HEAD, HEAD));
        return List.of(
                new Push.Moved(4, List.of(moved, moved)),
                new Push.Beat(NOTE),
                new Push.HeldSet(true, List.of(digest("a")), List.of(digest("b"))),
                new Push.Announced(Bytes.ofText("statement")));
    }
}
