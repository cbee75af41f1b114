import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A public key: suite 1 is ML-DSA-44 (FIPS 204), suite 2 ECDSA on P-256 with SHA-256. Both are the JDK's own. */
final class Key {

    static final int ML_DSA = 1;
    static final int P256 = 2;

    private static final byte[] X509 = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");
    private static final int KEPT = 256;

    /** Decoded keys, since decoding one costs as much as a signature. */
    private static final Map<String, PublicKey> DECODED = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PublicKey> eldest) {
            return size() > KEPT;
        }
    };

    final int suite;
    final byte[] bytes;

    Key(int suite, byte[] bytes) {
        this.suite = suite;
        this.bytes = bytes;
    }

    static Key read(Cursor in) throws FalseException {
        return new Key(in.u8(), in.bytes());
    }

    /** A signature with its suite. */
    record Signed(int suite, byte[] value) {
        static Signed read(Cursor in) throws FalseException {
            return new Signed(in.u8(), in.bytes());
        }
    }

    String id() {
        return HexFormat.of().formatHex(Cursor.sha256(new byte[] {(byte) suite}, Cursor.number(bytes.length), bytes));
    }

    boolean signed(byte[] message, Signed signature) {
        return signature.suite() == suite && signed(message, signature.value());
    }

    boolean signed(byte[] message, byte[] signature) {
        try {
            PublicKey key = DECODED.get(id());
            if (key == null) {
                byte[] encoded = suite == ML_DSA ? Cursor.joined(X509, bytes) : bytes;
                key = KeyFactory.getInstance(suite == ML_DSA ? "ML-DSA-44" : "EC")
                        .generatePublic(new X509EncodedKeySpec(encoded));
                DECODED.put(id(), key);
            }
            Signature check = Signature.getInstance(suite == ML_DSA ? "ML-DSA-44" : "SHA256withECDSA");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }
}
