package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.House;
import trimaran.trial.Waiting;

/** What a drill started ends with the drill, also where the drill is killed and can do nothing any more. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LeashTest {

    /** Starts one that sleeps and is held, one that is remembered in a home, and one nobody speaks of; and then waits to be killed. */
    private static final String PROGRAM = """
            import java.nio.file.Files;
            import java.nio.file.Path;
            import trimaran.trial.Leash;
            class Started {
                public static void main(String[] arguments) throws Exception {
                    Process held = new ProcessBuilder("sleep", "600").start();
                    Process other = new ProcessBuilder("sleep", "600").start();
                    Process remembered = new ProcessBuilder("sleep", "600").start();
                    Path run = Files.createDirectories(Path.of(arguments[0], "a home"));
                    String stat = Files.readString(Path.of("/proc/" + remembered.pid() + "/stat"));
                    String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
                    Files.writeString(run.resolve("data.process"), remembered.pid() + " boot/" + start + "\\n");
                    Files.writeString(run.resolve("access.process"), other.pid() + " boot/1\\n");
                    Leash.hold(held.toHandle());
                    Leash.hold(run);
                    System.out.println(held.pid() + " " + remembered.pid() + " " + other.pid());
                    Thread.sleep(600_000);
                }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void nobodyIsLeft() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatADrillStartedEndsWhenItIsKilled() throws Exception {
        Process drill = drill();
        drill.destroyForcibly().waitFor();
        Waiting.until(20, "what was held ends", () -> !started.get(0).isAlive());
        Waiting.until(20, "what the home remembers ends", () -> !started.get(1).isAlive());
        assertThat(started.get(2).isAlive())
                .as("a process that was given a number later is another's")
                .isTrue();
    }

    @Test
    void whatADrillStartedEndsWhenItIsAskedToEnd() throws Exception {
        Process drill = drill();
        drill.destroy();
        Waiting.until(20, "what was held ends", () -> !started.get(0).isAlive());
        Waiting.until(20, "what the home remembers ends", () -> !started.get(1).isAlive());
    }

    private Process drill() throws Exception {
        Path source = Files.writeString(folder.resolve("Started.java"), PROGRAM);
        // Wherever this test was loaded from: what is held needs the room of trials and the development kit.
        Path trial = House.found().folder().resolve("trial/target/classes");
        Process drill = new ProcessBuilder(
                        House.found().java().resolve("bin/java").toString(),
                        "-cp",
                        trial.toString(),
                        source.toString(),
                        folder.toString())
                .redirectError(folder.resolve("drill.err").toFile())
                .start();
        started.add(drill.toHandle());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(drill.getInputStream(), StandardCharsets.UTF_8))) {
            String line = Objects.requireNonNullElse(said.readLine(), "");
            started.clear();
            for (String pid : line.split(" ", -1)) {
                started.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
            }
        }
        return drill;
    }
}
