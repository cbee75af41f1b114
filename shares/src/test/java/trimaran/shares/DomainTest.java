package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import trimaran.kernel.SecretBytes;

class DomainTest {

    @Test
    void noTwoPurposesShareATag() {
        assertThat(Arrays.stream(Domain.values()).map(Domain::tag)).doesNotHaveDuplicates();
    }

    /** RFC 5869, appendix A.1. */
    @Test
    void keyDerivationIsHkdfOfItsStandard() {
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c");
        byte[] info = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9");
        SecretBytes secret = SecretBytes.taking(HexFormat.of().parseHex("0b".repeat(22)));
        assertThat(HexFormat.of()
                        .formatHex(KeyDerivation.derive(secret, salt, info, 42).expose()))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** RFC 4231, test case 2. */
    @Test
    void authenticationIsHmacOfItsStandard() {
        SecretBytes key = SecretBytes.taking("Jefe".getBytes(StandardCharsets.US_ASCII));
        assertThat(KeyDerivation.authenticate(
                                key,
                                "what do ya want ".getBytes(StandardCharsets.US_ASCII),
                                "for nothing?".getBytes(StandardCharsets.US_ASCII))
                        .hex())
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
