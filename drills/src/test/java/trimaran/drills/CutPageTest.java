package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * An officer presses at a station: within a second each tier that is reached refuses whom it served. Measured outside, from the
 * press to when each tier has hung up on the station and to the first refusal at the station's door.
 */
@Isolated("a time is held against a limit")
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CutPageTest {

    private static final long KNOCK_MILLIS = 50;
    private static final long MILLIS_MAX = 1_000;

    private static final long SECONDS_MAX = 60;
    private static final long LOOK_MILLIS = 20;

    /** So many knocks may be unanswered while all is served: more of them would only make the machine late. */
    private static final int KNOCKS_MAX = 4;

    private static final Set<String> WATCHED = Set.of("access", "application", "data", "door");
    private static final List<String> TIERS = List.of("access", "application", "data");
    private static final Pattern HEARD = Pattern.compile("l’applique, (\\d+) ms");

    /** How the system's table of connections marks one that stands (proc(5)). */
    private static final String ESTABLISHED = "01";

    @Test
    void everythingIsCutWithinASecondOfThePress(TrialHospital hospital) {
        AtomicBoolean isOver = new AtomicBoolean();
        try (PlainBrowser officer = new PlainBrowser(hospital, "direction");
                FhirClient client = hospital.client()) {
            assertThat(officer.get("/coques")).contains("/coques/couper");
            assertThat(client.create("Patient", Load.patient("before")).status())
                    .isEqualTo(201);
            officer.post("/coques/couper", "quoi", "all", "pourquoi", "exercice");
            Set<String> sockets = sockets(hospital.pid(TrialHospital.STATION));
            assertThat(hungUp(hospital, sockets)).as("lines before").isEmpty();
            Map<String, Long> ended = new ConcurrentHashMap<>();
            List<Thread> watching =
                    List.of(watchLines(hospital, sockets, ended, isOver), watchDoor(client, ended, isOver));
            // What it takes is taken beside the watchers, who keep the machine as busy during the press.
            long opening = opening(officer);
            assertThat(ended).as("before the press").isEmpty();
            long pressed = System.nanoTime();
            HttpResponse<String> done = press(officer, "all");
            ended.put("page", System.nanoTime());
            Waiting.until(SECONDS_MAX, "all have hung up", () -> ended.keySet().containsAll(WATCHED));
            isOver.set(true);
            watching.forEach(CutPageTest::join);
            Map<String, Long> millis = new TreeMap<>();
            ended.forEach((what, nanos) -> millis.put(what, (nanos - pressed) / 1_000_000));
            System.out.println("opening a badge takes " + opening + " ms; from the press, ms: " + millis + "; "
                    + done.body()
                            .lines()
                            .filter(line -> HEARD.matcher(line).find())
                            .toList());
            List<Long> heard = HEARD.matcher(done.body())
                    .results()
                    .map(one -> Long.valueOf(Objects.requireNonNull(one.group(1))))
                    .toList();
            assertThat(heard).as(done.body()).hasSize(3).allMatch(after -> after < MILLIS_MAX);
            // Opening the badge is made slow on purpose, for whoever guesses PINs; the second is what comes after.
            assertThat(millis.values()).allMatch(after -> after >= 0 && after < MILLIS_MAX + opening);
            assertThat(officer.get("/coques"))
                    .contains("Tout est coupé volontairement")
                    .contains("exercice");
            assertThat(officer.get("/coques/carte?quoi=all"))
                    .contains("TOUT EST COUPÉ")
                    .contains("<dd>Direction</dd>");
        } finally {
            isOver.set(true);
            reopen(hospital, "all");
        }
        try (PlainBrowser officer = new PlainBrowser(hospital, "direction")) {
            Waiting.until(
                    SECONDS_MAX,
                    "the pages say no more of it",
                    () -> !officer.get("/coques").contains("volontairement"));
        }
        Waiting.until(SECONDS_MAX, "the ward writes again", () -> {
            try (FhirClient again = hospital.client()) {
                return again.create("Patient", Load.patient("after")).status() == 201;
            }
        });
    }

    @Test
    void aHullIsCutAndACutIsNotAFault(TrialHospital hospital) {
        try (PlainBrowser officer = new PlainBrowser(hospital, "soins")) {
            officer.post("/coques/couper", "quoi", "application", "pourquoi", "exercice");
            HttpResponse<String> done = press(officer, "application");
            assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
            assertThat(done.body()).contains("n’est plus écoutée");
            assertThat(officer.get("/coques"))
                    .contains("La coque Application est coupée volontairement")
                    .contains("Motif : exercice")
                    .doesNotContain("La coque Application ne répond plus");
            assertThat(press(officer, "data").statusCode()).as("a second hull").isEqualTo(409);
            Said cli = hospital.run("cut", "data", "--officer", "direction");
            assertThat(cli.isWell()).isFalse();
        } finally {
            reopen(hospital, "application");
        }
    }

    private static HttpResponse<String> press(PlainBrowser officer, String target) {
        return officer.post("/coques/coupure", "quoi", target, "pourquoi", "exercice", "pin", TrialHospital.PIN);
    }

    /** What the machine takes now to open a badge: an officer's log-in is that and nothing else. */
    private static long opening(PlainBrowser officer) {
        long begun = System.nanoTime();
        officer.post("/connexion", "badge", "direction", "pin", TrialHospital.PIN);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** Looks again and again which tier has hung up, and remembers when each had. */
    private static Thread watchLines(
            TrialHospital hospital, Set<String> sockets, Map<String, Long> ended, AtomicBoolean isOver) {
        return Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                hungUp(hospital, sockets).forEach(tier -> ended.putIfAbsent(tier, System.nanoTime()));
                Waiting.pause(LOOK_MILLIS);
            }
        });
    }

    /**
     * Knocks again and again. Whose write was under way when the hulls hung up waits for its fate, and says nothing of how soon the
     * next one is refused; so once one has hung up, none waits for the one before.
     */
    private static Thread watchDoor(FhirClient client, Map<String, Long> ended, AtomicBoolean isOver) {
        AtomicInteger unanswered = new AtomicInteger();
        return Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                if (!ended.isEmpty() || unanswered.get() < KNOCKS_MAX) {
                    unanswered.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        if (!client.create("Patient", Load.patient("meanwhile")).isDone()) {
                            ended.putIfAbsent("door", System.nanoTime());
                        }
                        unanswered.decrementAndGet();
                    });
                }
                Waiting.pause(KNOCK_MILLIS);
            }
        });
    }

    /** The tiers that have hung up on the station, as the machine's own table of connections says. */
    private static List<String> hungUp(TrialHospital hospital, Set<String> sockets) {
        Set<Integer> open = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> TrialHospital.text(Path.of(table)).lines().skip(1))
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns[3].equals(ESTABLISHED) && sockets.contains("socket:[" + columns[9] + "]"))
                .map(columns -> Integer.parseInt(columns[2].substring(columns[2].indexOf(':') + 1), 16))
                .collect(Collectors.toSet());
        return TIERS.stream()
                .filter(tier -> !open.contains(hospital.port(tier)))
                .toList();
    }

    /** The sockets a process has open, as its descriptors name them. */
    private static Set<String> sockets(long pid) {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path one : all.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(one).toString());
                } catch (IOException closed) {
                    // Between the list and the look.
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return sockets;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reopen(TrialHospital hospital, String target) {
        Said said = hospital.run("reopen", target, "--officer", "direction", "--officer", "informatique");
        assertThat(said.isWell()).as(said.toString()).isTrue();
    }
}
