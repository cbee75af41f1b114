package trimaran.party;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
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
import trimaran.shares.ShareGeneration;

/**
 * A tier's or the witness's own keys, one file and one purpose each, under the machine secret of its folder. They are made on
 * the party's own machine and never leave it; what others need stands on its card.
 */
public final class OwnKeys {

    /** Name of the card, the encoded {@link PartyKeys}, in the party's folder. */
    public static final String CARD = "card";

    private static final String SECRET = "machine.secret";
    private static final String SHARES = "shares-";
    private static final String SEALING = "sealing-";

    /** What a founded or rebuilt party starts with; a refresh keeps the next beside it. */
    private static final long FIRST_GENERATION = 1;

    private static final Pattern GENERATION_FILE = Pattern.compile(SHARES + "[1-9][0-9]{0,17}\\.key");

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
        Optional<ShareGeneration> shares =
                party.isTier() ? Optional.of(ShareGeneration.draw(party, FIRST_GENERATION, entropy)) : Optional.empty();
        KeyPair line = TlsIdentity.generate();
        PartyKeys card = new PartyKeys(
                party,
                publicKey(cosigner),
                party == Party.DATA ? publicKey(log) : Bytes.EMPTY,
                new PublicKey(Suite.ML_DSA_44, party.isTier() ? publicKey(statements) : Bytes.EMPTY),
                PeerId.of(line.getPublic()).keyDigest(),
                shares.map(one -> one.sealing().publicKey().raw()).orElse(Bytes.EMPTY),
                FIRST_GENERATION);
        Outcome<Path> written = KeyFile.write(
                        file("line"), "line", line, secret.password(), KeyFile.MACHINE_ITERATIONS, entropy)
                .then(done -> write("cosigner", cosigner));
        if (party == Party.DATA) {
            written = written.then(done -> write("log", log));
        }
        if (shares.isPresent()) {
            written = written.then(done -> write("statements", statements)).then(done -> keep(shares.get()));
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

    /**
     * Writes a generation's two files: the file key, and under it the sealing key. Whoever has the second and not the first
     * has noise.
     */
    public Outcome<Path> keep(ShareGeneration generation) {
        SecretBytes sealing =
                SecretBytes.taking(generation.sealedSealingKey(entropy).toArray());
        return write(SHARES + generation.number(), generation.file().secret())
                .then(done -> write(SEALING + generation.number(), sealing));
    }

    /** The generations whose file keys are here, by their numbers; what others wrote is read only with them. */
    public Outcome<List<ShareGeneration>> generations() {
        List<ShareGeneration> found = new ArrayList<>();
        for (long number : generationNumbers()) {
            Outcome<ShareGeneration> one = read(SHARES + number)
                    .then(secret -> read(SEALING + number)
                            .then(noise -> ShareGeneration.open(
                                    new GenerationKey(party, number, secret), Bytes.of(noise.expose()))));
            if (one instanceof Outcome.Refused<ShareGeneration>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            found.add(((Outcome.Done<ShareGeneration>) one).value());
        }
        return found.isEmpty()
                ? Outcome.refused(Code.KEY_FILE, "there is no file key of any generation of shares")
                : Outcome.done(List.copyOf(found));
    }

    private List<Long> generationNumbers() {
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(GENERATION_FILE.asMatchPredicate())
                    .map(name -> Long.parseLong(name, SHARES.length(), name.indexOf('.'), 10))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
