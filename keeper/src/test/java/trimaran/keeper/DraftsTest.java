package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

class DraftsTest {

    private static final RecordTime NOW = new RecordTime(1_800_000_000_000L);
    private static final List<CellId> CELLS = List.of(new CellId(0, 1), new CellId(0, 2));

    private final Drafts drafts = new Drafts();

    private static Digest entry(int number) {
        return Digest.sha256(Bytes.ofText("entry " + number));
    }

    @Test
    void onlyTheCellsOfAFiledDraftAreCovered() {
        drafts.filed(entry(1), CELLS, NOW);
        assertThat(drafts.covers(entry(1), CELLS.subList(0, 1), NOW)).isTrue();
        assertThat(drafts.covers(entry(1), List.of(new CellId(0, 3)), NOW)).isFalse();
        assertThat(drafts.covers(entry(2), CELLS, NOW)).isFalse();
    }

    @Test
    void aDraftCoversNothingAfterItsLifeThoughNoOtherWasFiledSince() {
        drafts.filed(entry(1), CELLS, NOW);
        assertThat(drafts.covers(entry(1), CELLS, NOW.plusMillis(Drafts.LIFE_MILLIS)))
                .isTrue();
        assertThat(drafts.covers(entry(1), CELLS, NOW.plusMillis(Drafts.LIFE_MILLIS + 1)))
                .isFalse();
    }

    @Test
    void oneDraftMoreThanAreRememberedForgetsTheEldest() {
        for (int i = 0; i < Drafts.FILED_MAX; i++) {
            drafts.filed(entry(i), CELLS, NOW);
        }
        assertThat(drafts.covers(entry(0), CELLS, NOW)).isTrue();
        drafts.filed(entry(Drafts.FILED_MAX), CELLS, NOW);
        assertThat(drafts.covers(entry(0), CELLS, NOW)).isFalse();
        assertThat(drafts.covers(entry(1), CELLS, NOW)).isTrue();
    }
}
