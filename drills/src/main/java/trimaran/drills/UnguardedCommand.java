package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/** {@code ./trimaran drill unguarded}: each defence is taken out of the programs, and the drill that aims at it has to do harm. */
@Command(
        name = "unguarded",
        description = "Take one defence after another out of the programs: the drill that aims at it must fail.",
        mixinStandardHelpOptions = true)
final class UnguardedCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "drills (default: all that have a defence named)")
    private List<String> names = List.of();

    @Option(names = "--list", description = "say which defence is taken out for which drill")
    private boolean list;

    @Option(names = "--seed", paramLabel = "N", description = "draws the same patients and the same damage again")
    private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

    @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
    private Path folder = Path.of("");

    @Option(names = "--at-once", paramLabel = "N", description = "hospitals at a time, 1 to 4 (default: 3)")
    private int lanes = 3;

    @Override
    public Integer call() throws IOException {
        List<Unguarded> chosen = new ArrayList<>(names.isEmpty() ? Unguarded.all() : List.of());
        for (String name : names) {
            Optional<Unguarded> one = Unguarded.named(name);
            if (one.isEmpty()) {
                System.err.println("trimaran: no defence is named for " + name + "; drill unguarded --list says which");
                return CommandLine.ExitCode.USAGE;
            }
            chosen.add(one.get());
        }
        if (lanes < 1 || lanes > DrillLanes.LANES_MAX) {
            System.err.println("trimaran: --at-once takes 1 to " + DrillLanes.LANES_MAX);
            return CommandLine.ExitCode.USAGE;
        }
        if (list) {
            chosen.forEach(one -> DrillMain.say(one.drill() + ": without what says that " + one.defence() + " "
                    + one.holes() + ", harm: " + one.harm()));
            return 0;
        }
        List<Drill> drills = chosen.stream().map(Unguarded::withoutDefence).toList();
        List<Result> results =
                DrillMain.carryOut(drills, folder, seed, lanes, (own, say) -> new Lane(own, seed, say), soFar -> {});
        return DrillTable.isWell(results, false) ? 0 : 1;
    }

    /** A hospital for each drill, since each has another hole. */
    record Lane(Path folder, long seed, Consumer<String> say) implements DrillLanes.Lane {

        @Override
        public Result carryOut(Drill drill) {
            // By no long name: a station's status lies at a socket, whose path has an end (unix(7): 108 bytes).
            Path own = folder.resolve("own");
            Unguarded unguarded = Unguarded.of(drill).orElseThrow();
            try {
                say.accept("founding a hospital without this: " + unguarded.defence());
                House house = HoledHouse.of(
                        House.found(),
                        Files.createDirectories(own.resolve("house")),
                        unguarded.rooms(),
                        unguarded.holes());
                try (TrialHospital hospital = TrialHospital.found(house, own.resolve("at"));
                        DrillRun run = DrillRun.on(hospital, own.resolve("run"), seed, say)) {
                    return run.carryOut(drill);
                }
            } catch (IOException | RuntimeException broken) {
                // As where a hospital cannot be founded without it: the others are tried all the same.
                return Result.brokenOff(drill, String.valueOf(broken));
            } finally {
                if (Files.exists(own)) {
                    TrialHospital.remove(own);
                }
            }
        }

        @Override
        public void close() {
            // Each drill has put away what it had.
        }
    }
}
