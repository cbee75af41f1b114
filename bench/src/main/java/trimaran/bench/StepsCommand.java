package trimaran.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The inner steps by themselves, under JMH. */
@Command(name = "steps", description = "Measure the hot inner steps under JMH.", mixinStandardHelpOptions = true)
final class StepsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "which steps (default: all)")
    private String pattern = ".*";

    @Option(names = "--forks", description = "virtual machines for each step (default: ${DEFAULT-VALUE})")
    private int forks = 1;

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(pattern)
                        .forks(forks)
                        .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx256m")
                        .build())
                .run();
        return 0;
    }
}
