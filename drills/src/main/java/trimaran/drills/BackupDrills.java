package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.backup.Manifest;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.record.Header;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** A backup somebody got at: altered by a byte, altered with its manifest mended; what was admitted since is not in it. */
final class BackupDrills {

    private static final Pattern BACKED = Pattern.compile("out of the backup: ([0-9,]+) entries");
    private static final Pattern REFUSED = Pattern.compile("([0-9,]+) entries of the backup are not what the quorum");

    private static final int ADMITTED_SINCE = 3;

    /** Words of the breach that is expected where the defence is missing. */
    static final String MENDED_UNSEEN = "the check of a mended backup finds nothing: ";

    private BackupDrills() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "poisoned-backup",
                "28",
                "the backup of data, in which one entry is altered and the manifest mended, and the disk of data, which is wiped",
                "what was altered is not taken out of the backup; the others give it, and data lacks nothing",
                BackupDrills::poisoned));
    }

    private static void poisoned(Scene scene) throws Exception {
        Path record = scene.scratch().resolve("backup");
        Path shares = scene.scratch().resolve("backup-shares");
        make(scene, record, shares);
        unreadable(scene, record);
        for (int i = 0; i < ADMITTED_SINCE; i++) {
            scene.cohort().admit();
        }
        Path touched = scene.scratch().resolve("touched");
        Folders.copy(record, touched);
        long altered = alter(touched, false);
        Path mended = scene.scratch().resolve("mended");
        Folders.copy(record, mended);
        alter(mended, true);
        Said check = scene.hospital().run("backup", "--check", mended.toString(), "--shares", shares.toString());
        scene.require(
                !check.isWell() && check.out().contains("is not the one that stands in the tree"),
                Breach.Kind.UNDEFENDED,
                MENDED_UNSEEN + check);

        scene.strike();
        scene.end(Party.DATA);
        TrialHospital.remove(scene.folder(Party.DATA));
        scene.evidence(!Files.exists(scene.folder(Party.DATA)), "the folder of data is gone, under load");
        scene.requireNoticed("data is gone");
        scene.stopMeasuring();
        Said refused = restore(scene, touched, shares);
        scene.require(
                !refused.isWell() && refused.err().contains("was altered"),
                Breach.Kind.UNDEFENDED,
                "a backup altered in its byte " + altered + " is not refused: " + refused);
        Said restored = restore(scene, mended, shares);
        if (!restored.isWell()) {
            throw new IllegalStateException("data is not restored: " + restored
                    + scene.hospital().run("status").out());
        }
        scene.say(restored.err().strip());
        scene.evidence(count(REFUSED, restored.err()) == 1, "the altered entry was offered, and it alone is refused");
        // The positive control: what was not altered did come out of the backup.
        scene.evidence(
                count(BACKED, restored.err()) > DrillRun.PATIENTS,
                count(BACKED, restored.err()) + " entries came out of the same backup");
        scene.forgetAtTheStation();
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        scene.require(scene.verified().isWell(), Breach.Kind.LOST, "the copies are not clean after the restore");
        scene.reread();
    }

    /** A backup of data, while it serves. */
    static void make(Scene scene, Path record, Path shares) {
        Said made = scene.hospital()
                .run("backup", Party.DATA.word(), "--out", record.toString(), "--shares", shares.toString());
        if (!made.isWell()) {
            throw new IllegalStateException("no backup is made: " + made);
        }
    }

    static Said restore(Scene scene, Path record, Path shares) {
        List<String> command = new ArrayList<>(
                List.of("restore", Party.DATA.word(), "--from", record.toString(), "--shares", shares.toString()));
        command.addAll(Scene.OFFICERS);
        return scene.hospital().run(command.toArray(String[]::new));
    }

    private static long count(Pattern pattern, String words) {
        Matcher found = pattern.matcher(words);
        return found.find() ? Long.parseLong(String.valueOf(found.group(1)).replace(",", "")) : 0;
    }

    /** Whoever has the record's backup alone reads nobody; the same search finds a text that is there. */
    private static void unreadable(Scene scene, Path record) throws IOException {
        try (CanaryScanner scanner = new CanaryScanner(scene.cohort().canaries())) {
            scanner.folder(record).forEach(found -> scene.breach(Breach.Kind.READABLE, found.toString()));
            Path planted = scene.scratch().resolve("planted");
            Files.writeString(
                    planted, "so: " + scene.cohort().canaries().getFirst().text());
            scene.evidence(
                    !scanner.file(planted).isEmpty(),
                    "the search that found no patient in the backup finds one where one is");
        }
    }

    /** Alters a byte of a header in the middle of the entries, and on request writes a manifest to it; returns which byte. */
    private static long alter(Path folder, boolean mend) throws IOException, MalformedException {
        Path manifest = folder.resolve(Manifest.NAME);
        Manifest told = Manifest.parse(Bytes.wrap(Files.readAllBytes(manifest)));
        Manifest.Named entries = told.files().stream()
                .filter(one -> one.name().startsWith("entries-"))
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve(entries.name());
        byte[] bytes = Files.readAllBytes(file);
        int at = headerEnd(bytes, told.entries() / 2);
        bytes[at - 1] ^= 1;
        Files.write(file, bytes);
        if (mend) {
            List<Manifest.Named> files = told.files().stream()
                    .map(one -> one.equals(entries)
                            ? new Manifest.Named(one.name(), one.bytes(), Digest.sha256(Bytes.wrap(bytes)))
                            : one)
                    .toList();
            Files.write(
                    manifest,
                    new Manifest(
                                    told.kind(),
                                    told.name(),
                                    told.origin(),
                                    told.tier(),
                                    told.entries(),
                                    files,
                                    told.note())
                            .encode()
                            .unsafeArray());
        }
        return at - 1L;
    }

    private static boolean isReadableAltered(Bytes header) {
        byte[] altered = header.toArray();
        altered[altered.length - 1] ^= 1;
        try {
            Reader.whole(Bytes.wrap(altered), Header::read);
            return true;
        } catch (MalformedException broken) {
            return false;
        }
    }

    /** Where a header ends that can be read with its last bit turned as well: the first such from this entry on. */
    private static int headerEnd(byte[] file, long entry) throws MalformedException {
        Reader reader = new Reader(file);
        for (long i = 0; ; i++) {
            Bytes header = reader.bytes(Integer.MAX_VALUE);
            if (i >= entry && isReadableAltered(header)) {
                return reader.position();
            }
            reader.bytes(Integer.MAX_VALUE);
            reader.bytes(Integer.MAX_VALUE);
            long blobs = reader.u32();
            for (long blob = 0; blob < blobs; blob++) {
                if (reader.u8() == 1) {
                    reader.raw((int) reader.i64());
                }
            }
        }
    }
}
