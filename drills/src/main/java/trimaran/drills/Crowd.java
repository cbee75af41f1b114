package trimaran.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.Waiting;

/**
 * Many invented patients with a past, written by several clients at a time, each in one transaction as large as those of the invented
 * hospital: identity, dossier and one stay, so as many cells and entries as a hospital of that size has.
 */
final class Crowd {

    /** The invented hospital of 700 beds has 43,000 resources in 775 transactions. */
    static final int RESOURCES_EACH = 55;

    private static final int WRITERS = 8;
    private static final int TOLD_EACH = 50_000;
    private static final int TRIES_MAX = 20;
    private static final long AGAIN_MILLIS = 500;

    private static final List<String> MEASURES = List.of("température", "pouls", "pression", "saturation", "douleur");

    private final FhirClient client;
    private final AtomicInteger patients = new AtomicInteger();

    Crowd(FhirClient client) {
        this.client = client;
    }

    int resources() {
        return patients.get() * RESOURCES_EACH;
    }

    /** Writes until there are at least so many resources. */
    void fill(int resources, Consumer<String> say) {
        int last = (resources + RESOURCES_EACH - 1) / RESOURCES_EACH;
        AtomicInteger next = new AtomicInteger(patients.get());
        List<Thread> writers = new ArrayList<>();
        List<RuntimeException> broken = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int number = next.getAndIncrement(); number < last; number = next.getAndIncrement()) {
                        write(number);
                        int done = patients.incrementAndGet() * RESOURCES_EACH;
                        if (done / TOLD_EACH > (done - RESOURCES_EACH) / TOLD_EACH) {
                            say.accept(String.format("%,d resources", done));
                        }
                    }
                } catch (RuntimeException fault) {
                    next.set(last);
                    synchronized (broken) {
                        broken.add(fault);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            join(writer);
        }
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** What was taken and not answered is there twice then, which makes the record no smaller than it is said to be. */
    private void write(int number) {
        String bundle = bundle(number);
        Reply reply = client.transaction(bundle);
        for (int tries = 1; !reply.isDone() && tries < TRIES_MAX; tries++) {
            Waiting.pause(AGAIN_MILLIS);
            reply = client.transaction(bundle);
        }
        if (!reply.isDone()) {
            throw new IllegalStateException("patient " + number + " is not taken: " + reply);
        }
    }

    static String bundle(int number) {
        String identifier = "crowd-" + number;
        List<Written.Part> parts = new ArrayList<>();
        parts.add(new Written.Part("Patient", identifier, Load.patient(identifier)));
        parts.add(new Written.Part(
                "Encounter",
                identifier,
                "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"IMP\"},\"subject\":{\"reference\":\""
                        + Load.urn(0)
                        + "\"},\"period\":{\"start\":\"2026-02-01T08:00:00Z\",\"end\":\"2026-02-09T10:00:00Z\"}}"));
        parts.add(new Written.Part(
                "AllergyIntolerance",
                identifier,
                "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"text\":\"pénicilline\"},\"patient\":{\"reference\":\""
                        + Load.urn(0) + "\"}}"));
        for (int i = parts.size(); i < RESOURCES_EACH; i++) {
            String when = String.format("2026-02-%02dT%02d:15:00Z", 1 + i / 8, 8 + i % 8);
            parts.add(new Written.Part(
                    "Observation",
                    identifier,
                    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\""
                            + MEASURES.get(i % MEASURES.size()) + "\"},\"subject\":{\"reference\":\"" + Load.urn(0)
                            + "\"},\"encounter\":{\"reference\":\"" + Load.urn(1) + "\"},\"effectiveDateTime\":\""
                            + when
                            + "\",\"valueString\":\"" + (36 + i * 7 % 50) + "," + i % 10
                            + ", relevé au lit par l’équipe\"}"));
        }
        return Load.bundle(parts);
    }
}
