package trimaran.party;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.line.PeerId;
import trimaran.line.tls.TlsIdentity;
import trimaran.process.FileDisk;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.Quorum;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;

/**
 * A tier's or the witness's own keys, one file and one purpose each, under the machine secret of its folder. They are made on
 * the party's own machine and never leave it; what others need stands on its card.
 */
public final class OwnKeys {

    /** Name of the card, the encoded {@link PartyKeys}, in the party's folder. */
    public static final String CARD = "card";

    private static final String SECRET = "machine.secret";
    private static final long FIRST_GENERATION = 1;

    private final Party party;
    private final Path folder;
    private final Entropy entropy;
    private final MachineSecret secret;

    private OwnKeys(Party party, Path folder, Entropy entropy, MachineSecret secret) {
        this.party = party;
        this.folder = folder;
        this.entropy = entropy;
        this.secret = secret;
    }

    /** Makes all keys and writes the card. Refused if there are keys already. */
    public static Outcome<Path> make(Party party, Path folder, Entropy entropy) {
        try {
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, own);
            Files.createDirectories(folder.resolve("keys"), own);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return MachineSecret.create(folder.resolve(SECRET), entropy)
                .then(secret -> new OwnKeys(party, folder, entropy, secret).make());
    }

    /** Opens the keys of a folder. */
    public static Outcome<OwnKeys> open(Party party, Path folder, Entropy entropy) {
        return MachineSecret.read(folder.resolve(SECRET)).map(secret -> new OwnKeys(party, folder, entropy, secret));
    }

    private Outcome<Path> make() {
        SecretBytes cosigner = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        SecretBytes statements = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        SecretBytes log = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        SealingKeyPair sealing = SealingKeyPair.generate(entropy);
        KeyPair line = TlsIdentity.generate();
        PartyKeys card = new PartyKeys(
                party,
                publicKey(cosigner),
                party == Party.DATA ? publicKey(log) : Bytes.EMPTY,
                new PublicKey(Suite.ML_DSA_44, party.isTier() ? publicKey(statements) : Bytes.EMPTY),
                PeerId.of(line.getPublic()).keyDigest(),
                party.isTier() ? sealing.publicKey().raw() : Bytes.EMPTY,
                FIRST_GENERATION);
        Outcome<Path> written = KeyFile.write(
                        file("line"), "line", line, secret.password(), KeyFile.MACHINE_ITERATIONS, entropy)
                .then(done -> write("cosigner", cosigner));
        if (party == Party.DATA) {
            written = written.then(done -> write("log", log));
        }
        if (party.isTier()) {
            written = written.then(done -> write("statements", statements))
                    .then(done -> write("sealing", sealing.pkcs8()))
                    .then(done -> write("shares-" + FIRST_GENERATION, SecretBytes.random(entropy, Digest.SIZE)));
        }
        return written.map(done -> {
            Writer writer = new Writer(4096);
            card.write(writer);
            FileDisk.in(folder).replace(CARD, writer.toBytes());
            return folder.resolve(CARD);
        });
    }

    private Bytes publicKey(SecretBytes seed) {
        return MlDsa44.SUITE.signingKey(seed, entropy).publicKey();
    }

    private Path file(String name) {
        return folder.resolve("keys").resolve(name + ".key");
    }

    private Outcome<Path> write(String purpose, SecretBytes content) {
        return KeyFile.writeSecret(
                file(purpose), purpose, content, secret.password(), KeyFile.MACHINE_ITERATIONS, entropy);
    }

    private Outcome<SecretBytes> read(String purpose) {
        return KeyFile.readSecret(file(purpose), purpose, secret.password());
    }

    /** The key under which this party speaks TLS. */
    public Outcome<TlsIdentity> line() {
        return KeyFile.read(file("line"), "line", secret.password()).then(pair -> {
            try {
                return Outcome.done(TlsIdentity.of(pair.getPrivate(), pair.getPublic()));
            } catch (GeneralSecurityException foreign) {
                return Outcome.refused(Code.KEY_FILE, "the line key is of another kind");
            }
        });
    }

    /** The cosigner key under the hospital's name for this party. */
    public Outcome<NoteSigner> cosigner(Digest origin) {
        return read("cosigner").map(seed -> note(Quorum.cosignerName(origin, party), seed));
    }

    /** Data's key as the log. */
    public Outcome<NoteSigner> log(Digest origin) {
        return read("log").map(seed -> note(Quorum.originOf(origin), seed));
    }

    /** The key of held statements, receipts, and at application approvals. */
    public Outcome<Signer> statements() {
        return read("statements").map(seed -> new SeedSigner(MlDsa44.SUITE.signingKey(seed, entropy)));
    }

    public Outcome<SealingKeyPair> sealing() {
        return read("sealing").then(pkcs8 -> {
            try {
                return Outcome.done(SealingKeyPair.ofPkcs8(pkcs8));
            } catch (MalformedException foreign) {
                return Outcome.refused(Code.KEY_FILE, "the sealing key cannot be read");
            }
        });
    }

    /** The file key of the present generation of shares. */
    public Outcome<GenerationKey> shareFile() {
        return read("shares-" + FIRST_GENERATION).map(secret -> new GenerationKey(party, FIRST_GENERATION, secret));
    }

    private NoteSigner note(String name, SecretBytes seed) {
        return Cosignature.signer(name, MlDsa44.SUITE, MlDsa44.SUITE.signingKey(seed, entropy));
    }

    /** A statement signer over an ML-DSA seed. */
    private record SeedSigner(NoteSuite.SigningKey key) implements Signer {

        @Override
        public PublicKey publicKey() {
            return new PublicKey(Suite.ML_DSA_44, key.publicKey());
        }

        @Override
        public Signature sign(byte[] message) {
            return new Signature(Suite.ML_DSA_44, key.sign(Bytes.of(message)));
        }

        @Override
        public String toString() {
            return "statement signer";
        }
    }
}
