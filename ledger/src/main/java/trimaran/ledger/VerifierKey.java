package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;

/**
 * A public key under a name, as it is handed out (C2SP signed-note, "Verifier keys"): {@code name+keyid+base64}, the key id
 * as 8 hexadecimal digits, the base64 of the signature type and the public key. Which keys to trust is configured; a key id
 * only tells keys apart.
 *
 * @param type the signature type identifier byte, 0 to 255
 * @param publicKey the public key as the signature type encodes it
 */
public record VerifierKey(String name, int type, Bytes publicKey) {

    /** The longest key in use, of ML-DSA-44, takes 1,313 bytes; the largest of ML-DSA 2,593. */
    public static final int MAX_KEY_BYTES = 4096;

    public VerifierKey {
        if (!NoteText.isName(name)
                || type < 0
                || type > 0xff
                || publicKey.isEmpty()
                || publicKey.size() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("not a verifier key");
        }
    }

    public static VerifierKey parse(String text) throws MalformedException {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || !NoteText.isName(parts[0])) {
            throw new MalformedException("verifier key is not name+id+key");
        }
        byte[] typed = NoteText.base64(parts[2]).unsafeArray();
        if (typed.length < 2 || typed.length > MAX_KEY_BYTES + 1) {
            throw new MalformedException("verifier key of " + typed.length + " bytes");
        }
        VerifierKey key = new VerifierKey(parts[0], typed[0] & 0xff, Bytes.ofRange(typed, 1, typed.length));
        if (!key.idText().equals(parts[1])) {
            throw new MalformedException("verifier key with the id of another key");
        }
        return key;
    }

    /** The first four bytes of SHA-256 over name, newline, type and public key, big-endian. */
    public int id() {
        byte[] hash = Digest.sha256(
                        name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', (byte) type}, publicKey.unsafeArray())
                .unsafeArray();
        return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
    }

    public String text() {
        byte[] typed = new byte[publicKey.size() + 1];
        typed[0] = (byte) type;
        System.arraycopy(publicKey.unsafeArray(), 0, typed, 1, publicKey.size());
        return name + "+" + idText() + "+" + NoteText.base64(typed);
    }

    private String idText() {
        return String.format(Locale.ROOT, "%08x", id());
    }

    @Override
    public String toString() {
        return name + "+" + idText();
    }
}
