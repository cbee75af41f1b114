package trimaran.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text forms of cells and resources: one spelling per value. */
class TextFormTest {

    private static final long LOCAL_MAX = (1L << 50) - 1;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0123456789abcdefL})
    void aCellIsReadBackFromItsHandle(long value) throws MalformedException {
        for (CellId cell : List.of(new CellId(value, 5), new CellId(5, value), new CellId(value, ~value))) {
            assertThat(cell.handle()).hasSize(CellId.HANDLE_LENGTH);
            assertThat(CellId.ofHandle(cell.handle())).isEqualTo(cell);
        }
    }

    @Test
    void handlesAreSpelledInCrockfordsBase32() {
        assertThat(CellId.NONE.handle()).isEqualTo("00000000000000000000000000");
        assertThat(new CellId(0, 31).handle()).isEqualTo("0000000000000000000000000z");
        assertThat(new CellId(-1, -1).handle()).isEqualTo("fzzzzzzzzzzzzfzzzzzzzzzzzz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000000000000000000000",
                "000000000000000000000000000",
                "g0000000000000000000000000",
                "0000000000000g000000000000",
                "z0000000000000000000000000",
                "0000000000000000000000000Z",
                "0000000000000000000000000i",
                "0000000000000000000000000l",
                "0000000000000000000000000o",
                "0000000000000000000000000u",
                "0000000000000000000000000-",
                " 000000000000000000000000 ",
                "000000000000000000000000é0",
                "0000000000000000000000000١"
            })
    void anySpellingButTheOneIsRefused(String handle) {
        assertThatThrownBy(() -> CellId.ofHandle(handle)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, LOCAL_MAX, 0x123456789abcL})
    void aResourceIsReadBackFromItsText(long local) throws MalformedException {
        ResourceId id = new ResourceId(new CellId(-5, 7), local);
        assertThat(id.toString()).hasSize(ResourceId.LENGTH);
        assertThat(ResourceId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000000000000000000000-000000000",
                "00000000000000000000000000-00000000000",
                "00000000000000000000000000_0000000000",
                "g0000000000000000000000000-0000000000",
                "00000000000000000000000000-000000000i",
                "00000000000000000000000000-000000000Z",
                "000000000000000000000000000-000000000"
            })
    void aResourceHasOneSpelling(String text) {
        assertThatThrownBy(() -> ResourceId.parse(text)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {LOCAL_MAX + 1, -1, Long.MIN_VALUE})
    void aLocalHalfHasFiftyBits(long local) {
        assertThatThrownBy(() -> new ResourceId(CellId.NONE, local)).isInstanceOf(IllegalArgumentException.class);
        Bytes encoded = new Writer().i64(0).i64(local).toBytes();
        assertThatThrownBy(() -> Reader.whole(encoded, ResourceId::read)).isInstanceOf(MalformedException.class);
        Bytes alone = new Writer().i64(local).toBytes();
        assertThatThrownBy(() -> Reader.whole(alone, ResourceId::readLocal)).isInstanceOf(MalformedException.class);
    }

    @Test
    void cellsAndResourcesAreOrderedAsTheirTexts() {
        CellId low = new CellId(0, 1);
        CellId high = new CellId(0, -1);
        assertThat(low).isLessThan(high);
        assertThat(low.handle()).isLessThan(high.handle());
        assertThat(new ResourceId(low, LOCAL_MAX)).isLessThan(new ResourceId(high, 0));
        assertThat(new ResourceId(low, 0)).isLessThan(new ResourceId(low, 1));
    }

    @Test
    void aRandomResourceStaysInItsCell() {
        Entropy ones = target -> java.util.Arrays.fill(target, (byte) 0xff);
        assertThat(ResourceId.random(new CellId(0, 9), ones)).isEqualTo(new ResourceId(new CellId(0, 9), LOCAL_MAX));
    }

    @Test
    void whatComesNextAndBeforeGoesOverFromHalfToHalf() {
        assertThat(new CellId(3, -1).next()).isEqualTo(new CellId(4, 0));
        assertThat(new CellId(4, 0).previous()).isEqualTo(new CellId(3, -1));
        assertThat(new CellId(3, 7).next()).isEqualTo(new CellId(3, 8));
        assertThat(new CellId(3, 8).previous()).isEqualTo(new CellId(3, 7));
        assertThat(new CellId(1, -1)).isLessThan(new CellId(2, 0));
    }
}
