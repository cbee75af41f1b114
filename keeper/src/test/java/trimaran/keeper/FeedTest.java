package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.PushCodec;

class FeedTest {

    @Test
    void aHeldSetLargerThanAMessageIsToldByItsNewest() throws MalformedException {
        List<Digest> held = new ArrayList<>();
        for (int i = 0; i <= MessageLimits.ENTRIES_MAX; i++) {
            held.add(Digest.sha256(Bytes.ofText("held " + i)));
        }
        assertThat(PushCodec.decode(PushCodec.encode(Feed.heldSet(held)))).isEqualTo(Feed.heldSet(held));
        assertThat(Feed.heldSet(held).entries()).isEqualTo(held.subList(1, held.size()));
        assertThat(Feed.heldSet(held.subList(0, 3)).entries()).hasSize(3);
    }
}
