package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.backup.Manifest;
import trimaran.backup.RecordWriter;
import trimaran.backup.SharesWriter;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.process.SystemEntropy;
import trimaran.shares.GenerationKey;

/** Where a backup may go, and which is refused before anybody signs a restore. */
class BackupTest {

    private static final Digest ORIGIN = Digest.sha256(Bytes.ofText("this hospital"));

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void home() throws Exception {
        home = new Home(Files.createDirectories(folder.resolve("hospital")));
        folder = folder.toRealPath();
    }

    private static void refused(String words, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOf(RefusedException.class)
                .satisfies(thrown -> assertThat(
                                ((RefusedException) thrown).refusal().sentence())
                        .contains(words));
    }

    @Test
    void twoNewFoldersAreTaken() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));
        BackupMaker.Places places = BackupMaker.places(home, folder.resolve("new"), there);
        assertThat(places.record()).isEqualTo(folder.resolve("new"));
        assertThat(places.shares()).isEqualTo(there);
    }

    @Test
    void recordAndSharesDoNotLieTogether() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        refused("neither inside the other", () -> BackupMaker.places(home, one, one));
        refused("neither inside the other", () -> BackupMaker.places(home, one, link));
        refused("neither inside the other", () -> BackupMaker.places(home, one, one.resolve("in")));
        refused("neither inside the other", () -> BackupMaker.places(home, one.resolve("in"), one));
        refused("neither inside the other", () -> BackupMaker.places(home, one.resolve("a/.."), one));
    }

    @Test
    void noBackupLiesInTheHome() {
        Path free = folder.resolve("free");
        refused("own folder", () -> BackupMaker.places(home, home.folder().resolve("b"), free));
        refused("own folder", () -> BackupMaker.places(home, free, home.folder()));
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("letter"), "mine");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refused("not empty", () -> BackupMaker.places(home, used, folder.resolve("free")));
        refused("not empty", () -> BackupMaker.places(home, folder.resolve("free"), file));
        refused("no folder to make", () -> BackupMaker.places(home, folder.resolve("no/where"), used));
    }

    @Test
    void theCommandSaysWhatItTakes() {
        for (String[] wrong : List.of(
                new String[] {"backup"},
                new String[] {"backup", "witness", "--out", "a", "--shares", "b"},
                new String[] {"backup", "data", "--out", "a"},
                new String[] {"backup", "data", "--check", "a"})) {
            StandIn.Said said = StandIn.run("", wrong);
            assertThat(said.status()).isEqualTo(Code.USAGE.exitCode());
            assertThat(said.err().strip().lines()).hasSize(1);
        }
        StandIn.Said nothing = StandIn.run("", "backup", "--check", folder.toString());
        assertThat(nothing.status()).isEqualTo(Code.BAD_PROOF.exitCode());
        assertThat(nothing.err()).contains("no backup");
    }

    private Path record(String where, Digest origin, Party tier, int name) throws Exception {
        Path record = Files.createDirectory(folder.resolve(where));
        Path shares = Files.createDirectory(folder.resolve(where + "-shares"));
        Manifest manifest;
        try (RecordWriter writer = new RecordWriter(record)) {
            writer.entry(Bytes.ofText("a header"), Bytes.ofText("a place"), Bytes.EMPTY, 0, Digest.ZERO);
            byte[] bytes = new byte[16];
            bytes[0] = (byte) name;
            manifest = writer.finish(Bytes.of(bytes), origin, tier, List.of(), Bytes.ofText("a note\n"));
        }
        try (SharesWriter writer = new SharesWriter(shares)) {
            writer.finish(manifest, GenerationKey.draw(tier, 1, new SystemEntropy()));
        }
        return record;
    }

    private RestoreSource open(Path record, Path shares) throws RefusedException {
        return RestoreSource.open(record, shares, Party.DATA, ORIGIN);
    }

    @Test
    void whatIsPlainlyTheWrongBackupIsRefused() throws Exception {
        Path right = record("right", ORIGIN, Party.DATA, 1);
        Path rightShares = folder.resolve("right-shares");
        assertThat(open(right, rightShares).record().manifest().entries()).isOne();
        Path strangers = record("strangers", Digest.ZERO, Party.DATA, 1);
        refused("another hospital", () -> open(strangers, rightShares));
        Path access = record("access", ORIGIN, Party.ACCESS, 1);
        refused("the backup of access", () -> open(access, rightShares));
        record("other", ORIGIN, Party.DATA, 2);
        refused("another backup", () -> open(right, folder.resolve("other-shares")));
        refused("holds a backup's shares", () -> open(rightShares, rightShares));
        Path manifest = right.resolve(Manifest.NAME);
        Files.writeString(manifest, Files.readString(manifest).replace("backup 1\n", "backup 2\n"));
        refused("another format", () -> open(right, rightShares));
    }

    @Test
    void aByteAlteredOrCutOffIsRefusedAndTheFileNamed() throws Exception {
        Path record = record("right", ORIGIN, Party.DATA, 1);
        Path shares = folder.resolve("right-shares");
        Path file = record.resolve("entries-000000000000");
        byte[] whole = Files.readAllBytes(file);
        byte[] altered = whole.clone();
        altered[7] ^= 1;
        Files.write(file, altered);
        refused("entries-000000000000 was altered", () -> open(record, shares));
        Files.write(file, Bytes.ofRange(whole, 0, whole.length - 1).toArray());
        refused("entries-000000000000 is cut short", () -> open(record, shares));
        Files.write(file, whole);
        Files.write(shares.resolve("file-key"), new byte[40]);
        refused("file-key was altered", () -> open(record, shares));
    }
}
