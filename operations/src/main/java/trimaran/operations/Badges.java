package trimaran.operations;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.line.tls.TlsIdentity;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.record.JdkKeys;
import trimaran.record.PublicKey;
import trimaran.record.Signer;
import trimaran.record.Suite;

/** Badges as key files: a person's under a PIN, a service's under the secret of the station it serves at. */
final class Badges {

    /** What a badge file says it is for. */
    static final String PURPOSE = "badge";

    /** What the key file of a badge that opens sealed ward copies says it is for. */
    static final String WARD_PURPOSE = "ward badge";

    /** An ML-KEM-768 public key as it lies beside a station: FIPS 203's encoding. */
    private static final int WARD_PUBLIC_BYTES = 1184;

    /** What the console's key file says it is for. */
    static final String CONSOLE_PURPOSE = "console line";

    /** The secret of a folder whose keys must open with nobody there to type. */
    static final String MACHINE_SECRET = "machine.secret";

    /** Opens the badges a demo home is made with. Printed by {@code up}: such a home holds invented patients only. */
    static final String DEMO_PIN = "246810";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Badges() {}

    /** Makes a badge a person opens with a PIN. */
    static Signer create(Path file, char[] pin, Entropy entropy) throws RefusedException {
        return create(file, pin, KeyFile.BADGE_ITERATIONS, entropy);
    }

    /** Makes a badge of a service that runs at the station whose secret this is. */
    static Signer createService(Path file, Path secret, Entropy entropy) throws RefusedException {
        MachineSecret machine = RefusedException.orStop(MachineSecret.read(secret));
        return create(file, machine.password(), KeyFile.MACHINE_ITERATIONS, entropy);
    }

    /**
     * Makes a badge that opens sealed ward copies.
     *
     * @return its public half, to which a station seals
     */
    static Bytes createWard(Path file, char[] pin, Entropy entropy) throws RefusedException {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
            RefusedException.orStop(KeyFile.write(file, WARD_PURPOSE, keys, pin, KeyFile.BADGE_ITERATIONS, entropy));
            return wardPublic(keys);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("JDK 25 has ML-KEM-768", missing);
        }
    }

    /** The public half of a ward badge that was made before. */
    static Bytes openWard(Path file, char[] pin) throws RefusedException {
        return wardPublic(RefusedException.orStop(KeyFile.read(file, WARD_PURPOSE, pin)));
    }

    private static Bytes wardPublic(KeyPair keys) {
        byte[] open = keys.getPublic().getEncoded();
        if (open == null) {
            throw new IllegalStateException("a key of this JDK has no encoding");
        }
        return Bytes.ofRange(open, open.length - WARD_PUBLIC_BYTES, open.length);
    }

    private static Signer create(Path file, char[] password, int iterations, Entropy entropy) throws RefusedException {
        KeyPair keys = TlsIdentity.generate();
        RefusedException.orStop(KeyFile.write(file, PURPOSE, keys, password, iterations, entropy));
        return signer(file, keys);
    }

    /** Opens a badge to sign with. */
    static Signer open(Path file, char[] pin) throws RefusedException {
        return signer(file, RefusedException.orStop(KeyFile.read(file, PURPOSE, pin)));
    }

    private static Signer signer(Path file, KeyPair keys) throws RefusedException {
        byte[] open = keys.getPublic().getEncoded();
        byte[] secret = keys.getPrivate().getEncoded();
        if (open == null || secret == null) {
            throw new IllegalStateException("a key of this JDK has no encoding");
        }
        try {
            return JdkKeys.signer(new PublicKey(Suite.P256, Bytes.wrap(open)), SecretBytes.taking(secret), RANDOM);
        } catch (MalformedException foreign) {
            throw new RefusedException(Code.KEY_FILE, "the key file " + file + " holds no badge");
        }
    }
}
