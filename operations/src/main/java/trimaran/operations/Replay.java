package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.line.Address;

/** Sends messages over several lines, those of one patient over one and in order, and counts what is answered. */
final class Replay {

    static final int LINES_MAX = 64;

    /** Refusals said in full; the rest is counted. */
    static final int SAID_MAX = 20;

    /** A station that restarts is back by then. */
    private static final long RECONNECT_MILLIS = 60_000;

    private static final long PAUSE_MILLIS = 500;
    private static final int TRIES = 5;
    private static final int QUEUE = 32;

    private static final Pattern ANSWER = Pattern.compile("\\rMSA[^A-Za-z0-9](A[AER]|C[AER])");

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

    private record Piece(Bytes message, String file) {}

    private static final Piece END = new Piece(Bytes.EMPTY, "");

    private final Address door;
    private final Voice voice;
    private final int rate;
    private final long start = System.nanoTime();
    private final List<BlockingQueue<Piece>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> answers = new TreeMap<>();
    private long sent;
    private long said;
    private long shown;

    Replay(Address door, int lines, int rate, Voice voice) {
        this.door = door;
        this.rate = rate;
        this.voice = voice;
        for (int i = 0; i < lines; i++) {
            BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(QUEUE);
            queues.add(queue);
            threads.add(Thread.ofVirtual().name("replay").start(() -> run(queue)));
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
        queues.get(Math.floorMod(MessageFiles.patient(message), queues.size()))
                .put(new Piece(Bytes.wrap(message), file.toString()));
    }

    /** Waits for the last answer. */
    Count end() throws InterruptedException {
        for (BlockingQueue<Piece> queue : queues) {
            queue.put(END);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (answers) {
            return new Count(new TreeMap<>(answers), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private void run(BlockingQueue<Piece> queue) {
        @Nullable MllpLine line = null;
        try {
            for (Piece piece = queue.take(); !piece.equals(END); piece = queue.take()) {
                line = deliver(piece, line);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp(line);
        }
    }

    /** A message whose answer was lost is sent again: the door knows it. One that is not taken now comes again a few times. */
    private @Nullable MllpLine deliver(Piece piece, @Nullable MllpLine open) throws InterruptedException {
        @Nullable MllpLine line = open;
        long giveUp = System.nanoTime() + RECONNECT_MILLIS * 1_000_000;
        int tries = 0;
        while (true) {
            try {
                line = line == null ? new MllpLine(door) : line;
                String answer = line.ask(piece.message().unsafeArray());
                Matcher found = ANSWER.matcher(answer);
                String code = found.find() ? String.valueOf(found.group(1)) : "none";
                if (!code.equals("AR") || ++tries >= TRIES) {
                    count(code, piece, answer);
                    return line;
                }
            } catch (IOException broken) {
                hangUp(line);
                line = null;
                if (System.nanoTime() > giveUp) {
                    count("none", piece, "");
                    return null;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void hangUp(@Nullable MllpLine line) {
        try {
            if (line != null) {
                line.close();
            }
        } catch (IOException gone) {
            // It is closed, which is what was asked for.
        }
    }

    private void count(String code, Piece piece, String answer) {
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
