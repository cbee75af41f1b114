package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Lends each class of tests a hospital of its own for as long as it runs. It is lent again and again, because founding takes
 * longer than most tests; there are as many as classes run at a time. A test leaves it with all its processes up; where one failed half
 * way, another hospital is founded.
 */
final class OnTrial implements ParameterResolver {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(OnTrial.class);

    /** The class before may have left the station without a line to any tier. */
    private static final long CALM_SECONDS_MAX = 120;

    /** Founds, settles and removes; what one class did is no excuse for what the next one finds. */
    private static final class Founder implements Loans.Keeper<TrialHospital> {

        @Override
        public TrialHospital made() {
            try {
                System.out.println("founding a hospital of the drills");
                long begun = System.nanoTime();
                // On this disk rather than in memory: synced writes are part of what is tried.
                Path folder = Files.createTempDirectory("trimaran-drills");
                TrialHospital hospital = TrialHospital.found(House.found().briefly(), folder);
                System.out.println("founded and ready after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
                return hospital;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** It serves, nothing is held or lacks, and the copies are clean. */
        @Override
        public void settle(TrialHospital hospital) {
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

        @Override
        public void throwAway(TrialHospital hospital) {
            hospital.close();
        }
    }

    /** Closed by JUnit after the last test. */
    private static final class Hospitals implements AutoCloseable {
        private final Loans<TrialHospital> loans = new Loans<>(new Founder());

        @Override
        public void close() {
            loans.close();
        }
    }

    /** Closed by JUnit with its class. */
    private record Lease(Loans<TrialHospital> loans, TrialHospital hospital) implements AutoCloseable {

        @Override
        public void close() {
            loans.back(hospital);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TrialHospital.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Loans<TrialHospital> loans = context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(Hospitals.class, key -> new Hospitals(), Hospitals.class)
                .loans;
        return ofItsClass(context)
                .getStore(SPACE)
                .computeIfAbsent(Lease.class, key -> new Lease(loans, loans.lend()), Lease.class)
                .hospital();
    }

    private static ExtensionContext ofItsClass(ExtensionContext context) {
        ExtensionContext inner = context;
        while (inner.getParent().filter(outer -> outer.getParent().isPresent()).isPresent()) {
            inner = inner.getParent().orElseThrow();
        }
        return inner;
    }
}
