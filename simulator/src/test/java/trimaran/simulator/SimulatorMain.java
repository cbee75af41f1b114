package trimaran.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs seeds, on all cores: {@code --seeds FROM..TO}, or {@code --seed N} to replay one. Broken seeds are printed when they are
 * found, progress in between, the mix of faults at the end. Ends with 1 if any broke.
 */
public final class SimulatorMain {

    private static final long PROGRESS = 500;
    private static final int WRONG_USE = 64;

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<String, Integer> events = new TreeMap<>();
    private long done;
    private long broken;
    private long acknowledged;
    private long opened;

    private SimulatorMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        long from;
        long to;
        try {
            if (arguments.size() == 2 && arguments.getFirst().equals("--seed")) {
                from = Long.parseLong(arguments.getLast());
                to = from;
            } else if (arguments.size() == 2 && arguments.getFirst().equals("--seeds")) {
                String[] range = arguments.getLast().split("\\.\\.", -1);
                from = Long.parseLong(range[0]);
                to = Long.parseLong(range[1]);
            } else {
                throw new NumberFormatException("no seeds");
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
            System.err.println("trimaran: use: simulate --seeds FROM..TO, or simulate --seed N");
            return WRONG_USE;
        }
        if (to < from || from == Long.MIN_VALUE) {
            System.err.println("trimaran: " + from + ".." + to + " are no seeds");
            return WRONG_USE;
        }
        return new SimulatorMain().run(from, to);
    }

    private int run(long from, long to) {
        long startNanos = System.nanoTime();
        Seeds.run(from, to, result -> add(result, from == to));
        System.out.println(done + " seeds from " + from + " to " + to + ", " + broken + " broken, "
                + (System.nanoTime() - startNanos) / 1_000_000_000 + " s: fallen parties " + faults + "; " + events
                + "; "
                + acknowledged
                + " entries called recorded, " + opened + " cells and resources opened");
        return broken == 0 ? 0 : 1;
    }

    private void add(Run.Result result, boolean shown) {
        faults.merge(result.fault(), 1, Integer::sum);
        result.events().forEach((event, count) -> events.merge(event, count, Integer::sum));
        acknowledged += result.acknowledged();
        opened += result.opened();
        if (!result.broken().isEmpty()) {
            broken++;
        }
        if (shown || result.tails() > 0 || !result.broken().isEmpty()) {
            System.out.println(result);
        }
        done++;
        if (done % PROGRESS == 0) {
            System.out.println(done + " seeds, " + broken + " broken");
        }
    }
}
