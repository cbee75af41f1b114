package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Writer;

/**
 * The timestamped checkpoint signature of C2SP tlog-cosignature with ML-DSA-44: both what a log signs its own checkpoints
 * with, under its origin as the name, and what cosigners add. It covers the signer's name, the time, origin, size and root.
 */
public final class Cosignature {

    /** {@code uint8 label[12]} of {@code cosigned_message}. */
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    private static final int TIMESTAMP_BYTES = 8;

    private Cosignature() {}

    /** A key of some suite under a name. */
    public static NoteSigner signer(String name, NoteSuite suite, NoteSuite.SigningKey key) {
        return new Signer(new VerifierKey(name, suite.type(), key.publicKey()), key);
    }

    /** @throws MalformedException if the key is not of this suite */
    public static NoteVerifier verifier(VerifierKey key, NoteSuite suite) throws MalformedException {
        if (key.type() != suite.type()) {
            throw new MalformedException("verifier key of signature type " + key.type());
        }
        return new Verifier(key, suite.verifier(key.publicKey()), TIMESTAMP_BYTES + suite.signatureSizeBytes());
    }

    /** The {@code cosigned_message} of a whole tree: from leaf 0 to the size. */
    static Bytes message(String cosigner, long timestampSeconds, Checkpoint checkpoint) {
        byte[] name = cosigner.getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        return new Writer(128 + name.length + origin.length)
                .raw(LABEL)
                .u8(name.length)
                .raw(name)
                .i64(timestampSeconds)
                .u8(origin.length)
                .raw(origin)
                .i64(0)
                .i64(checkpoint.size())
                .digest(checkpoint.root())
                .toBytes();
    }

    private record Signer(VerifierKey key, NoteSuite.SigningKey signing) implements NoteSigner {

        @Override
        public NoteSignature sign(Checkpoint checkpoint, long timestampSeconds) {
            if (timestampSeconds < 0) {
                throw new IllegalArgumentException("a cosignature's time is not before 1970");
            }
            if (!checkpoint.extensions().isEmpty()) {
                throw new IllegalArgumentException("a cosignature would not cover the extension lines");
            }
            Bytes signature = signing.sign(message(key.name(), timestampSeconds, checkpoint));
            Writer timed = new Writer(TIMESTAMP_BYTES + signature.size())
                    .i64(timestampSeconds)
                    .raw(signature.unsafeArray());
            return new NoteSignature(key.name(), key.id(), timed.toBytes());
        }

        @Override
        public String toString() {
            return "signer " + key;
        }
    }

    private record Verifier(VerifierKey key, NoteSuite.MessageVerifier verification, int sizeBytes)
            implements NoteVerifier {

        @Override
        public boolean verifies(String text, Bytes signature) {
            Optional<Checkpoint> checkpoint = checkpoint(text);
            if (checkpoint.isEmpty() || signature.size() != sizeBytes || signature.at(0) < 0) {
                return false;
            }
            Bytes bare = Bytes.ofRange(signature.unsafeArray(), TIMESTAMP_BYTES, sizeBytes);
            Bytes message = message(key.name(), timestampSeconds(signature), checkpoint.get());
            return verification.verifies(message, bare);
        }

        @Override
        public long timestampSeconds(Bytes signature) {
            long value = 0;
            for (int i = 0; i < Math.min(TIMESTAMP_BYTES, signature.size()); i++) {
                value = value << 8 | (signature.at(i) & 0xff);
            }
            return value;
        }

        private static Optional<Checkpoint> checkpoint(String text) {
            try {
                Checkpoint checkpoint = Checkpoint.parse(text);
                return checkpoint.extensions().isEmpty() ? Optional.of(checkpoint) : Optional.empty();
            } catch (MalformedException other) {
                return Optional.empty();
            }
        }
    }
}
