package trimaran.station;

import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Draft;
import trimaran.line.message.MessageLimits;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;

/**
 * Keeps drafts beside their entries in the outbox, sealed under a key of this machine: after a restart the approval can
 * be asked for again, and the disk alone says nothing.
 */
final class DraftBox {

    /** No cell has this name: drafts are sealed as if they lay in one of this machine's own. */
    private static final CellId OUTBOX = new CellId(0);

    private final Digest origin;
    private final SecretBytes key;
    private final Entropy entropy;

    DraftBox(Digest origin, SecretBytes key, Entropy entropy) {
        this.origin = origin;
        this.key = key;
        this.entropy = entropy;
    }

    Bytes seal(Digest entry, Draft draft) {
        return PartSeal.seal(new CellKey(OUTBOX, key), new PartPlace(origin, entry, 0), draft.encode(), entropy);
    }

    /** Empty for a registry entry, which needs no approval, and for what another machine's key sealed. */
    Optional<Draft> open(StoredEntry entry) {
        if (entry.draft().isEmpty()) {
            return Optional.empty();
        }
        try {
            PartPlace place = new PartPlace(origin, entry.digest(), 0);
            Outcome<Bytes> plain =
                    PartSeal.open(new CellKey(OUTBOX, key), place, entry.draft(), 2 * MessageLimits.DRAFT_BYTES_MAX);
            return plain instanceof Outcome.Done<Bytes>(Bytes bytes)
                    ? Optional.of(Draft.decode(bytes))
                    : Optional.empty();
        } catch (MalformedException other) {
            return Optional.empty();
        }
    }
}
