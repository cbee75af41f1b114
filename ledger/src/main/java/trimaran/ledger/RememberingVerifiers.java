package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecentDigests;

/**
 * Verifies each signature on a note once: a checkpoint passes by several times while its cosignatures gather. Only what
 * verified, or what a signer of this party made itself, is remembered, by the hash of key, text and signature together.
 */
public final class RememberingVerifiers implements NoteVerifiers {

    /** Signatures remembered: five on each checkpoint, and those under way at once are few. */
    static final int SIGNATURES_REMEMBERED = 1024;

    private final NoteVerifiers inner;
    private final RecentDigests verified = new RecentDigests(SIGNATURES_REMEMBERED);

    public RememberingVerifiers(NoteVerifiers inner) {
        this.inner = inner;
    }

    @Override
    public NoteVerifier log(VerifierKey key) throws MalformedException {
        return new Remembering(inner.log(key));
    }

    @Override
    public NoteVerifier cosigner(VerifierKey key) throws MalformedException {
        return new Remembering(inner.cosigner(key));
    }

    /** A signer whose own signatures need no verification here. */
    public NoteSigner remembered(NoteSigner signer) {
        return new NoteSigner() {
            private final Digest id = id(signer.key());

            @Override
            public VerifierKey key() {
                return signer.key();
            }

            @Override
            public NoteSignature sign(Checkpoint checkpoint, long timestampSeconds) {
                NoteSignature made = signer.sign(checkpoint, timestampSeconds);
                verified.add(name(id, checkpoint.text(), made.signature()));
                return made;
            }
        };
    }

    private static Digest id(VerifierKey key) {
        return Digest.sha256(Bytes.ofText(key.text()));
    }

    private static Digest name(Digest key, String text, Bytes signature) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(key.unsafeArray(), Digest.sha256(signed).unsafeArray(), signature.unsafeArray());
    }

    private final class Remembering implements NoteVerifier {
        private final NoteVerifier verifier;
        private final Digest id;

        Remembering(NoteVerifier verifier) {
            this.verifier = verifier;
            this.id = id(verifier.key());
        }

        @Override
        public VerifierKey key() {
            return verifier.key();
        }

        @Override
        public boolean verifies(String text, Bytes signature) {
            Digest name = name(id, text, signature);
            if (verified.contains(name)) {
                return true;
            }
            boolean good = verifier.verifies(text, signature);
            if (good) {
                verified.add(name);
            }
            return good;
        }

        @Override
        public long timestampSeconds(Bytes signature) {
            return verifier.timestampSeconds(signature);
        }
    }
}
