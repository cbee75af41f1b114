package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import trimaran.drills.CanaryScanner.Finding;
import trimaran.keeper.spi.Store;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;

/**
 * Writes canaries as names, notes and values at the FHIR door and looks for them in everything behind the station: every file of
 * the home, logs included, the values of the stores, the heaps of access, data, witness and relay. The same search must find
 * them in the station's heap, where they are open, or it proves nothing.
 */
final class CanaryDrill {

    /** Those whose memory must hold nothing readable. Application is shown drafts of movements, so its folder alone is judged. */
    static final List<String> BLIND = List.of("access", "data", "witness", "relay");

    private static final List<String> STORES = List.of("access", "application", "data");

    /** A store is copied while it works; a copy that caught a compaction is taken again. */
    private static final int COPIES_MAX = 5;

    private final TrialHospital hospital;
    private final Consumer<String> say;

    /**
     * @param leaks canaries where they must not be; empty is what a drill wants
     * @param unseen canaries the search did not find in the station's heap, where they must be
     */
    record Result(List<Finding> leaks, List<Canary> unseen, long scannedBytes) {

        int faults() {
            return leaks.size() + unseen.size();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(String.format("%,d bytes looked through", scannedBytes));
            leaks.forEach(leak -> text.append("\nFAULT ").append(leak));
            unseen.forEach(one -> text.append("\nFAULT the search is blind to ").append(one.text()));
            return text.append(faults() == 0 ? "\nnothing readable behind the station" : "")
                    .toString();
        }
    }

    CanaryDrill(TrialHospital hospital, Consumer<String> say) {
        this.hospital = hospital;
        this.say = say;
    }

    Result run(long seed, Path scratch) {
        Random random = new Random(seed);
        List<Canary> canaries = List.of(
                canary("Famille", random),
                canary("Prenom", random),
                canary("Adresse", random),
                canary("Note", random),
                canary("Valeur", random),
                canary("Texte", random),
                canary("Matricule", random));
        try (FhirClient client = hospital.client();
                CanaryScanner scanner = new CanaryScanner(canaries)) {
            String patient = write(client, canaries);
            List<Finding> leaks = new ArrayList<>();
            for (String blind : BLIND) {
                leaks.addAll(heap(scanner, blind, scratch));
            }
            client.read("Patient/" + patient + "/$everything");
            List<Finding> control = heap(scanner, TrialHospital.STATION, scratch);
            for (String store : STORES) {
                say.accept("store of " + store);
                leaks.addAll(store(scanner, hospital.home().resolve(store).resolve("store"), scratch));
            }
            say.accept("every file of " + hospital.home());
            leaks.addAll(files(scanner));
            List<Canary> unseen = canaries.stream()
                    .filter(canary ->
                            control.stream().noneMatch(finding -> finding.form().endsWith(canary.text())))
                    .toList();
            return new Result(leaks, unseen, scanner.scannedBytes());
        }
    }

    /** Everything but the engine's library: it is the program, unpacked before there was a patient, and a third of all bytes. */
    private List<Finding> files(CanaryScanner scanner) {
        List<Finding> found = new ArrayList<>();
        try (Stream<Path> inside = Files.list(hospital.home())) {
            for (Path one : inside.filter(path -> !path.endsWith("native")).toList()) {
                found.addAll(scanner.folder(one));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static Canary canary(String kind, Random random) {
        StringBuilder text = new StringBuilder(kind);
        for (int i = 0; i < 16; i++) {
            text.append(Character.forDigit(random.nextInt(36), 36));
        }
        return new Canary(text.toString());
    }

    /** Every way in: single, in a transaction, changed, deleted, searched for. Returns the patient's id. */
    private String write(FhirClient client, List<Canary> canaries) {
        List<String> words = canaries.stream().map(Canary::text).toList();
        String patient = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + Written.SYSTEM
                + "\",\"value\":\""
                + words.get(6) + "\"}],\"name\":[{\"family\":\"" + words.get(0) + "\",\"given\":[\"" + words.get(1)
                + "\"]}],\"birthDate\":\"1970-01-01\",\"address\":[{\"line\":[\"" + words.get(2) + "\"]}]}";
        String id = done(client.create("Patient", patient)).id();
        String observation =
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"" + words.get(5)
                        + "\"},\"subject\":{\"reference\":\"Patient/" + id
                        + "\"},\"effectiveDateTime\":\"2026-03-01T08:00:00Z\","
                        + "\"valueString\":\"" + words.get(4) + "\",\"note\":[{\"text\":\"" + words.get(3) + "\"}]}";
        Reply first = done(client.create("Observation", observation));
        done(client.update("Observation/" + first.id(), first.body().replace("08:00", "09:00"), "1"));
        done(client.delete("Observation/" + first.id()));
        done(client.create("Observation", observation));
        done(client.transaction(Load.bundle(List.of(
                new Written.Part("Patient", "", patient.replace(words.get(6), words.get(6) + "b")),
                new Written.Part("Observation", "", observation)))));
        client.read("Patient?identifier=" + Written.SYSTEM + "%7C" + words.get(6));
        client.read("Patient?family=" + words.get(0));
        // A large one goes in pieces of its own.
        String large = observation.replace(words.get(3), (words.get(3) + " ").repeat(20_000));
        done(client.create("Observation", large));
        return id;
    }

    private static Reply done(Reply reply) {
        if (!reply.isDone()) {
            throw new IllegalStateException("a canary is not taken: " + reply);
        }
        return reply;
    }

    private List<Finding> heap(CanaryScanner scanner, String word, Path scratch) {
        say.accept("heap of " + word);
        Path dump = scratch.resolve(word + ".hprof");
        try {
            Files.createDirectories(scratch);
            HeapDump.take(hospital.house(), hospital.pid(word), dump);
            return scanner.heap(word, dump);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            TrialHospital.remove(scratch);
        }
    }

    private static List<Finding> store(CanaryScanner scanner, Path store, Path scratch) {
        for (int copy = 1; ; copy++) {
            try {
                return scanner.store(store, scratch);
            } catch (Store.StoreFailure caught) {
                if (copy == COPIES_MAX) {
                    throw caught;
                }
            } finally {
                TrialHospital.remove(scratch);
            }
        }
    }
}
