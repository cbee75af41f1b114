package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.process.KeyFile;
import trimaran.shares.SealingPublicKey;
import trimaran.trial.TrialHospital;

/** The badge of a ward, to which a station of a hospital founded without people seals copies once its configuration says so. */
final class WardBadges {

    /** What it is called where it is brought. */
    static final String NAME = "nuit";

    /** What its key file says it is for. */
    private static final String PURPOSE = "ward badge";

    private static final String PUBLIC = "ward-badge-of-the-drill";

    private WardBadges() {}

    /**
     * Makes one in a folder of its own, its public half in the station's.
     *
     * @return what the station's configuration says then
     */
    static String made(Path station, Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            KeyPair keys = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
            Outcome<Path> written = KeyFile.write(
                    folder.resolve(NAME + ".key"),
                    PURPOSE,
                    keys,
                    TrialHospital.PIN.toCharArray(),
                    KeyFile.BADGE_ITERATIONS,
                    new SecureRandom()::nextBytes);
            if (written instanceof Outcome.Refused<Path>(var refusal) && refusal.code() != Code.DUPLICATE) {
                throw new IllegalStateException("no ward badge is made: " + refusal);
            }
            byte[] open = Objects.requireNonNull(keys.getPublic().getEncoded());
            Files.write(
                    station.resolve(PUBLIC),
                    Arrays.copyOfRange(open, open.length - SealingPublicKey.SIZE_BYTES, open.length));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("JDK 25 has ML-KEM-768", missing);
        }
        return "\ncopy.badge = " + PUBLIC + "\ncopy.wards = all\ncopy.reader = " + folder.toAbsolutePath() + "\n";
    }
}
