package trimaran.keeper;

import java.util.List;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Fetches pieces of entries that were too large to come inline from another tier, into this tier's staging. */
final class Fetcher {

    private final Peers peers;
    private final Blobs blobs;

    Fetcher(Peers peers, Blobs blobs) {
        this.peers = peers;
        this.blobs = blobs;
    }

    /** Fetches all of these, one after the other; tells done, or the first refusal. */
    void fetch(Party from, List<Digest> wanted, Consumer<Outcome<Response>> done) {
        fetch(from, wanted, 0, done);
    }

    private void fetch(Party from, List<Digest> wanted, int next, Consumer<Outcome<Response>> done) {
        if (next == wanted.size()) {
            done.accept(Outcome.done(new Response.Done()));
            return;
        }
        piece(from, wanted.get(next), 0, outcome -> {
            if (outcome instanceof Outcome.Refused<Response>) {
                done.accept(outcome);
            } else {
                fetch(from, wanted, next + 1, done);
            }
        });
    }

    private void piece(Party from, Digest digest, long offset, Consumer<Outcome<Response>> done) {
        peers.ask(from, new Request.FetchBlob(digest, offset), outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response>(Refusal refusal) -> done.accept(Outcome.refused(refusal));
                case Outcome.Done<Response>(Response response) -> {
                    if (!(response instanceof Response.Piece piece)
                            || piece.piece().isEmpty()) {
                        done.accept(Outcome.refused(Code.MALFORMED, "not a piece of a blob"));
                        return;
                    }
                    Outcome<Response> staged =
                            blobs.stage(new Request.Stage(digest, piece.total(), offset, piece.piece()));
                    long reached = offset + piece.piece().size();
                    if (staged instanceof Outcome.Refused<Response> || reached >= piece.total()) {
                        done.accept(staged);
                    } else {
                        piece(from, digest, reached, done);
                    }
                }
            }
        });
    }
}
