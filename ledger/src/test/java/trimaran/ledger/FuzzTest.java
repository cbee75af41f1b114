package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * Foreign bytes give a value or a {@link MalformedException}, never anything else, and a value that has one encoding is
 * written back as it was read. {@code -Dseed=} replays, {@code -Drounds=} asks for more.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final int ROUNDS = Integer.getInteger("rounds", 10_000);
    private static final String ALPHABET = "\n\n\n \t+—=#/x0129AZaz\u0000\u007f\u0085\u00a0é\ud83d";

    static {
        System.out.println("FuzzTest -Dseed=" + SEED);
    }

    private final Random random = new Random(SEED);
    private final StandIn suite = new StandIn();
    private int accepted;

    /** Reads bytes, and writes what they were read as. */
    private interface Reading {
        Bytes again(Bytes source) throws MalformedException;
    }

    @Test
    void notes() {
        String text = new Checkpoint(
                        "hospital.example/record", Trees.ofBytes(5).frontier.head())
                .text();
        Note note = new Note(text + "\nmore\n", List.of(line("a"), line("b.example/é"), line("a")));
        fuzz(note.encode(), source -> Note.parse(source).encode());
    }

    @Test
    void checkpoints() {
        String text = new Checkpoint("o.example/é", Trees.ofBytes(5).frontier.head(), List.of("x", "y")).text();
        fuzz(Bytes.ofText(text), source -> {
            byte[] bytes = source.toArray();
            return Bytes.ofText(
                    Checkpoint.parse(NoteText.decode(bytes, 0, bytes.length)).text());
        });
    }

    @Test
    void verifierKeys() {
        Bytes key = Bytes.ofText(key("hospital.example/é", 3).text());
        fuzz(key, source -> {
            byte[] bytes = source.toArray();
            return Bytes.ofText(
                    VerifierKey.parse(NoteText.decode(bytes, 0, bytes.length)).text());
        });
    }

    @Test
    void tilePaths() {
        for (String path : List.of("tile/0/x001/x234/067.p/8", "tile/entries/x001/000", "tile/7/000.p/255")) {
            fuzz(
                    Bytes.ofText(path),
                    source -> Bytes.of(TilePath.parse(new String(source.toArray(), StandardCharsets.ISO_8859_1))
                            .text()
                            .getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Test
    void entryBundles() {
        TilePath.Entries path = new TilePath.Entries(0, 4);
        Bytes bundle = Tile.entries(Trees.ofCommitments(4, "e").entries);
        fuzz(bundle, source -> Tile.entries(Tile.parseEntries(path, source)));
    }

    @Test
    void hashTiles() {
        TilePath.Hashes path = new TilePath.Hashes(0, 0, 4);
        fuzz(Tile.hashes(path, Trees.ofBytes(4)), source -> {
            Writer writer = new Writer();
            Tile.parseHashes(path, source).forEach(writer::digest);
            return writer.toBytes();
        });
    }

    @Test
    void framedValues() {
        Trees.Tree tree = Trees.ofBytes(77);
        Writer writer = new Writer();
        InclusionProof.of(tree, 5, 77).write(writer);
        ConsistencyProof.of(tree, 5, 77).write(writer);
        tree.frontier.write(writer);
        tree.frontier.head().write(writer);
        line("a").write(writer);
        fuzz(writer.toBytes(), source -> {
            Reader reader = new Reader(source);
            Writer again = new Writer();
            InclusionProof.read(reader).write(again);
            ConsistencyProof.read(reader).write(again);
            Frontier.read(reader).write(again);
            TreeHead.read(reader).write(again);
            NoteSignature.read(reader).write(again);
            reader.end();
            return again.toBytes();
        });
    }

    @Test
    void policies() {
        NoteVerifiers verifiers = NoteVerifiers.of(suite);
        String policy = "# three of four\nlog " + key("o", 1).text() + " https://o.example/\nwitness a "
                + key("a", 2).text() + "\nwitness b " + key("b", 3).text()
                + "\ngroup g all a b\nquorum g\n";
        fuzz(Bytes.ofText(policy), source -> {
            Bytes written = TrustPolicy.parse(source, verifiers).encode();
            assertThat(TrustPolicy.parse(written, verifiers).encode()).isEqualTo(written);
            return source;
        });
    }

    @Test
    void signedNotesUnderAPolicy() throws MalformedException {
        NoteSigner log = Cosignature.signer("o", suite, suite.signingKey(seed(1), target -> {}));
        NoteSigner cosigner = Cosignature.signer("a", suite, suite.signingKey(seed(2), target -> {}));
        String text =
                "log " + log.key().text() + "\nwitness a " + cosigner.key().text() + "\nquorum a\n";
        TrustPolicy policy = TrustPolicy.parse(Bytes.ofText(text), NoteVerifiers.of(suite));
        Checkpoint checkpoint = new Checkpoint("o", Trees.ofBytes(5).frontier.head());
        Note note = new Note(checkpoint.text(), List.of(log.sign(checkpoint, 7))).with(cosigner.sign(checkpoint, 8));
        fuzz(note.encode(), source -> {
            Note read = Note.parse(source);
            assertThat(policy.evaluate(read).checkpoint()).isEqualTo(checkpoint);
            return read.encode();
        });
    }

    private void fuzz(Bytes good, Reading reading) {
        accepted = 0;
        attempt(good, reading);
        assertThat(accepted).as("the unchanged bytes are read").isEqualTo(1);
        for (int i = 0; i < ROUNDS; i++) {
            attempt(mutated(good), reading);
        }
    }

    private void attempt(Bytes source, Reading reading) {
        try {
            assertThat(reading.again(source)).isEqualTo(source);
            accepted++;
        } catch (MalformedException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        } catch (RuntimeException | AssertionError fault) {
            throw new AssertionError("-Dseed=" + SEED + " on " + source.hex(), fault);
        }
    }

    /** Up to four changes: a bit, a byte, a piece removed, doubled, moved or filled in. */
    private Bytes mutated(Bytes good) {
        byte[] bytes = good.toArray();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 6));
            int point = ALPHABET.codePointAt(random.nextInt(ALPHABET.length()));
            bytes = switch (random.nextInt(6)) {
                case 0 -> flipped(bytes, at);
                case 1 -> spliced(bytes, at, length, new byte[] {(byte) random.nextInt()});
                case 2 -> spliced(bytes, at, length, new byte[0]);
                case 3 ->
                    spliced(bytes, at, 0, Bytes.ofRange(bytes, at, at + length).toArray());
                case 4 -> spliced(bytes, at, 0, Character.toString(point).getBytes(StandardCharsets.UTF_8));
                default -> spliced(bytes, at, 1, Character.toString(point).getBytes(StandardCharsets.UTF_8));
            };
        }
        return Bytes.of(bytes);
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
        int from = Math.min(bytes.length, at + removed);
        return new Writer(bytes.length + added.length)
                .raw(Bytes.ofRange(bytes, 0, at).toArray())
                .raw(added)
                .raw(Bytes.ofRange(bytes, from, bytes.length).toArray())
                .toArray();
    }

    private NoteSignature line(String name) {
        byte[] signature = new byte[20];
        random.nextBytes(signature);
        return new NoteSignature(name, random.nextInt(), Bytes.of(signature));
    }

    private VerifierKey key(String name, int seed) {
        return Cosignature.signer(name, suite, suite.signingKey(seed(seed), target -> {}))
                .key();
    }

    private static SecretBytes seed(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SecretBytes.taking(bytes);
    }
}
