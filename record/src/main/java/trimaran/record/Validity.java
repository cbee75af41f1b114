package trimaran.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/**
 * Judges an entry: a pure function of the log before it, the entry, its time and the held statements its place names
 * (DESIGN §5 Validity). Data judges before it places, every tier before it cosigns, a checker in twenty years again.
 *
 * <p>What was acknowledged as held is never void for age, premise or version. Of its two held times that one counts which lets
 * it in, since one of them may be a fallen tier's: the earlier against lateness and cuts, the later against coming too early.
 */
public final class Validity {

    private final Registry registry;
    private final LogView log;
    private final Verifier verifier;
    private final Ground ground;
    private final Function<Digest, Optional<Session>> sessions;

    public Validity(Registry registry, LogView log, Verifier verifier) {
        this(registry, log, verifier, registry::session);
    }

    /** @param sessions where sessions are known from: a tier that holds an opening without a place knows that one, too */
    public Validity(Registry registry, LogView log, Verifier verifier, Function<Digest, Optional<Session>> sessions) {
        this.registry = registry;
        this.log = log;
        this.verifier = verifier;
        this.ground = new Ground(registry, verifier);
        this.sessions = sessions;
    }

    /**
     * @param placed the place time
     * @param held none or two held statements that came first
     */
    public Judgement judge(Header header, RecordTime placed, List<Held> held) {
        return judge(header, placed, held, !held.isEmpty());
    }

    /** As it stood when a tier held it, before it has a place: a cut that began later does not count against it. */
    public Judgement judgeAsOf(Header header, RecordTime heldSince) {
        return judge(header, heldSince, List.of(), true);
    }

    private Judgement judge(Header header, RecordTime placed, List<Held> held, boolean byClock) {
        Optional<Refusal> reason = held(header, held);
        boolean acknowledged = !held.isEmpty() && reason.isEmpty();
        RecordTime time = acknowledged
                ? held.stream().map(Held::time).min(RecordTime::compareTo).orElse(placed)
                : placed;
        RecordTime later = acknowledged ? Place.later(placed, held) : placed;
        reason = reason.or(() -> common(header));
        reason = reason.or(() -> header.author().kind() == EntryKind.REGISTRY
                ? statement(header, time, later, byClock)
                : session(header, time, byClock));
        // Cells before the ground it stands on: a tier asked to hold forgives an old approval, and nothing behind it.
        reason = reason.or(() -> cells(header.author(), acknowledged))
                .or(() -> KeyJudgement.judge(header.author(), log, registry, acknowledged));
        reason = reason.or(() ->
                header.author().kind() == EntryKind.REGISTRY ? Optional.empty() : sanction(header, time, acknowledged));
        if (reason.isPresent()) {
            return new Judgement(Verdict.VOID, reason, List.of());
        }
        return place(header, acknowledged);
    }

