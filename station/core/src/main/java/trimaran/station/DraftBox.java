package trimaran.station;

import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.line.message.Draft;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.KeyDerivation;

/**
 * Keeps drafts beside their entries in the outbox, sealed under a key of this machine: after a restart the approval can
 * be asked for again. The key lies on the same disk, under the machine's secret: whoever has both reads the drafts that are there,
 * also those of entries that left until the journal is swept. Layout: AES-256-GCM with a zero nonce, tag last, under
 * {@code HMAC-SHA256(outbox key, tag ‖ origin ‖ entry digest)}; an entry has one draft, so each key seals once.
 */
final class DraftBox {

    private static final byte[] TAG = Bytes.ofText("trimaran/outbox-draft/1\n").toArray();
    private static final byte[] NOTHING = new byte[0];

    private final Digest origin;
    private final SecretBytes key;

    DraftBox(Digest origin, SecretBytes key) {
        this.origin = origin;
        this.key = key;
    }

    Bytes seal(Digest entry, Draft draft) {
        byte[] plain = draft.encode().unsafeArray();
        byte[] sealed = new byte[plain.length + AuthenticatedEncryption.TAG_BYTES];
        AuthenticatedEncryption.seal(onceKey(entry), NOTHING, plain, plain.length, sealed, 0);
        return Bytes.wrap(sealed);
    }

    /** Empty for an entry that needs no approval, and for what another machine's key sealed or somebody altered. */
    Optional<Draft> open(StoredEntry entry) {
        byte[] sealed = entry.draft().unsafeArray();
        return AuthenticatedEncryption.open(onceKey(entry.digest()), NOTHING, sealed, 0, sealed.length)
                .flatMap(DraftBox::decoded);
    }

    private static Optional<Draft> decoded(byte[] plain) {
        try {
            return Optional.of(Draft.decode(Bytes.wrap(plain)));
        } catch (MalformedException other) {
            return Optional.empty();
        }
    }

    private SecretBytes onceKey(Digest entry) {
        byte[] message = new Writer(128).raw(TAG).digest(origin).digest(entry).toArray();
        return SecretBytes.taking(KeyDerivation.authenticate(key, message).toArray());
    }
}
