package trimaran.application;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.model.ContinuityReview;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Verifier;

/**
 * Checks everything a request for approval claims, before any rule looks at it and any cell is asked for: whose entry it is,
 * that its author signed it, that another tier wrote down what application is about to see, and that the draft tells of
 * the same changes as the author part.
 */
final class RequestCheck {

    /**
     * A request whose claims hold.
     *
     * @param seen the review it shows, as its approval will bear it
     */
    record Checked(Digest entry, Author author, DraftView draft, List<CellId> reads, Optional<Digest> seen) {

        Checked with(DraftView settled) {
            return new Checked(entry, author, settled, reads, seen);
        }
    }

    /** A request whose author and receipt are true; whether its draft is, is still to be seen. */
    record Claims(Digest entry, AuthorPart part, Session session, Map<CellId, NewCell> touched, Draft draft) {

        /** Compares the draft with the author part. Pure: large ones are compared beside the loop. */
        Outcome<Checked> checked() {
            Set<CellId> fresh = new HashSet<>();
            part.newCells().forEach(cell -> fresh.add(cell.cell()));
            return new DraftCheck(part, draft)
                    .items()
                    .map(items -> new Checked(
                            entry,
                            Author.of(session),
                            new DraftView(part.kind(), part.mayContinue(), part.authored(), items, touched, fresh),
                            draft.reads(),
                            review()));
        }

        /** Of several, which the office refuses, the first. */
        private Optional<Digest> review() {
            return draft.items().stream()
                    .filter(item -> ContinuityReview.is(item.type(), item.content()))
                    .findFirst()
                    .map(item -> Approval.seen(entry, item.content()));
        }
    }

    private final Registry registry;
    private final Function<Party, PartyKeys> speakers;
    private final Verifier verifier;
    private final CellSource cells;

    RequestCheck(Registry registry, Function<Party, PartyKeys> speakers, Verifier verifier, CellSource cells) {
        this.registry = registry;
        this.speakers = speakers;
        this.verifier = verifier;
        this.cells = cells;
    }

    Outcome<Claims> claims(Request.Approve request, RecordTime now) {
        AuthorPart part;
        try {
            part = AuthorPart.decode(request.authorBytes());
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "the author part cannot be read");
        }
        Digest entry = AuthorPart.digest(request.authorBytes());
        Optional<Session> session = registry.session(part.session());
        Optional<Refusal> wrong = common(part)
                .or(() -> session(part, session, now))
                .or(() -> signature(request, entry, session.orElseThrow()))
                .or(() -> receipt(request, entry, part, now));
        if (wrong.isPresent()) {
            return Outcome.refused(wrong.get());
        }
        Map<CellId, NewCell> touched = new HashMap<>();
        wrong = touched(part, touched);
        if (wrong.isPresent()) {
            return Outcome.refused(wrong.get());
        }
        return Outcome.done(new Claims(entry, part, session.orElseThrow(), touched, request.draft()));
    }

    private Optional<Refusal> common(AuthorPart part) {
        if (!part.origin().equals(registry.origin())) {
            return refuse(Code.WRONG_ORIGIN, "this entry belongs to another hospital");
        }
        if (part.kind() == EntryKind.REGISTRY || !part.statement().isEmpty()) {
            return refuse(Code.NOT_SUPPORTED, "a registry statement stands on its own signatures");
        }
        return Optional.empty();
    }

    /**
     * What was signed within a session and arrives late is accepted, as {@link trimaran.record.Validity} does, unless the
     * session, its badge or its station was cut.
     */
    private Optional<Refusal> session(AuthorPart part, Optional<Session> found, RecordTime now) {
        if (found.isEmpty()) {
            return refuse(Code.SESSION_UNKNOWN, "the session of this entry is not in the record");
        }
        Session session = found.get();
        if (part.authored().millis() > session.expiry().millis()) {
            return refuse(Code.SESSION_ENDED, "this entry was written after its session ended");
        }
        if (part.authored().millis() > now.millis() + RecordLimits.AHEAD_MILLIS_MAX) {
            // Whose clock is wrong is not known here; the author must not be told that it is what they wrote.
            return refuse(Code.STALE, "by application's clock this entry was written in the future");
        }
        if (registry.isCut(session.id()) || registry.isCut(session.badge()) || registry.isCut(session.station())) {
            return refuse(Code.CUT, "the session, station or badge of this entry is cut");
        }
        return Optional.empty();
    }

    private Optional<Refusal> signature(Request.Approve request, Digest entry, Session session) {
        return verifier.verify(session.key(), AuthorPart.signedBytes(entry), request.signature())
                ? Optional.empty()
                : refuse(Code.BAD_SIGNATURE, "the author's session did not sign this entry");
    }

    private Optional<Refusal> receipt(Request.Approve request, Digest entry, AuthorPart part, RecordTime now) {
        Receipt receipt = request.receipt();
        if (receipt.ledger() != Party.DATA && receipt.ledger() != Party.ACCESS) {
            return refuse(Code.NOT_ALLOWED, "a draft is filed with data or access, not with who is shown it");
        }
        if (!receipt.entry().equals(entry)) {
            return refuse(Code.NOT_ALLOWED, "the receipt is for another entry");
        }
        if (!receipt.draft().equals(request.draft().digest())) {
            return refuse(Code.NOT_ALLOWED, "this is not the draft that was filed");
        }
        long age = now.millis() - receipt.time().millis();
        if (age > OfficeLimits.RECEIPT_MILLIS || -age > RecordLimits.AHEAD_MILLIS_MAX) {
            return refuse(Code.STALE, "the receipt is too old: file the draft again");
        }
        // What is shown must stand on that ledger cell by cell, and as shown rather than named, or a refused entry
        // would leave no trace
        // of whose data was seen.
        Draft draft = request.draft();
        byte[] signed = receipt.signedBytes(registry.origin(), draft.shown(part.newCells()), draft.reads());
        PublicKey present = speakers.apply(receipt.ledger()).statements();
        if (verifier.verify(present, signed, receipt.signature())) {
            return Optional.empty();
        }
        return signedBefore(receipt, signed)
                ? refuse(Code.STALE, "the tier that signed this receipt was replaced: file the draft again")
                : refuse(Code.BAD_SIGNATURE, "the tier the receipt names did not sign it for what this draft shows");
    }

    /** Whether a key signed it that spoke for the tier in a past epoch. Nobody's word counts any more, and nobody lied. */
    private boolean signedBefore(Receipt receipt, byte[] signed) {
        return LongStream.rangeClosed(1, registry.epoch())
                .mapToObj(epoch -> registry.partyAt(receipt.ledger(), epoch))
                .flatMap(Optional::stream)
                .map(PartyKeys::statements)
                .distinct()
                .anyMatch(key -> verifier.verify(key, signed, receipt.signature()));
    }

    /** Finds the opening of every cell the entry writes to. */
    private Optional<Refusal> touched(AuthorPart part, Map<CellId, NewCell> touched) {
        part.newCells().forEach(cell -> touched.put(cell.cell(), cell));
        Set<CellId> seen = new HashSet<>();
        for (var one : part.parts()) {
            if (!seen.add(one.cell())) {
                return refuse(Code.MALFORMED, "two parts of one entry lie in one cell");
            }
            if (!touched.containsKey(one.cell())) {
                Optional<NewCell> opening = cells.opening(one.cell());
                if (opening.isEmpty()) {
                    return refuse(Code.UNAVAILABLE, "this entry writes to a cell application does not know yet");
                }
                touched.put(one.cell(), opening.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(Code code, String sentence) {
        return Optional.of(Refusal.of(code, sentence));
    }
}
