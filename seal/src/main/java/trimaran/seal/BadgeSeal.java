package trimaran.seal;

import java.util.Arrays;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.Domain;
import trimaran.shares.KeyDerivation;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.SealingPublicKey;

/**
 * Seals content to a ward badge (DESIGN §11), so that whoever sealed it cannot open it again. Deflated, padded, encrypted under a
 * key of its own. Layout:
 *
 * <pre>
 * version 1 (u8) ‖ suite 1 (u8) ‖ ML-KEM-768 encapsulation (1088) ‖ ciphertext ‖ tag (16)
 * key = HKDF-SHA256(shared secret, no salt, tag)
 * AES-256-GCM, zero nonce, associated data = version ‖ suite ‖ encapsulation ‖ what the caller binds it to
 * plaintext = raw DEFLATE stream ‖ zeros, at least one, up to the Padmé length
 * </pre>
 *
 * Each encapsulation gives a fresh secret, so each key seals once. Says nothing of who sealed it: the badge's key is public.
 */
public final class BadgeSeal {

    /** A ward of two hundred with long records; sealing it takes some times as much of a station's memory for a moment. */
    public static final int CONTENT_BYTES_MAX = 24 << 20;

    private static final int VERSION = 1;
    private static final int SUITE_MLKEM768_AES256GCM = 1;
    private static final int ENCAPSULATION_BYTES = 1088;
    private static final int CONTENT_AT = 2 + ENCAPSULATION_BYTES;
    private static final byte[] KEY_INFO = Domain.BADGE_SEAL_KEY.begin().toArray();

    private BadgeSeal() {}

    /** {@code TOO_LARGE} over {@link #CONTENT_BYTES_MAX}. */
    public static Outcome<Bytes> seal(SealingPublicKey badge, Bytes boundTo, Bytes content, Entropy entropy) {
        if (content.size() > CONTENT_BYTES_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "more than a badge's seal takes in");
        }
        byte[] padded = Deflation.deflateAndPad(content.unsafeArray());
        SealingPublicKey.Encapsulated fresh = badge.encapsulate(entropy);
        byte[] head = head(fresh.encapsulation().unsafeArray());
        SecretBytes onceKey = key(fresh.secret());
        byte[] sealed = Arrays.copyOf(head, CONTENT_AT + padded.length + AuthenticatedEncryption.TAG_BYTES);
        AuthenticatedEncryption.seal(onceKey, associatedData(head, boundTo), padded, padded.length, sealed, CONTENT_AT);
        onceKey.wipe();
        Arrays.fill(padded, (byte) 0);
        return Outcome.done(Bytes.wrap(sealed));
    }

    /**
     * The content; {@link Code#BAD_PROOF} if it was sealed to another badge, bound to something else, or altered.
     *
     * @throws MalformedException if it is no seal of a known version and suite
     */
    public static Outcome<Bytes> open(SealingKeyPair badge, Bytes boundTo, Bytes sealed) throws MalformedException {
        if (sealed.size() < CONTENT_AT + AuthenticatedEncryption.TAG_BYTES) {
            throw new MalformedException("too short for a badge's seal");
        }
        if (sealed.at(0) != VERSION || sealed.at(1) != SUITE_MLKEM768_AES256GCM) {
            throw new MalformedException("unknown version or suite of a badge's seal");
        }
        byte[] all = sealed.unsafeArray();
        byte[] head = Arrays.copyOf(all, CONTENT_AT);
        Optional<byte[]> padded = badge.decapsulate(Arrays.copyOfRange(all, 2, CONTENT_AT))
                .flatMap(secret -> {
                    SecretBytes onceKey = key(secret);
                    Optional<byte[]> opened = AuthenticatedEncryption.open(
                            onceKey, associatedData(head, boundTo), all, CONTENT_AT, all.length);
                    onceKey.wipe();
                    return opened;
                });
        if (padded.isEmpty()) {
            return Outcome.refused(Code.BAD_PROOF, "it was sealed to another badge, or altered");
        }
        Optional<byte[]> content = Deflation.inflate(padded.get(), CONTENT_BYTES_MAX);
        return content.isPresent()
                ? Outcome.done(Bytes.wrap(content.get()))
                : Outcome.refused(Code.TOO_LARGE, "it would inflate beyond what a badge's seal takes in");
    }

    private static SecretBytes key(SecretBytes secret) {
        SecretBytes key = KeyDerivation.derive(secret, new byte[0], KEY_INFO, AuthenticatedEncryption.KEY_BYTES);
        secret.wipe();
        return key;
    }

    private static byte[] head(byte[] encapsulation) {
        return new Writer(CONTENT_AT)
                .u8(VERSION)
                .u8(SUITE_MLKEM768_AES256GCM)
                .raw(encapsulation)
                .toArray();
    }

    private static byte[] associatedData(byte[] head, Bytes boundTo) {
        return new Writer(head.length + boundTo.size() + 4)
                .raw(head)
                .bytes(boundTo)
                .toArray();
    }
}
