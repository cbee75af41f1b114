package trimaran.drills;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Attacks on the disk of one party: encrypted whole or in part, flipped, wiped, put back to an older state. */
final class DiskDrills {

    /** For somebody to notice without being asked, before an operator runs the check. */
    private static final long UNASKED_SECONDS = 5;

    /** As some families do it: a piece in sixteen, so that a file looks half right and is done in no time. */
    private static final int PIECE_BYTES = 4096;

    private static final int EVERY = 16;

    private static final long ROLLED_BACK_MILLIS = 5_000;

    private DiskDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.values()) {
            String word = party.word();
            String numbers = switch (party) {
                case DATA -> "1";
                case ACCESS -> "2";
                case APPLICATION -> "3";
                case WITNESS -> "1–3";
            };
            drills.add(Drill.withstood(
                    "encrypt-" + word,
                    numbers,
                    "root on " + word + ", which encrypts every file in place while it serves, then restarts it",
                    "the ward goes on; " + word + " is rebuilt from the others and lacks nothing",
                    scene -> encrypted(scene, party)));
            drills.add(Drill.withstood(
                    "wipe-" + word,
                    "4",
                    "root on " + word + ", which removes every file and ends the process",
                    "the ward goes on; " + word + " is rebuilt from the others and lacks nothing",
                    scene -> wiped(scene, party)));
        }
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "partly-encrypt-" + word,
                    "7",
                    "root on " + word + ", which encrypts 4 KiB in 64 of the store and lets it run on",
                    "the check finds it, readers are served from the others",
                    scene -> damaged(scene, party, DiskDrills::encryptPieces)));
            drills.add(Drill.withstood(
                    "flip-bits-" + word,
                    "26",
                    "a disk of " + word + " that flips a bit in each table of the store",
                    "the check finds it, readers are served from the others",
                    scene -> damaged(scene, party, DiskDrills::flipBits)));
            drills.add(Drill.withstood(
                    "rollback-" + word,
                    "24",
                    "the hypervisor under " + word + ", which puts its disk back to a snapshot",
                    "nothing acknowledged since is lost, nothing is signed twice; a release ledger that went back is found",
                    scene -> rolledBack(scene, party)));
        }
        drills.add(SiteLossDrill.drill());
        return drills;
    }

    private static void encrypted(Scene scene, Party party) throws Exception {
        TrialHospital hospital = scene.hospital();
        List<Path> files = Folders.files(scene.folder(party));
        long bytes = 0;
        for (Path file : files) {
            bytes += encrypt(file, scene.random(), Integer.MAX_VALUE, 1);
        }
        scene.evidence(
                files.size() > 3 && bytes > 0,
                files.size() + " files of " + party.word() + " encrypted in place, " + bytes + " bytes");
        // It goes on with what it has in memory: who notices already now notices more than is asked.
        scene.isNoticedWithin(UNASKED_SECONDS);
        scene.awaitCare("while " + party.word() + " is encrypted");
        // A process goes on with what it has in memory; ransomware restarts the machine to show its note.
        scene.expectSaidByNow(party);
        scene.end(party);
        Said started = hospital.run("start", party.word());
        scene.evidence(!started.isWell(), party.word() + " cannot start from what is left");
        scene.requireSaid(party, "is encrypted and down");
        scene.requireNoticed(party.word() + " is encrypted and down");
        scene.awaitCare("without " + party.word());
        scene.rebuild(party);
    }

    private static void remove(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static void wiped(Scene scene, Party party) throws IOException {
        Path folder = scene.folder(party);
        int files = Folders.files(folder).size();
        remove(Folders.files(folder));
        scene.expectSaidByNow(party);
        scene.end(party);
        // What it wrote between the one and the other.
        remove(Folders.files(folder));
        scene.evidence(
                files > 3 && Folders.files(folder).isEmpty(),
                files + " files of " + party.word() + " removed, the process ended");
        scene.requireSaid(party, "is wiped and down");
        scene.requireNoticed(party.word() + " is wiped and down");
        scene.awaitCare("without " + party.word());
        scene.rebuild(party);
    }

    /** What is done to the bytes of one file; returns how many it changed. */
    @FunctionalInterface
    private interface Damage {
        long to(Path file, Random random) throws Exception;
    }

    /** Damage that lets the process start: found by the check, and no reader is told anything false meanwhile. */
    private static void damaged(Scene scene, Party party, Damage damage) throws Exception {
        TrialHospital hospital = scene.hospital();
        // A start writes what lay in the journal into tables: there is something to damage.
        hospital.kill(party.word());
        hospital.start(party.word());
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        scene.strike();
        List<Path> tables = Folders.files(scene.folder(party)).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .toList();
        long bytes = 0;
        for (Path table : tables) {
            bytes += damage.to(table, scene.random());
        }
        scene.evidence(
                !tables.isEmpty() && bytes > 0,
                bytes + " bytes of " + tables.size() + " tables of " + party.word() + " changed");
        scene.end(party);
        Said started = hospital.run("start", party.word());
        // Which of the two it is says what the drill tried: the check, or the store's own checksums at the start.
        scene.say("  " + party.word()
                + (started.isWell()
                        ? " starts"
                        : " does not start: " + started.err().strip()));
        if (started.isWell()) {
            // Nobody need notice what nobody read yet; the check has to, below.
            scene.isNoticedWithin(UNASKED_SECONDS);
            scene.forgetAtTheStation();
            scene.reread();
            scene.require(!scene.verified().isWell(), Breach.Kind.UNDEFENDED, "the check finds nothing of it");
        } else {
            scene.alarmed(party.word() + " does not start");
            scene.awaitCare("without " + party.word());
        }
        scene.rebuild(party);
    }

    private static long encryptPieces(Path file, Random random) throws IOException, GeneralSecurityException {
        return encrypt(file, random, PIECE_BYTES, EVERY);
    }

    private static long flipBits(Path file, Random random) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long at = (long) (random.nextDouble() * open.length());
            open.seek(at);
            int old = open.read();
            open.seek(at);
            open.write(old ^ 1 << random.nextInt(8));
            return 1;
        }
    }

    /** AES-CTR over every {@code every}th piece, in place; the length stays. */
    static long encrypt(Path file, Random random, int pieceBytes, int every)
            throws IOException, GeneralSecurityException {
        byte[] key = new byte[32];
        byte[] counter = new byte[16];
        random.nextBytes(key);
        random.nextBytes(counter);
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
        long changed = 0;
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] piece = new byte[Math.min(pieceBytes, 1 << 16)];
            long length = open.length();
            for (long at = 0; at < length; at += (long) piece.length * every) {
                int size = (int) Math.min(piece.length, length - at);
                open.seek(at);
                open.readFully(piece, 0, size);
                byte[] sealed = Objects.requireNonNull(cipher.update(piece, 0, size));
                open.seek(at);
                open.write(sealed);
                changed += size;
            }
        }
        return changed;
    }

    private static void rolledBack(Scene scene, Party party) throws IOException {
        TrialHospital hospital = scene.hospital();
        String word = party.word();
        hospital.kill(word);
        Path snapshot = scene.stolen(scene.folder(party), "snapshot");
        hospital.start(word);
        scene.strike();
        scene.awaitCare("after the snapshot");
        Waiting.pause(ROLLED_BACK_MILLIS);
        int since = (int)
                scene.probe().written().stream().filter(Written::isPromised).count();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        hospital.kill(word);
        long before = Snapshots.size(scene.folder(party), scene.scratch());
        TrialHospital.remove(scene.folder(party));
        Folders.copy(snapshot, scene.folder(party));
        long after = Snapshots.size(scene.folder(party), scene.scratch());
        scene.evidence(
                after < before && since > 0,
                word + " is put back from " + before + " to " + after + " entries, " + since
                        + " writes acknowledged meanwhile");
        scene.awaitCare("without " + word);
        hospital.start(word);
        scene.strike();
        scene.awaitCare("beside a " + word + " of yesterday");
        scene.isNoticedWithin(UNASKED_SECONDS);
        scene.forgetAtTheStation();
        scene.reread();
        if (!scene.isWholeAgain()) {
            return;
        }
        // Lines it handed out after the snapshot are known to the others alone: a ledger that goes on from before
        // contradicts them.
        if (!scene.verified().isWell()) {
            scene.rebuild(party);
        }
    }
}
