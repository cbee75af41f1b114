package trimaran.drills;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.drills.Written.Part;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.Waiting;

/**
 * Clients that write and read without pause but a breath, each waiting for its answer, and that remember every answer. They
 * write single observations and patients, and transactions of a patient with observations.
 */
final class Load implements AutoCloseable {

    private static final int WRITERS = 3;
    private static final int READERS = 1;

    /** Between two requests of one client: a hospital's load, not a benchmark's. */
    private static final long BREATH_MILLIS = 20;

    /** Before a station that is away is tried again. */
    private static final long UNHEARD_MILLIS = 100;

    private static final int OBSERVATIONS = 3;

    private final FhirClient client;
    private final String run;
    private final String subject;
    private final Lulls writes = new Lulls();
    private final Lulls reads = new Lulls();
    private final ConcurrentLinkedQueue<Written> written = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean going = true;

    /** @param run tells the identifiers of this load from any other's */
    private Load(FhirClient client, String run, String subject) {
        this.client = client;
        this.run = run;
        this.subject = subject;
    }

    /** Writes one patient, then begins. */
    static Load begin(FhirClient client, String run, long seed) {
        Reply patient = client.create("Patient", patient(run + "-subject"));
        if (!patient.isDone()) {
            throw new IllegalStateException("the first patient is not taken: " + patient);
        }
        Load load = new Load(client, run, "Patient/" + patient.id());
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            load.threads.add(Thread.ofPlatform().daemon().start(() -> load.write(random)));
        }
        for (int i = 0; i < READERS; i++) {
            load.threads.add(Thread.ofPlatform().daemon().start(load::read));
        }
        return load;
    }

    private void write(Random random) {
        while (going) {
            List<Part> parts = random.nextInt(4) == 0 ? transaction() : List.of(single(random));
            long begun = System.nanoTime();
            Reply reply = parts.size() == 1
                    ? client.create(parts.getFirst().type(), parts.getFirst().resource())
                    : client.transaction(bundle(parts));
            if (!reply.isUnsent()) {
                written.add(new Written(parts, reply));
            }
            if (reply.isDone()) {
                writes.done(begun);
            }
            Waiting.pause(reply.isUnsent() ? UNHEARD_MILLIS : BREATH_MILLIS);
        }
    }

    private void read() {
        while (going) {
            long begun = System.nanoTime();
            if (client.read(subject).status() == 200) {
                reads.done(begun);
            }
            Waiting.pause(BREATH_MILLIS);
        }
    }

    private Part single(Random random) {
        String identifier = identifier();
        return random.nextInt(4) == 0
                ? new Part("Patient", identifier, patient(identifier))
                : new Part("Observation", identifier, observation(identifier, subject));
    }

    private List<Part> transaction() {
        List<Part> parts = new ArrayList<>();
        String patient = identifier();
        parts.add(new Part("Patient", patient, patient(patient)));
        for (int i = 0; i < OBSERVATIONS; i++) {
            String identifier = identifier();
            parts.add(new Part("Observation", identifier, observation(identifier, urn(0))));
        }
        return parts;
    }

    private String identifier() {
        return run + "-" + next.incrementAndGet();
    }

    static String urn(int number) {
        return "urn:uuid:00000000-0000-4000-8000-" + String.format("%012d", number);
    }

    static String patient(String identifier) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + Written.SYSTEM + "\",\"value\":\""
                + identifier + "\"}],\"name\":[{\"family\":\"Essai " + identifier
                + "\",\"given\":[\"Zoé\"]}],\"birthDate\":\"1970-01-01\"}";
    }

    static String observation(String identifier, String subject) {
        return "{\"resourceType\":\"Observation\",\"identifier\":[{\"system\":\"" + Written.SYSTEM + "\",\"value\":\""
                + identifier
                + "\"}],\"status\":\"final\",\"code\":{\"text\":\"température\"},\"subject\":{\"reference\":\""
                + subject + "\"},\"effectiveDateTime\":\"2026-03-01T08:00:00Z\",\"valueString\":\"mesure " + identifier
                + "\"}";
    }

    static String bundle(List<Part> parts) {
        StringBuilder text = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            text.append(i == 0 ? "" : ",")
                    .append("{\"fullUrl\":\"")
                    .append(urn(i))
                    .append("\",\"resource\":")
                    .append(part.resource())
                    .append(",\"request\":{\"method\":\"POST\",\"url\":\"")
                    .append(part.type())
                    .append("\"}}");
        }
        return text.append("]}").toString();
    }

    Lulls writes() {
        return writes;
    }

    Lulls reads() {
        return reads;
    }

    /** Everything asked so far, with its answer. */
    List<Written> written() {
        return Collections.unmodifiableList(new ArrayList<>(written));
    }

    @Override
    public void close() {
        going = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
