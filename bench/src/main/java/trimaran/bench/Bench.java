package trimaran.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** The work of one hospital, measured from outside. */
final class Bench implements AutoCloseable {

    /** Requests in a {@code $everything} phase for each of another phase: it answers forty resources at once. */
    private static final int EVERYTHING_SHARE = 10;

    /** A folder that loses less than this part of its bytes when its keeper is begun anew is tidy. */
    private static final double TIDY_PART = 0.002;

    /** Looks at a folder, should it never get tidy. */
    private static final int LOOKS_MAX = 6;

    private final TrialHospital hospital;
    private final Effort effort;
    private FhirClient client;
    private final List<String> patients = new ArrayList<>();

    /**
     * How much is done.
     *
     * @param patients imported in each round
     * @param requests of each single kind in each round
     * @param clients at once
     * @param warmUp patients opened by a new station before those whose opening is measured
     */
    record Effort(int patients, int requests, int clients, int warmUp, long seed) {}

    Bench(TrialHospital hospital, Effort effort) {
        this.hospital = hospital;
        this.effort = effort;
        this.client = hospital.client();
        awaitIndex();
    }

    /** The whole mix once. A JVM is warm after some rounds only. */
    List<Phase.Figure> round(int round) {
        long seed = effort.seed() + round;
        Map<String, Long> processes = processes();
        int reads = effort.requests();
        List<Phase.Figure> figures = new ArrayList<>();
        int first = patients.size();
        figures.add(importing(seed, effort.patients(), processes));
        List<String> known = List.copyOf(patients.subList(first, patients.size()));
        figures.add(phase("create", reads, n -> create(seed, n, known), processes));
        figures.add(phase(
                "read", reads, n -> isWell("Patient/" + id(known, n), "\"resourceType\":\"Patient\""), processes));
        figures.add(phase("family", reads, n -> byFamily(seed, n, known), processes));
        figures.add(phase("code", reads, n -> isWell(codeSearch(known, n), "8310-5"), processes));
        figures.add(phase("everything", reads / EVERYTHING_SHARE, n -> everything(known, n), processes));
        return figures;
    }

    Phase.Figure importing(long seed, int count, Map<String, Long> processes) {
        String[] ids = new String[count];
        Phase.Figure figure = phase(
                "import",
                count,
                n -> {
                    FhirClient.Reply reply = client.transaction(WardRound.bundle(seed, n));
                    ids[n] = reply.isDone() ? location(reply.body()) : "";
                    return !ids[n].isEmpty();
                },
                processes);
        Stream.of(ids).filter(id -> id != null && !id.isEmpty()).forEach(patients::add);
        return figure;
    }

    /**
     * Patients nobody has open: the station is new, and each is asked for once. A process begun a moment ago compiles while it is
     * measured, so that thousands only warm it up; then come some by all clients, which says what one costs, and as many one after
     * the other, which says how long one waits.
     */
    List<Phase.Figure> cold() {
        importing(effort.seed(), effort.warmUp(), processes());
        hospital.kill(TrialHospital.STATION);
        hospital.start(TrialHospital.STATION);
        awaitIndex();
        List<String> known = List.copyOf(patients);
        int rest = known.size() - effort.patients();
        int measured = rest - effort.patients();
        phase("warm-up", measured, n -> everything(known, n), processes());
        return List.of(
                phase("cold", effort.patients(), n -> everything(known, measured + n), processes()),
                new Phase("cold, one", effort.patients(), n -> everything(known, rest + n)).run(1, processes()));
    }

    /** Bytes a keeper's folder takes for each resource imported, and for each entry written by itself. */
    record Disk(double imported, double single) {}

    /**
     * Access is begun anew before each look at its folder, until what an older time left has been tidied away. The station goes on: begun
     * anew as well it would look its patients up again, and the ledger lines of that are no bytes of what is written here.
     */
    Disk disk(long seed) {
        double before = settledFolderBytes();
        int first = patients.size();
        importing(seed, effort.patients(), processes());
        double imported = settledFolderBytes();
        List<String> known = List.copyOf(patients.subList(first, patients.size()));
        phase("create", effort.requests(), n -> create(seed, n, known), processes());
        double created = settledFolderBytes();
        return new Disk(
                (imported - before) / (effort.patients() * (double) WardRound.RESOURCES),
                (created - imported) / effort.requests());
    }