    private Optional<Refusal> held(Header header, List<Held> held) {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        if (held.size() != 2 || held.getFirst().tier() == held.getLast().tier()) {
            return refuse(Code.NOT_HELD, "a held entry needs the statements of two different tiers");
        }
        for (Held one : held) {
            Optional<PartyKeys> keys = registry.partyAt(one.tier(), one.epoch());
            if (!one.tier().isTier() || keys.isEmpty() || !one.entry().equals(header.digest())) {
                return refuse(Code.NOT_HELD, "a held statement names another entry, tier or epoch");
            }
            if (!verifier.verify(keys.get().statements(), one.signedBytes(registry.origin()), one.signature())) {
                return refuse(Code.BAD_SIGNATURE, "a held statement is not signed by its tier");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> common(Header header) {
        if (!header.author().origin().equals(registry.origin())) {
            return refuse(Code.WRONG_ORIGIN, "this entry belongs to another hospital");
        }
        if (log.placed(header.digest())) {
            return refuse(Code.DUPLICATE, "this entry has its place already");
        }
        return Optional.empty();
    }

    private Optional<Refusal> statement(Header header, RecordTime time, RecordTime later, boolean byClock) {
        AuthorPart author = header.author();
        if (!author.parts().isEmpty() || !author.newCells().isEmpty()) {
            return refuse(Code.MALFORMED, "a registry entry touches no cell");
        }
        if (!(header.sanction() instanceof Sanction.OwnSignatures)
                || !header.signature().equals(Signature.NONE)
                || !author.session().equals(Digest.ZERO)) {
            return refuse(Code.MALFORMED, "a registry entry stands on its own signatures");
        }
        // Nobody approved an annex here: tokens and placements would come from whoever holds any statement.
        if (!author.annex().equals(Digest.ZERO) || !author.escrow().equals(Digest.ZERO)) {
            return refuse(Code.MALFORMED, "a registry entry brings its statement and nothing else");
        }
        try {
            SignedStatement signed = SignedStatement.decode(author.statement());
            return StatementJudgement.judge(signed, registry, time, later, byClock, verifier);
        } catch (MalformedException malformed) {
            return refuse(Code.MALFORMED, "the registry statement cannot be read");
        }
    }

    private Optional<Refusal> session(Header header, RecordTime time, boolean byClock) {
        AuthorPart author = header.author();
        if (!author.statement().isEmpty()) {
            return refuse(Code.MALFORMED, "only a registry entry carries a statement");
        }
        Optional<Session> found = sessions.apply(author.session());
        if (found.isEmpty()) {
            return refuse(Code.SESSION_UNKNOWN, "the session of this entry is not in the record");
        }
        Session session = found.get();
        // What was signed within the session and arrives late is accepted; readers flag it by comparing the times.
        if (author.authored().millis() > session.expiry().millis()) {
            return refuse(Code.SESSION_ENDED, "this entry was written after its session ended");
        }
        if (Registry.isOver(session.expiry(), time)) {
            return refuse(Code.SESSION_ENDED, "this entry comes too long after its session; it is written anew");
        }
        if (isCut(registry, session.station(), time, byClock)
                || isCut(registry, session.badge(), time, byClock)
                || isCut(registry, session.id(), time, byClock)) {
            return refuse(Code.CUT, "the station, badge or session of this entry is cut");
        }
        return ground.unsigned(header, session);
    }

    /**
     * What was held before a cut began counts. What nobody held stands behind the cut in the log, and that is enough:
     * data's clock may be behind the officer's.
     */
    static boolean isCut(Registry registry, Digest subject, RecordTime time, boolean byClock) {
        return byClock ? registry.cutBefore(subject, time) : registry.cutByLog(subject);
    }

    private Optional<Refusal> sanction(Header header, RecordTime time, boolean acknowledged) {
        Optional<Refusal> none = ground.refusal(header, acknowledged);
        return none.isEmpty() && !acknowledged && header.sanction() instanceof Sanction.Approved(Approval approval)
                ? lapsed(approval, time)
                : none;
    }

    /** An approval that counts no more, and no cut of the author: whoever may continue without one does. */
    private Optional<Refusal> lapsed(Approval approval, RecordTime time) {
        if (registry.cutByLog(Statement.Target.subjectOf(Party.APPLICATION))) {
            return refuse(Code.APPROVAL_EXPIRED, "application, which approved this, is closed since");
        }
        if (time.isAfter(approval.expiry())) {
            return refuse(Code.APPROVAL_EXPIRED, "the approval has expired");
        }
        for (Premise premise : approval.premises()) {
            if (log.head(premise.cell()).parts() != premise.sequence()) {
                return refuse(Code.PREMISE_MOVED, "what the approval relied on has changed");
            }
        }
        return Optional.empty();
    }

    /**
     * A name says all of its opening, so what opens a cell that exists opens it in the very same way. Nobody does so but who wants
     * an entry of theirs to be void, and with it the cells it opens beside and what others wrote there: what was acknowledged counts.
     */
    private Optional<Refusal> cells(AuthorPart author, boolean acknowledged) {
        Set<CellId> fresh = new HashSet<>();
        for (NewCell cell : author.newCells()) {
            if (!cell.isNamedBy(author.session())) {
                return refuse(Code.MALFORMED, "the name of a new cell does not follow from who opens it, and how");
            }
            if (cell.kind() == CellKind.IDENTITY && !cell.subject().equals(cell.cell())) {
                return refuse(Code.MALFORMED, "an identity cell belongs to another patient");
            }
            if (!fresh.add(cell.cell()) || (log.cellExists(cell.cell()) && !acknowledged)) {
                return refuse(Code.CELL_EXISTS, "a new cell exists already");
            }
        }
        for (NewCell cell : author.newCells()) {
            if (!fresh.contains(cell.subject()) && !log.cellExists(cell.subject())) {
                return refuse(Code.BAD_REFERENCE, "a new cell belongs to a patient the record does not know");
            }
        }
        Set<CellId> seen = new HashSet<>();
        for (CellPart part : author.parts()) {
            if (!seen.add(part.cell())) {
                return refuse(Code.MALFORMED, "two parts of one entry lie in one cell");
            }
            if (!fresh.contains(part.cell()) && !log.cellExists(part.cell())) {
                return refuse(Code.BAD_REFERENCE, "a part lies in a cell nobody opened");
            }
            Set<Long> locals = new HashSet<>();
            for (Change change : part.changes()) {
                if (!locals.add(change.local())) {
                    return refuse(Code.MALFORMED, "one resource is changed twice in one entry");
                }
            }
        }
        return Optional.empty();
    }

    private Judgement place(Header header, boolean acknowledged) {
        boolean conflict = false;
        List<PlacedPart> parts = new ArrayList<>();
        Set<CellId> fresh = new HashSet<>();
        header.author().newCells().forEach(cell -> fresh.add(cell.cell()));
        for (CellPart part : header.author().parts()) {
            // A cell just found not to exist holds nothing: most of what is imported is looked up nowhere.
            boolean empty = fresh.contains(part.cell()) && !log.cellExists(part.cell());
            CellHead head = empty ? CellHead.empty(part.cell()) : log.head(part.cell());
            List<Long> versions = new ArrayList<>(part.changes().size());
            for (Change change : part.changes()) {
                long present = empty ? 0 : log.version(new ResourceId(part.cell(), change.local()));
                if (present != change.replaces()) {
                    conflict = true;
                }
                versions.add(present + 1);
            }
            parts.add(new PlacedPart(head.parts(), head.chain(), versions));
        }
        if (!conflict) {
            return new Judgement(Verdict.VALID, Optional.empty(), parts);
        }
        Refusal reason = Refusal.of(Code.VERSION_CONFLICT, "somebody else changed one of these resources meanwhile");
        return acknowledged
                ? new Judgement(Verdict.CONFLICT, Optional.of(reason), parts)
                : new Judgement(Verdict.VOID, Optional.of(reason), List.of());
    }

    private static Optional<Refusal> refuse(Code code, String sentence) {
        return Optional.of(Refusal.of(code, sentence));
    }

    /** The digests of the sessions an entry leans on, so that a successor can place them first. */
    public static Optional<Digest> leansOn(AuthorPart author) {
        return author.session().equals(Digest.ZERO) ? Optional.empty() : Optional.of(author.session());
    }
}
