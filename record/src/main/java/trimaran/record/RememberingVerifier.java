package trimaran.record;

import trimaran.kernel.Digest;
import trimaran.kernel.RecentDigests;

/**
 * Verifies each signature once. An author's is looked at when application approves and again when data places; an approval's
 * covers a whole batch. Only what verified is remembered, by the hash of key, message and signature together, so that nobody
 * can have one taken for another.
 */
public final class RememberingVerifier implements Verifier {

    /** Signatures remembered: those of some minutes of a busy hospital. About 100 bytes each. */
    static final int SIGNATURES_REMEMBERED = 8192;

    private final Verifier inner;
    private final RecentDigests verified = new RecentDigests(SIGNATURES_REMEMBERED);

    public RememberingVerifier(Verifier inner) {
        this.inner = inner;
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, Signature signature) {
        Digest name = Digest.sha256(
                key.id().unsafeArray(),
                Digest.sha256(message).unsafeArray(),
                new byte[] {(byte) signature.suite().ordinal()},
                signature.value().unsafeArray());
        if (verified.contains(name)) {
            return true;
        }
        boolean good = inner.verify(key, message, signature);
        if (good) {
            verified.add(name);
        }
        return good;
    }
}
