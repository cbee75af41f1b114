package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import trimaran.kernel.Bytes;
import trimaran.line.Address;

/** Sends messages over several lines, those of one patient over one and in order, and counts what is answered. */
final class Replay {

    static final int LINES_MAX = 64;

    /** More are not under way on one line of a station either. */
    static final int AHEAD_MAX = 64;

    /** Refusals said in full; the rest is counted. */
    static final int SAID_MAX = 20;

    /** Messages read from the files before their line is ready for them: one slow line holds the others up late. */
    private static final int QUEUE = 2_000;

    /** How messages were answered: by code, {@code none} for those nobody answered. */
    record Count(Map<String, Long> answers, long millis) {

        boolean isAllTaken() {
            return answers.keySet().stream().allMatch("AA"::equals);
        }

        String line() {
            long all = answers.values().stream().mapToLong(Long::longValue).sum();
            StringBuilder text = new StringBuilder().append(all).append(" messages:");
            for (String code : List.of("AA", "AE", "AR")) {
                text.append(' ')
                        .append(answers.getOrDefault(code, 0L))
                        .append(' ')
                        .append(code)
                        .append(',');
            }
            long none = answers.getOrDefault("none", 0L);
            text.append(none == 0 ? "" : " " + none + " unanswered,");
            return text.append(" %.1f s, %.0f a second".formatted(millis / 1e3, all * 1e3 / Math.max(1, millis)))
                    .toString();
        }
    }

    private final Kin kin;
    private final Voice voice;
    private final int rate;
    private final long start = System.nanoTime();
    private final List<BlockingQueue<ReplayLine.Piece>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> answers = new TreeMap<>();
    private long sent;
    private long said;
    private long shown;

    /**
     * @param ahead messages a line sends before the first of them is answered
     * @param kin which patients share a line
     */
    Replay(Address door, int lines, int ahead, int rate, Kin kin, Voice voice) {
        this.kin = kin;
        this.rate = rate;
        this.voice = voice;
        for (int i = 0; i < lines; i++) {
            BlockingQueue<ReplayLine.Piece> queue = new ArrayBlockingQueue<>(QUEUE);
            queues.add(queue);
            threads.add(Thread.ofVirtual().name("replay").start(new ReplayLine(door, ahead, queue, this::count)));
        }
    }

    void play(byte[] message, Path file) throws InterruptedException {
        if (rate > 0) {
            long dueNanos = start + sent * 1_000_000_000L / rate;
            long early = dueNanos - System.nanoTime();
            if (early > 0) {
                Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
            }
        }
        sent++;
        queues.get(Math.floorMod(kin.of(message), queues.size()))
                .put(new ReplayLine.Piece(Bytes.wrap(message), file.toString()));
    }

    /** Waits for the last answer. */
    Count end() throws InterruptedException {
        for (BlockingQueue<ReplayLine.Piece> queue : queues) {
            queue.put(ReplayLine.END);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (answers) {
            return new Count(new TreeMap<>(answers), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private void count(String code, ReplayLine.Piece piece, String answer) {
        synchronized (answers) {
            answers.merge(code, 1L, Long::sum);
            long all = answers.values().stream().mapToLong(Long::longValue).sum();
            if (!code.equals("AA") && said++ < SAID_MAX) {
                voice.say(piece.file() + ": " + code + " " + why(answer).orElse("no answer"));
            }
            if (all - shown >= 50) {
                shown = all;
                voice.bar(new Count(answers, (System.nanoTime() - start) / 1_000_000).line());
            }
        }
    }

    /** The sentence of the first ERR. */
    private static Optional<String> why(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("ERR"))
                .map(line -> line.split("[|]", -1))
                .filter(fields -> fields.length > 7)
                .map(fields -> fields[7].replace("\\T\\", "&").replace("\\S\\", "^"))
                .findFirst();
    }
}
