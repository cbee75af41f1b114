package trimaran.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one codec: what is written is read, and whatever is not exactly that is refused. */
class CodecTest {

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedException {
        Digest digest = Digest.sha256(Bytes.ofText("x"));
        Bytes written = new Writer(0)
                .u8(0xff)
                .u16(0xfffe)
                .u32(0xffff_fffdL)
                .i64(-2)
                .flag(true)
                .digest(digest)
                .bytes(Bytes.ofHex("0102"))
                .text("é€😀")
                .list(List.of(3L, 4L), Writer::i64)
                .raw(new byte[] {9})
                .toBytes();
        Reader reader = new Reader(written);
        assertThat(reader.u8()).isEqualTo(0xff);
        assertThat(reader.u16()).isEqualTo(0xfffe);
        assertThat(reader.u32()).isEqualTo(0xffff_fffdL);
        assertThat(reader.i64()).isEqualTo(-2);
        assertThat(reader.flag()).isTrue();
        assertThat(reader.digest()).isEqualTo(digest);
        assertThat(reader.bytes(2)).isEqualTo(Bytes.ofHex("0102"));
        assertThat(reader.text(9)).isEqualTo("é€😀");
        assertThat(reader.list(2, Reader::count)).containsExactly(3L, 4L);
        assertThat(reader.remaining()).isEqualTo(1);
        assertThat(reader.raw(1)).containsExactly(9);
        reader.end();
    }

    @Test
    void numbersAreBigEndian() {
        assertThat(new Writer().u16(0x0102).u32(0x03040506).i64(7).toBytes())
                .isEqualTo(Bytes.ofHex("0102030405060000000000000007"));
    }

    @Test
    void aNumberThatDoesNotFitIsNeverWritten() {
        for (long value : new long[] {-1, 0x1_0000_0000L}) {
            assertThatThrownBy(() -> new Writer().u32(value)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int value : new int[] {-1, 0x100}) {
            assertThatThrownBy(() -> new Writer().u8(value)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int value : new int[] {-1, 0x1_0000}) {
            assertThatThrownBy(() -> new Writer().u16(value)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatEndTooSoonAreRefused() {
        Bytes seven = Bytes.ofHex("00000000000000");
        refuses(seven, Reader::i64);
        refuses(seven, Reader::count);
        refuses(seven, Reader::digest);
        refuses(seven, reader -> reader.raw(8));
        refuses(Bytes.ofHex("000000"), Reader::u32);
        refuses(Bytes.ofHex("00"), Reader::u16);
        refuses(Bytes.EMPTY, Reader::u8);
        refuses(Bytes.EMPTY, Reader::flag);
    }

    @Test
    void bytesTooManyAreRefused() {
        refuses(Bytes.ofHex("0102"), Reader::u8);
    }

    @Test
    void aReaderOfARangeSeesNothingBeyondIt() throws MalformedException {
        Reader reader = new Reader(new byte[] {1, 2, 3, 4}, 1, 3);
        assertThat(reader.u16()).isEqualTo(0x0203);
        assertThatThrownBy(reader::u8).isInstanceOf(MalformedException.class);
        reader.end();
    }

    @Test
    void aNegativeCountIsRefused() {
        refuses(new Writer().i64(-1).toBytes(), Reader::count);
        refuses(new Writer().i64(Long.MIN_VALUE).toBytes(), Reader::count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "ff", "80"})
    void aFlagIsZeroOrOne(String hex) {
        refuses(Bytes.ofHex(hex), Reader::flag);
    }

    @Test
    void aChoiceNobodyKnowsIsRefused() throws MalformedException {
        assertThat(Reader.<Colour>whole(Bytes.ofHex("01"), reader -> reader.choice(Colour.values())))
                .isEqualTo(Colour.GREEN);
        refuses(Bytes.ofHex("02"), reader -> reader.choice(Colour.values()));
        refuses(Bytes.ofHex("ff"), reader -> reader.choice(Colour.values()));
    }

    @Test
    void aLengthOverItsLimitIsRefusedEvenIfTheBytesAreThere() throws MalformedException {
        Bytes three = new Writer().bytes(new byte[3]).toBytes();
        assertThat(Reader.<Bytes>whole(three, reader -> reader.bytes(3)).size()).isEqualTo(3);
        refuses(three, reader -> reader.bytes(2));
        Bytes text = new Writer().text("abc").toBytes();
        refuses(text, reader -> reader.text(2));
        Bytes list = new Writer().list(List.of(1, 2, 3), Writer::u8).toBytes();
        refuses(list, reader -> reader.list(2, Reader::u8));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 1 << 30, 5})
    void aLengthBeyondTheEndIsRefusedBeforeAnythingIsAllocated(long length) {
        // Two gigabytes are more than the whole heap of a test: an allocation would end it.
        Bytes huge = new Writer().u32(length).raw(new byte[4]).toBytes();
        refuses(huge, reader -> reader.bytes(Integer.MAX_VALUE));
        refuses(huge, reader -> reader.text(Integer.MAX_VALUE));
        refuses(huge, reader -> reader.list(Integer.MAX_VALUE, Reader::u8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c080",
                "c3",
                "c328",
                "e28228",
                "eda080",
                "edb080",
                "f4908080",
                "f8888080",
                "fe",
                "ff",
                "f0808080",
                "61c3"
            })
    void textThatIsNotUtf8IsRefused(String hex) {
        refuses(new Writer().bytes(Bytes.ofHex(hex)).toBytes(), reader -> reader.text(100));
    }

    @Test
    void textMayHoldAnyCharacterThatUtf8Has() throws MalformedException {
        for (String text : List.of("", "\u0000", "\ufeff", "\uffff", "😀", "\r\n")) {
            Bytes written = new Writer().text(text).toBytes();
            assertThat(Reader.<String>whole(written, reader -> reader.text(100)))
                    .isEqualTo(text);
        }
    }

    @Test
    void aRefusalNamesThePlaceAndNotTheContent() {
        Bytes secret = new Writer().bytes(Bytes.ofHex("ff736563726574")).toBytes();
        assertThatThrownBy(() -> Reader.<String>whole(secret, reader -> reader.text(100)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at byte 0")
                .hasMessageNotContaining("secret");
    }

    private static <T> void refuses(Bytes bytes, Reader.Item<T> item) {
        assertThatThrownBy(() -> Reader.whole(bytes, item)).isInstanceOf(MalformedException.class);
    }
}
