package trimaran.operations;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.line.Address;

/**
 * One line of a sender that plays messages: up to so many are sent before the first of them is answered. What was not answered when
 * the line broke is sent again, in order, and what is not taken now comes again until it is, before anything new.
 */
final class ReplayLine implements Runnable {

    /** A message to be played, and the file it is from. */
    record Piece(Bytes message, String file) {}

    /** After the last message. */
    static final Piece END = new Piece(Bytes.EMPTY, "");

    /** Told how each message was answered; with the code {@code none} if it was not. */
    interface Counting {
        void count(String code, Piece piece, String answer);
    }

    /** A station that restarts is back by then, and takes again what it did not take. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long PAUSE_MILLIS = 500;
    private static final Pattern ANSWER = Pattern.compile("\\rMSA[^A-Za-z0-9](A[AER]|C[AER])");

    private final Address door;
    private final int ahead;
    private final BlockingQueue<Piece> queue;
    private final Counting counting;
    private final Deque<Piece> under = new ArrayDeque<>();

    /** Told to come again, in their order; sent once all that is under way is answered. */
    private final Deque<Piece> again = new ArrayDeque<>();

    private @Nullable MllpLine line;
    private boolean ended;
    private long patientUntil;

    ReplayLine(Address door, int ahead, BlockingQueue<Piece> queue, Counting counting) {
        this.door = door;
        this.ahead = ahead;
        this.queue = queue;
        this.counting = counting;
    }

    @Override
    public void run() {
        try {
            progress();
            while (fill()) {
                hear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    private void progress() {
        patientUntil = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    }

    private boolean isPatient() {
        return System.nanoTime() - patientUntil < 0;
    }

    /** Sends on as far as may be; whether anything is under way. */
    private boolean fill() throws InterruptedException {
        while (!ended && again.isEmpty() && under.size() < ahead) {
            Piece next = under.isEmpty() ? queue.take() : queue.poll();
            if (next == null) {
                break;
            }
            if (next.equals(END)) {
                ended = true;
            } else {
                if (under.isEmpty()) {
                    progress();
                }
                under.add(next);
                send(next);
            }
        }
        return !under.isEmpty();
    }

    private void send(Piece piece) {
        MllpLine open = line;
        try {
            if (open != null) {
                open.send(piece.message().unsafeArray());
            }
        } catch (IOException broken) {
            hangUp();
        }
    }

    private void hear() throws InterruptedException {
        try {
            MllpLine open = line;
            if (open == null) {
                open = new MllpLine(door);
                line = open;
                for (Piece piece : under) {
                    open.send(piece.message().unsafeArray());
                }
            }
            answered(under.remove(), open);
        } catch (IOException broken) {
            hangUp();
            while (!again.isEmpty()) {
                under.addFirst(again.removeLast());
            }
            if (!isPatient()) {
                under.forEach(piece -> counting.count("none", piece, ""));
                under.clear();
            } else {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void answered(Piece piece, MllpLine open) throws IOException, InterruptedException {
        String answer;
        try {
            answer = open.hear();
        } catch (IOException broken) {
            under.addFirst(piece);
            throw broken;
        }
        Matcher found = ANSWER.matcher(answer);
        String code = found.find() ? String.valueOf(found.group(1)) : "none";
        if (code.equals("AR") && isPassing(answer) && isPatient()) {
            again.add(piece);
        } else {
            counting.count(code, piece, answer);
            progress();
        }
        if (under.isEmpty() && !again.isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
            under.addAll(again);
            again.clear();
            for (Piece one : under) {
                open.send(one.message().unsafeArray());
            }
        }
    }

    /** What no repetition mends, as an unknown event, is not repeated; who says no reason may have had no time. */
    private static boolean isPassing(String answer) {
        return !answer.contains("\rERR") || answer.contains("|" + Code.UNAVAILABLE.tag() + "|");
    }

    private void hangUp() {
        try {
            if (line != null) {
                line.close();
            }
        } catch (IOException gone) {
            // It is closed, which is what was asked for.
        }
        line = null;
    }
}
