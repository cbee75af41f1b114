package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/**
 * One hospital for all tests, because founding takes longer than most of them: founded when the first asks, closed after the
 * last. A test leaves it with all its processes up.
 */
final class OnTrial implements ParameterResolver {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(OnTrial.class);

    /** Closed by JUnit with its store. */
    private record Lease(TrialHospital hospital) implements AutoCloseable {

        static Lease take() {
            try {
                System.out.println("founding the hospital of the drills");
                long begun = System.nanoTime();
                // On this disk rather than in memory: synced writes are part of what is tried.
                Path folder = Files.createTempDirectory("trimaran-drills");
                TrialHospital hospital = TrialHospital.found(House.found(), folder);
                System.out.println("founded and ready after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
                return new Lease(hospital);
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            hospital.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TrialHospital.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("hospital", key -> Lease.take(), Lease.class)
                .hospital();
    }
}
