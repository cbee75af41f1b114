package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A hull is off for as long as it takes to fetch somebody, and the ward goes on: measured over the whole of that time and its return. */
@Command(
        name = "away",
        description = "Switch each tier off for ten minutes and measure how long the ward cannot read or write.",
        mixinStandardHelpOptions = true)
final class AwayCommand implements Callable<Integer> {

    /** A tier that is found at once and started again; shorter is what {@code kill-TIER} plays. */
    static final int SECONDS_MIN = 5;

    /** A night, and no test of a machine's patience. */
    static final int SECONDS_MAX = 43_200;

    @Option(names = "--seconds", paramLabel = "N", description = "how long each (default: 600)")
    private int seconds = 600;

    @Option(names = "--seed", paramLabel = "N", description = "draws the same patients again")
    private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

    @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
            System.err.println("trimaran: --seconds takes " + SECONDS_MIN + " to " + SECONDS_MAX);
            return CommandLine.ExitCode.USAGE;
        }
        List<Drill> drills = drills(seconds);
        // A hospital each: what one tier's fall leaves behind is not the next one's.
        return DrillTable.isWell(DrillMain.carryOut(drills, folder, seed, drills.size(), soFar -> {}), false) ? 0 : 1;
    }

    static List<Drill> drills(int seconds) {
        List<Drill> drills = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            drills.add(Drill.withstood(
                    "away-" + tier.word(),
                    "5",
                    "the switch of " + tier.word() + ", off for " + seconds + " s",
                    "no second without a read, at most five without a write",
                    scene -> away(scene, tier, seconds)));
        }
        return drills;
    }

    private static void away(Scene scene, Party tier, int seconds) {
        TrialHospital hospital = scene.hospital();
        String word = tier.word();
        scene.expectSaid(tier);
        long off = System.nanoTime();
        hospital.kill(word);
        scene.requireSaid(tier, "is off");
        scene.requireNoticed(word + " is off");
        Waiting.pause(Math.max(0, seconds * 1000L - (System.nanoTime() - off) / 1_000_000));
        scene.evidence(!hospital.isAlive(word), word + " was off for " + seconds + " s");
        hospital.start(word);
        scene.awaitCare("after " + word + " is back");
        Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        scene.stopMeasuring();
        WardProbe probe = scene.probe();
        scene.say(probe.reads().doneSince() + " reads and " + probe.writes().doneSince() + " writes meanwhile");
    }
}