    /** Seconds from the command to READY, with everything in place. */
    double startSeconds() {
        hospital.down();
        long start = System.nanoTime();
        hospital.up();
        double seconds = (System.nanoTime() - start) / 1e9;
        reconnect();
        return seconds;
    }

    /** Proportional set size of each process. */
    Map<String, Long> memoryBytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        processes().forEach((word, pid) -> bytes.put(word, Costs.memoryBytes(Map.of(word, pid))));
        return bytes;
    }

    /** A small synced write, as each group costs one: the floor under every latency. */
    double syncMillis() {
        Path file = hospital.home().resolve("bench.sync");
        long[] nanos = new long[200];
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(4096));
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    /** Beginning anew has the store tidy up, at first what many hours left: a look counts that frees no more. */
    private double settledFolderBytes() {
        double before = Double.MAX_VALUE;
        double bytes = folderBytesBegunAnew();
        for (int look = 1; look < LOOKS_MAX && before - bytes > bytes * TIDY_PART; look++) {
            before = bytes;
            bytes = folderBytesBegunAnew();
        }
        return bytes;
    }

    private double folderBytesBegunAnew() {
        hospital.kill("access");
        hospital.start("access");
        Waiting.until(
                60,
                "access has caught up",
                () -> TrialHospital.count(hospital.run("status", "--json").out(), "\"lacks\":0[,}]") == 3);
        try (Stream<Path> files = Files.walk(hospital.home().resolve("access"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void reconnect() {
        client.close();
        client = hospital.client();
        awaitIndex();
    }

    /** The station collects who there is in the background after its start. */
    private void awaitIndex() {
        long deadline = System.nanoTime() + 300_000_000_000L;
        while (client.read("Patient?family=x").status() != 200) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the station's index of patients does not get ready");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private Phase.Figure phase(
            String name, int requests, java.util.function.IntPredicate work, Map<String, Long> processes) {
        return new Phase(name, requests, work).run(effort.clients(), processes);
    }

    private boolean create(long seed, int number, List<String> known) {
        String reference = "Patient/" + id(known, number);
        return client.create("Observation", WardRound.observation(seed, number + 1_000_000, reference))
                        .status()
                == 201;
    }

    private boolean byFamily(long seed, int number, List<String> known) {
        String family = WardRound.family(seed, Math.floorMod(number, known.size()));
        return isWell("Patient?family=" + FhirClient.encoded(family), family);
    }

    private static String codeSearch(List<String> known, int number) {
        return "Observation?subject=Patient/" + id(known, number) + "&code=8310-5";
    }

    private boolean everything(List<String> known, int number) {
        FhirClient.Reply reply = client.read("Patient/" + id(known, number) + "/$everything");
        return reply.status() == 200 && TrialHospital.count(reply.body(), "\"fullUrl\"") >= WardRound.RESOURCES;
    }

    private boolean isWell(String query, String expected) {
        FhirClient.Reply reply = client.read(query);
        return reply.status() == 200 && reply.body().contains(expected);
    }

    /** Not in the order of import, so that neighbours are not asked for together. */
    private static String id(List<String> known, int number) {
        return known.get(Math.floorMod(number * 7919L, known.size()));
    }

    private static String location(String response) {
        int at = response.indexOf("\"location\":\"Patient/");
        if (at < 0) {
            return "";
        }
        String rest = response.substring(at + "\"location\":\"Patient/".length());
        return rest.substring(0, (int) IntStream.range(0, rest.length())
                .takeWhile(i -> rest.charAt(i) != '/' && rest.charAt(i) != '"')
                .count());
    }

    private Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        TrialHospital.PROCESSES.forEach(word -> processes.put(word, hospital.pid(word)));
        return processes;
    }

    @Override
    public void close() {
        client.close();
        hospital.close();
    }
}
