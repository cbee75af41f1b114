package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.line.message.SealedEntry;

/** Rows a start reads: what cannot be read there is damage, and said to be damage, not a fault of the program. */
class UnreadableRowsTest {

    private static final Bytes RUBBISH = Bytes.ofText("rubbish");

    private final KeptTier tier = new KeptTier();

    @Test
    void theAnnexOfAHeldEntry() {
        SealedEntry brought = new SealedEntry(
                SealedEntry.Item.NOTHING,
                new SealedEntry.Item(tier.grant().header().digest(), Optional.of(RUBBISH)),
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY);
        tier.store.write(List.of(HeldEntry.of(tier.grant(), brought, List.of()).put()));
        assertThatThrownBy(() -> new HeldSet(tier.setting, tier.copy, tier.cosigner))
                .isInstanceOf(UnreadableCopyException.class)
                .hasMessage("the annex of a held entry cannot be read");
    }
}
