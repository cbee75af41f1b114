package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/** {@code ./trimaran drill …}: attacks on a hospital founded for it and thrown away afterwards. */
@Command(
        name = "drill",
        description = "Attack a throw-away hospital and check that it keeps its promises.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CommandLine.HelpCommand.class,
            DrillMain.Kill.class,
            DrillMain.Search.class,
            DrillMain.Day.class,
            AwayCommand.class,
            GrowthCommand.class,
            AttackCommand.class,
            UnguardedCommand.class
        })
public final class DrillMain implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "drills to carry out one after another, as --list names them, or all")
    private List<String> names = List.of();

    @Option(
            names = "--list",
            description = "say which drills there are, what the attacker holds and what must come out")
    private boolean list;

    @Option(names = "--seed", paramLabel = "N", description = "draws the same patients and the same damage again")
    private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

    @Option(names = "--json", paramLabel = "F", description = "the table in a file as well, for programs")
    private Path json = Path.of("");

    @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
    private Path folder = Path.of("");

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description =
                    "hospitals that are attacked at a time, 1 to 4 (default: 3); 1 for figures of a quiet machine")
    private int lanes = 3;

    @Option(
            names = "--allow-skipped",
            description = "a drill that cannot be carried out on this machine is no reason to fail")
    private boolean allowSkipped;

    private DrillMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new DrillMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            System.err.println("trimaran: " + failure.getMessage());
            return 1;
        });
        return line;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            DrillTable.list(Catalogue.drills()).forEach(DrillMain::say);
            return 0;
        }
        if (names.isEmpty()) {
            System.err.println("trimaran: name a drill, or all; drill --list says which there are");
            return CommandLine.ExitCode.USAGE;
        }
        if (lanes < 1 || lanes > DrillLanes.LANES_MAX) {
            System.err.println("trimaran: --at-once takes 1 to " + DrillLanes.LANES_MAX);
            return CommandLine.ExitCode.USAGE;
        }
        List<Drill> chosen = new ArrayList<>();
        for (String name : names) {
            Optional<Drill> drill = Catalogue.named(name);
            if (drill.isEmpty() && !name.equals("all")) {
                System.err.println("trimaran: there is no drill " + name + "; drill --list says which there are");
                return CommandLine.ExitCode.USAGE;
            }
            chosen.addAll(drill.map(List::of).orElseGet(Catalogue::drills));
        }
        try {
            // Before the first drill: nobody wants to hear after minutes that nothing is kept.
            keep(chosen.size(), List.of());
        } catch (UncheckedIOException unwritable) {
            System.err.println("trimaran: --json " + json + " cannot be written: " + unwritable.getCause());
            return CommandLine.ExitCode.USAGE;
        }
        List<Result> results = carryOut(chosen, folder, seed, lanes, soFar -> keep(chosen.size(), soFar));
        return DrillTable.isWell(results, allowSkipped) ? 0 : 1;
    }

    /** @param kept is told after each drill what there is so far */
    static List<Result> carryOut(List<Drill> chosen, Path folder, long seed, int lanes, Consumer<List<Result>> kept)
            throws IOException {
        return carryOut(chosen, folder, seed, lanes, (lane, told) -> new DrillRun(lane, seed, told), kept);
    }

    /** @param opening makes what carries drills out one after another */
    static List<Result> carryOut(
            List<Drill> chosen,
            Path folder,
            long seed,
            int lanes,
            DrillLanes.Opening opening,
            Consumer<List<Result>> kept)
            throws IOException {
        long begun = System.nanoTime();
        Path own = fresh(folder);
        say("seed " + seed);
        List<Result> results = new DrillLanes(own, opening, lanes, DrillMain::say, kept).carryOut(chosen);
        TrialHospital.remove(own);
        say("");
        say(DrillTable.text(results));
        say("after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s, " + lanes + " at a time");
        DrillTable.skipped(results).ifPresent(DrillMain::say);
        return results;
    }

    /** After each: whoever stops the rest has what there is. */
    private void keep(int chosen, List<Result> results) {
        try {
            if (!json.toString().isEmpty()) {
                Files.writeString(json, DrillTable.json(seed, chosen, results));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A new folder, within the one that was named if one was: what is founded in it is removed whole. */
    static Path fresh(Path within) throws IOException {
        if (within.toString().isEmpty()) {
            return Files.createTempDirectory("trimaran-drill");
        }
        return Files.createTempDirectory(Files.createDirectories(within), "trimaran-drill");
    }

    static void say(String sentence) {
        System.out.println(sentence);
    }

    /** A folder for a hospital, and the hospital in it; kept only if the drill found something. */
    static int onTrial(Path folder, java.util.function.ToIntFunction<TrialHospital> drill) {
        return onTrial(folder, TrialHospital::found, drill);
    }

    private static int onTrial(
            Path folder,
            java.util.function.BiFunction<House, Path, TrialHospital> founding,
            java.util.function.ToIntFunction<TrialHospital> drill) {
        try {
            Path own = fresh(folder);
            say("founding a hospital in " + own);
            TrialHospital hospital = founding.apply(House.found(), own);
            int faults = 1;
            try {
                faults = drill.applyAsInt(hospital);
            } finally {
                // Also when the drill itself broke off: what it looked at stays, and nothing goes on running.
                if (faults == 0) {
                    hospital.close();
                } else {
                    hospital.down();
                    hospital.killAll();
                    say("kept for looking at: " + own);
                }
            }
            return faults == 0 ? 0 : 1;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Looks for what must not be readable. */
    @Command(
            name = "canary",
            description = "Write canaries and look for them behind the station.",
            mixinStandardHelpOptions = true)
    static final class Search implements Callable<Integer> {

        @Option(names = "--seed", paramLabel = "N", description = "draws the same canaries again")
        private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

        @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
        private Path folder = Path.of("");

        @Override
        public Integer call() {
            say("seed " + seed);
            return onTrial(folder, hospital -> {
                Path scratch = hospital.home().resolveSibling("scratch");
                CanaryDrill.Result result = new CanaryDrill(hospital, DrillMain::say).run(seed, scratch);
                say(result.toString());
                return result.faults();
            });
        }
    }

    /** Kills every process again and again. */
    @Command(
            name = "kill",
            description = "Kill each process at random moments under load.",
            mixinStandardHelpOptions = true)
    static final class Kill implements Callable<Integer> {

        @Option(names = "--times", paramLabel = "N", description = "how often each process (default: 50)")
        private int times = 50;

        @Option(names = "--seed", paramLabel = "N", description = "replays the order of a drill")
        private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

        @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
        private Path folder = Path.of("");

        @Override
        public Integer call() {
            say("seed " + seed);
            return onTrial(folder, hospital -> {
                KillDrill.Result result = new KillDrill(hospital, DrillMain::say).run(times, seed);
                say(result.toString());
                return result.faults().size();
            });
        }
    }

    /** Plays a day of HL7 v2 messages. */
    @Command(
            name = "day",
            description = "Play a day of HL7 v2 messages and hold record and boards against them.",
            mixinStandardHelpOptions = true)
    static final class Day implements Callable<Integer> {

        @Option(names = "--messages", paramLabel = "N", description = "how many (default: 10000)")
        private int messages = 10_000;

        @Option(names = "--lines", paramLabel = "N", description = "lines the senders have (default: 8)")
        private int lines = 8;

        @Option(names = "--ahead", paramLabel = "N", description = "sent before the first is answered (default: 1)")
        private int ahead = 1;

        @Option(names = "--kills", paramLabel = "N", description = "of the station, spread over the day (default: 0)")
        private int kills;

        @Option(names = "--seed", paramLabel = "N", description = "draws the same day again")
        private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

        @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
        private Path folder = Path.of("");

        @Override
        public Integer call() {
            say("seed " + seed);
            return onTrial(folder, DayDrill::hospital, hospital -> {
                DayDrill.Result result = new DayDrill(hospital, DrillMain::say)
                        .run(new DayDrill.Day(messages, seed, lines, ahead, kills));
                say(result.toString());
                return result.faults().size();
            });
        }
    }
}
