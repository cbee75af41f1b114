package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Fetches pieces of entries that were too large to come inline from another tier, into this tier's staging. */
final class Fetcher {

    /** Items fetched at a time, each piece by piece, so that they share syncs and answers do not fill the line. */
    static final int FETCHED_AT_ONCE = 4;

    /**
     * Longest one fetch takes, of however many pieces, as long as data waits for an answer to what it sends: whoever gives a piece
     * every few seconds would else keep this tier waiting for ever. What came whole stays, and the next fetch goes on from there.
     */
    static final long FETCH_MILLIS = 60_000;

    private final Peers peers;
    private final Staging staging;
    private final Loop loop;

    Fetcher(Peers peers, Staging staging, Loop loop) {
        this.peers = peers;
        this.staging = staging;
        this.loop = loop;
    }

    Restoring restoring() {
        return peers.restoring();
    }

    /** Fetches all of these; tells done, or the first refusal. */
    void fetch(Party from, List<Digest> wanted, Consumer<Outcome<Response>> done) {
        Fetch fetch = new Fetch(from, new ArrayDeque<>(wanted), done);
        if (!wanted.isEmpty()) {
            fetch.limit = Optional.of(loop.after(
                    FETCH_MILLIS,
                    () -> fetch.end(Outcome.refused(Code.UNAVAILABLE, "the pieces of this came too slowly"))));
        }
        fetch.next();
    }

    private final class Fetch {
        private final Party from;
        private final Deque<Digest> left;
        private final Consumer<Outcome<Response>> done;
        private Optional<Loop.Timer> limit = Optional.empty();
        private int asked;
        private boolean over;
        private boolean going;

        Fetch(Party from, Deque<Digest> left, Consumer<Outcome<Response>> done) {
            this.from = from;
            this.left = left;
            this.done = done;
        }

        void next() {
            if (going || over) {
                return;
            }
            going = true;
            while (asked < FETCHED_AT_ONCE && !left.isEmpty() && !over) {
                asked++;
                piece(left.removeFirst(), 0);
            }
            going = false;
            if (asked == 0 && !over) {
                end(Outcome.done(new Response.Done()));
            }
        }

        private void end(Outcome<Response> outcome) {
            if (!over) {
                over = true;
                limit.ifPresent(Loop.Timer::cancel);
                done.accept(outcome);
            }
        }

        private void piece(Digest digest, long offset) {
            Optional<Response.Piece> backed = restoring().piece(digest, offset);
            if (backed.isPresent()) {
                took(digest, offset, backed.get());
                return;
            }
            peers.ask(from, new Request.FetchBlob(digest, offset), outcome -> {
                if (over) {
                    return;
                }
                switch (outcome) {
                    case Outcome.Refused<Response>(Refusal refusal) -> end(Outcome.refused(refusal));
                    case Outcome.Done<Response>(Response.Piece piece)
                    when !piece.piece().isEmpty() -> took(digest, offset, piece);
                    case Outcome.Done<Response> other -> end(Outcome.refused(Code.MALFORMED, "not a piece of a blob"));
                }
            });
        }

        private void took(Digest digest, long offset, Response.Piece piece) {
            long reached = offset + piece.piece().size();
            restoring().fetched(piece.piece().size());
            Request.Stage own = new Request.Stage(digest, piece.total(), offset, piece.piece());
            staging.stage(own, new StagedBy.Fetch(from), staged -> {
                if (staged instanceof Outcome.Refused<Response>) {
                    end(staged);
                } else if (over) {
                    return;
                } else if (reached < piece.total()) {
                    piece(digest, reached);
                } else {
                    asked--;
                    next();
                }
            });
        }
    }
}
