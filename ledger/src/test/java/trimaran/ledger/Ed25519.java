package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/**
 * The older signature types of C2SP, 0x01 (note) and 0x04 (cosignature/v1). Nothing in the house uses them; they are here so
 * that the published notes of other logs can be read in tests.
 */
record Ed25519(VerifierKey key, PublicKey verification) implements NoteVerifier {

    static final NoteVerifiers POLICY = new NoteVerifiers() {
        @Override
        public NoteVerifier log(VerifierKey key) throws MalformedException {
            return Ed25519.of(key, 0x01);
        }

        @Override
        public NoteVerifier cosigner(VerifierKey key) throws MalformedException {
            return Ed25519.of(key, 0x04);
        }
    };

    static Ed25519 of(VerifierKey key) throws MalformedException {
        return of(key, key.type());
    }

    private static Ed25519 of(VerifierKey key, int type) throws MalformedException {
        if (key.type() != type || key.publicKey().size() != 32) {
            throw new MalformedException("not an Ed25519 key of type " + type);
        }
        try {
            byte[] encoded = HexFormat.of()
                    .parseHex("302a300506032b6570032100" + key.publicKey().hex());
            return new Ed25519(key, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException refused) {
            throw new MalformedException("not an Ed25519 key");
        }
    }

    @Override
    public boolean verifies(String text, Bytes signature) {
        boolean timed = key.type() == 0x04;
        if (signature.size() != (timed ? 72 : 64)) {
            return false;
        }
        String head = timed ? "cosignature/v1\ntime " + timestampSeconds(signature) + "\n" : "";
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(verification);
            check.update((head + text).getBytes(StandardCharsets.UTF_8));
            return check.verify(signature.toArray(), signature.size() - 64, 64);
        } catch (SignatureException refused) {
            return false;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public long timestampSeconds(Bytes signature) {
        return key.type() == 0x04 ? Long.parseLong(signature.hex().substring(0, 16), 16) : 0;
    }

    /** Signs with the 32-byte seed of RFC 8032. */
    static Bytes sign(byte[] seed, String text) {
        try {
            byte[] encoded = HexFormat.of()
                    .parseHex(
                            "302e020100300506032b657004220420" + HexFormat.of().formatHex(seed));
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            signing.update(text.getBytes(StandardCharsets.UTF_8));
            return Bytes.of(signing.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
