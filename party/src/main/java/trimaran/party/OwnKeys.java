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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
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
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

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

    private static final String LATE = "late-";
    private static final String KEYS = "keys/";
    private static final String SUFFIX = ".key";

    /** What a founded party starts with; one that is rebuilt starts with the hospital's present one. */
    public static final long FIRST_GENERATION = 1;

    private static final String NUMBER = "[1-9][0-9]{0,17}";
    private static final Pattern GENERATION_FILE = Pattern.compile(SHARES + NUMBER + "\\.key");
    private static final Pattern LATE_FILE = Pattern.compile(LATE + NUMBER);

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

    /** Makes all keys for a founding and writes the card. Refused if there are keys already. */
    public static Outcome<Path> make(Party party, Path folder, Entropy entropy) {
        return make(party, FIRST_GENERATION, folder, entropy);
    }

    /**
     * Makes all keys and writes the card. Refused if there are keys already.
     *
     * @param generation of the hospital's shares
     */
    public static Outcome<Path> make(Party party, long generation, Path folder, Entropy entropy) {
        try {
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, own);
            Files.createDirectories(folder.resolve("keys"), own);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return MachineSecret.create(folder.resolve(SECRET), entropy)
                .then(secret -> new OwnKeys(party, folder, entropy, secret).make(generation));
    }

    /** Opens the keys of a folder. */
    public static Outcome<OwnKeys> open(Party party, Path folder, Entropy entropy) {
        return MachineSecret.read(folder.resolve(SECRET)).map(secret -> new OwnKeys(party, folder, entropy, secret));
    }

    private Outcome<Path> make(long generation) {
        SecretBytes cosigner = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        SecretBytes statements = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        SecretBytes log = SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes());
        Optional<ShareGeneration> shares =
                party.isTier() ? Optional.of(ShareGeneration.draw(party, generation, entropy)) : Optional.empty();
        KeyPair line = TlsIdentity.generate();
        PartyKeys card = new PartyKeys(
                party,
                publicKey(cosigner),
                party == Party.DATA ? publicKey(log) : Bytes.EMPTY,
                new PublicKey(Suite.ML_DSA_44, party.isTier() ? publicKey(statements) : Bytes.EMPTY),
                PeerId.of(line.getPublic()).keyDigest(),
                shares.map(one -> one.sealing().publicKey().raw()).orElse(Bytes.EMPTY),
                generation);
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
            FirstStart.lieAhead(folder);
            FileDisk.in(folder).replace(CARD, writer.toBytes());
            return folder.resolve(CARD);
        });
    }

    private Bytes publicKey(SecretBytes seed) {
        return MlDsa44.SUITE.signingKey(seed, entropy).publicKey();
    }

    private Path file(String name) {
        return folder.resolve("keys").resolve(name + SUFFIX);
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
    private Outcome<Path> keep(ShareGeneration generation) {
        SecretBytes sealing =
                SecretBytes.taking(generation.sealedSealingKey(entropy).toArray());
        // The file key last: a generation counts once it is there.
        disk().remove(KEYS + SEALING + generation.number() + SUFFIX);
        return write(SEALING + generation.number(), sealing)
                .then(done ->
                        write(SHARES + generation.number(), generation.file().secret()));
    }

    /** The keys for shares whose file keys are here; what is drawn and destroyed from now on is so in this folder. */
    public Outcome<ShareKeys> shares() {
        disk().destroyLeftovers("keys");
        List<ShareGeneration> found = new ArrayList<>();
        for (long number : numbers(GENERATION_FILE, SHARES)) {
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
                : Outcome.done(new ShareKeys(party, entropy, new Folder(), found, late(found)));
    }

    /** Sealing keys of generations whose file keys are gone; one that no file key here opens is of no use to anybody. */
    private NavigableMap<Long, SealingKeyPair> late(List<ShareGeneration> generations) {
        NavigableMap<Long, SealingKeyPair> late = new TreeMap<>();
        for (long number : numbers(LATE_FILE, LATE)) {
            Bytes sealed = disk().read(KEYS + LATE + number).orElse(Bytes.EMPTY);
            boolean whole = generations.stream().anyMatch(one -> one.number() == number);
            for (ShareGeneration one : whole ? List.<ShareGeneration>of() : generations) {
                try {
                    if (one.file().openSecret(ShareKeys.lateName(number), sealed)
                            instanceof Outcome.Done<SecretBytes>(SecretBytes pkcs8)) {
                        late.put(number, SealingKeyPair.ofPkcs8(pkcs8));
                    }
                } catch (MalformedException damaged) {
                    // What comes late under it is asked for at the other tiers.
                }
            }
        }
        return late;
    }

    private FileDisk disk() {
        return FileDisk.in(folder);
    }

    /** The files of this folder. */
    private final class Folder implements ShareKeys.Keeping {

        @Override
        public void keep(ShareGeneration drawn) {
            if (OwnKeys.this.keep(drawn) instanceof Outcome.Refused<Path>(Refusal refusal)) {
                throw new UncheckedIOException(new IOException(refusal.sentence()));
            }
        }

        @Override
        public void keepLate(long number, Bytes sealed) {
            disk().replace(KEYS + LATE + number, sealed);
        }

        @Override
        public void destroyFile(long number) {
            // The file key first: without it the other is noise.
            disk().destroy(KEYS + SHARES + number + SUFFIX);
            disk().destroy(KEYS + SEALING + number + SUFFIX);
        }

        @Override
        public void destroyLate(long number) {
            disk().destroy(KEYS + LATE + number);
        }
    }

    private List<Long> numbers(Pattern pattern, String before) {
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(pattern.asMatchPredicate())
                    .map(name -> Long.parseLong(name.substring(before.length()).replace(SUFFIX, "")))
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
