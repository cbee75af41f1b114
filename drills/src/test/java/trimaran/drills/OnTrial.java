package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Lends each class of tests a hospital of its own for as long as it runs. It is lent again and again, because founding takes
 * longer than most tests; there are as many as classes run at a time. A test leaves it with all its processes up.
 */
final class OnTrial implements ParameterResolver {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(OnTrial.class);

    /** The class before may have left the station without a line to any tier. */
    private static final long CALM_SECONDS_MAX = 120;

    /** All that were founded; closed by JUnit after the last test. */
    private static final class Hospitals implements AutoCloseable {

        private final List<TrialHospital> founded = new ArrayList<>();
        private final Deque<TrialHospital> free = new ArrayDeque<>();

        Lease lend() {
            TrialHospital old = free();
            TrialHospital hospital = old == null ? found() : old;
            // What one class did is no excuse for what the next one finds.
            try (FhirClient client = hospital.client()) {
                Waiting.until(
                        CALM_SECONDS_MAX,
                        "the hospital serves before the test",
                        () -> client.create("Patient", Load.patient("calm-" + System.nanoTime()))
                                .isDone());
            }
            return new Lease(this, hospital);
        }

        private synchronized @Nullable TrialHospital free() {
            return free.poll();
        }

        private TrialHospital found() {
            try {
                System.out.println("founding a hospital of the drills");
                long begun = System.nanoTime();
                // On this disk rather than in memory: synced writes are part of what is tried.
                Path folder = Files.createTempDirectory("trimaran-drills");
                TrialHospital hospital = TrialHospital.found(House.found(), folder);
                System.out.println("founded and ready after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
                keep(hospital);
                return hospital;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private synchronized void keep(TrialHospital hospital) {
            founded.add(hospital);
        }

        synchronized void back(TrialHospital hospital) {
            free.add(hospital);
        }

        @Override
        public synchronized void close() {
            founded.forEach(TrialHospital::close);
        }
    }

    /** Closed by JUnit with its class. */
    private record Lease(Hospitals hospitals, TrialHospital hospital) implements AutoCloseable {

        @Override
        public void close() {
            hospitals.back(hospital);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TrialHospital.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Hospitals hospitals = context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(Hospitals.class, key -> new Hospitals(), Hospitals.class);
        return ofItsClass(context)
                .getStore(SPACE)
                .computeIfAbsent(Lease.class, key -> hospitals.lend(), Lease.class)
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
