package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

final class KeyTest {

    @Test
    void theEndOfASpaceComesAfterAKeyThatBeginsWithTheLargestByte() {
        Bytes key = Key.digest(Digest.ofHex("ff".repeat(Digest.SIZE)));
        assertThat(Key.after(Bytes.of((byte) 0xff))).isGreaterThan(key);
    }

    @Test
    void theEndOfAPrefixComesAfterItsKeysAndBeforeTheNextPrefix() {
        Bytes prefix = Bytes.of((byte) 1, (byte) 0xff);
        assertThat(Key.after(prefix)).isGreaterThan(Bytes.of((byte) 1, (byte) 0xff, (byte) 0xff));
        assertThat(Key.after(prefix)).isLessThanOrEqualTo(Bytes.of((byte) 2));
    }
}
