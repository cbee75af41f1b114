package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A tier's folder is stolen, the tier rebuilt, the shares refreshed; then another tier's folder is stolen. Without the refresh both
 * together open everything, with it nothing; and everything a ward reads it reads as before.
 */
@ExtendWith(OnTrial.class)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class RefreshTest {

    private static final Pattern SIZE = Pattern.compile("\"size\":(\\d+)");

    private static final List<String> OFFICERS = List.of("--officer", "direction", "--officer", "informatique");

    @Test
    void whatWasStolenBeforeARefreshOpensNothingWithWhatIsStolenAfterIt(TrialHospital hospital, @TempDir Path loot)
            throws Exception {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        List<Written> written;
        try (FhirClient client = hospital.client();
                Load load = Load.begin(client, "refresh-" + seed, seed)) {
            Waiting.until(60, "something is written", () -> load.written().size() > 20);
            refusedToOneOfficer(hospital);
            // What is written later was never in the first thief's hands.
            long stolenAt = entries(hospital);
            hospital.kill("application");
            Path before = stolen(hospital, "application", loot.resolve("before"));
            TrialHospital.remove(hospital.home().resolve("application"));
            assertThat(hospital.run(command("rebuild", "application")).isWell()).isTrue();
            Path control = stolenAlive(hospital, "data", loot.resolve("control"));
            backUp(hospital, "access", loot.resolve("backup"));

            load.writes().watch();
            load.reads().watch();
            long begun = System.nanoTime();
            Said refreshed = hospital.run(command("refresh", "--late", "0"));
            assertThat(refreshed.isWell()).as(refreshed.toString()).isTrue();
            System.out.printf(
                    "refreshed after %,d ms; none read for %,d ms, none written for %,d ms%n",
                    (System.nanoTime() - begun) / 1_000_000,
                    load.reads().longestMillis(),
                    load.writes().longestMillis());
            long refreshedAt = entries(hospital);
            Waiting.until(120, "the old sealing keys are destroyed", () -> late(hospital) == 0);
            Path after = stolenAlive(hospital, "data", loot.resolve("after"));

            ShareThief.Found without = new ShareThief()
                    .steal(Party.APPLICATION, before)
                    .steal(Party.DATA, control)
                    .open(stolenAt);
            System.out.println("without a refresh " + without);
            assertThat(without.opened()).isGreaterThan(20).isGreaterThan(without.cells() * 9 / 10);
            ShareThief.Found with = new ShareThief()
                    .steal(Party.APPLICATION, copied(before, loot.resolve("again")))
                    .steal(Party.DATA, after)
                    .open(refreshedAt);
            System.out.println("with it " + with);
            assertThat(with.cells()).isGreaterThanOrEqualTo(without.cells());
            assertThat(with.withShares()).isGreaterThanOrEqualTo(without.opened());
            assertThat(with.opened()).isZero();
            written = load.written();
        }
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
        try (FhirClient client = hospital.client()) {
            assertThat(new Reckoning(client).faults(written)).isEmpty();
        }
        madeAnewAfterIt(hospital, loot);
    }

    private static void madeAnewAfterIt(TrialHospital hospital, Path loot) throws Exception {
        // A hull made anew after a refresh gets the new shares, and what it gets is held against what was prepared; a
        // backup of
        // before gives it the record and none of those.
        hospital.kill("access");
        TrialHospital.remove(hospital.home().resolve("access"));
        Said rebuilt = hospital.run(command(
                "restore",
                "access",
                "--from",
                loot.resolve("backup").toString(),
                "--shares",
                loot.resolve("backup-shares").toString()));
        assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
        assertThat(rebuilt.err()).contains("whose shares were refreshed since");
        Said again = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(again.isWell()).as(again.toString()).isTrue();
        Said second = hospital.run(command("refresh"));
        assertThat(second.isWell()).as(second.toString()).isTrue();
        assertThat(second.err()).contains("still open", "refresh once more");
        assertThat(late(hospital)).isPositive();
        // Pairs no entry commits to any more are in a backup all the same, of every cell.
        backUp(hospital, "data", loot.resolve("later"));
    }

    private static void backUp(TrialHospital hospital, String tier, Path to) {
        Said made = hospital.run("backup", tier, "--out", to.toString(), "--shares", to + "-shares");
        assertThat(made.isWell()).as(made.toString()).isTrue();
    }

    private static String[] command(String... words) {
        return Stream.concat(Stream.of(words), OFFICERS.stream()).toArray(String[]::new);
    }

    private static void refusedToOneOfficer(TrialHospital hospital) {
        Said refused = hospital.run("refresh", "--officer", "direction", "--officer", "direction");
        assertThat(refused.isWell()).isFalse();
        assertThat(refused.err().strip().lines()).hasSize(1);
    }

    private static long entries(TrialHospital hospital) {
        String said = hospital.run("status", "--json").out();
        return SIZE.matcher(said)
                .results()
                .mapToLong(size -> Long.parseLong(said.substring(size.start(1), size.end(1))))
                .min()
                .orElseThrow();
    }

    /** Sealing keys of generations that are gone, at all tiers. */
    private static long late(TrialHospital hospital) {
        long late = 0;
        for (Party tier : Party.TIERS) {
            try (Stream<Path> files =
                    Files.list(hospital.home().resolve(tier.word()).resolve("keys"))) {
                late += files.filter(file -> String.valueOf(file.getFileName()).startsWith("late-"))
                        .count();
            } catch (IOException gone) {
                throw new java.io.UncheckedIOException(gone);
            }
        }
        return late;
    }

    private static Path stolen(TrialHospital hospital, String tier, Path to) throws IOException {
        return copied(hospital.home().resolve(tier), to);
    }

    /** Of a process that stands still while its disk is copied, as a machine is that was paused. */
    private static Path stolenAlive(TrialHospital hospital, String tier, Path to) throws Exception {
        String pid = String.valueOf(hospital.pid(tier));
        signal("-STOP", pid);
        try {
            return stolen(hospital, tier, to);
        } finally {
            signal("-CONT", pid);
        }
    }

    private static void signal(String which, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", which, pid).start().waitFor()).isZero();
    }

    private static Path copied(Path from, Path to) throws IOException {
        // Sockets of the process are in it, too, and nobody's loot.
        Folders.copy(from, to);
        return to;
    }
}
