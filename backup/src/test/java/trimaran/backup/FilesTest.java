package trimaran.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.GenerationKey;
import trimaran.shares.SharePair;

/** The files of a backup, written and read back, and torn ones. */
class FilesTest {

    private static final Bytes NAME = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final int ENTRIES = 5;

    @TempDir
    private Path folder;

    private Path record;
    private Path shares;
    private Manifest manifest;

    @BeforeEach
    void write() throws Exception {
        record = Files.createDirectory(folder.resolve("record"));
        shares = Files.createDirectory(folder.resolve("shares"));
        try (RecordWriter writer = new RecordWriter(record)) {
            for (int i = 0; i < ENTRIES; i++) {
                writer.entry(
                        text("header", i), text("place", i), i == 1 ? text("annex", i) : Bytes.EMPTY, 2, Digest.ZERO);
                writer.blob(6);
                writer.piece(Bytes.ofText("blo"));
                writer.piece(Bytes.ofText("b " + i));
                writer.noBlob();
            }
            manifest = writer.finish(NAME, Digest.sha256(NAME), Party.DATA, List.of(), Bytes.ofText("note\n"));
        }
    }

    private static Bytes text(String what, int number) {
        return Bytes.ofText(what + " " + number);
    }

    private RecordReader reader() throws Exception {
        return new RecordReader(BackupFolder.open(record, Manifest.Kind.RECORD));
    }

    @Test
    void entriesAreReadInTheirOrder() throws Exception {
        List<RecordReader.Backed> read = new ArrayList<>();
        try (RecordReader reader = reader()) {
            for (Optional<RecordReader.Backed> one = reader.read(); one.isPresent(); one = reader.read()) {
                read.add(one.get());
            }
            assertThat(read).hasSize(ENTRIES);
            RecordReader.Backed second = read.get(1);
            assertThat(second.header()).isEqualTo(text("header", 1));
            assertThat(second.place()).isEqualTo(text("place", 1));
            assertThat(second.annex()).isEqualTo(text("annex", 1));
            RecordReader.Blob blob = second.blobs().getFirst();
            assertThat(blob.bytes()).isEqualTo(5 + 1);
            assertThat(reader.digest(blob))
                    .isEqualTo(Digest.sha256(Bytes.ofText("blob 1").unsafeArray()));
            assertThat(reader.piece(blob, 5, 100)).isEqualTo(Bytes.ofText("1"));
            assertThat(second.blobs().getLast().isHere()).isFalse();
        }
    }

    @Test
    void readingGoesOnAnywhere() throws Exception {
        try (RecordReader reader = reader()) {
            for (long index : new long[] {3, 1, 4, 0}) {
                reader.seek(index);
                assertThat(reader.read().orElseThrow().index()).isEqualTo(index);
            }
            reader.seek(ENTRIES);
            assertThat(reader.read()).isEmpty();
        }
    }

    /** Whatever the manifest says of it: a torn file is told as such, at every length. */
    @Test
    void aTornFileIsTold() throws Exception {
        Path file = record.resolve(RecordWriter.name(0));
        byte[] whole = Files.readAllBytes(file);
        int torn = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Bytes.ofRange(whole, 0, length).toArray());
            try (RecordReader reader = reader()) {
                while (reader.read().isPresent()) {
                    // To where it is torn.
                }
            } catch (MalformedException told) {
                torn++;
            }
        }
        // Between two entries it is a shorter record, which its checkpoint contradicts.
        assertThat(torn).isEqualTo(whole.length - ENTRIES);
    }

    @Test
    void anItemBeyondItsLimitIsNotRead() throws Exception {
        Files.write(
                record.resolve(RecordWriter.name(0)),
                new Writer(4).u32(RecordReader.ITEM_BYTES_MAX + 1).toArray());
        try (RecordReader reader = reader()) {
            assertThatThrownBy(reader::read)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("torn");
        }
    }

    @Test
    void aLedgerLineBeyondItsLimitIsNotRead() throws Exception {
        Path file = folder.resolve("ledger");
        Files.write(file, new Writer(4).u32(LedgerFile.LINE_BYTES_MAX + 1).toArray());
        try (LedgerFile ledger = new LedgerFile(file)) {
            assertThatThrownBy(ledger::read).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void pairsAreFoundByTheirCellAndOpenUnderTheirFileKey() throws Exception {
        Entropy entropy = counting();
        GenerationKey key = GenerationKey.draw(Party.DATA, 1, entropy);
        SharePair pair = new SharePair(Party.DATA, SecretBytes.random(entropy, 32), SecretBytes.random(entropy, 32));
        try (SharesWriter writer = new SharesWriter(shares)) {
            for (long cell = 2; cell <= 20; cell += 2) {
                CellId id = new CellId(0, cell);
                writer.pair(id, key.sealPair(id, pair, entropy));
            }
            writer.finish(manifest, key);
        }
        try (SharesReader reader = SharesReader.open(BackupFolder.open(shares, Manifest.Kind.SHARES))) {
            assertThat(reader.rows()).isEqualTo(10);
            for (long cell = 1; cell <= 21; cell++) {
                Optional<Long> row = reader.row(new CellId(0, cell));
                assertThat(row.isPresent()).isEqualTo(cell % 2 == 0);
                if (row.isPresent()) {
                    assertThat(reader.pair(row.get())).isEqualTo(Outcome.done(pair));
                }
            }
        }
    }

    private static Entropy counting() {
        byte[] next = {0};
        return bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next[0]++;
            }
        };
    }
}
