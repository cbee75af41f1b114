package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.SealedEntry;
import trimaran.record.RecordLimits;

/** What an author says of the sealed bytes an entry brings is held against the bytes. */
class BroughtTest {

    private static final Bytes LARGE = Bytes.wrap(new byte[RecordLimits.INLINE_MAX + 1]);

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void write() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
    }

    @Test
    void aBlobThatIsKeptAlreadyIsNotTakenForASmallOne() {
        stage(LARGE);
        assertThat(data.append(staged(writing.bringing(5, LARGE, LARGE.size())))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(data.append(staged(writing.bringing(6, LARGE, 100))).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void aBlobThatIsStagedIsNotTakenForASmallOne() {
        stage(LARGE);
        assertThat(data.append(staged(writing.bringing(6, LARGE, 100))).code()).isEqualTo(Code.MALFORMED);
    }

    private void stage(Bytes content) {
        Request stage = new Request.Stage(trimaran.kernel.Digest.sha256(content), content.size(), 0, content);
        assertThat(data.line(Writing.STATION).ask(stage).only().isDone()).isTrue();
    }

    private static SealedEntry staged(SealedEntry entry) {
        List<SealedEntry.Item> items = entry.blobs().stream()
                .map(item -> SealedEntry.Item.staged(item.digest()))
                .toList();
        return new SealedEntry(entry.header(), entry.annex(), entry.escrow(), items, entry.place());
    }
}
