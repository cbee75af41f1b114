package trimaran.simulator;

import java.util.List;

/** Runs seeds one after the other: {@code --seeds FROM..TO}, or {@code --seed N} to replay one. Ends with 1 if any broke. */
public final class Main {

    private static final int PROGRESS = 1000;

    private Main() {}

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
            System.err.println("use: --seeds FROM..TO, or --seed N");
            return 64;
        }
        return run(from, to);
    }

    private static int run(long from, long to) {
        long bad = 0;
        for (long seed = from; seed <= to; seed++) {
            Run.Result result = Run.of(seed);
            if (!result.broken().isEmpty()) {
                bad++;
            }
            if (from == to || !result.broken().isEmpty()) {
                System.out.println(result);
            } else if ((seed - from + 1) % PROGRESS == 0) {
                System.out.println((seed - from + 1) + " seeds, " + bad + " broken");
            }
        }
        System.out.println((to - from + 1) + " seeds from " + from + " to " + to + ", " + bad + " broken");
        return bad == 0 ? 0 : 1;
    }
}
