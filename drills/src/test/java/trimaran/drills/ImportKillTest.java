package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.drills.Written.Part;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** {@code kill -9} in the middle of an import: of the station, of data, of the import itself. It goes on, and takes nothing twice. */
@ExtendWith(OnTrial.class)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class ImportKillTest {

    private static final int SMALL = 120;

    /** Bundles too large for one frame, which are staged piece by piece before they are placed. */
    private static final int LARGE = 2;

    private static final int LARGE_RESOURCES = 400;
    private static final int LARGE_CHARACTERS = 3_000;
    private static final int WAIT_MILLIS_MAX = 300;

    private static final String PATIENT = "urn:uuid:00000000-0000-4000-8000-000000000000";

    @TempDir
    private Path folder;

    private final List<Written> written = new ArrayList<>();

    @Test
    void anImportOutlivesEveryDeathAndTakesNothingTwice(TrialHospital hospital) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String run = "import" + seed;
        write(run, random);
        try (FhirClient client = hospital.client()) {
            Process dying = hospital.commands()
                    .begin(List.of(), at(hospital.home()), hospital.home().resolve("import-" + seed + ".out"));
            arrives(client, run + "-0-0");
            Waiting.pause(random.nextInt(WAIT_MILLIS_MAX));
            hospital.kill(TrialHospital.STATION);
            hospital.start(TrialHospital.STATION);
            hospital.kill("data");
            Waiting.pause(random.nextInt(WAIT_MILLIS_MAX));
            assertThat(dying.isAlive())
                    .as("an import waits for a station that is away")
                    .isTrue();
            dying.destroyForcibly().onExit().join();
            hospital.start("data");

            Said rest = hospital.run("import", folder.toString());
            assertThat(rest.isWell()).as(rest.toString()).isTrue();
            assertThat(rest.out()).contains(" 0 refused");
            Said again = hospital.run("import", folder.toString());
            assertThat(again.out()).contains("0 imported, " + (SMALL + LARGE) + " there before, 0 refused");

            Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
            assertThat(verified.isWell()).as(verified.toString()).isTrue();
            assertThat(new Reckoning(client).faults(written)).isEmpty();
        }
    }

    private List<String> at(Path home) {
        return List.of("import", folder.toString(), "--clients", "2", "--home", home.toString());
    }

    /** The first is in: from here on the import is in the middle. */
    private static void arrives(FhirClient client, String identifier) {
        Waiting.until(
                KillDrill.STANDSTILL_SECONDS_MAX,
                "the import has begun",
                () -> client.found("Patient", Written.SYSTEM, identifier) == 1);
    }

    private void write(String run, Random random) throws IOException {
        for (int i = 0; i < SMALL + LARGE; i++) {
            boolean large = i >= SMALL;
            int count = large ? LARGE_RESOURCES : 4;
            String name = run + "-" + i;
            List<Part> parts = new ArrayList<>();
            parts.add(new Part("Patient", name + "-0", Load.patient(name + "-0")));
            for (int k = 1; k <= count; k++) {
                String identifier = name + "-" + k;
                String text = Load.observation(identifier, PATIENT)
                        .replace("mesure ", "mesure " + (large ? letters(random) : "") + " ");
                parts.add(new Part("Observation", identifier, text));
            }
            Files.writeString(folder.resolve(String.format("%03d.json", i)), Load.bundle(parts));
            written.add(new Written(parts, new Reply(200, "")));
        }
    }

    /** What no deflating makes much smaller. */
    private static String letters(Random random) {
        StringBuilder text = new StringBuilder(LARGE_CHARACTERS);
        for (int i = 0; i < LARGE_CHARACTERS; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
