package trimaran.station.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.process.KeyFile;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.SealingPublicKey;

/**
 * The badge that opens sealed ward copies: an ML-KEM-768 pair in a key file under a PIN, away from the station, and its public half,
 * the raw 1184 bytes, in a file beside the station.
 *
 * <p>Trust: whoever changes the public half has the next copies sealed to a badge of their own. It lies in the station's folder, where
 * the station's own keys lie, too.
 */
final class WardBadge {

    /** What its key file says it is for. */
    static final String PURPOSE = "ward badge";

    private WardBadge() {}

    static Outcome<SealingPublicKey> publicKey(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Outcome.done(SealingPublicKey.of(Bytes.wrap(in.readNBytes(SealingPublicKey.SIZE_BYTES + 1))));
        } catch (IOException | MalformedException damaged) {
            return Outcome.refused(Code.KEY_FILE, "the ward badge's public half " + file + " is missing or damaged");
        }
    }

    static Outcome<SealingKeyPair> open(Path file, char[] pin) {
        return KeyFile.read(file, PURPOSE, pin).then(WardBadge::pair);
    }

    private static Outcome<SealingKeyPair> pair(KeyPair keys) {
        byte[] encoded = keys.getPrivate().getEncoded();
        try {
            return encoded == null
                    ? Outcome.refused(Code.KEY_FILE, "a ward badge without an encoding")
                    : Outcome.done(SealingKeyPair.ofPkcs8(SecretBytes.taking(encoded)));
        } catch (MalformedException foreign) {
            return Outcome.refused(Code.KEY_FILE, "this key file holds no ward badge");
        }
    }
}
