package trimaran.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.SealedEntry;
import trimaran.record.RecordLimits;

/** Another party as data sees it: says how far it is, cosigns whatever it is sent, or keeps silent. */
final class FakeParty implements CallHandler {

    final List<Request> asked = new ArrayList<>();
    /** By how much this party's clock is behind true time. */
    volatile long clockBehindMillis;

    long size = 1;
    boolean silent;

    /** What it says a quorum signed. */
    Bytes note = Bytes.EMPTY;

    /** What it hands out of its copy, from entry 1 on. */
    List<SealedEntry> copy = List.of();

    boolean signsFalsely;

    /** Why it does not hold what it is offered. */
    Code refusesToHold = Code.NOT_SUPPORTED;

    /** What it keeps by digest, to be fetched whole. */
    final Map<Digest, Bytes> blobs = new HashMap<>();

    /** Once this is set, it gives a piece of a blob that never ends, each time so long after it was asked. */
    OptionalLong dribblesMillis = OptionalLong.empty();

    private final Party party;
    private final Loop loop;
    private final NoteSigner cosigner;

    FakeParty(Party party, Loop loop, NoteSigner cosigner) {
        this.party = party;
        this.loop = loop;
        this.cosigner = cosigner;
    }

    <R extends Request> List<R> asked(Class<R> kind) {
        return asked.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        try {
            Request request = RequestCodec.decode(payload);
            asked.add(request);
            if (!silent && request instanceof Request.FetchBlob && dribblesMillis.isPresent()) {
                Bytes junk = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);
                Response piece = new Response.Piece(junk, RecordLimits.BLOB_BYTES_MAX);
                loop.after(dribblesMillis.getAsLong(), () -> answer.give(Outcome.done(ResponseCodec.encode(piece))));
            } else if (!silent) {
                answer.give(answer(request).map(ResponseCodec::encode));
            }
        } catch (MalformedException broken) {
            throw new AssertionError("data sends what cannot be read", broken);
        }
    }

    private Outcome<Response> answer(Request request) throws MalformedException {
        return switch (request) {
            case Request.Hello hello ->
                Outcome.done(new Response.Welcome(party, 1, size, Keeper.PROTOCOL, CellId.NONE, CellId.NONE));
            case Request.Replicate replicate
            when replicate.firstIndex() > size -> Outcome.done(new Response.Behind(size));
            case Request.Replicate replicate -> {
                size = Math.max(
                        size, replicate.firstIndex() + replicate.entries().size());
                yield cosign(replicate.note());
            }
            case Request.AddCheckpoint add -> cosign(add.note());
            case Request.Highest highest -> Outcome.done(new Response.Note(note));
            case Request.Status status ->
                Outcome.done(new Response.Report(
                        new WallTime(loop.wallTime().millis() - clockBehindMillis), List.of(), List.of()));
            case Request.FetchEntries fetch ->
                Outcome.done(new Response.Entries(
                        fetch.from(), copy.subList((int) Math.min(fetch.from() - 1, copy.size()), copy.size()), size));
            case Request.Publish publish -> Outcome.done(new Response.Done());
            case Request.HoldCopy copy -> Outcome.refused(refusesToHold, "this party is a fake");
            case Request.FetchBlob fetch
            when blobs.containsKey(fetch.digest()) -> {
                Bytes blob = blobs.get(fetch.digest());
                yield Outcome.done(new Response.Piece(blob, blob.size()));
            }
            default -> Outcome.refused(Code.NOT_SUPPORTED, "this party is a fake");
        };
    }

    private Outcome<Response> cosign(Bytes note) throws MalformedException {
        if (note.isEmpty()) {
            return Outcome.done(new Response.Done());
        }
        Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
        Checkpoint signed = signsFalsely ? new Checkpoint("another", checkpoint.head()) : checkpoint;
        return Outcome.done(new Response.Cosigned(
                Bytes.ofText(cosigner.sign(signed, 1_800_000_000).line() + "\n")));
    }

    @Override
    public void opened(Calls calls) {
        // Data speaks first.
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        throw new AssertionError("parties tell one another nothing unasked");
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        // Nothing is kept for a channel.
    }
}
