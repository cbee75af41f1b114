package trimaran.drills;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.drills.Written.Part;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.Waiting;

/**
 * A ward that goes on: reads its patients in turn, some twice a second, writes an observation each second, and remembers what
 * was answered. What it was promised is the truth a drill is held against.
 */
final class WardProbe implements AutoCloseable {

    /** Between two reads: finer than a second, so that a second can be told from two. */
    private static final long READ_BEAT_MILLIS = 400;

    /** Between two writes, which may be five seconds apart: one a second, as each has half the house sign. */
    private static final long WRITE_BEAT_MILLIS = 900;

    /** Between two of those somebody waits for. */
    private static final long HURRIED_MILLIS = 200;

    private static final long LOOK_MILLIS = 20;

    private final FhirClient client;
    private final String run;
    private final List<String> patients;
    private final String subject;
    private final Lulls reads = new Lulls();
    private final Lulls writes = new Lulls();
    private final ConcurrentLinkedQueue<Written> written = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Thread reader;
    private final Thread writer;
    private final AtomicBoolean readsWanted = new AtomicBoolean();
    private final AtomicBoolean writesWanted = new AtomicBoolean();
    private volatile boolean going = true;

    /**
     * @param run tells the identifiers of this probe from any other's
     * @param patients references of all in the ward's care
     * @param subject of whom something is written: nobody of before, whose record would be longer from drill to drill
     */
    WardProbe(FhirClient client, String run, List<String> patients, String subject) {
        this.client = client;
        this.run = run;
        this.subject = subject;
        this.patients = List.copyOf(patients);
        this.reader = Thread.ofPlatform().daemon().start(this::read);
        this.writer = Thread.ofPlatform().daemon().start(this::write);
    }

    private void read() {
        for (int at = 0; going; at = (at + 1) % patients.size()) {
            long begun = System.nanoTime();
            if (client.read(patients.get(at)).status() == 200) {
                reads.done(begun);
            } else {
                reads.failed(begun);
            }
            pause(READ_BEAT_MILLIS, readsWanted);
        }
    }

    private void write() {
        while (going) {
            String identifier = run + "-" + next.incrementAndGet();
            Part part = new Part("Observation", identifier, Load.observation(identifier, subject));
            long begun = System.nanoTime();
            Reply reply = client.create(part.type(), part.resource());
            if (!reply.isUnsent()) {
                written.add(new Written(List.of(part), reply));
            }
            if (reply.isDone()) {
                writes.done(begun);
            }
            pause(WRITE_BEAT_MILLIS, writesWanted);
        }
    }

    /** Somebody waits for what comes next: it comes sooner than by itself. */
    void hurry() {
        readsWanted.set(true);
        writesWanted.set(true);
    }

    private static void pause(long millis, AtomicBoolean wanted) {
        Waiting.pause(HURRIED_MILLIS);
        long until = System.nanoTime() + (millis - HURRIED_MILLIS) * 1_000_000;
        while (!wanted.getAndSet(false) && System.nanoTime() < until) {
            Waiting.pause(LOOK_MILLIS);
        }
    }

    /** The number of whoever it writes of. */
    String patient() {
        return subject.substring(subject.indexOf('/') + 1);
    }

    Lulls reads() {
        return reads;
    }

    Lulls writes() {
        return writes;
    }

    /** Everything asked so far, with its answer. */
    List<Written> written() {
        return List.copyOf(written);
    }

    /** Stops, having heard the answers to what it asked. */
    @Override
    public void close() {
        going = false;
        try {
            reader.join();
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
