package trimaran.station;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.line.message.Draft;

/**
 * Keeps drafts beside their entries in the outbox, sealed under a key of this machine: after a restart the approval can
 * be asked for again, and the disk alone says nothing. Layout: AES-256-GCM with a zero nonce, tag last, under
 * {@code HMAC-SHA256(outbox key, tag ‖ origin ‖ entry digest)}; an entry has one draft, so each key seals once.
 */
final class DraftBox {

    private static final byte[] TAG = Bytes.ofText("trimaran/outbox-draft/1\n").toArray();
    private static final int GCM_TAG_BITS = 128;
    private static final byte[] ZERO_NONCE = new byte[12];

    private final Digest origin;
    private final SecretBytes key;

    DraftBox(Digest origin, SecretBytes key) {
        this.origin = origin;
        this.key = key;
    }

    Bytes seal(Digest entry, Draft draft) {
        try {
            return Bytes.wrap(
                    cipher(Cipher.ENCRYPT_MODE, entry).doFinal(draft.encode().unsafeArray()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    /** Empty for an entry that needs no approval, and for what another machine's key sealed or somebody altered. */
    Optional<Draft> open(StoredEntry entry) {
        if (entry.draft().isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, entry.digest())
                    .doFinal(entry.draft().unsafeArray());
            return Optional.of(Draft.decode(Bytes.wrap(plain)));
        } catch (MalformedException | AEADBadTagException other) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    private Cipher cipher(int mode, Digest entry) throws GeneralSecurityException {
        byte[] message = new Writer(128).raw(TAG).digest(origin).digest(entry).toArray();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec once = new SecretKeySpec(Mac.sha256(key, message).unsafeArray(), "AES");
        cipher.init(mode, once, new GCMParameterSpec(GCM_TAG_BITS, ZERO_NONCE));
        return cipher;
    }
}
