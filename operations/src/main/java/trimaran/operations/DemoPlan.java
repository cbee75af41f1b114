package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.hospital.Setting;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.WallTime;
import trimaran.process.FileDisk;

/**
 * What a demo home is to be filled with: {@code demo/plan} in the home, written with the founding, so that a filling that broke
 * off goes on with the same people. Lines {@code name = value}: seed, beds, now (Paris). {@code demo/filled} says that all is in.
 *
 * <p>Trust: whoever changes the plan has other invented people put in, once.
 */
record DemoPlan(Setting setting) {

    /** The demonstration everybody is shown on one day is the same. */
    static final long SEED = 1_203;

    private static final String FOLDER = "demo";
    private static final String PLAN = "plan";
    private static final String FILLED = "filled";

    static DemoPlan of(int beds, WallTime now) {
        LocalDateTime paris = LocalDateTime.ofInstant(Instant.ofEpochMilli(now.millis()), ZoneId.of("Europe/Paris"));
        return new DemoPlan(new Setting(SEED, beds, paris.truncatedTo(ChronoUnit.MINUTES)));
    }

    /** The folder of the plan and of the journal of what is in. */
    static Path folder(Home home) {
        return home.folder().resolve(FOLDER);
    }

    void write(Home home) throws IOException {
        String text = "seed = " + setting.seed() + "\nbeds = " + setting.beds() + "\nnow = " + setting.now() + "\n";
        FileDisk.in(Home.ownFolder(folder(home))).replace(PLAN, Bytes.ofText(text));
    }

    /** The plan of a home that is not full yet; empty for one that is, or was founded without patients. */
    static Optional<DemoPlan> unfinished(Home home) throws RefusedException {
        Path file = folder(home).resolve(PLAN);
        if (!Files.exists(file) || Files.exists(folder(home).resolve(FILLED))) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new HashMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] pair = line.split(" = ", 2);
                values.put(pair[0], pair.length == 2 ? pair[1] : "");
            }
            return Optional.of(new DemoPlan(new Setting(
                    Long.parseLong(values.getOrDefault("seed", "")),
                    Integer.parseInt(values.getOrDefault("beds", "")),
                    LocalDateTime.parse(values.getOrDefault("now", "")))));
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            throw new RefusedException(Code.HOME_DAMAGED, file + " is no plan of a demo hospital");
        }
    }

    static void finished(Home home) {
        FileDisk.in(folder(home)).replace(FILLED, Bytes.ofText("1\n"));
    }
}
