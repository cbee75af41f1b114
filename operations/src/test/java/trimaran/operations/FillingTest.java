package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.hospital.DemoHospital;
import trimaran.hospital.Setting;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;

class FillingTest {

    private static final Setting SMALL = new Setting(7, 20, LocalDateTime.of(2026, 11, 24, 8, 12));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Voice voice = new Voice(
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true, StandardCharsets.UTF_8),
            false);
    private final DemoHospital hospital = new DemoHospital(SMALL);
    private final int loads = hospital.house().size() + hospital.census().patients();

    private boolean run(StandInDoor door, Consumer<Filling> begun) throws Exception {
        try (FhirDoor client = new FhirDoor(URI.create("http://127.0.0.1:" + door.port() + "/fhir"), "secret")) {
            Filling filling = new Filling(client, new ImportJournal(folder.resolve("demo")), voice, hospital);
            begun.accept(filling);
            return filling.run();
        }
    }

    @Test
    void theHouseComesFirstThenEveryPatientOnceUnderTheKeyOfItsBytes() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, begun -> {})).isTrue();
            assertThat(door.bodies()).hasSize(loads).doesNotHaveDuplicates();
            assertThat(door.bodies().getFirst()).contains("\"physicalType\"");
            assertThat(door.heads().getLast())
                    .contains("Idempotency-Key: "
                            + Digest.sha256(door.bodies().getLast().getBytes(StandardCharsets.UTF_8))
                                    .hex());
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("FILLED 20 beds in 3 wards")
                .contains(" 0 refused");
    }

    @Test
    void aFillingThatWasStoppedGoesOnAndPutsNothingInTwice() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            AtomicInteger asked = new AtomicInteger();
            assertThat(run(
                            door,
                            begun -> door.answer((head, body) -> {
                                if (asked.incrementAndGet() == 12) {
                                    begun.stop();
                                }
                                return new StandInDoor.Said(200, "{}");
                            })))
                    .isFalse();
            int before = door.bodies().size();
            assertThat(before).isBetween(12, loads - 1);
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("FILLED");
            assertThat(run(door, begun -> {})).isTrue();
            assertThat(door.bodies()).hasSize(loads).doesNotHaveDuplicates();
            assertThat(run(door, begun -> {})).isTrue();
            assertThat(door.bodies()).hasSize(loads);
        }
    }

    @Test
    void aBusyDoorIsAskedAgain() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            AtomicInteger asked = new AtomicInteger();
            door.answer((head, body) -> new StandInDoor.Said(asked.incrementAndGet() % 5 == 0 ? 503 : 200, "{}"));
            assertThat(run(door, begun -> {})).isTrue();
            assertThat(door.bodies().stream().distinct()).hasSize(loads);
        }
    }

    @Test
    void whatIsRefusedIsSaidWithoutANameAndTheRestGoesIn() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            door.answer((head, body) -> body.contains("\"planned\"")
                    ? new StandInDoor.Said(422, "{\"issue\":[{\"diagnostics\":\"TRI-400 taken\"}]}")
                    : new StandInDoor.Said(200, "{}"));
            assertThat(run(door, begun -> {})).isFalse();
            assertThat(door.bodies()).hasSize(loads);
        }
        String said = err.toString(StandardCharsets.UTF_8);
        assertThat(said).contains("demo hospital: patient ").contains("HTTP 422: TRI-400 taken");
    }

    @Test
    void aPlanIsReadAsItWasWrittenUntilAllIsIn() throws Exception {
        Home home = new Home(folder);
        assertThat(DemoPlan.unfinished(home)).isEmpty();
        DemoPlan plan = DemoPlan.of(20, new WallTime(1_795_000_000_000L));
        plan.write(home);
        assertThat(DemoPlan.unfinished(home)).contains(plan);
        assertThat(plan.setting().seed()).isEqualTo(DemoPlan.SEED);
        DemoPlan.finished(home);
        assertThat(DemoPlan.unfinished(home)).isEmpty();
    }

    @Test
    void aDamagedPlanIsRefusedAndNotGuessed() throws Exception {
        Home home = new Home(folder);
        DemoPlan.of(20, new WallTime(0)).write(home);
        Path file = DemoPlan.folder(home).resolve("plan");
        for (String text :
                List.of("", "seed = 1\nbeds = 19\nnow = 2026-11-24T08:12\n", "seed = x\nbeds = 20\nnow = y\n")) {
            Files.writeString(file, text);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> DemoPlan.unfinished(home)))
                    .as(text)
                    .isInstanceOf(RefusedException.class);
        }
    }
}
