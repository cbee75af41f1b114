package trimaran.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSignature;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.Succession;
import trimaran.ledger.TreeHead;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.message.Ground;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.party.FirstStart;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verifier;

/**
 * Cosigns a checkpoint if the log and two tiers signed it and it extends the last one cosigned here (C2SP tlog-witness). The
 * head is on disk before the signature leaves; a head that cannot be read stops the witness rather than start it afresh.
 *
 * <p>It takes no cut: it sees no log, so whoever sends it an old one could close it for good, and nobody could tell it that
 * officers opened again. What is closed is closed by the tiers, each of which judges by its own copy.
 *
 * <p>It reads no record either, so whoever makes or unmakes an officer tells it as well. It judges each of these by those before
 * it, from the founding on; one it never hears of leaves it believing an officer who is none any more, or not yet one who is. A fallen party could tell one before its
 * time and have those between refused for good: so it hears of them from the console alone.
 */
public final class Witness implements CallHandler {

    /** Tiers that must have cosigned before: so a quorum always means two copies. */
    public static final int TIERS_BEFORE = 2;

    /** The file of the last head signed. */
    static final String HEAD = "head";

    private final Loop loop;
    private final Disk disk;
    private final NoteSigner cosigner;
    private final Registry registry;
    private final int noteKeyType;
    private final NoteVerifiers verifiers;
    private final Verifier statementVerifier;
    private Quorum quorum;
    private long officerStatements;
    private Optional<Network> network = Optional.empty();
    private Consumer<WitnessEvent> operators = event -> {};
    private Ground ground = Ground.UNKNOWN;
    private long disagreements;

    /** Read by handshakes, from other threads than the witness's. */
    private volatile Set<Digest> lines;

    private TreeHead head = TreeHead.EMPTY;
    private Bytes note = Bytes.EMPTY;

    /** What lies on disk: the last head signed, and the note it was signed on, so that a quorum outlives all processes. */
    private record Kept(TreeHead head, Bytes note) {

        static Kept read(Reader reader) throws MalformedException {
            return new Kept(TreeHead.read(reader), reader.bytes(MessageLimits.NOTE_BYTES_MAX));
        }

        Bytes encode() {
            Writer writer = new Writer(1024);
            head.write(writer);
            return writer.bytes(note).toBytes();
        }
    }

    /** @throws MalformedException if the registry's keys or the kept head cannot be read */
    public Witness(
            Loop loop,
            Disk disk,
            NoteSigner cosigner,
            SignedStatement founding,
            int noteKeyType,
            NoteVerifiers verifiers,
            Verifier statementVerifier)
            throws MalformedException {
        this.loop = loop;
        this.disk = disk;
        this.cosigner = cosigner;
        this.registry = new Registry((Statement.Founding) founding.statement());
        this.noteKeyType = noteKeyType;
        this.verifiers = verifiers;
        this.statementVerifier = statementVerifier;
        this.lines = registry.lines();
        this.quorum = Quorum.of(registry, noteKeyType, verifiers);
        recall();
        var kept = disk.read(HEAD);
        if (kept.isPresent()) {
            Kept last = Reader.whole(kept.get(), Kept::read);
            if (!Checkpoint.parse(Note.parse(last.note()).text()).head().equals(last.head())) {
                throw new MalformedException("the head kept is not the one of its note");
            }
            this.head = last.head();
            this.note = last.note();
        }
    }

    /** What its status says of the machine it runs on. */
    void standsOn(Ground now) {
        ground = now;
    }

    public TreeHead head() {
        return head;
    }

    public long epoch() {
        return registry.epoch();
    }

    /** How often since the start the log signed what does not extend the tree signed here. */
    public long disagreements() {
        return disagreements;
    }

    /** Has somebody told what operators have to know, on the loop. */
    public void tell(Consumer<WitnessEvent> listener) {
        operators = listener;
    }

    public ChannelHandler accept() {
        return Calls.over(loop, this);
    }

    /** Parties and the console may speak to the witness. MAY be asked from any thread. */
    public boolean maySpeak(PeerId peer) {
        return lines.contains(peer.keyDigest());
    }

    /** Has the channels of a network follow the membership: those of a key that was replaced end. */
    public void over(Network own) {
        network = Optional.of(own);
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        try {
            Request request = RequestCodec.decode(payload);
            Outcome<Response> outcome = switch (request) {
                case Request.Hello hello ->
                    Outcome.done(new Response.Welcome(
                            Party.WITNESS, registry.epoch(), head.size(), 1, CellId.NONE, CellId.NONE));
                case Request.AddCheckpoint add -> add(add);
                case Request.ChangeEpoch change -> change(change.statement());
                // In their order, and so from the console alone: one that comes before its time keeps others from
                // counting.
                case Request.Announce announce
                when registry.isConsole(calls.peer().keyDigest()) -> officer(announce.statement());
                case Request.Highest highest -> Outcome.done(new Response.Note(note));
                case Request.Status status -> Outcome.done(report());
                default -> Outcome.refused(Code.NOT_SUPPORTED, "the witness cosigns checkpoints and does nothing else");
            };
            answer.give(outcome.map(ResponseCodec::encode));
        } catch (MalformedException malformed) {
            answer.refuse(Code.MALFORMED, "this request cannot be read: " + malformed.getMessage());
        }
    }

    private static String epochFile(long epoch) {
        return "epoch-" + epoch;
    }

    private static String officerFile(long number) {
        return "officer-" + number;
    }

