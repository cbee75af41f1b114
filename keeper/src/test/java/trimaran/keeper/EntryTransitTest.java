package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.PlacedPart;
import trimaran.record.RecordLimits;

/** What is large goes by its digest, whatever its author said of it. */
class EntryTransitTest {

    private final KeptTier tier = new KeptTier();
    private final EntryTransit transit = new EntryTransit(tier.store, tier.copy.blobs(), tier.copy.registry());

    @Test
    void aLargeBlobIsNotReadForThatItsAuthorCalledItSmall() {
        assertThat(blob(RecordLimits.INLINE_MAX + 1, 100).inline()).isEmpty();
        assertThat(blob(RecordLimits.INLINE_MAX, 100).inline()).isPresent();
    }

    private SealedEntry.Item blob(int size, int said) {
        Bytes blob = Bytes.wrap(new byte[size]);
        Digest digest = Digest.sha256(blob);
        tier.store.write(tier.copy.blobs().kept(digest, blob));
        CellPart part = new CellPart(new CellId(0, 1), digest, said, List.of(new Change(1, 0, false)));
        return transit.blob(part, new PlacedPart(0, Digest.ZERO, List.of(1L)));
    }
}
