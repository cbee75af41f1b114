package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.Waiting;

/** Two tiers are robbed one after the other, and between the two thefts their shares are refreshed. */
final class RefreshDrills {

    /** For the old sealing keys to go: half a minute and a margin, by the record's time. */
    private static final int LATE_SECONDS_MAX = 180;

    /** Words of the breach that is expected where the defence is missing. */
    static final String OPEN_AFTER = " cells open with what was stolen before and after the refresh";

    private RefreshDrills() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "refresh-after-theft",
                "31",
                "disk and keys of access and its backup of shares, then a refresh of shares, then disk and keys of data",
                "no cell opens; with data's disk of before the refresh the disk opens nearly all, and so does the backup alone",
                RefreshDrills::robbedTwice));
    }

    private static void robbedTwice(Scene scene) throws Exception {
        scene.strike();
        Path before = scene.stolen(scene.folder(Party.ACCESS), "loot-access");
        Path again = scene.scratch().resolve("loot-access-again");
        Folders.copy(before, again);
        Path control = scene.stolen(scene.folder(Party.DATA), "loot-data-before");
        Path controlOfBackup = scene.scratch().resolve("loot-data-before-again");
        Folders.copy(control, controlOfBackup);
        Path backup = backup(scene);
        List<String> command = new ArrayList<>(List.of("refresh", "--late", "0"));
        command.addAll(Scene.OFFICERS);
        Said refreshed = scene.hospital().run(command.toArray(String[]::new));
        if (!refreshed.isWell()) {
            throw new IllegalStateException("the shares are not refreshed: " + refreshed);
        }
        awaitOldKeysGone(scene);
        Path after = scene.stolen(scene.folder(Party.DATA), "loot-data-after");

        // The positive control: without a refresh between them the two thefts are one of two tiers.
        ShareThief.Found without = new ShareThief()
                .steal(Party.ACCESS, before)
                .steal(Party.DATA, control)
                .open(Long.MAX_VALUE);
        opensNearlyAll(scene, "the same thief", without);
        opensNearlyAll(
                scene,
                "the backup alone",
                new ShareThief()
                        .stealBackup(backup)
                        .steal(Party.DATA, controlOfBackup)
                        .open(Long.MAX_VALUE));
        ShareThief.Found with = new ShareThief()
                .steal(Party.ACCESS, again)
                .stealBackup(backup)
                .steal(Party.DATA, after)
                .open(Long.MAX_VALUE);
        opensNothing(scene, with);
        scene.stopMeasuring();
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        scene.require(scene.verified().isWell(), Breach.Kind.LOST, "the copies are not clean after the refresh");
        scene.reread();
    }

    /** A key goes with an entry placed after its time. */
    static void awaitOldKeysGone(Scene scene) throws IOException {
        long end = System.nanoTime() + LATE_SECONDS_MAX * 1_000_000_000L;
        while (oldKeys(scene) > 0 && System.nanoTime() < end) {
            scene.cohort().write(1);
            Waiting.pause(5_000);
        }
        scene.require(oldKeys(scene) == 0, Breach.Kind.UNDEFENDED, "old sealing keys are still on the disks");
    }

    static void opensNothing(Scene scene, ShareThief.Found with) {
        scene.say("  with it " + with);
        scene.require(with.opened() == 0, Breach.Kind.READABLE, with.opened() + " of " + with.cells() + OPEN_AFTER);
    }

    static void opensNearlyAll(Scene scene, String who, ShareThief.Found without) {
        scene.say("  without a refresh " + without);
        scene.evidence(
                without.opened() > without.cells() * 9 / 10,
                who + " opens " + without.opened() + " of " + without.cells() + " cells where none was refreshed");
    }

    /** The shares of access as they are put away, with what opens them. */
    private static Path backup(Scene scene) {
        Path record = scene.scratch().resolve("backup");
        Path shares = scene.scratch().resolve("backup-shares");
        Said made = scene.hospital()
                .run("backup", Party.ACCESS.word(), "--out", record.toString(), "--shares", shares.toString());
        if (!made.isWell()) {
            throw new IllegalStateException("no backup is made: " + made);
        }
        return shares;
    }

    /** Sealing keys of generations that are gone, at all tiers. */
    private static long oldKeys(Scene scene) throws IOException {
        long keys = 0;
        for (Party tier : Party.TIERS) {
            try (Stream<Path> files = Files.list(scene.folder(tier).resolve("keys"))) {
                keys += files.filter(file -> String.valueOf(file.getFileName()).startsWith("late-"))
                        .count();
            }
        }
        return keys;
    }
}