    /**
     * What lies on disk, taken in as it came about: two lists, each in its order, of which the one about officers waits until the
     * other cannot go on. So each change of keys is judged by the officers of its day or by earlier ones, never by later.
     */
    private void recall() throws MalformedException {
        boolean moved = true;
        while (moved) {
            Optional<Bytes> change = disk.read(epochFile(registry.epoch() + 1));
            moved = change.isPresent() && adopt(change.get()).isDone();
            if (!moved) {
                long before = officerStatements;
                Optional<Bytes> officer = disk.read(officerFile(before + 1));
                // One that stands there twice is fine, and no news.
                moved = officer.isPresent() && officer(officer.get()).isDone() && officerStatements > before;
            }
        }
    }

    /** Somebody is made an officer or unmade, by two officers; on disk before it counts. One that is known is fine. */
    private Outcome<Response> officer(Bytes bytes) throws MalformedException {
        SignedStatement signed = SignedStatement.decode(bytes);
        if (registry.said(signed.id())) {
            return Outcome.done(new Response.Done());
        }
        Optional<Refusal> refusal = StatementJudgement.judgeOfficer(signed, registry, statementVerifier);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        disk.replace(officerFile(officerStatements + 1), bytes);
        officerStatements++;
        registry.apply(signed.statement(), new RecordTime(loop.wallTime().millis()));
        return Outcome.done(new Response.Done());
    }

    /** Takes a membership statement in: two officers signed it, and it follows the present epoch. */
    private Outcome<Response> change(Bytes bytes) throws MalformedException {
        return adopt(bytes).map(epoch -> new Response.Done());
    }

    /**
     * A statement of this epoch that is known already is fine; it is on disk before it counts.
     *
     * @throws MalformedException if the statement or a key in it cannot be read
     */
    public Outcome<Long> adopt(Bytes bytes) throws MalformedException {
        SignedStatement signed = SignedStatement.decode(bytes);
        if (!(signed.statement() instanceof Statement.EpochChange change)) {
            return Outcome.refused(Code.MALFORMED, "this is not a membership statement");
        }
        if (change.epoch() <= registry.epoch()) {
            return registry.party(change.replaced()).equals(change.keys())
                    ? Outcome.done(registry.epoch())
                    : Outcome.refused(Code.WRONG_ORIGIN, "this epoch is over, or was another");
        }
        var refusal = StatementJudgement.judgeEpoch(signed, change, registry, registry.epoch(), statementVerifier);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Quorum next = Quorum.of(
                registry.origin(),
                party -> party == change.replaced() ? change.keys() : registry.party(party),
                registry.formerLogs(),
                noteKeyType,
                verifiers);
        disk.replace(epochFile(change.epoch()), bytes);
        registry.apply(change, new RecordTime(loop.wallTime().millis()));
        quorum = next;
        lines = registry.lines();
        network.ifPresent(open -> loop.run(open::recheck));
        operators.accept(new WitnessEvent.EpochBegun(registry.epoch()));
        return Outcome.done(registry.epoch());
    }

    private Outcome<Response> add(Request.AddCheckpoint add) {
        try {
            Quorum.Standing standing = quorum.check(add.note());
            Set<Party> signers = standing.cosigners();
            if (signers.stream().filter(Party::isTier).count() < TIERS_BEFORE) {
                return Outcome.refused(Code.NOT_ALLOWED, "the witness signs last, over two tiers");
            }
            TreeHead next = standing.checkpoint().head();
            if (add.oldSize() > next.size()) {
                return Outcome.refused(Code.MALFORMED, "the old size is larger than the new one");
            }
            if (add.oldSize() != head.size()) {
                return Outcome.done(new Response.Behind(head.size()));
            }
            ConsistencyProof proof = new ConsistencyProof(head.size(), next.size(), add.proof());
            if (!Succession.of(head, next, proof).mayBeCosigned()) {
                disagreements++;
                operators.accept(new WitnessEvent.Equivocation(next.size()));
                return Outcome.refused(Code.EQUIVOCATION, "this tree does not extend the one the witness signed");
            }
            long seconds = Math.max(0, loop.wallTime().millis() / 1000);
            NoteSignature signature = cosigner.sign(standing.checkpoint(), seconds);
            Bytes signed = Note.parse(add.note()).with(signature).encode();
            if (!next.equals(head)) {
                disk.replace(HEAD, new Kept(next, signed).encode());
                if (head.equals(TreeHead.EMPTY)) {
                    disk.remove(FirstStart.MARK);
                }
                head = next;
            }
            note = signed;
            return Outcome.done(new Response.Cosigned(Bytes.ofText(signature.line() + "\n")));
        } catch (MalformedException | IllegalArgumentException malformed) {
            return Outcome.refused(Code.BAD_SIGNATURE, "this checkpoint does not stand: " + malformed.getMessage());
        }
    }

    private Response report() {
        List<Response.Counter> counters = new ArrayList<>(List.of(
                new Response.Counter("party", Party.WITNESS.ordinal()),
                new Response.Counter("epoch", registry.epoch()),
                new Response.Counter("checkpoint.size", head.size()),
                new Response.Counter("alarm.disagreement", disagreements)));
        counters.add(new Response.Counter("officers", registry.officers().size()));
        counters.addAll(ground.counters());
        return new Response.Report(loop.wallTime(), counters, List.of());
    }

    @Override
    public void opened(Calls calls) {
        // TLS proved who it is; it speaks first.
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        calls.close(CloseReason.MALFORMED);
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        // Nothing is kept for a channel.
    }
}
