package trimaran.line;

import java.security.PublicKey;
import trimaran.kernel.Digest;

/**
 * Who is at the other end of a channel: SHA-256 of the SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) of its TLS key. The
 * registry says which party or station that is; the line only proves that the other end holds the key.
 */
public record PeerId(Digest keyDigest) implements Comparable<PeerId> {

    public static PeerId of(PublicKey key) {
        return new PeerId(Digest.sha256(keyInfo(key)));
    }

    /** The SubjectPublicKeyInfo of a key, in DER. */
    public static byte[] keyInfo(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("a key without an encoding cannot be pinned");
        }
        return encoded;
    }

    @Override
    public int compareTo(PeerId other) {
        return keyDigest.compareTo(other.keyDigest);
    }

    @Override
    public String toString() {
        return keyDigest.toString();
    }
}
