package trimaran.operations;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.hospital.DemoHospital;
import trimaran.kernel.Digest;
import trimaran.process.DiskFullException;

/**
 * Puts the invented hospital into a founded one through the station's FHIR door, like any client: the house first, then several
 * wards side by side. What is in is remembered, so that a filling that was stopped goes on; the door keeps the key of each, so
 * that one whose answer was lost is not taken twice.
 */
final class Filling {

    /** Wards filled at once: enough that entries share signatures, few enough to leave a small machine usable. */
    static final int WARDS_AT_ONCE = 8;

    private static final long PAUSE_MILLIS_MIN = 100;
    private static final long PAUSE_MILLIS_MAX = 2_000;

    /** Without a terminal a line is said this often. */
    private static final long LINE_MILLIS = 5_000;

    private final FhirDoor door;
    private final ImportJournal journal;
    private final Voice voice;
    private final DemoHospital hospital;
    private final int patients;
    private final long beganNanos = System.nanoTime();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean stopped;
    private long lastLineNanos = beganNanos;

    Filling(FhirDoor door, ImportJournal journal, Voice voice, DemoHospital hospital) {
        this.door = door;
        this.journal = journal;
        this.voice = voice;
        this.hospital = hospital;
        this.patients = hospital.census().patients();
    }

    /** Whatever is not in stays out until the filling is taken up again. */
    void stop() {
        stopped = true;
    }

    /** @return whether all is in */
    boolean run() throws InterruptedException {
        for (DemoHospital.Load load : hospital.house()) {
            send(load);
        }
        Queue<List<Integer>> queues = new ConcurrentLinkedQueue<>(hospital.queues());
        Thread[] workers = new Thread[WARDS_AT_ONCE];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = Thread.ofVirtual().name("ward-" + i).start(() -> work(queues));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        voice.bar("");
        if (stopped) {
            return false;
        }
        told();
        return refused.get() == 0;
    }

    private void work(Queue<List<Integer>> queues) {
        try {
            for (List<Integer> queue = queues.poll(); queue != null && !stopped; queue = queues.poll()) {
                for (int number : queue) {
                    send(hospital.patient(number));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (DiskFullException full) {
            refuse("the journal", "the disk is full");
            stop();
        }
    }

    private void send(DemoHospital.Load load) throws InterruptedException {
        byte[] body = load.body().getBytes(StandardCharsets.UTF_8);
        Digest key = Digest.sha256(body);
        if (journal.claim(key)) {
            for (int tried = 0; !stopped && !isOver(load, body, key); tried++) {
                Thread.sleep(Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS_MIN << Math.min(tried, 5)));
            }
        }
        if (load.patient() && !stopped) {
            progress(done.incrementAndGet());
        }
    }

    /** Sends once; false if it may be taken later: the station is busy, or just coming back. */
    private boolean isOver(DemoHospital.Load load, byte[] body, Digest key) throws InterruptedException {
        try {
            FhirDoor.Said said = door.send("POST", "", BodyPublishers.ofByteArray(body), key);
            if (said.isDone()) {
                journal.add(key);
                sent.incrementAndGet();
                return true;
            }
            if (said.isTransient()) {
                return false;
            }
            refuse(load.name(), said.why());
            return true;
        } catch (IOException unreached) {
            return false;
        }
    }

    private void refuse(String name, String why) {
        refused.incrementAndGet();
        voice.bar("");
        voice.say("demo hospital: " + name + ": " + why);
    }

    private synchronized void progress(int now) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        double rate = now / Math.max(0.1, seconds);
        int filled = patients == 0 ? 30 : now * 30 / patients;
        String line = String.format(
                java.util.Locale.ROOT,
                "[%s%s] %d of %d patients, %.1f/s, %.0f s left",
                "#".repeat(filled),
                ".".repeat(30 - filled),
                now,
                patients,
                rate,
                (patients - now) / rate);
        if (voice.terminal()) {
            voice.bar(line);
        } else if (System.nanoTime() - lastLineNanos > LINE_MILLIS * 1_000_000) {
            lastLineNanos = System.nanoTime();
            voice.progress(line);
        }
    }

    private void told() {
        DemoHospital.Census census = hospital.census();
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        voice.print(String.format(
                java.util.Locale.ROOT,
                "FILLED %d beds in %d wards: %d patients present (%d without a bed), %d expected, %d left in the last days;"
                        + " %d beds to clean, %d closed; %d staff; %d transactions, %d refused, in %.1f s",
                census.beds(),
                census.wards(),
                census.present(),
                census.unplaced(),
                census.expected(),
                census.left(),
                census.soiled(),
                census.closed(),
                census.staff(),
                sent.get(),
                refused.get(),
                seconds));
    }

    /** Fills a home that is not full yet, beside whoever works in it already; says what came of it. */
    static Filling begin(Home home, Shell shell, DemoPlan plan) throws RefusedException {
        String token = Tokens.mint(home, Founder.BENCH, shell.entropy(), shell.now());
        FhirDoor door = new FhirDoor(ImportCommand.base(home), token);
        ImportJournal journal = new ImportJournal(DemoPlan.folder(home));
        Filling filling = new Filling(door, journal, shell.voice(), new DemoHospital(plan.setting()));
        shell.voice()
                .say(
                        "filling it with invented patients; it can be used meanwhile, and a filling that is stopped goes on"
                                + " with the next up");
        Thread.ofVirtual().name("filling").start(() -> {
            try (door) {
                if (filling.run()) {
                    DemoPlan.finished(home);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        return filling;
    }
}
