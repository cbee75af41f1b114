package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** What only a second process can show: the lock of a folder, and a stop on a signal. */
@Timeout(30)
class ProcessTest {

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder = Path.of("");

    private @Nullable Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aFolderInUseByAnotherProcessIsRefusedUntilThatOneIsKilled() throws Exception {
        Process holder = start(0);
        assertThat(line(holder)).isEqualTo("taken");
        assertThat(HomeLock.take(folder)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            Refusal refusal = refused.refusal();
            assertThat(refusal.code()).isEqualTo(Code.HOME_IN_USE);
            assertThat(refusal.sentence()).contains(folder.toString());
        });
        holder.destroyForcibly().waitFor();
        assertThat(takenAndClosed()).isTrue();
    }

    @Test
    void aSecondTakeInOneProcessIsRefusedAndDoesNotLetTheLockGo() throws Exception {
        Outcome<HomeLock> lock = HomeLock.take(folder);
        assertThat(lock.isDone()).isTrue();
        assertThat(HomeLock.take(folder.resolve("../" + folder.toFile().getName()))
                        .isDone())
                .isFalse();
        assertThat(line(start(0))).isEqualTo("refused");
        if (lock instanceof Outcome.Done<HomeLock>(HomeLock taken)) {
            taken.close();
        }
        assertThat(takenAndClosed()).isTrue();
    }

    @Test
    void aSignalRunsTheStopAndTheProcessEnds() throws Exception {
        Process stopped = start(0);
        assertThat(line(stopped)).isEqualTo("taken");
        stopped.toHandle().destroy();
        assertThat(line(stopped)).isEqualTo("stopped");
        assertThat(stopped.waitFor()).isEqualTo(TERMINATED);
    }

    @Test
    void aStopLongerThanItsDeadlineIsCutShort() throws Exception {
        Process slow = start(60_000);
        assertThat(line(slow)).isEqualTo("taken");
        slow.toHandle().destroy();
        assertThat(slow.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.exitValue()).isEqualTo(Signals.STOP_TOO_SLOW);
    }

    private boolean takenAndClosed() {
        return switch (HomeLock.take(folder)) {
            case Outcome.Done<HomeLock>(HomeLock lock) -> {
                lock.close();
                yield true;
            }
            case Outcome.Refused<HomeLock> _ -> false;
        };
    }

    private Process start(long stopMillis) throws IOException {
        String classPath = String.join(
                File.pathSeparator,
                "target/classes",
                "target/test-classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
        Process started = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        LockHolder.class.getName(),
                        folder.toString(),
                        String.valueOf(stopMillis))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        return started;
    }

    private static String line(Process process) throws IOException {
        // One reader for a process's whole life would hide later lines in its buffer from the next call.
        StringBuilder line = new StringBuilder();
        for (int next = process.getInputStream().read(); next >= 0 && next != '\n'; ) {
            line.append((char) next);
            next = process.getInputStream().read();
        }
        return line.toString();
    }
}
