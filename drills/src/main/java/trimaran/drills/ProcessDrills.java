package trimaran.drills;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Attacks on processes: killed again and again, held still, made slow. */
final class ProcessDrills {

    /** The parties notice a silent one within seconds. */
    private static final long HANG_MILLIS = 12_000;

    private static final int KILLS = 3;

    /** Work of half a second every five: an I/O that takes five seconds looks so from outside. */
    private static final int SLOW_BEATS = 4;

    private static final long SLOW_STILL_MILLIS = 4_500;
    private static final long SLOW_WORK_MILLIS = 500;

    private ProcessDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.values()) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "kill-" + word,
                    "5",
                    "the account of " + word + ", to end its process whenever it starts",
                    "the ward goes on; nothing promised is lost",
                    scene -> killed(scene, party)));
            drills.add(Drill.withstood(
                    "hang-" + word,
                    "5",
                    "the account of " + word + ", to hold its process still without ending it",
                    "the ward goes on; nothing is promised that is not kept",
                    scene -> hung(scene, party)));
        }
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "slow-" + word,
                    "44",
                    "the machine of " + word + ", which answers half a second in five",
                    "the ward goes on; nothing is promised that is not kept",
                    scene -> slow(scene, party)));
        }
        for (String word : List.of("relay", TrialHospital.STATION)) {
            drills.add(Drill.withstood(
                    "kill-" + (word.equals("relay") ? word : "station"),
                    "32",
                    "the plug of the " + (word.equals("relay") ? word : "station")
                            + ", pulled at moments of its own choosing",
                    "what was answered is in the record, what was not is whole or not at all",
                    scene -> unplugged(scene, word)));
        }
        return drills;
    }

    /** The ward's only one: it is away until it is back, and nothing it was promised may be lost over it. */
    private static void unplugged(Scene scene, String word) {
        TrialHospital hospital = scene.hospital();
        if (word.equals(TrialHospital.STATION)) {
            scene.gaps().stationFalls();
        }
        for (int i = 1; i <= KILLS; i++) {
            Waiting.pause(scene.random().nextInt(1_000));
            long before = hospital.pid(word);
            hospital.kill(word);
            scene.evidence(
                    ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty(),
                    word + " is killed at work, time " + i + " of " + KILLS);
            hospital.start(word);
            scene.awaitCare("after " + word + " is back");
        }
    }

    /** What the ward writes without application nobody approves: afterwards all of it is on the list of what is to be reviewed. */
    private static void killed(Scene scene, Party party) throws IOException {
        if (party != Party.APPLICATION) {
            killed(scene, party, () -> {});
            return;
        }
        try (LateReviews reviews = LateReviews.begin(scene)) {
            scene.strike();
            killed(scene, party, reviews::note);
            reviews.judge();
        }
    }

    /** @param meanwhile is done each time it is away */
    private static void killed(Scene scene, Party party, Runnable meanwhile) {
        TrialHospital hospital = scene.hospital();
        String word = party.word();
        for (int i = 1; i <= KILLS; i++) {
            long before = hospital.pid(word);
            scene.expectSaid(party);
            hospital.kill(word);
            scene.evidence(
                    ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty(),
                    word + " is killed, time " + i + " of " + KILLS);
            scene.awaitCare("without " + word);
            scene.requireSaid(party, "is dead");
            scene.requireNoticed(word + " is dead");
            meanwhile.run();
            hospital.start(word);
        }
        scene.stopMeasuring();
    }

    private static void hung(Scene scene, Party party) throws IOException {
        String word = party.word();
        long pid = scene.hospital().pid(word);
        scene.expectSaid(party);
        signal("STOP", pid);
        try {
            scene.evidence(isStill(pid), word + " stands still");
            scene.requireSaid(party, "hangs");
            Waiting.pause(HANG_MILLIS);
            scene.awaitCare("while " + word + " hangs");
            scene.requireNoticed(word + " hangs");
            scene.evidence(isStill(pid), word + " still stands still " + HANG_MILLIS / 1000 + " s later");
        } finally {
            signal("CONT", pid);
        }
        scene.stopMeasuring();
    }

    private static void slow(Scene scene, Party party) throws IOException {
        String word = party.word();
        long pid = scene.hospital().pid(word);
        scene.expectSaid(party);
        int still = 0;
        try {
            for (int i = 0; i < SLOW_BEATS; i++) {
                signal("STOP", pid);
                still += isStill(pid) ? 1 : 0;
                Waiting.pause(SLOW_STILL_MILLIS);
                signal("CONT", pid);
                Waiting.pause(SLOW_WORK_MILLIS);
            }
        } finally {
            signal("CONT", pid);
        }
        scene.evidence(still == SLOW_BEATS, word + " was held still " + still + " times for 4.5 s in 5");
        scene.requireSaid(party, "is slow");
        scene.awaitCare("beside a slow " + word);
        scene.stopMeasuring();
    }

    /** Sends a signal by its name; a process that is gone gets none. */
    static void signal(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stopped, as the system says (proc(5): state T). */
    static boolean isStill(long pid) {
        for (int look = 0; look < 20; look++) {
            String stat = TrialHospital.text(java.nio.file.Path.of("/proc/" + pid + "/stat"));
            if (stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("T")) {
                return true;
            }
            Waiting.pause(50);
        }
        return false;
    }
}
