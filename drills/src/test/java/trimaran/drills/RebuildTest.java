package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Whatever hull falls and loses its disk, the others bring it back, and the wards write on meanwhile. */
@ExtendWith(OnTrial.class)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class RebuildTest {

    /** Application is made anew by the attack of {@link DrillsTest} and before the refresh of {@link RefreshTest}. */
    private static final List<String> HULLS = List.of("access", "data", "witness");

    /** The station may lose an open channel or its cell while a membership changes; it does not stand still for longer. */
    private static final int WRITES_MEANWHILE_MIN = 3;

    @TempDir
    private Path scratch = Path.of("set by JUnit");

    @Test
    void eachHullIsRebuiltFromTheOthersWhileTheWardsWrite(TrialHospital hospital) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        List<Written> written = new ArrayList<>();
        try (FhirClient client = hospital.client()) {
            for (String hull : HULLS) {
                written.addAll(rebuild(hospital, client, hull, seed));
            }
            Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
            assertThat(verified.isWell()).as(verified.toString()).isTrue();
            assertThat(new Reckoning(client).faults(written)).isEmpty();
        }
    }

    /** The machine goes down under it: with its new keys it goes on, since nobody else was there, and the epoch is the one it began. */
    @Test
    void aRebuildThatBrokeOffWhileItCopiedIsSeenThrough(TrialHospital hospital) throws Exception {
        hospital.kill("access");
        Path folder = hospital.home().resolve("access");
        TrialHospital.remove(folder);
        String[] again = {"rebuild", "access", "--officer", "direction", "--officer", "informatique", "--resume"};
        Said none = hospital.run(again);
        assertThat(none.isWell()).isFalse();
        assertThat(none.err().strip().lines()).hasSize(1);
        assertThat(none.err()).contains("no rebuild of access broke off");

        Path said = scratch.resolve("rebuild.out");
        List<String> first = new ArrayList<>(List.of(again));
        first.removeLast();
        first.addAll(List.of("--home", hospital.home().toString()));
        Process rebuild = hospital.commands().begin(List.of(), first, said);
        Path copying = folder.resolve("store");
        Waiting.until(120, "access copies", () -> Files.exists(copying));
        rebuild.destroyForcibly().waitFor();
        hospital.kill("access");
        assertThat(TrialHospital.text(said)).doesNotContain("whole again");
        String begun = hospital.run("status", "--json").out().replaceAll("(?s).*\"epoch\":(\\d+).*", "$1");

        // Somebody cut it off since: its keys may be in other hands, and nothing is opened for them.
        assertThat(hospital.run("cut", "access", "--officer", "direction").isWell())
                .isTrue();
        Said cutOff = hospital.run(again);
        assertThat(cutOff.isWell()).isFalse();
        assertThat(cutOff.err()).contains("access is cut off", "without --resume");
        assertThat(hospital.isAlive("access")).isFalse();
        assertThat(hospital.run("reopen", "access", "--officer", "direction", "--officer", "informatique")
                        .isWell())
                .isTrue();

        Said resumed = hospital.run(again);
        assertThat(resumed.isWell()).as(resumed.toString()).isTrue();
        assertThat(resumed.err()).contains("access goes on with the keys it has, epoch " + begun);
        assertThat(resumed.err()).containsPattern(saidOf("access"));
        assertThat(hospital.isAlive("access")).isTrue();
        assertThat(hospital.run(again).err()).contains("no rebuild of access broke off");
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    /** The way back that is rehearsed: what the backup has comes out of it, entries and pairs of shares, and what came since from the others. */
    @Test
    void aHullIsRestoredOutOfItsBackupAndWhatCameSinceFromTheOthers(TrialHospital hospital) {
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        Path backup = scratch.resolve("backup");
        Path shares = scratch.resolve("backup-shares");
        Said made = hospital.run("backup", "data", "--out", backup.toString(), "--shares", shares.toString());
        assertThat(made.isWell()).as(made.toString()).isTrue();
        List<Written> since;
        try (FhirClient client = hospital.client()) {
            try (Load load = Load.begin(client, "restore", 7)) {
                Waiting.until(
                        60, "something is written since", () -> load.writes().doneSince() >= WRITES_MEANWHILE_MIN);
                since = load.written();
            }
            hospital.kill("data");
            TrialHospital.remove(hospital.home().resolve("data"));
            Said restored = hospital.run(
                    "restore",
                    "data",
                    "--from",
                    backup.toString(),
                    "--shares",
                    shares.toString(),
                    "--officer",
                    "direction",
                    "--officer",
                    "informatique");
            assertThat(restored.isWell()).as(restored.toString()).isTrue();
            assertThat(restored.err())
                    .containsPattern(
                            "out of the backup: [1-9][\\d,]* entries, [1-9][\\d,]* bytes, [1-9][\\d,]* pairs of shares")
                    .containsPattern("from the others: [1-9][\\d,]* entries")
                    .doesNotContain("are not what the quorum signed", "do not fit");
            Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
            assertThat(verified.isWell()).as(verified.toString()).isTrue();
            assertThat(new Reckoning(client).faults(since)).isEmpty();
        }
    }

    private static List<Written> rebuild(TrialHospital hospital, FhirClient client, String hull, long seed) {
        Load load = Load.begin(client, "rebuild-" + hull + seed, seed);
        try (load) {
            refusedWhileItRuns(hospital, hull);
            hospital.kill(hull);
            Path folder = hospital.home().resolve(hull);
            TrialHospital.remove(folder);
            load.writes().watch();
            load.reads().watch();
            long begun = System.nanoTime();
            Said rebuilt = hospital.run("rebuild", hull, "--officer", "direction", "--officer", "informatique");
            assertThat(rebuilt.isWell()).as(hull + " " + rebuilt).isTrue();
            assertThat(rebuilt.err()).containsPattern(saidOf(hull));
            // The next hull may fall now: whole is with its shares, or what only that one has would be lost.
            assertThat(hospital.run("status", "--json").out()).as(hull).containsPattern(wholeOf(hull));
            System.out.printf(
                    "%s rebuilt after %,d ms; %d writes and %d reads meanwhile, none for %,d and %,d ms%n",
                    hull,
                    (System.nanoTime() - begun) / 1_000_000,
                    load.writes().doneSince(),
                    load.reads().doneSince(),
                    load.writes().longestMillis(),
                    load.reads().longestMillis());
            assertThat(load.writes().doneSince()).isGreaterThanOrEqualTo(WRITES_MEANWHILE_MIN);
            assertThat(load.reads().doneSince()).isGreaterThanOrEqualTo(WRITES_MEANWHILE_MIN);
            assertThat(Standstill.breaches(load.reads().longest(), load.writes().longest()))
                    .as("the service is not interrupted")
                    .isEmpty();
        }
        return load.written();
    }

    /** How much and how long; the witness keeps no entries of its own. */
    private static String saidOf(String hull) {
        String bytes = hull.equals("witness") ? "" : " \\(\\d+\\.\\d MB\\)";
        return hull + " is whole again: [\\d,]+ entries" + bytes + " in \\d+\\.\\d s";
    }

    /** But for what the wards open at this very moment. */
    private static String wholeOf(String hull) {
        String party = "\"party\":\"" + hull + "\"";
        return hull.equals("witness") ? party : party + "[^{}]*\"shares.lacking\":[0-3],";
    }

    /** Nothing is taken from a party that is well. */
    private static void refusedWhileItRuns(TrialHospital hospital, String hull) {
        Said refused = hospital.run("rebuild", hull, "--officer", "direction", "--officer", "informatique");
        assertThat(refused.isWell()).isFalse();
        assertThat(refused.err().strip().lines()).hasSize(1);
        assertThat(refused.err()).contains(hull + " still runs; whoever rebuilds it ends it first");
        Said alone = hospital.run("rebuild", hull, "--officer", "direction", "--officer", "direction");
        assertThat(alone.status()).as(alone.toString()).isEqualTo(Code.OFFICERS_MISSING.exitCode());
        assertThat(alone.err().strip().lines()).hasSize(1);
        assertThat(alone.err()).contains("one officer cannot sign twice; name another beside direction");
        assertThat(hospital.isAlive(hull)).isTrue();
    }
}
