package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.record.Annex;
import trimaran.record.Escrow;
import trimaran.record.Header;

/**
 * An entry with all that belongs to it, complete and checked against the digests its author signed.
 *
 * @param blobs one per cell part; empty where the blob is staged here under the part's digest
 */
public record EntryContent(
        Header header,
        Bytes headerBytes,
        Bytes annexBytes,
        Annex annex,
        Bytes escrowBytes,
        Escrow escrow,
        List<Optional<Bytes>> blobs) {

    public EntryContent {
        blobs = List.copyOf(blobs);
    }
}
