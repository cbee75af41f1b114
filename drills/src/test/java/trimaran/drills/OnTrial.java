package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Lends each class of tests an empty hospital. A test leaves it with all its processes up; where one failed half way, another hospital is
 * founded, which takes longer than most tests.
 */
final class OnTrial extends Lending<TrialHospital> {

    /** The class before may have left the station without a line to any tier. */
    private static final long CALM_SECONDS_MAX = 120;

    OnTrial() {
        super(TrialHospital.class, new Founder());
    }

    /** Founds, settles and removes; what one class did is no excuse for what the next one finds. */
    private static final class Founder implements Loans.Keeper<TrialHospital> {

        @Override
        public TrialHospital made() {
            System.out.println("founding a hospital of the drills");
            long begun = System.nanoTime();
            TrialHospital hospital = TrialHospital.found(House.found().briefly(), folder());
            System.out.println("founded and ready after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            return hospital;
        }

        @Override
        public void settle(TrialHospital hospital) {
            calm(hospital);
        }

        @Override
        public void throwAway(TrialHospital hospital) {
            hospital.close();
        }
    }

    /** On this disk rather than in memory: synced writes are part of what is tried. */
    static Path folder() {
        try {
            return Files.createTempDirectory("trimaran-drills");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** It serves, nothing is held or lacks, and the copies are clean. */
    static void calm(TrialHospital hospital) {
        try (FhirClient client = hospital.client()) {
            Waiting.until(
                    CALM_SECONDS_MAX,
                    "the hospital serves before the test",
                    () -> client.create("Patient", Load.patient("calm-" + System.nanoTime()))
                            .isDone());
        }
        Said verified = Settling.verified(hospital, CALM_SECONDS_MAX);
        if (!verified.isWell()) {
            throw new IllegalStateException("the copies are not clean: " + verified);
        }
    }
}
