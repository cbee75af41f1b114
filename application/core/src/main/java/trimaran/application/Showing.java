package trimaran.application;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.line.message.Draft;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/**
 * Author parts and drafts that do not fit a request for approval and come piece by piece. They lie in memory only, never on
 * disk, and only until the answer or for {@link OfficeLimits#SHOWN_MILLIS}: what application was shown must not wait there
 * for whoever takes it later. Lives on the office's loop.
 */
public final class Showing {

    /** Which station's, by the digest of its line's key, and of what. */
    private record Name(Digest from, Digest whole) {}

    /** Bytes arriving in order. */
    private static final class Arriving {
        final byte[] bytes;
        final long sinceNanos;
        int reached;

        Arriving(int total, long sinceNanos) {
            this.bytes = new byte[total];
            this.sinceNanos = sinceNanos;
        }
    }

    private final Loop loop;
    private final Map<Name, Arriving> arriving = new HashMap<>();
    private long takenBytes;

    public Showing(Loop loop) {
        this.loop = loop;
    }

    /** Takes one piece in. A first piece begins anew. */
    public Outcome<Response> take(Digest from, Request.Show show) {
        forgetOld();
        Name name = new Name(from, show.whole());
        if (show.total() < 1 || show.total() > MessageLimits.SHOWN_BYTES_MAX) {
            return Outcome.refused(
                    Code.TOO_LARGE,
                    "application looks at drafts of at most " + MessageLimits.SHOWN_BYTES_MAX + " bytes");
        }
        if (show.offset() == 0) {
            forget(name);
            if (takenBytes + show.total() > OfficeLimits.SHOWN_BYTES_MAX) {
                return Outcome.refused(Code.BUSY, "application is looking at other large drafts; ask again");
            }
            takenBytes += show.total();
            arriving.put(name, new Arriving((int) show.total(), loop.monotonicNanos()));
        }
        Arriving one = arriving.get(name);
        if (one == null || one.reached != show.offset() || one.bytes.length != show.total()) {
            return Outcome.refused(Code.STALE, "the pieces before this one are not here: begin with the first");
        }
        byte[] piece = show.piece().unsafeArray();
        boolean last = one.reached + piece.length == one.bytes.length;
        if (one.reached + piece.length > one.bytes.length || (!last && piece.length != RecordLimits.CHUNK_BYTES)) {
            return Outcome.refused(Code.MALFORMED, "a piece does not fit its whole");
        }
        System.arraycopy(piece, 0, one.bytes, one.reached, piece.length);
        one.reached += piece.length;
        return Outcome.done(new Response.Done());
    }

    /** The request that is meant; {@code STALE} if something of it is not here and has to be shown again. */
    public Outcome<Request.Approve> whole(Digest from, Request.ApproveShown request) {
        Optional<Bytes> author = whole(new Name(from, request.author()));
        Optional<Bytes> draft = whole(new Name(from, request.draft()));
        if (author.isEmpty() || draft.isEmpty()) {
            return Outcome.refused(Code.STALE, "what is to be approved is not all here: show it again");
        }
        try {
            return Outcome.done(new Request.Approve(
                    author.get(), request.signature(), Draft.decode(draft.get()), request.receipt()));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "the draft cannot be read");
        }
    }

    /** The request is answered for good. */
    public void answered(Digest from, Request.ApproveShown request) {
        forget(new Name(from, request.author()));
        forget(new Name(from, request.draft()));
    }

    private Optional<Bytes> whole(Name name) {
        Arriving one = arriving.get(name);
        return one != null
                        && one.reached == one.bytes.length
                        && Digest.sha256(one.bytes).equals(name.whole())
                ? Optional.of(Bytes.wrap(one.bytes))
                : Optional.empty();
    }

    private void forget(Name name) {
        Arriving one = arriving.remove(name);
        takenBytes -= one == null ? 0 : one.bytes.length;
    }

    private void forgetOld() {
        long now = loop.monotonicNanos();
        for (Iterator<Arriving> all = arriving.values().iterator(); all.hasNext(); ) {
            Arriving one = all.next();
            if (now - one.sinceNanos > OfficeLimits.SHOWN_MILLIS * 1_000_000) {
                takenBytes -= one.bytes.length;
                all.remove();
            }
        }
    }
}
