package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.TrialHospital;

/** What is written at the door is readable at the station and nowhere behind it. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CanaryTest {

    @TempDir
    Path scratch;

    @Test
    void nothingReadableStandsBehindTheStation(TrialHospital hospital) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        CanaryDrill.Result result =
                new CanaryDrill(hospital, System.out::println).run(seed, scratch.resolve("canaries"));
        System.out.println(result);
        assertThat(result.unseen()).as("seen in the station's heap").isEmpty();
        assertThat(result.leaks()).isEmpty();
    }

    /** The same search over the same folders, with something to find: a search that cannot fail proves nothing. */
    @Test
    void aCanaryPlantedInAFolderBehindTheStationIsFound(TrialHospital hospital) throws IOException {
        Canary canary = new Canary("PlanteDansUneCoque" + Long.toString(System.nanoTime(), 36));
        byte[] text = ("avant " + canary.text() + " après").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(text);
        }
        Map<String, byte[]> plants = Map.of(
                "access/planted.log",
                text,
                "application/planted",
                canary.text().getBytes(StandardCharsets.UTF_16LE),
                "data/planted",
                deflated.toByteArray(),
                "witness/planted",
                Base64.getEncoder().encode(text),
                "relay/planted",
                text,
                "run/planted.out",
                text);
        try (CanaryScanner scanner = new CanaryScanner(List.of(canary))) {
            for (Map.Entry<String, byte[]> plant : plants.entrySet()) {
                Files.write(hospital.home().resolve(plant.getKey()), plant.getValue());
            }
            List<String> found = Stream.of("access", "application", "data", "witness", "relay", "run")
                    .flatMap(folder -> scanner.folder(hospital.home().resolve(folder)).stream())
                    .map(finding ->
                            hospital.home().relativize(Path.of(finding.where())).toString())
                    .distinct()
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(plants.keySet());
        } finally {
            for (String plant : plants.keySet()) {
                Files.deleteIfExists(hospital.home().resolve(plant));
            }
        }
    }
}
