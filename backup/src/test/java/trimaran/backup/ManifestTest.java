package trimaran.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;

/** What a folder says of itself, and whether its files are as it says. */
class ManifestTest {

    private static final Bytes NAME = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final Bytes NOTE = Bytes.ofText("a log\n2\nroot\n\n— a log signature\n");

    @TempDir
    private Path folder;

    private Manifest manifest;

    @BeforeEach
    void write() throws Exception {
        Manifest.Named pairs = HashedFile.whole(folder, "pairs", Bytes.ofText("rows"));
        manifest = new Manifest(Manifest.Kind.SHARES, NAME, Digest.sha256(NAME), Party.DATA, 2, List.of(pairs), NOTE);
        HashedFile.whole(folder, Manifest.NAME, manifest.encode());
    }

    /** The golden text: a later program has to read the backups of today. */
    @Test
    void itIsALineForEachThing() {
        assertThat(new String(manifest.encode().toArray(), StandardCharsets.UTF_8))
                .isEqualTo("trimaran-backup 1\n"
                        + "kind shares\n"
                        + "backup 000102030405060708090a0b0c0d0e0f\n"
                        + "origin be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991\n"
                        + "tier data\n"
                        + "entries 2\n"
                        + "file pairs 4 "
                        + Digest.sha256(Bytes.ofText("rows")).hex() + "\n"
                        + "\n"
                        + "a log\n2\nroot\n\n— a log signature\n");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        assertThat(Manifest.parse(manifest.encode())).isEqualTo(manifest);
        assertThat(BackupFolder.open(folder, Manifest.Kind.SHARES).fault()).isEmpty();
    }

    @Test
    void anotherFormatIsRefused() {
        String text = new String(manifest.encode().toArray(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Manifest.parse(Bytes.ofText(text.replace("backup 1\n", "backup 2\n"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("another format");
    }

    /** A cut of any length, and any line that is not as it is written, is an error that is told and no other. */
    @Test
    void noCutManifestIsTakenForOne() {
        byte[] whole = manifest.encode().toArray();
        int end = new String(whole, StandardCharsets.UTF_8).indexOf("\n\n") + 2;
        for (int length = 0; length < end; length++) {
            Bytes cut = Bytes.ofRange(whole, 0, length);
            assertThatThrownBy(() -> Manifest.parse(cut)).isInstanceOf(MalformedException.class);
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        for (String spoilt : List.of(
                text.replace("kind shares", "kind other"),
                text.replace("tier data", "tier witness"),
                text.replace("entries 2", "entries +2"),
                text.replace("entries 2", "entries 0"),
                text.replace("file pairs", "file ../pairs"),
                text.replace("file pairs 4", "file pairs four"))) {
            assertThatThrownBy(() -> Manifest.parse(Bytes.ofText(spoilt))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void theFileThatIsNotAsItWasIsNamed() throws Exception {
        BackupFolder opened = BackupFolder.open(folder, Manifest.Kind.SHARES);
        Path pairs = folder.resolve("pairs");
        Files.writeString(pairs, "rowz");
        assertThat(opened.fault()).hasValueSatisfying(words -> assertThat(words).contains("pairs", "altered"));
        Files.writeString(pairs, "row");
        assertThat(opened.fault()).hasValueSatisfying(words -> assertThat(words).contains("pairs", "cut short"));
        Files.writeString(pairs, "rows and");
        assertThat(opened.fault()).hasValueSatisfying(words -> assertThat(words).contains("pairs", "too long"));
        Files.delete(pairs);
        assertThat(opened.fault()).hasValueSatisfying(words -> assertThat(words).contains("pairs", "missing"));
    }

    @Test
    void aFolderWithoutAManifestIsNoBackup() throws Exception {
        Files.delete(folder.resolve(Manifest.NAME));
        assertThatThrownBy(() -> BackupFolder.open(folder, Manifest.Kind.SHARES))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("broken off");
    }

    @Test
    void theOtherFolderOfABackupIsToldApart() {
        assertThatThrownBy(() -> BackupFolder.open(folder, Manifest.Kind.RECORD))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("shares");
    }

    @Test
    void aManifestBeyondItsLimitIsNotRead() throws Exception {
        Files.write(folder.resolve(Manifest.NAME), new byte[Manifest.BYTES_MAX + 1]);
        assertThatThrownBy(() -> BackupFolder.open(folder, Manifest.Kind.SHARES))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void sharesOfAnotherBackupAreToldApart() {
        Manifest other = new Manifest(
                Manifest.Kind.SHARES,
                Bytes.ofHex("ff0102030405060708090a0b0c0d0e0f"),
                manifest.origin(),
                Party.DATA,
                2,
                List.of(),
                NOTE);
        assertThat(BackupCheck.strange(manifest, manifest)).isEmpty();
        assertThat(BackupCheck.strange(manifest, other)).isPresent();
    }
}
