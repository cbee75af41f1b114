package trimaran.station;

import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.RecordLimits;

/** Fetches a byte string by digest, piece by piece, and checks it. */
final class BlobFetch {

    private final TierLine line;

    BlobFetch(TierLine line) {
        this.line = line;
    }

    void item(SealedEntry.Item item, Consumer<Outcome<Bytes>> then) {
        if (item.isNothing()) {
            then.accept(Outcome.done(Bytes.EMPTY));
        } else if (item.inline().isPresent()) {
            then.accept(Outcome.done(item.inline().get()));
        } else {
            next(item.digest(), new Writer(RecordLimits.CHUNK_BYTES), then);
        }
    }

    private void next(Digest digest, Writer got, Consumer<Outcome<Bytes>> then) {
        line.ask(new Request.FetchBlob(digest, got.size()), Response.Piece.class, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response.Piece>(var refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Response.Piece>(Response.Piece piece) -> {
                    boolean sane = piece.total() <= RecordLimits.BLOB_BYTES_MAX
                            && got.size() + piece.piece().size() <= piece.total()
                            && !piece.piece().isEmpty();
                    if (!sane) {
                        then.accept(Outcome.refused(Code.BAD_PROOF, "a blob of another length"));
                        return;
                    }
                    got.raw(piece.piece().unsafeArray());
                    if (got.size() < piece.total()) {
                        next(digest, got, then);
                    } else {
                        then.accept(checked(digest, got.toBytes()));
                    }
                }
            }
        });
    }

    private static Outcome<Bytes> checked(Digest digest, Bytes content) {
        return Digest.sha256(content).equals(digest)
                ? Outcome.done(content)
                : Outcome.refused(Code.BAD_PROOF, "a blob of another digest");
    }
}
