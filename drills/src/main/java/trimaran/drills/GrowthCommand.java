package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/**
 * How the time of a rebuild grows with the record: one hospital is filled step by step, and at each size every tier in turn loses all
 * its files and is rebuilt by two officers.
 */
@Command(
        name = "growth",
        description = "Rebuild every tier of a hospital at several sizes of its record.",
        mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {

    /** A tier of a hospital of 700 beds is back within this. */
    static final long REBUILD_SECONDS_MAX = 60;

    static final int WHOLE_HOSPITAL = 50_000;

    /** Sizes are made of whole patients, so that a hospital of this size has some more. */
    private static final int WHOLE_HOSPITAL_MAX = WHOLE_HOSPITAL + Crowd.RESOURCES_EACH;

    /** Twice the record takes twice the time, and no more than this part of it in addition. */
    static final double SLACK = 0.5;

    private static final long SETTLE_SECONDS_MAX = 1_800;

    @Option(
            names = "--resources",
            split = ",",
            paramLabel = "N",
            description = "sizes, rising (default: ${DEFAULT-VALUE})")
    private List<Integer> sizes = List.of(50_000, 100_000, 200_000);

    @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
    private Path folder = Path.of("");

    /** What one size took, in milliseconds; of the tiers in the order of {@link Party#TIERS}. */
    record Step(int resources, long fill, List<Long> rebuilds, long verify, long bytes) {

        /** The slowest tier. */
        long rebuild() {
            return rebuilds.stream().mapToLong(Long::longValue).max().orElseThrow();
        }

        /** Whether it took no more of its time than the smaller one did, by what each holds. */
        boolean isLinearAfter(Step smaller) {
            double allowed = (1 + SLACK) * smaller.rebuild() * resources / smaller.resources();
            return rebuild() <= allowed;
        }

        boolean isInTime() {
            return resources > WHOLE_HOSPITAL_MAX || rebuild() <= TimeUnit.SECONDS.toMillis(REBUILD_SECONDS_MAX);
        }
    }

    @Override
    public Integer call() throws IOException {
        Path own = DrillMain.fresh(folder);
        List<Step> steps = new ArrayList<>();
        try (TrialHospital hospital = TrialHospital.found(House.found(), own.resolve("hospital"));
                FhirClient client = hospital.client()) {
            Crowd crowd = new Crowd(client);
            for (int size : sizes) {
                steps.add(step(hospital, crowd, size));
                DrillMain.say(text(steps.getLast()));
            }
        } finally {
            TrialHospital.remove(own);
        }
        boolean isWell = faults(steps).isEmpty();
        faults(steps).forEach(fault -> DrillMain.say("FAULT " + fault));
        return isWell ? 0 : 1;
    }

    static List<String> faults(List<Step> steps) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!step.isInTime()) {
                faults.add(
                        step.resources() + " resources: a tier is back after more than " + REBUILD_SECONDS_MAX + " s");
            }
            if (i > 0 && !step.isLinearAfter(steps.get(i - 1))) {
                faults.add(step.resources() + " resources: the time grows faster than the record");
            }
        }
        return faults;
    }

    private static Step step(TrialHospital hospital, Crowd crowd, int size) throws IOException {
        long begun = System.nanoTime();
        crowd.fill(size, DrillMain::say);
        Settling.await(hospital, SETTLE_SECONDS_MAX);
        long filled = since(begun);
        long bytes = 0;
        for (Path file : Folders.files(hospital.home().resolve(Party.DATA.word()))) {
            bytes += Files.size(file);
        }
        List<Long> rebuilds = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            rebuilds.add(rebuilt(hospital, tier));
            Settling.await(hospital, SETTLE_SECONDS_MAX);
        }
        long verifying = System.nanoTime();
        well(hospital.run("verify", "--json"), "verify");
        return new Step(crowd.resources(), filled, rebuilds, since(verifying), bytes);
    }

    private static long rebuilt(TrialHospital hospital, Party tier) {
        hospital.kill(tier.word());
        TrialHospital.remove(hospital.home().resolve(tier.word()));
        long begun = System.nanoTime();
        List<String> command = new ArrayList<>(List.of("rebuild", tier.word()));
        command.addAll(Scene.OFFICERS);
        well(hospital.run(command.toArray(String[]::new)), "rebuild of " + tier.word());
        long took = since(begun);
        DrillMain.say(tier.word() + " rebuilt after " + took + " ms");
        return took;
    }

    private static void well(Said said, String what) {
        if (!said.isWell()) {
            throw new IllegalStateException(what + ": " + said);
        }
    }

    private static long since(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String text(Step step) {
        return String.format(
                "%,d resources, data %,d MiB, filled in %.0f s; rebuilt: access %.1f s, application %.1f s, data %.1f s; verify"
                        + " %.1f s",
                step.resources(),
                step.bytes() >> 20,
                step.fill() / 1e3,
                step.rebuilds().get(Party.TIERS.indexOf(Party.ACCESS)) / 1e3,
                step.rebuilds().get(Party.TIERS.indexOf(Party.APPLICATION)) / 1e3,
                step.rebuilds().get(Party.TIERS.indexOf(Party.DATA)) / 1e3,
                step.verify() / 1e3);
    }
}
