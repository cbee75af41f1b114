package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.Annex;
import trimaran.record.Escrow;
import trimaran.record.Header;

/**
 * An entry with all that belongs to it, complete and checked against the digests its author signed.
 *
 * @param blobs one per cell part; empty where the blob is staged here under the part's digest, or erased
 * @param erased what this entry comes without because, its sender says, it is erased
 */
public record EntryContent(
        Header header,
        Bytes headerBytes,
        Bytes annexBytes,
        Annex annex,
        Bytes escrowBytes,
        Escrow escrow,
        List<Optional<Bytes>> blobs,
        Set<Digest> erased) {

    public EntryContent {
        blobs = List.copyOf(blobs);
        erased = Set.copyOf(erased);
    }

    /** The same entry under another header: what its author signed is one, and what it stands on is asked for anew. */
    EntryContent under(Bytes another) {
        return new EntryContent(
                Copy.own(another, Header::read), another, annexBytes, annex, escrowBytes, escrow, blobs, erased);
    }
}
