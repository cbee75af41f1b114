package trimaran.station.web;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Verdict;

/** What three tiers show an officer of a record of invented patients, of whom application was shown some. */
final class FakeLedgers {

    private static final int PAGE = 40;

    final List<LedgerLook> looks = new CopyOnWriteArrayList<>();
    final Set<Party> silent = EnumSet.noneOf(Party.class);

    /** Answers are given while there are permits. */
    final Semaphore answers = new Semaphore(Integer.MAX_VALUE);

    private final List<SealedEntry> entries = new ArrayList<>();
    private final List<LedgerLine> lines = new ArrayList<>();

    /** How far the record says it reaches; as far as it does unless a test says otherwise. */
    volatile long reaches = -1;

    /** Whether its first page is told again and again. */
    volatile boolean endless;

    /** Patients whose identity was opened an hour ago, the first of whom were shown to application a minute later. */
    void patients(int all, int shown) {
        patients(all, shown, new RecordTime(OpenWeb.NOW - 3_600_000));
    }

    /** The same, opened at another time. */
    void patients(int all, int shown, RecordTime at) {
        Digest chain = Digest.ZERO;
        for (int i = 0; i < all; i++) {
            Digest name = Digest.sha256(Bytes.ofText("patient " + i));
            NewCell opened = NewCell.named(name, CellKind.IDENTITY, CellId.NONE, name, List.of(name, name, name));
            AuthorPart author = new AuthorPart(
                    name,
                    name,
                    Digest.sha256(Bytes.ofText("session")),
                    EntryKind.CLINICAL,
                    new WallTime(at.millis()),
                    true,
                    List.of(new CellPart(opened.cell(), Digest.ZERO, 0, List.of(new Change(5, 0, false)))),
                    List.of(opened),
                    Bytes.EMPTY,
                    Digest.ZERO,
                    Digest.ZERO,
                    0);
            Header header = Header.of(author, Signature.NONE, new Sanction.OwnSignatures());
            Place place = new Place(i, at, Verdict.VALID, List.of(), List.of());
            entries.add(new SealedEntry(
                    SealedEntry.Item.inline(header.encode()),
                    SealedEntry.Item.NOTHING,
                    SealedEntry.Item.NOTHING,
                    List.of(),
                    place.encode()));
            if (i < shown) {
                LedgerLine line = new LedgerLine(
                        lines.size(),
                        at.plusMillis(60_000),
                        LedgerLine.Act.SHOWN_TO_APPLICATION,
                        Digest.ZERO,
                        Digest.sha256(Bytes.ofText(Party.APPLICATION.word())),
                        name,
                        name,
                        List.of(opened.cell()),
                        chain);
                lines.add(line);
                chain = line.chain();
            }
        }
    }

    Outcome<LedgerLook> look(Signer officer) {
        LedgerLook look = new LedgerLook(
                FakeCuts.HERE,
                new RecordTime(OpenWeb.NOW),
                new RecordTime(OpenWeb.NOW + LedgerLook.LIFE_MILLIS_MAX),
                officer.publicKey().id(),
                Signature.NONE);
        looks.add(look);
        return Outcome.done(look);
    }

    Outcome<Response> ask(Party tier, Request request) {
        answers.acquireUninterruptibly();
        if (silent.contains(tier)) {
            return Outcome.refused(Code.UNAVAILABLE, "nobody listens");
        }
        return Outcome.done(
                switch (request) {
                    case Request.Status _ ->
                        new Response.Report(
                                new WallTime(OpenWeb.NOW),
                                List.of(new Response.Counter("size", entries.size())),
                                List.of());
                    case Request.ListHeld _ -> new Response.HeldEntries(List.of(), List.of());
                    case Request.FetchEntries(long from, int _) ->
                        new Response.Entries(
                                from, page(entries, endless ? 0 : from), reaches < 0 ? entries.size() : reaches);
                    case Request.FetchLedger(Party ledger, long from) ->
                        new Response.LedgerLines(ledger == Party.DATA ? page(lines, from) : List.of());
                    default -> throw new IllegalArgumentException("nobody asks " + request);
                });
    }

    private static <T> List<T> page(List<T> all, long from) {
        return all.stream().skip(from).limit(PAGE).toList();
    }
}
