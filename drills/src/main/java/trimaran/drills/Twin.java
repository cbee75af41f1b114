package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Party;
import trimaran.trial.Leash;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** The program a party runs, once more, on a folder of its own: nobody in the hospital's home knows of it. */
final class Twin implements AutoCloseable {

    private static final long READY_SECONDS_MAX = 60;

    private final Process process;

    private Twin(Process process) {
        this.process = process;
    }

    /** How the party was started, as the system says (proc(5)); it must run. */
    static List<String> command(Scene scene, Party party) {
        String running = TrialHospital.text(Path.of("/proc/" + scene.hospital().pid(party.word()) + "/cmdline"));
        return List.of(running.split("\0"));
    }

    /** Serves when this returns. */
    static Twin begun(Scene scene, List<String> command, Path folder) throws IOException {
        List<String> own = new ArrayList<>(command);
        own.set(own.size() - 1, folder.toString());
        Path output = scene.scratch().resolve("twin.out");
        Twin twin = new Twin(new ProcessBuilder(own)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
        Leash.hold(twin.process.toHandle());
        try {
            Waiting.until(
                    READY_SECONDS_MAX,
                    "the twin is ready",
                    () -> TrialHospital.text(output).contains("READY "));
            return twin;
        } catch (IllegalStateException late) {
            // Nobody else knows of it.
            twin.close();
            throw late;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
