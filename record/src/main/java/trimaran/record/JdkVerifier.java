package trimaran.record;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The suites of this JDK. Remembers decoded keys, since decoding an ML-DSA key costs as much as a verification. */
public final class JdkVerifier implements Verifier {

    /** Decoded keys kept: sessions of one busy hour and the parties. About 20 kB each once expanded. */
    static final int KEYS_REMEMBERED = 256;

    private final Map<PublicKey, java.security.PublicKey> decoded = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PublicKey, java.security.PublicKey> eldest) {
            return size() > KEYS_REMEMBERED;
        }
    };

    @Override
    public boolean verify(PublicKey key, byte[] message, Signature signature) {
        if (key.suite() != signature.suite()) {
            return false;
        }
        try {
            java.security.Signature check = switch (key.suite()) {
                case ML_DSA_44 -> java.security.Signature.getInstance("ML-DSA-44");
                case P256 -> java.security.Signature.getInstance("SHA256withECDSA");
                case STAND_IN -> null;
            };
            if (check == null) {
                return false;
            }
            check.initVerify(decode(key));
            check.update(message);
            return check.verify(signature.value().unsafeArray());
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    private java.security.PublicKey decode(PublicKey key) throws GeneralSecurityException {
        synchronized (decoded) {
            java.security.PublicKey known = decoded.get(key);
            if (known != null) {
                return known;
            }
        }
        java.security.PublicKey fresh = switch (key.suite()) {
            case ML_DSA_44 ->
                KeyFactory.getInstance("ML-DSA-44")
                        .generatePublic(new X509EncodedKeySpec(JdkKeys.mlDsaEncoding(key.key())));
            case P256 ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new X509EncodedKeySpec(key.key().toArray()));
            case STAND_IN -> throw new GeneralSecurityException("no such suite outside the simulator");
        };
        synchronized (decoded) {
            decoded.put(key, fresh);
        }
        return fresh;
    }
}
