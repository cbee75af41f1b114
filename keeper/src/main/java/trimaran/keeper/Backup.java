package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.shares.SharePair;

/**
 * A backup of this tier, beside the other tiers as somewhere its record comes back from. Nobody need believe it: entries are taken only
 * with a proof that the tree a quorum signed begins with them, blobs and annexes by what their authors signed, pairs of shares by the
 * commitments of the entry that opened their cell. Used on the keeper's loop.
 */
public interface Backup {

    /** How many entries it tells of; beyond, the others are asked. */
    long size();

    /**
     * Entries from a position on, as many as fit. None where the others have to be asked: it has none there, or not all of it. What is
     * too large for a frame, or not what its author signed, is named by digest, to be fetched.
     */
    List<SealedEntry> entries(long from, int bytesMax);

    /** A piece of a blob of the entries read last; empty if it does not have this blob. */
    Optional<Response.Piece> piece(Digest blob, long offset);

    /** This tier's pair of a cell, by its own word; refused if it does not open, empty if there is none. */
    Optional<Outcome<SharePair>> pair(CellId cell);
}
