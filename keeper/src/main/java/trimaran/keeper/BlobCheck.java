package trimaran.keeper;

import java.security.MessageDigest;
import java.util.function.Consumer;
import trimaran.kernel.Digest;

/** Rereads one blob piece by piece, over as many slices as it takes, and says what came of it. */
final class BlobCheck implements Checking {

    /** What lies under a digest. */
    enum Found {
        WHOLE,
        ALTERED,
        NOTHING
    }

    private final Blobs blobs;
    private final CheckSlice slice;
    private final Digest blob;
    private final Consumer<Found> then;
    private final MessageDigest hash = Digest.hash();
    private long number;
    private long total;
    private long read;

    BlobCheck(Blobs blobs, CheckSlice slice, Digest blob, Consumer<Found> then) {
        this.blobs = blobs;
        this.slice = slice;
        this.blob = blob;
        this.then = then;
    }

    @Override
    public boolean goOn() {
        if (!blobs.has(blob)) {
            // Erased, maybe while it was read.
            then.accept(Found.NOTHING);
            return true;
        }
        boolean[] more = {false};
        blobs.reread(blob, number, piece -> {
            more[0] = slice.isOver();
            if (!more[0]) {
                take(piece);
            }
            return !more[0];
        });
        if (more[0]) {
            return false;
        }
        boolean whole = read == total && Digest.of(hash.digest()).equals(blob);
        then.accept(whole ? Found.WHOLE : Found.ALTERED);
        return true;
    }

    private void take(Blobs.Piece piece) {
        slice.row(piece.content().size());
        if (number == 0) {
            total = piece.total();
        }
        hash.update(piece.content().unsafeArray());
        read += piece.content().size();
        number++;
    }
}
