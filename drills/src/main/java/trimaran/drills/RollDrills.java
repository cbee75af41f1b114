package trimaran.drills;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.Waiting;

/** Keys are stolen with the memory of application, and an order has what is written afterwards sealed under new ones. */
final class RollDrills {

    private static final int PATIENTS = 5;

    private static final int COUNTED_SECONDS_MAX = 20;

    private static final Pattern WAITING = Pattern.compile("\"roll.waiting\"\\s*:\\s*(\\d+)");

    /** Words of the breach that is expected where the defence is missing. */
    static final String AFTER_ORDER = " was written after the order";

    private RollDrills() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "roll-after-theft",
                "10, 31",
                "memory, disk and keys of application, and much later all sealed bytes of data",
                "what was written into the same stays after an order to roll is not read; what was written before it is",
                RollDrills::robbed));
    }

    private static void robbed(Scene scene) throws Exception {
        Instant from = Instant.now();
        scene.strike();
        List<Cohort.Patient> patients = new ArrayList<>();
        List<Path> heaps = new ArrayList<>();
        for (int i = 0; i < PATIENTS; i++) {
            patients.add(scene.cohort().told(scene.cohort().admit()));
            // At once: shares it was handed are garbage in its memory until the next collection.
            heaps.add(TheftDrills.heap(scene, Party.APPLICATION.word()));
        }
        Path loot = scene.stolen(scene.folder(Party.APPLICATION), "loot");
        scene.rebuild(Party.APPLICATION);
        // The positive control: nobody ordered anything yet.
        patients.replaceAll(scene.cohort()::noted);
        List<Canary> without = last(patients);
        List<String> command = new ArrayList<>(List.of("roll", "--party", "application", "--from", from.toString()));
        command.addAll(Scene.OFFICERS);
        Said rolled = scene.hospital().run(command.toArray(String[]::new));
        if (!rolled.isWell()) {
            throw new IllegalStateException("no order to roll: " + rolled);
        }
        long waiting = waiting(scene);
        scene.evidence(waiting > 0, "the tiers say that " + waiting + " cells wait for a new key");
        tellReleased(scene, from);
        patients.replaceAll(scene.cohort()::noted);
        List<Canary> first = last(patients);
        patients.replaceAll(scene.cohort()::noted);
        List<Canary> second = last(patients);
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        tellReleased(scene, from);
        Path sealed = scene.stolen(scene.folder(Party.DATA), "sealed");
        judge(scene, new Loot(loot, heaps, sealed), without, List.of(first, second));
        scene.require(scene.verified().isWell(), Breach.Kind.LOST, "the copies are not clean after the order");
        scene.forgetAtTheStation();
        scene.reread();
    }

    /** As status counts them, once the tiers went through their cells. */
    private static long waiting(Scene scene) {
        long end = System.nanoTime() + COUNTED_SECONDS_MAX * 1_000_000_000L;
        long most = 0;
        while (most == 0 && System.nanoTime() < end) {
            Waiting.pause(1_000);
            Matcher found =
                    WAITING.matcher(scene.hospital().run("status", "--json").out());
            while (found.find()) {
                most = Math.max(most, Long.parseLong(Objects.requireNonNull(found.group(1))));
            }
        }
        return most;
    }

    /** What the exposure report says of keys that are still those that were handed out. */
    private static void tellReleased(Scene scene, Instant from) {
        Said said = scene.hospital().run("exposure", "--party", "application", "--from", from.toString());
        said.out()
                .lines()
                .filter(line -> line.startsWith("Clés") || line.startsWith("Keys"))
                .forEach(line -> scene.say("  exposure: " + line));
    }

    private record Loot(Path folder, List<Path> heaps, Path sealed) {}

    private static void judge(Scene scene, Loot loot, List<Canary> without, List<List<Canary>> after) {
        try (Thief thief = TheftDrills.thief(scene)) {
            thief.takeSealed(loot.sealed());
            thief.takeTier(Party.APPLICATION, loot.folder());
            loot.heaps().forEach(heap -> thief.takeHeap(Party.APPLICATION.word(), heap));
            Set<Canary> read = thief.reads();
            scene.say("  the thief has " + thief.keys() + " cell keys and reads " + read.size() + " canaries");
            long control = without.stream().filter(read::contains).count();
            scene.evidence(
                    control > 0,
                    "the thief reads " + control + " of " + without.size()
                            + " findings written after the theft and before the order");
            after.forEach(round -> round.stream()
                    .filter(read::contains)
                    .forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + AFTER_ORDER)));
        }
    }

    private static List<Canary> last(List<Cohort.Patient> patients) {
        return patients.stream()
                .map(patient -> patient.resources().getLast().canary())
                .toList();
    }
}
