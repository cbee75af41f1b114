package trimaran.shares;

import java.util.Arrays;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * Bytes sealed to one keeper's key of one generation, in practice a {@link SharePackage} inside the entry that opens its
 * cells (DESIGN §6). Layout:
 *
 * <pre>
 * version 1 (u8) ‖ suite 1 (u8) ‖ ML-KEM-768 encapsulation (1088) ‖ ciphertext ‖ tag (16)
 * key = HKDF-SHA256(shared secret, no salt, tag ‖ recipient (u8) ‖ generation (i64) ‖ associated data (u32 length, bytes))
 * AES-256-GCM, zero nonce, associated data = version ‖ suite ‖ encapsulation
 * </pre>
 *
 * Each encapsulation gives a fresh secret, so each key seals once. The length shows how many cells an entry opens; the
 * entry's header says so anyway.
 */
public final class ShareEnvelope {

    /** Well above a full {@link SharePackage} (144 KiB), and half of what the record takes as an envelope. */
    public static final int CONTENT_BYTES_MAX = 256 * 1024;

    public static final int ENCAPSULATION_BYTES = 1088;
    private static final int VERSION = 1;
    private static final int SUITE_MLKEM768_AES256GCM = 1;
    private static final int CONTENT_AT = 2 + ENCAPSULATION_BYTES;
    public static final int OVERHEAD_BYTES = CONTENT_AT + AuthenticatedEncryption.TAG_BYTES;

    private ShareEnvelope() {}

    /**
     * To whom and for what an envelope is sealed: all of it must be the same when opened.
     *
     * @param generation the recipient's key generation, 0 and up
     * @param associatedData for an entry's package: what binds it to the entry, such as origin and entry nonce
     */
    public record Address(Party recipient, long generation, Bytes associatedData) {
        public Address {
            if (!recipient.isTier() || generation < 0) {
                throw new IllegalArgumentException("an envelope goes to a tier's key of generation 0 or later");
            }
        }

        private byte[] info() {
            return Domain.ENVELOPE_KEY
                    .begin()
                    .u8(recipient.ordinal())
                    .i64(generation)
                    .bytes(associatedData)
                    .toArray();
        }
    }

    public static Bytes seal(SealingPublicKey key, Address address, Bytes content, Entropy entropy) {
        if (content.size() > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("an envelope holds at most 256 KiB");
        }
        SealingPublicKey.Encapsulated fresh = key.encapsulate(entropy);
        byte[] encapsulation = fresh.encapsulation().unsafeArray();
        SecretBytes onceKey = key(fresh.secret(), address);
        byte[] sealed = Arrays.copyOf(header(encapsulation), content.size() + OVERHEAD_BYTES);
        AuthenticatedEncryption.seal(
                onceKey, header(encapsulation), content.unsafeArray(), content.size(), sealed, CONTENT_AT);
        onceKey.wipe();
        return Bytes.wrap(sealed);
    }

    /**
     * The content; {@link Code#BAD_SHARE} if it was sealed to another key or address, or altered.
     *
     * @throws MalformedException if it is no envelope of a known version and suite
     */
    public static Outcome<Bytes> open(SealingKeyPair keys, Address address, Bytes envelope) throws MalformedException {
        if (envelope.size() < OVERHEAD_BYTES || envelope.size() > OVERHEAD_BYTES + CONTENT_BYTES_MAX) {
            throw new MalformedException("not an envelope's length");
        }
        if (envelope.at(0) != VERSION || envelope.at(1) != SUITE_MLKEM768_AES256GCM) {
            throw new MalformedException("unknown version or suite of an envelope");
        }
        byte[] sealed = envelope.unsafeArray();
        byte[] encapsulation = Arrays.copyOfRange(sealed, 2, CONTENT_AT);
        Optional<byte[]> content = keys.decapsulate(encapsulation).flatMap(secret -> {
            SecretBytes onceKey = key(secret, address);
            var opened =
                    AuthenticatedEncryption.open(onceKey, header(encapsulation), sealed, CONTENT_AT, sealed.length);
            onceKey.wipe();
            return opened;
        });
        return content.isPresent()
                ? Outcome.done(Bytes.wrap(content.get()))
                : Outcome.refused(Code.BAD_SHARE, "The envelope was sealed to another key or address, or altered.");
    }

    private static SecretBytes key(SecretBytes secret, Address address) {
        SecretBytes key = KeyDerivation.derive(secret, new byte[0], address.info(), AuthenticatedEncryption.KEY_BYTES);
        secret.wipe();
        return key;
    }

    private static byte[] header(byte[] encapsulation) {
        return new Writer(CONTENT_AT)
                .u8(VERSION)
                .u8(SUITE_MLKEM768_AES256GCM)
                .raw(encapsulation)
                .toArray();
    }
}
