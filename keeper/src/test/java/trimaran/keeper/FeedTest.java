package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;

class FeedTest {

    @Test
    void aHeldSetLargerThanAMessageIsToldInSeveral() throws MalformedException {
        List<Digest> held = digests("held", MessageLimits.ENTRIES_MAX + 1);
        List<Digest> gone = digests("gone", 2 * MessageLimits.ENTRIES_MAX + 1);
        List<Push.HeldSet> pages = Feed.pages(true, held, gone);

        for (Push.HeldSet page : pages) {
            assertThat(PushCodec.decode(PushCodec.encode(page))).isEqualTo(page);
        }
        assertThat(pages).extracting(Push.HeldSet::afresh).containsExactly(true, false, false);
        assertThat(pages.stream().flatMap(page -> page.more().stream())).containsExactlyElementsOf(held);
        assertThat(pages.stream().flatMap(page -> page.gone().stream())).containsExactlyElementsOf(gone);
        assertThat(Feed.pages(false, List.of(), List.of())).isEmpty();
        assertThat(Feed.pages(true, List.of(), List.of())).hasSize(1);
    }

    private static List<Digest> digests(String name, int count) {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            digests.add(Digest.sha256(Bytes.ofText(name + " " + i)));
        }
        return digests;
    }
}
