package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Carries drills out one after another on one hospital, as long as they leave it whole; after one that does not, another is
 * founded. The oracle is outside: what a ward was answered, what a cohort of patients was written with, and what the operator's
 * own check says.
 */
final class DrillRun implements DrillLanes.Lane {

    /** Patients of a hospital of drills; each drill reads all of them again. */
    static final int PATIENTS = 24;

    private final Path folder;
    private final long seed;
    private final Consumer<String> say;
    private final boolean given;
    private final int patients;
    private @Nullable Stand stand;
    private int founded;
    private int number;

    /** A hospital with its patients, and a door to it. */
    private record Stand(TrialHospital hospital, FhirClient client, Cohort cohort, Instant founded) {}

    /** @param folder where hospitals are founded */
    DrillRun(Path folder, long seed, Consumer<String> say) {
        this(folder, seed, say, false, PATIENTS);
    }

    private DrillRun(Path folder, long seed, Consumer<String> say, boolean given, int patients) {
        this.folder = folder;
        this.seed = seed;
        this.say = say;
        this.given = given;
        this.patients = patients;
    }

    /** On a hospital that is there and stays there whatever comes. */
    static DrillRun on(TrialHospital hospital, Path folder, long seed, Consumer<String> say) {
        return on(hospital, folder, seed, PATIENTS, say);
    }

    /** @param patients fewer where a drill needs no more */
    static DrillRun on(TrialHospital hospital, Path folder, long seed, int patients, Consumer<String> say) {
        DrillRun run = new DrillRun(folder, seed, say, true, patients);
        run.stand = run.filled(hospital);
        return run;
    }

    @Override
    public Result carryOut(Drill drill) {
        long begun = System.nanoTime();
        Instant begins = Instant.now();
        number++;
        String name = "probe-" + number + "-" + Long.toString(System.nanoTime(), 36);
        Stand on = stand == null ? found() : stand;
        String subject = subject(on.client(), name);
        if (subject.isEmpty() && !given) {
            // What the drill before left is no hospital any more, and its own verdict says so.
            discard(on);
            on = found();
            subject = subject(on.client(), name);
        }
        stand = on;
        Random random = new Random(seed ^ drill.name().hashCode());
        Path scratch = folder.resolve("attacker-" + number);
        Scene scene;
        try (Watch watch = new Watch(on.hospital());
                StationPage page = new StationPage(on.hospital())) {
            WardProbe probe = new WardProbe(
                    on.client(),
                    name,
                    on.cohort().patients().stream()
                            .map(patient -> patient.resources().getFirst().reference())
                            .toList(),
                    subject);
            scene = new Scene(
                    on.hospital(), on.client(), on.cohort(), on.founded(), probe, watch, page, random, scratch, say);
            attack(drill, scene, probe, begins);
        } finally {
            clean(scratch);
        }
        if (scene.isSpoilt() && !given) {
            discard(on);
        }
        return scene.result(drill, (System.nanoTime() - begun) / 1_000_000);
    }

    /** Of whom the ward of this drill writes; empty where nobody can be admitted. */
    private static String subject(FhirClient client, String name) {
        FhirClient.Reply[] reply = new FhirClient.Reply[1];
        try {
            Waiting.until(KillDrill.STANDSTILL_SECONDS_MAX, "the ward admits somebody", () -> {
                reply[0] = client.create("Patient", Load.patient(name));
                return reply[0].isDone();
            });
        } catch (IllegalStateException nobody) {
            return "";
        }
        return "Patient/" + reply[0].id();
    }

    private void attack(Drill drill, Scene scene, WardProbe probe, Instant begins) {
        try (probe) {
            Files.createDirectories(scene.scratch());
            scene.awaitCare("before the attack");
            scene.strike();
            drill.attack().carryOut(scene);
            scene.judgeStandstill();
        } catch (Standstill.LastingException still) {
            scene.breach(Breach.Kind.STANDSTILL, String.valueOf(still.getMessage()));
            scene.spoilt();
        } catch (Exception broken) {
            scene.breach(Breach.Kind.BROKEN_OFF, String.valueOf(broken));
            scene.spoilt();
        }
        if (!scene.isSpoilt()) {
            judge(scene, probe);
            if (scene.wantsReport() && !drill.isHarmful()) {
                drill.fallen().ifPresent(fallen -> report(scene, fallen, begins));
            }
        }
    }

    private static void report(Scene scene, Party fallen, Instant begins) {
        try {
            FallenReport.judge(scene, fallen, begins);
        } catch (IOException | RuntimeException broken) {
            scene.breach(Breach.Kind.BROKEN_OFF, String.valueOf(broken));
        }
    }

    /** What the ward was promised is there, everybody's record is as it was written, and the copies are equal. */
    private void judge(Scene scene, WardProbe probe) {
        try {
            Said verified = Settling.verified(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
            if (!verified.isWell()) {
                scene.breach(Breach.Kind.UNDEFENDED, "the copies are not clean afterwards: " + verified);
                scene.spoilt();
            }
            new Reckoning(scene.client())
                    .breaches(probe.written())
                    .forEach(one -> scene.breach(one.kind(), one.what()));
            scene.reread();
        } catch (IllegalStateException unsettled) {
            scene.breach(Breach.Kind.UNDEFENDED, "the hospital does not get whole: " + unsettled.getMessage());
            scene.spoilt();
        }
    }

    private Stand found() {
        founded++;
        say.accept("founding a hospital");
        return filled(TrialHospital.found(House.found().briefly(), folder.resolve("hospital-" + founded)));
    }

    private Stand filled(TrialHospital hospital) {
        Instant now = Instant.now();
        FhirClient client = hospital.client();
        Cohort cohort = new Cohort(client, new Random(seed + founded));
        cohort.write(patients);
        return new Stand(hospital, client, cohort, now);
    }

    private void discard(Stand old) {
        stand = null;
        old.client().close();
        old.hospital().close();
    }

    private static void clean(Path scratch) {
        if (Files.exists(scratch)) {
            TrialHospital.remove(scratch);
        }
    }

    @Override
    public void close() {
        Stand last = stand;
        if (last != null && !given) {
            discard(last);
        } else if (last != null) {
            last.client().close();
        }
    }
}
