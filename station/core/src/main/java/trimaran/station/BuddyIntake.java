package trimaran.station;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Writer;

/** Puts together what another station brings in pieces, one thing at a time: what is begun anew forgets what was begun before. */
final class BuddyIntake {

    private final long bytesMax;
    private @Nullable Digest whole;
    private Writer got = new Writer(0);

    BuddyIntake(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Empty while more is to come. */
    Outcome<Optional<Bytes>> take(Digest of, long total, long offset, Bytes piece) {
        if (total > bytesMax) {
            forget();
            return Outcome.refused(Code.TOO_LARGE, "the buddy keeps nothing of this size");
        }
        if (offset == 0) {
            whole = of;
            got = new Writer((int) Math.min(total, 1 << 20));
        }
        if (!of.equals(whole) || offset != got.size() || piece.isEmpty() || offset + piece.size() > total) {
            forget();
            return Outcome.refused(Code.BAD_VALUE, "a piece that does not follow the one before");
        }
        got.raw(piece.unsafeArray());
        if (got.size() < total) {
            return Outcome.done(Optional.empty());
        }
        Bytes all = got.toBytes();
        forget();
        return Digest.sha256(all).equals(of)
                ? Outcome.done(Optional.of(all))
                : Outcome.refused(Code.BAD_VALUE, "the pieces make something else than was said");
    }

    private void forget() {
        whole = null;
        got = new Writer(0);
    }
}
