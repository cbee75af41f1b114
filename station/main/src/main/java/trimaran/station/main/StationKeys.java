package trimaran.station.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.line.PeerId;
import trimaran.line.tls.TlsIdentity;
import trimaran.process.FileDisk;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.record.JdkKeys;
import trimaran.record.PublicKey;
import trimaran.record.Signer;
import trimaran.record.Suite;

/** A station's own keys: its TLS key, the key of its outbox, and the badges of the services that run here. */
final class StationKeys {

    static final String CARD = "card";
    private static final String SECRET = "machine.secret";

    private final Path folder;
    private final MachineSecret secret;

    private StationKeys(Path folder, MachineSecret secret) {
        this.folder = folder;
        this.secret = secret;
    }

    /** Makes them and writes the card: the digest under which the station is enrolled. */
    static Outcome<Path> make(Path folder, Entropy entropy) {
        try {
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, own);
            Files.createDirectories(folder.resolve("keys"), own);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        KeyPair line = TlsIdentity.generate();
        return MachineSecret.create(folder.resolve(SECRET), entropy)
                .then(secret -> KeyFile.write(
                                file(folder, "line"),
                                "line",
                                line,
                                secret.password(),
                                KeyFile.MACHINE_ITERATIONS,
                                entropy)
                        .then(done -> KeyFile.writeSecret(
                                file(folder, "outbox"),
                                "outbox",
                                SecretBytes.random(entropy, Digest.SIZE),
                                secret.password(),
                                KeyFile.MACHINE_ITERATIONS,
                                entropy))
                        .map(done -> {
                            Digest digest = PeerId.of(line.getPublic()).keyDigest();
                            FileDisk.in(folder).replace(CARD, Bytes.of(digest.toArray()));
                            return folder.resolve(CARD);
                        }));
    }

    static Outcome<StationKeys> open(Path folder) {
        return MachineSecret.read(folder.resolve(SECRET)).map(secret -> new StationKeys(folder, secret));
    }

    Outcome<TlsIdentity> line() {
        return KeyFile.read(file(folder, "line"), "line", secret.password()).then(pair -> {
            try {
                return Outcome.done(TlsIdentity.of(pair.getPrivate(), pair.getPublic()));
            } catch (GeneralSecurityException foreign) {
                return Outcome.refused(Code.KEY_FILE, "the line key is of another kind");
            }
        });
    }

    Outcome<SecretBytes> outbox() {
        return KeyFile.readSecret(file(folder, "outbox"), "outbox", secret.password());
    }

    /** The badge of a service at this station, under the station's own secret. */
    Outcome<Signer> badge(Path file) {
        return KeyFile.read(file, "badge", secret.password()).then(StationKeys::signer);
    }

    /** What signs with the keys of a badge. */
    static Outcome<Signer> signer(KeyPair keys) {
        byte[] open = keys.getPublic().getEncoded();
        byte[] closed = keys.getPrivate().getEncoded();
        if (open == null || closed == null) {
            return Outcome.refused(Code.KEY_FILE, "a badge without an encoding");
        }
        try {
            return Outcome.done(JdkKeys.signer(
                    new PublicKey(Suite.P256, Bytes.wrap(open)), SecretBytes.taking(closed), new SecureRandom()));
        } catch (MalformedException foreign) {
            return Outcome.refused(Code.KEY_FILE, "this key file holds no badge");
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve("keys").resolve(name + ".key");
    }
}
