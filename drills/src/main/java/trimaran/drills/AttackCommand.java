package trimaran.drills;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** The drill to show to people: ransomware takes application of a whole hospital at work. */
@Command(
        name = "attack",
        description = "Ransomware takes application of a hospital at work: live here and on its page of hulls.",
        mixinStandardHelpOptions = true)
final class AttackCommand implements Callable<Integer> {

    private static final long FILLED_SECONDS_MAX = 900;

    @Option(names = "--beds", paramLabel = "N", description = "of the hospital (default: ${DEFAULT-VALUE})")
    private int beds = 700;

    @Option(names = "--seed", paramLabel = "N", description = "draws the same patients and the same damage again")
    private long seed = ThreadLocalRandom.current().nextInt(1 << 20);

    @Option(names = "--folder", paramLabel = "DIR", description = "where (default: a new folder)")
    private Path folder = Path.of("");

    @Option(names = "--now", description = "wait for nobody to press Enter")
    private boolean now;

    @Override
    public Integer call() throws IOException {
        Path own = DrillMain.fresh(folder);
        Optional<Console> person = terminal();
        try (Ticker ticker = new Ticker(person.isPresent())) {
            ticker.say("seed " + seed + "; founding a hospital of " + beds + " beds");
            Result result = carryOut(own, ticker, person.filter(there -> !now));
            ticker.say("");
            ticker.say(DrillTable.text(List.of(result)));
            return result.isAsExpected() ? 0 : 1;
        } finally {
            TrialHospital.remove(own);
        }
    }

    /** A pipe is nobody to wait for. */
    @SuppressWarnings("SystemConsoleNull") // Which JDK gives null without a terminal has changed twice.
    private static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    private Result carryOut(Path own, Ticker ticker, Optional<Console> person) throws IOException {
        try (TrialHospital hospital = TrialHospital.foundToFill(House.found(), own.resolve("hospital"), beds)) {
            Waiting.until(
                    FILLED_SECONDS_MAX,
                    "the hospital is filled",
                    () -> hospital.upSaid().contains("FILLED "));
            String page = "http://localhost:" + hospital.port() + "/coques";
            ticker.say(
                    "it is filled and at work: look at " + page + " (PIN of every badge: " + TrialHospital.PIN + ")");
            person.ifPresent(there -> there.readLine("Enter begins the attack: "));
            Result result;
            Path attacker = Files.createDirectories(own.resolve("attacker"));
            try (DrillRun run = DrillRun.on(hospital, attacker, seed, ticker::say)) {
                result = run.carryOut(Ransomware.drill(ticker));
            }
            if (person.isPresent()) {
                ticker.say(result.verdict() + "; the hospital goes on at " + page);
                person.get().readLine("Enter throws it away: ");
            }
            return result;
        }
    }
}
