package trimaran.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/** What Trimaran costs: a throw-away hospital at work, and the inner steps by themselves. */
@Command(
        name = "bench",
        description = "Measure a throw-away hospital: CPU of all processes, latencies, memory, start, disk.",
        subcommands = {StepsCommand.class, BoardCommand.class},
        mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {

    private static final double MEBIBYTE = 1 << 20;

    /** CPU milliseconds a request the project aims at. */
    private static final Map<String, Double> AIMS =
            Map.of("import", 8.0, "create", 3.0, "read", 0.5, "family", 1.0, "everything", 2.0, "cold", 2.0);

    @Option(names = "--patients", description = "imported in each round (default: ${DEFAULT-VALUE})")
    private int patients = 200;

    @Option(names = "--requests", description = "of each kind in each round (default: ${DEFAULT-VALUE})")
    private int requests = 2000;

    @Option(names = "--clients", description = "at once (default: ${DEFAULT-VALUE})")
    private int clients = 8;

    @Option(
            names = "--warm-up",
            description = "patients opened before a cold opening is measured (default: ${DEFAULT-VALUE})")
    private int warmUp = 3000;

    @Option(names = "--rounds", description = "the last one counts, the others warm up (default: ${DEFAULT-VALUE})")
    private int rounds = 4;

    @Option(names = "--seed", description = "of the invented patients (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = System.out;
        Path folder = Files.createTempDirectory("trimaran-bench");
        out.println("founding a throw-away hospital in " + folder);
        Bench.Effort effort = new Bench.Effort(patients, requests, clients, warmUp, seed);
        int wrong = 0;
        try (Bench bench = new Bench(TrialHospital.found(House.found(), folder), effort)) {
            List<Phase.Figure> last = List.of();
            for (int round = 1; round <= rounds; round++) {
                last = bench.round(round);
                out.println(String.format(Locale.ROOT, "round %d of %d, seed %d", round, rounds, seed + round));
                last.forEach(figure -> out.println(said(figure)));
                wrong += last.stream().mapToInt(Phase.Figure::wrong).sum();
            }
            Map<String, Long> memory = bench.memoryBytes();
            for (Phase.Figure cold : bench.cold()) {
                wrong += cold.wrong();
                out.println(said(cold));
            }
            out.println(inMemory(memory));
            out.println(String.format(
                    Locale.ROOT, "start of an existing home to READY: %.1f s (aim 8)", bench.startSeconds()));
            Bench.Disk disk = bench.disk(seed + rounds + 1);
            out.println(String.format(
                    Locale.ROOT,
                    "disk per copy: %.0f B a resource imported (aim 1024), %.0f B a single entry (aim 7168)",
                    disk.imported(),
                    disk.single()));
            out.println(
                    String.format(Locale.ROOT, "one synced write of 4 KiB on this disk: %.2f ms", bench.syncMillis()));
        }
        out.println(wrong == 0 ? "every answer was right" : wrong + " answers were wrong");
        return wrong == 0 ? 0 : 1;
    }

    private static String inMemory(Map<String, Long> bytes) {
        StringJoiner each = new StringJoiner(", ");
        bytes.forEach((word, pss) -> each.add(String.format(Locale.ROOT, "%s %.0f", word, pss / MEBIBYTE)));
        double all = bytes.values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT, "memory of all processes (PSS): %.0f MiB (aim 1229): %s", all / MEBIBYTE, each);
    }

    private static String said(Phase.Figure figure) {
        Double aim = AIMS.get(figure.name());
        return String.format(
                Locale.ROOT,
                "  %-11s %6d requests %8.1f/s  p50 %7.1f  p99 %7.1f ms  CPU %6.2f ms each, compilers %.2f%s%s",
                figure.name(),
                figure.requests(),
                figure.perSecond(),
                figure.p50(),
                figure.p99(),
                figure.cpuMillis(),
                figure.compilerMillis(),
                aim == null ? "" : String.format(Locale.ROOT, " (aim %.1f)", aim),
                figure.wrong() == 0 ? "" : "  WRONG: " + figure.wrong());
    }
}
