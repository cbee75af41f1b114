package trimaran.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** What the board of a ward costs, alone and with many browsers that have it open. */
@Command(
        name = "board",
        description =
                "Measure the ward board of a filled hospital: one browser, then many that follow it while it changes.",
        mixinStandardHelpOptions = true)
final class BoardCommand implements Callable<Integer> {

    /** Filling takes 90 s on a quiet machine; this is for one that builds beside it. */
    private static final long FILLED_SECONDS_MAX = 1_500;

    /** Milliseconds the project aims at, of the whole page for one browser and the slowest of a hundred answers to many. */
    private static final double AIM_ALONE = 50;

    private static final double AIM_MANY = 150;

    @Option(names = "--beds", description = "of the invented hospital (default: ${DEFAULT-VALUE})")
    private int beds = 700;

    @Option(
            names = "--ward-beds",
            description = "the ward with just so many, or the next larger (default: ${DEFAULT-VALUE})")
    private int wardBeds = 30;

    @Option(names = "--browsers", description = "that have the board open (default: ${DEFAULT-VALUE})")
    private int browsers = 50;

    @Option(names = "--seconds", description = "the browsers follow it (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--requests", description = "of one browser alone (default: ${DEFAULT-VALUE})")
    private int requests = 500;

    @Override
    public Integer call() throws IOException {
        PrintStream out = System.out;
        Path folder = Files.createTempDirectory("trimaran-bench");
        out.println("founding and filling a throw-away hospital of " + beds + " beds in " + folder);
        try (TrialHospital hospital = TrialHospital.foundToFill(House.found(), folder, beds)) {
            Waiting.until(
                    FILLED_SECONDS_MAX,
                    "the hospital is filled",
                    () -> hospital.upSaid().contains("FILLED "));
            BoardBench bench = new BoardBench(hospital, wardBeds);
            out.println("board: " + bench.ward());
            out.println(load());
            int wrong = said(out, bench.alone("to warm up", requests), 0);
            wrong += said(out, bench.alone("alone, whole page", requests), AIM_ALONE);
            BoardBench.Followed followed = bench.followed(browsers, seconds);
            for (Phase.Figure figure : followed.figures()) {
                wrong += said(out, figure, AIM_MANY);
            }
            out.println(String.format(
                    Locale.ROOT,
                    "of %d changes those seen by all %d browsers: p50 %.0f ms, slowest %.0f ms (aim 1000)",
                    followed.changes(),
                    browsers,
                    followed.seenMillis(0.5),
                    followed.seenMillis(1)));
            if (followed.unseen() > 0) {
                out.println(followed.unseen() + " changes were over before every browser had asked");
            }
            out.println(load());
            out.println(wrong == 0 ? "every answer was right" : wrong + " answers were wrong");
            return wrong == 0 ? 0 : 1;
        }
    }

    /** Figures are worth what the machine was doing beside them. */
    private static String load() throws IOException {
        return "load average " + Files.readString(Path.of("/proc/loadavg")).strip() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    private static int said(PrintStream out, Phase.Figure figure, double aim) {
        out.println(String.format(
                Locale.ROOT,
                "  %-28s %6d requests %7.1f/s  p50 %6.1f  p99 %6.1f ms%s  CPU %5.2f ms each, compilers %.2f%s",
                figure.name(),
                figure.requests(),
                figure.perSecond(),
                figure.p50(),
                figure.p99(),
                aim == 0 ? "" : String.format(Locale.ROOT, " (aim %.0f)", aim),
                figure.cpuMillis(),
                figure.compilerMillis(),
                figure.wrong() == 0 ? "" : "  WRONG: " + figure.wrong()));
        return figure.wrong();
    }
}
