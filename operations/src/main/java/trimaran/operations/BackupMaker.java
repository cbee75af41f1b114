package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.backup.BackupCheck;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.process.FileDisk;

/**
 * Has a running tier write its backup into two folders beside their places, checks what it wrote, and only then gives them
 * their names: what has a backup's name has been read back whole.
 */
final class BackupMaker {

    /** How often the tier is asked how far it is. */
    private static final long LOOK_MILLIS = 200;

    /** For a tier to see an order: it looks twice a second. */
    private static final long SEEN_MILLIS_MAX = 30_000;

    /** Without a word from the tier. Its words come every few hundred entries, one large blob may take a while. */
    private static final long SILENT_MILLIS_MAX = 600_000;

    private static final String ORDER = "backup-order";
    private static final String STATE = "backup-state";

    private final Home home;
    private final Shell shell;

    BackupMaker(Home home, Shell shell) {
        this.home = home;
        this.shell = shell;
    }

    void make(Party tier, Path out, Path shares) throws RefusedException {
        Places places = places(home, out, shares);
        Path record = places.record();
        Path apart = places.shares();
        if (PartyProcess.running(Role.of(tier), home).isEmpty()) {
            throw new RefusedException(Code.UNAVAILABLE, tier.word() + " does not run here; a backup is made by it");
        }
        long begun = System.nanoTime();
        // The record is named last: where it is, its shares are.
        Draft.fill(
                record,
                shell.entropy(),
                recordDraft -> Draft.fill(apart, shell.entropy(), sharesDraft -> {
                    order(tier, recordDraft, sharesDraft);
                    told(recordDraft, sharesDraft, tier, begun);
                }));
    }

    private void told(Path record, Path shares, Party tier, long begun) throws RefusedException {
        shell.voice().progress("written; reading it back");
        BackupCheck.Found found = BackupChecking.found(record, Optional.of(shares));
        if (!found.isGood()) {
            throw new RefusedException(
                    Code.BAD_PROOF,
                    "what was written is no good backup: " + found.faults().getFirst());
        }
        Manifest manifest = BackupChecking.open(record, Manifest.Kind.RECORD).manifest();
        BackupFolder pairs = BackupChecking.open(shares, Manifest.Kind.SHARES);
        shell.voice().progress(BackupChecking.words(found));
        shell.voice()
                .say(String.format(
                        "backup %s of %s is whole and checked: %,d bytes of record, %,d bytes of shares, %.1f s",
                        manifest.label(),
                        tier.word(),
                        manifest.bytes(),
                        pairs.manifest().bytes(),
                        (System.nanoTime() - begun) / 1e9));
    }

    /** Where a backup's two folders will be. */
    record Places(Path record, Path shares) {}

    /** Refuses folders that are one, lie inside each other or the home, or are not empty. */
    static Places places(Home home, Path out, Path apart) throws RefusedException {
        Path record = place(out);
        Path shares = place(apart);
        if (record.startsWith(shares) || shares.startsWith(record)) {
            throw new RefusedException(
                    Code.USAGE,
                    "record and shares go into two folders, neither inside the other: kept together, one"
                            + " thief has both");
        }
        Path own = real(home.folder());
        for (Path folder : List.of(record, shares)) {
            if (folder.startsWith(own) || own.startsWith(folder)) {
                throw new RefusedException(
                        Code.USAGE,
                        folder + " lies in the hospital's own folder, or around it: what takes the one"
                                + " takes the other");
            }
            if (!isFree(folder)) {
                throw new RefusedException(Code.USAGE, folder + " is not empty; a backup goes into a new folder");
            }
        }
        return new Places(record, shares);
    }

    private static boolean isFree(Path folder) throws RefusedException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        } catch (IOException noFolder) {
            return false;
        }
    }

    /** As the folder really lies, whatever links lead there; its folder above has to be there. */
    private static Path place(Path folder) throws RefusedException {
        Path target = folder.toAbsolutePath().normalize();
        Path above = target.getParent();
        if (above == null || !Files.isDirectory(above)) {
            throw new RefusedException(Code.USAGE, "there is no folder to make " + target + " in");
        }
        return Files.exists(target) ? real(target) : real(above).resolve(above.relativize(target));
    }

    private static Path real(Path folder) throws RefusedException {
        try {
            return folder.toRealPath();
        } catch (IOException unreadable) {
            throw new RefusedException(Code.USAGE, folder + " cannot be looked into");
        }
    }

    /** Gives the tier the order and follows what it says of it until it is done. */
    private void order(Party tier, Path record, Path shares) throws RefusedException {
        String name = HexFormat.of().formatHex(shell.entropy().bytes(16));
        FileDisk disk = FileDisk.in(home.of(tier));
        disk.replace(ORDER, Bytes.ofText(name + "\n" + record + "\n" + shares + "\n"));
        String before = "";
        long heard = System.nanoTime();
        while (true) {
            String words = said(disk, name);
            if (words.equals("done")) {
                return;
            }
            if (words.startsWith("refused ")) {
                throw refusal(words);
            }
            if (!words.equals(before)) {
                before = words;
                heard = System.nanoTime();
                told(words);
            }
            long patience = words.isEmpty() ? SEEN_MILLIS_MAX : SILENT_MILLIS_MAX;
            boolean runs = PartyProcess.running(Role.of(tier), home).isPresent();
            if (!runs || System.nanoTime() - heard > patience * 1_000_000) {
                throw new RefusedException(
                        Code.UNAVAILABLE, tier.word() + " does not go on with the backup; nothing of it was kept");
            }
            pause();
        }
    }

    private static String said(FileDisk disk, String name) {
        String state = new String(disk.read(STATE).orElse(Bytes.EMPTY).unsafeArray(), StandardCharsets.UTF_8).strip();
        return state.startsWith(name + " ") ? state.substring(name.length() + 1) : "";
    }

    /** {@code running ENTRIES BYTES OF}. */
    private void told(String words) {
        String[] parts = words.split(" ", -1);
        if (parts.length == 4) {
            shell.voice()
                    .bar(String.format(
                            "%,d of %,d entries, %,d bytes",
                            Long.parseLong(parts[1]), Long.parseLong(parts[3]), Long.parseLong(parts[2])));
        }
    }

    private static RefusedException refusal(String words) {
        String[] parts = words.split(" ", 3);
        for (Code code : Code.values()) {
            if (parts.length == 3 && parts[1].equals(String.valueOf(code.number()))) {
                return new RefusedException(code, parts[2]);
            }
        }
        return new RefusedException(Code.BROKEN, words);
    }

    private static void pause() throws RefusedException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Code.UNAVAILABLE, "interrupted; nothing was kept of the backup");
        }
    }
}
