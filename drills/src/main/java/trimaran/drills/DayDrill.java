package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A day of a hospital played at its HL7 v2 door as its senders would, and the record and the ward boards held against what the
 * same messages say by an independent fold. Killed in the middle, the station is started again and its senders repeat what
 * was not acknowledged: nothing may be lost, nothing doubled.
 */
final class DayDrill {

    private static final int ROOMS_EACH = 12;
    private static final int MESSAGES_A_WARD = 800;
    private static final int WARDS_MAX = 20;
    /** Those of the invented hospital the day is played beside: the fewest there may be. */
    private static final int BEDS_BESIDE = 20;

    private static final long FILLED_SECONDS_MAX = 400;
    private static final long PLAY_SECONDS_MAX = 3_600;
    private static final long SETTLE_SECONDS_MAX = 240;

    private static final Pattern COUNT = Pattern.compile("(\\d+) messages: (\\d+) AA, (\\d+) AE, (\\d+) AR[^\\n]*");

    private final TrialHospital hospital;
    private final Consumer<String> say;

    /**
     * @param said what the sender counted
     * @param cpuMillis of each process of the hospital, for each message; without meaning where one was killed
     * @param faults what must not be; empty is what a drill wants
     */
    record Result(String said, Map<String, Double> cpuMillis, List<String> faults) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(said);
            double all =
                    cpuMillis.values().stream().mapToDouble(Double::doubleValue).sum();
            text.append(String.format("%n%.1f ms of CPU a message", all));
            cpuMillis.forEach((word, cpu) -> text.append(String.format(", %s %.1f", word, cpu)));
            faults.forEach(fault -> text.append(String.format("%nFAULT %s", fault)));
            return text.append(faults.isEmpty() ? "\nall boards right, nothing lost, nothing twice" : "")
                    .toString();
        }
    }

    /** A hospital with badges, as those who look at its boards need. */
    static TrialHospital hospital(House house, Path folder) {
        TrialHospital hospital = TrialHospital.foundToFill(house, folder, BEDS_BESIDE);
        Waiting.until(
                FILLED_SECONDS_MAX,
                "the hospital is filled",
                () -> hospital.upSaid().contains("FILLED "));
        return hospital;
    }

    DayDrill(TrialHospital hospital, Consumer<String> say) {
        this.hospital = hospital;
        this.say = say;
    }

    /**
     * What is played.
     *
     * @param count messages of the day
     * @param lines the senders have
     * @param ahead messages a line sends before the first of them is answered
     * @param kills of the station, spread over the day
     */
    record Day(int count, long seed, int lines, int ahead, int kills) {}

    Result run(Day day) {
        int count = day.count();
        DayPlaces places = new DayPlaces(Math.clamp(count / MESSAGES_A_WARD, 2, WARDS_MAX), ROOMS_EACH);
        List<String> messages = DayMessages.of(day.seed(), places, count);
        Path file = hospital.home().resolveSibling("day.hl7");
        write(file, messages);
        try (FhirClient client = hospital.client()) {
            FhirClient.Reply described = client.transaction(places.bundle());
            if (!described.isDone()) {
                throw new IllegalStateException("the wards are not taken: " + described);
            }
            say.accept(count + " messages about " + places.beds().size() + " beds, " + day.lines() + " lines, "
                    + day.ahead() + " ahead");
            Map<String, Duration> before = cpu();
            List<String> faults = new ArrayList<>();
            String said = play(file, day, bytes(messages));
            Map<String, Double> spent = spent(before, cpu(), count);
            DayFold fold = new DayFold(messages);
            faults.addAll(counted(said, count, fold));
            var settled = Settling.verified(hospital, SETTLE_SECONDS_MAX);
            if (!settled.isWell()) {
                faults.add("verify: " + settled);
            }
            say.accept(said + "; looking at the record and the boards");
            try (DayBoards boards = new DayBoards(hospital)) {
                faults.addAll(new DayReckoning(client).faults(fold, boards.lying()));
            }
            return new Result(said, spent, faults);
        }
    }

    private static List<String> counted(String said, int count, DayFold fold) {
        Matcher line = COUNT.matcher(said);
        if (!line.find()) {
            return List.of("the sender did not end: " + said);
        }
        List<String> faults = new ArrayList<>();
        int taken = Integer.parseInt(said, line.start(2), line.end(2), 10);
        int refused = Integer.parseInt(said, line.start(3), line.end(3), 10)
                + Integer.parseInt(said, line.start(4), line.end(4), 10);
        if (refused != fold.refused() || taken != count - fold.refused()) {
            faults.add("to be refused were " + fold.refused() + " of " + count + ": " + said);
        }
        return faults;
    }

    /** Plays the file to its end, and kills the station each time another part of it was taken. */
    private String play(Path file, Day day, long bytes) {
        Path out = file.resolveSibling("replay-" + System.nanoTime() + ".out");
        Process replay = hospital.commands()
                .begin(
                        List.of(),
                        List.of(
                                "replay",
                                file.toString(),
                                "--lines",
                                String.valueOf(day.lines()),
                                "--ahead",
                                String.valueOf(day.ahead()),
                                "--home",
                                hospital.home().toString()),
                        out);
        try {
            for (int i = 1; i <= day.kills(); i++) {
                long part = bytes * i / (day.kills() + 1);
                Waiting.until(
                        PLAY_SECONDS_MAX, "a part of the day is taken", () -> journal() >= part || !replay.isAlive());
                hospital.kill(TrialHospital.STATION);
                hospital.start(TrialHospital.STATION);
                say.accept("killed and started again, kill " + i);
            }
            if (!replay.waitFor(PLAY_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the day does not end: " + TrialHospital.text(out));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        } finally {
            replay.destroyForcibly();
        }
        Matcher line = COUNT.matcher(TrialHospital.text(out));
        String last = TrialHospital.text(out);
        while (line.find()) {
            last = String.valueOf(line.group());
        }
        return last;
    }

    private long journal() {
        Path folder = hospital.home()
                .resolve("stations")
                .resolve(TrialHospital.STATION)
                .resolve("hl7");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(one -> one.toFile().length()).sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long bytes(List<String> messages) {
        return messages.stream().mapToLong(String::length).sum();
    }

    private static void write(Path file, List<String> messages) {
        try {
            Files.writeString(file, String.join("", messages), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** By process, of those that are alive; what was killed is not counted. */
    private Map<String, Duration> cpu() {
        Map<String, Duration> all = new TreeMap<>();
        for (String word : TrialHospital.PROCESSES) {
            all.put(
                    word,
                    ProcessHandle.of(hospital.pid(word))
                            .flatMap(process -> process.info().totalCpuDuration())
                            .orElse(Duration.ZERO));
        }
        return all;
    }

    private static Map<String, Double> spent(Map<String, Duration> before, Map<String, Duration> after, int count) {
        Map<String, Double> spent = new TreeMap<>();
        after.forEach((word, cpu) -> spent.put(
                word, cpu.minus(before.getOrDefault(word, Duration.ZERO)).toMillis() / (double) count));
        return spent;
    }
}
