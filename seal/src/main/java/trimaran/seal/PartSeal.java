package trimaran.seal;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.Domain;
import trimaran.shares.KeyDerivation;

/**
 * Seals the content of one cell part of an entry under its cell's key (DESIGN §5): deflated, padded, encrypted with a key
 * of its own. Layout of the blob:
 *
 * <pre>
 * version 1 (u8) ‖ suite 1 (u8) ‖ salt (32) ‖ key commitment (32) ‖ ciphertext ‖ tag (16)
 * salt = HMAC-SHA256(K, tag ‖ 32 random bytes ‖ associated data ‖ padded content)
 * key commitment (32) ‖ key (32) = HKDF-SHA256(K, salt, tag)
 * AES-256-GCM, zero nonce
 * associated data = version ‖ suite ‖ origin digest (32) ‖ cell ‖ entry nonce (32) ‖ part index (u16)
 * plaintext = raw DEFLATE stream ‖ zeros, at least one, up to the Padmé length
 * </pre>
 *
 * AES-GCM alone does not commit to its key: one blob could open differently under two keys. The commitment, compared in
 * constant time before anything is decrypted, closes that. The salt takes in the content besides fresh randomness, so a
 * machine whose random state was rolled back still never seals two contents under one key. Compressed length shows how
 * repetitive a content is; the padding blurs it (DESIGN §9).
 */
public final class PartSeal {

    /** As much as a station's door takes in one body. */
    public static final int CONTENT_BYTES_MAX = 64 * 1024 * 1024;

    private static final int VERSION = 1;
    private static final int SUITE_AES256GCM_HKDF_SHA256 = 1;
    private static final int SALT_BYTES = 32;
    private static final int COMMITMENT_BYTES = 32;
    private static final int COMMITMENT_AT = 2 + SALT_BYTES;
    private static final int CONTENT_AT = COMMITMENT_AT + COMMITMENT_BYTES;

    /** What a blob is longer than its padded content. */
    public static final int OVERHEAD_BYTES = CONTENT_AT + AuthenticatedEncryption.TAG_BYTES;

    private static final byte[] KEY_INFO = Domain.PART_KEY.begin().toArray();
    private static final byte[] SALT_INFO = Domain.PART_SALT.begin().toArray();

    private PartSeal() {}

    /** @throws IllegalArgumentException if the content exceeds {@link #CONTENT_BYTES_MAX}, which every door refuses before */
    public static Bytes seal(CellKey key, PartPlace place, Bytes content, Entropy entropy) {
        if (content.size() > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a part holds at most " + CONTENT_BYTES_MAX + " bytes");
        }
        byte[] padded = Deflation.deflateAndPad(content.unsafeArray());
        byte[] associatedData = associatedData(key, place);
        byte[] salt = KeyDerivation.authenticate(
                        key.secret(), SALT_INFO, entropy.bytes(SALT_BYTES), associatedData, padded)
                .unsafeArray();
        byte[] keys = keys(key, salt);
        byte[] sealed = new byte[OVERHEAD_BYTES + padded.length];
        sealed[0] = VERSION;
        sealed[1] = SUITE_AES256GCM_HKDF_SHA256;
        System.arraycopy(salt, 0, sealed, 2, SALT_BYTES);
        System.arraycopy(keys, 0, sealed, COMMITMENT_AT, COMMITMENT_BYTES);
        AuthenticatedEncryption.seal(onceKey(keys), associatedData, padded, padded.length, sealed, CONTENT_AT);
        return Bytes.wrap(sealed);
    }

    /**
     * The content. {@link Code#BAD_SHARE} if the key is not the one it was sealed with, {@link Code#BAD_PROOF} if it was
     * altered or belongs to another place, {@link Code#TOO_LARGE} if it would inflate beyond the limit.
     *
     * @param contentBytesMax most that may come out, at most {@link #CONTENT_BYTES_MAX}
     * @throws MalformedException if it is no blob of a known version and suite, or its author padded or compressed wrongly
     */
    public static Outcome<Bytes> open(CellKey key, PartPlace place, Bytes sealed, int contentBytesMax)
            throws MalformedException {
        if (contentBytesMax < 0 || contentBytesMax > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a part holds at most " + CONTENT_BYTES_MAX + " bytes");
        }
        if (sealed.size() < OVERHEAD_BYTES) {
            throw new MalformedException("too short for a sealed part");
        }
        if (sealed.at(0) != VERSION || sealed.at(1) != SUITE_AES256GCM_HKDF_SHA256) {
            throw new MalformedException("unknown version or suite of a sealed part");
        }
        byte[] blob = sealed.unsafeArray();
        byte[] keys = keys(key, Arrays.copyOfRange(blob, 2, COMMITMENT_AT));
        if (!MessageDigest.isEqual(
                Arrays.copyOf(keys, COMMITMENT_BYTES), Arrays.copyOfRange(blob, COMMITMENT_AT, CONTENT_AT))) {
            return Outcome.refused(
                    Code.BAD_SHARE, "This key of cell " + key.cell().handle() + " did not seal it.");
        }
        Optional<byte[]> padded =
                AuthenticatedEncryption.open(onceKey(keys), associatedData(key, place), blob, CONTENT_AT, blob.length);
        if (padded.isEmpty()) {
            return Outcome.refused(Code.BAD_PROOF, "The sealed part was altered or belongs to another place.");
        }
        Optional<byte[]> content = Deflation.inflate(padded.get(), contentBytesMax);
        return content.isPresent()
                ? Outcome.done(Bytes.wrap(content.get()))
                : Outcome.refused(Code.TOO_LARGE, "The sealed part inflates beyond " + contentBytesMax + " bytes.");
    }

    private static byte[] keys(CellKey key, byte[] salt) {
        return KeyDerivation.derive(key.secret(), salt, KEY_INFO, COMMITMENT_BYTES + AuthenticatedEncryption.KEY_BYTES)
                .expose();
    }

    private static SecretBytes onceKey(byte[] keys) {
        return SecretBytes.taking(Arrays.copyOfRange(keys, COMMITMENT_BYTES, keys.length));
    }

    private static byte[] associatedData(CellKey key, PartPlace place) {
        Writer writer = new Writer(2 * Digest.SIZE + 12)
                .u8(VERSION)
                .u8(SUITE_AES256GCM_HKDF_SHA256)
                .digest(place.origin());
        key.cell().write(writer);
        return writer.digest(place.entryNonce()).u16(place.index()).toArray();
    }
}
