package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Two tiers gone at once, as with the one room both stood in: out of scope. What a backup of one of them that was kept elsewhere is good
 * for then, and what of the time since it was made is lost, is measured.
 */
final class SiteLossDrill {

    private static final List<Party> BOTH = List.of(Party.ACCESS, Party.DATA);

    /** Admitted since the backup: cells of their own, which no backup knows. */
    private static final int ADMITTED_SINCE = 3;

    private static final long STANDSTILL_MILLIS = 10_000;

    /** What a rebuild says that has not both others to rebuild from. */
    private static final String NEEDS_OTHERS = "a rebuild needs every other party";

    /** Words of the harm. */
    static final String NOTHING_REBUILDS = "nothing rebuilds data: ";

    private SiteLossDrill() {}

    static Drill drill() {
        return Drill.harmful(
                "wipe-two-tiers",
                "38, 49",
                "one site, one host or one administrator of access and data: both are wiped at once",
                "the wards stand still and nothing rebuilds them, a backup neither: out of scope, and the reason for separate"
                        + " sites",
                new Harm(Breach.Kind.LOST, NOTHING_REBUILDS),
                SiteLossDrill::wiped);
    }

    private static void wiped(Scene scene) throws IOException, MalformedException {
        TrialHospital hospital = scene.hospital();
        Path record = scene.scratch().resolve("backup");
        Path shares = scene.scratch().resolve("backup-shares");
        BackupDrills.make(scene, record, shares);
        long backedNanos = System.nanoTime();
        for (int i = 0; i < ADMITTED_SINCE; i++) {
            scene.cohort().admit();
        }
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        scene.strike();
        double seconds = (System.nanoTime() - backedNanos) / 1e9;
        for (Party party : BOTH) {
            hospital.kill(party.word());
            TrialHospital.remove(scene.folder(party));
        }
        scene.evidence(BOTH.stream().noneMatch(party -> Files.exists(scene.folder(party))), BOTH + " are gone");
        // Of harm that is expected nothing else would fail where nobody noticed.
        scene.evidence(scene.isNoticedWithin(Scene.NOTICED_SECONDS_MAX), "somebody noticed that " + BOTH + " are gone");
        int writes = scene.probe().writes().doneSince();
        Waiting.pause(STANDSTILL_MILLIS);
        if (scene.probe().writes().doneSince() - writes <= 1) {
            scene.breach(
                    Breach.Kind.UNDEFENDED, "the ward cannot write for " + STANDSTILL_MILLIS / 1000 + " s and longer");
        }
        List<String> command = new ArrayList<>(List.of("rebuild", Party.DATA.word()));
        command.addAll(Scene.OFFICERS);
        refused(scene, NOTHING_REBUILDS, hospital.run(command.toArray(String[]::new)));
        refused(scene, "no backup restores data: ", BackupDrills.restore(scene, record, shares));
        measured(scene, record, shares, seconds);
        scene.spoilt();
    }

    /** In the command's own words; refused for another reason the drill has shown nothing. */
    private static void refused(Scene scene, String what, Said said) {
        if (!said.isWell()) {
            scene.breach(
                    said.err().contains(NEEDS_OTHERS) ? Breach.Kind.LOST : Breach.Kind.BROKEN_OFF,
                    what + said.err().strip());
        }
    }

    /**
     * What somebody could do by hand who has the disk that is left and the backup: no command of the house does it, since it takes two
     * tiers' shares in one hand. Of every cell that was opened before the backup, each entry is there and opens; of those since, none.
     */
    private static void measured(Scene scene, Path record, Path shares, double seconds)
            throws IOException, MalformedException {
        long backed = BackupFolder.open(record, Manifest.Kind.RECORD).manifest().entries();
        Path left = scene.stolen(scene.folder(Party.APPLICATION), "left");
        long entries = Snapshots.size(left, scene.scratch());
        ShareThief both = new ShareThief().stealBackup(shares).steal(Party.APPLICATION, left);
        ShareThief.Found before = both.open(backed);
        ShareThief.Found all = both.open(Long.MAX_VALUE);
        scene.evidence(
                before.cells() > DrillRun.PATIENTS && before.opened() == before.cells(),
                "offline, the backup of data and the disk of application open " + before.opened() + " of the "
                        + before.cells() + " cells that were there when it was made");
        scene.breach(
                Breach.Kind.LOST,
                "measured RPO: " + String.format(Locale.ROOT, "%.1f", seconds) + " s, " + (entries - backed) + " of "
                        + entries + " entries came since the"
                        + " backup; " + (all.cells() - all.opened()) + " of " + all.cells()
                        + " cells were opened since, and open no more");
    }
}
