package trimaran.bench;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;

/**
 * One ward's board, asked for as browsers do: the whole page; then, by each that has it open, every 700 ms whether it still is what
 * was shown, while somebody else writes into a record of that ward. Times are a client's on the same machine, so the station took
 * no longer.
 */
final class BoardBench {

    private static final String BADGE = "infirmiere";

    /** As the board's page asks (station/web, tableau.jte). */
    private static final long ASK_MILLIS = 700;

    /** Between two changes: a ward in which something is written every other second is a busy one. */
    private static final long CHANGE_MILLIS = 2_000;

    private static final Pattern WARD =
            Pattern.compile("<th scope=\"row\" class=\"nb\"><a href=\"(/services/[^\"]+)\">([^<]+)</a></th>"
                    + "[\\s\\S]*?<td class=\"num muted\">(\\d+)</td>");
    private static final Pattern SEEN = Pattern.compile("hx-get=\"([^\"]+)\"");
    private static final Pattern RECORD = Pattern.compile("<span class=\"bed-name\"><a href=\"/patients/([^\"]+)\"");

    private record Ward(String href, String name, int beds) {}

    /**
     * What many browsers saw.
     *
     * @param figures of answers that said that nothing changed, and of those that brought a new board
     * @param seen milliseconds from a change's acknowledgement until the last browser had it
     * @param unseen changes some browser did not see before the next one was there
     */
    record Followed(List<Phase.Figure> figures, int changes, List<Double> seen, int unseen) {

        /** Of the changes, in order, the one at this part of all. */
        double seenMillis(double part) {
            return seen.isEmpty() ? Double.NaN : seen.get((int) Math.min(seen.size() - 1, seen.size() * part));
        }
    }

    private final TrialHospital hospital;
    private final Ward ward;

    BoardBench(TrialHospital hospital, int wardBeds) {
        this.hospital = hospital;
        try (WardBrowser browser = new WardBrowser(hospital, BADGE)) {
            Matcher row = WARD.matcher(browser.get("/services").body());
            List<Ward> wards = new ArrayList<>();
            while (row.find()) {
                wards.add(new Ward(
                        String.valueOf(row.group(1)),
                        String.valueOf(row.group(2)),
                        Integer.parseInt(String.valueOf(row.group(3)), 10)));
            }
            this.ward = wards.stream()
                    .min(Comparator.comparing((Ward one) -> one.beds() < wardBeds)
                            .thenComparingInt(one -> Math.abs(one.beds() - wardBeds)))
                    .orElseThrow(() -> new IllegalStateException("no wards"));
        }
    }

    String ward() {
        return ward.name() + ", " + ward.beds() + " beds";
    }

    Phase.Figure alone(String name, int requests) {
        try (WardBrowser browser = new WardBrowser(hospital, BADGE)) {
            browser.get(ward.href());
            return new Phase(name, requests, n -> {
                        HttpResponse<String> page = browser.get(ward.href());
                        return page.statusCode() == 200 && page.body().contains("class=\"board\"");
                    })
                    .run(1, processes());
        }
    }

    /** One answer to a browser that asked. */
    private record Answer(boolean changed, boolean wrong, long nanos) {}

    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    /** Of each change, when it was acknowledged, and how many browsers have it and since when. */
    private final Map<String, long[]> changes = new LinkedHashMap<>();

    Followed followed(int browsers, int seconds) {
        List<WardBrowser> all = new ArrayList<>();
        try {
            for (int i = 0; i < browsers; i++) {
                all.add(new WardBrowser(hospital, BADGE));
            }
            return followed(all, seconds);
        } finally {
            all.forEach(WardBrowser::close);
        }
    }

    private Followed followed(List<WardBrowser> all, int seconds) {
        List<String> pages =
                all.stream().map(browser -> browser.get(ward.href()).body()).toList();
        Matcher record = RECORD.matcher(pages.getFirst());
        if (!record.find()) {
            throw new IllegalStateException("nobody lies in this ward");
        }
        String patient = String.valueOf(record.group(1));
        Costs before = Costs.of(processes());
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            WardBrowser browser = all.get(i);
            String page = pages.get(i);
            long first = start + ASK_MILLIS * 1_000_000L * i / all.size();
            threads.add(Thread.ofPlatform().start(() -> follow(browser, page, first, end)));
        }
        write(patient, end - 3 * CHANGE_MILLIS * 1_000_000L);
        threads.forEach(BoardBench::join);
        double took = (System.nanoTime() - start) / 1e9;
        Costs after = Costs.of(processes());
        double cpu = (double) after.sinceMillis(before) / answers.size();
        double compilers = (double) after.compilersSinceMillis(before) / answers.size();
        synchronized (changes) {
            List<Double> seen = changes.values().stream()
                    .filter(change -> change[1] == all.size())
                    .mapToDouble(change -> Math.max(0, change[2] - change[0]) / 1e6)
                    .sorted()
                    .boxed()
                    .toList();
            return new Followed(
                    List.of(
                            figure(all.size() + " browsers, all answers", List.copyOf(answers), took, cpu, compilers),
                            figure(
                                    "of these, a new board",
                                    answers.stream().filter(Answer::changed).toList(),
                                    took,
                                    cpu,
                                    compilers)),
                    changes.size(),
                    seen,
                    changes.size() - seen.size());
        }
    }

    /** Somebody writes what the board shows: each flag has a name of its own, and takes the place of the one before. */
    private void write(String patient, long until) {
        try (FhirClient client = hospital.client()) {
            String id = "";
            for (int n = 1; System.nanoTime() < until; n++) {
                String word = "Ronde " + n;
                String flag = "{\"resourceType\":\"Flag\"," + (id.isEmpty() ? "" : "\"id\":\"" + id + "\",")
                        + "\"meta\":{\"tag\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\","
                        + "\"code\":\"HTEST\"}]},\"status\":\"active\",\"code\":{\"text\":\"" + word
                        + ".\"},\"subject\":{\"reference\":\"Patient/" + patient + "\"}}";
                FhirClient.Reply reply =
                        id.isEmpty() ? client.create("Flag", flag) : client.update("Flag/" + id, flag, "");
                if (!reply.isDone()) {
                    throw new IllegalStateException("the change is not taken: " + reply);
                }
                id = id.isEmpty() ? reply.id() : id;
                synchronized (changes) {
                    changes.computeIfAbsent(word + ".", none -> new long[3])[0] = System.nanoTime();
                }
                pause(CHANGE_MILLIS);
            }
        }
    }

    private void follow(WardBrowser browser, String page, long first, long end) {
        Matcher seen = SEEN.matcher(page);
        if (!seen.find()) {
            throw new IllegalStateException("the board does not ask by itself");
        }
        String ask = String.valueOf(seen.group(1));
        Pattern word = Pattern.compile("Ronde \\d+\\.");
        String last = "";
        long next = first;
        while (next < end) {
            pause(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            long asked = System.nanoTime();
            HttpResponse<String> answer = browser.get(ask);
            long now = System.nanoTime();
            boolean changed = answer.statusCode() == 200;
            answers.add(new Answer(changed, !changed && answer.statusCode() != 204, now - asked));
            if (changed) {
                Matcher again = SEEN.matcher(answer.body());
                ask = again.find() ? String.valueOf(again.group(1)) : ask;
                Matcher shown = word.matcher(answer.body());
                // A new minute brings the same change once more, which this browser has seen.
                if (shown.find() && !last.equals(shown.group())) {
                    last = String.valueOf(shown.group());
                    see(last, now);
                }
            }
            // As htmx does: the next question comes so long after this answer was asked for, or at once if it took
            // longer.
            next = Math.max(asked + ASK_MILLIS * 1_000_000L, now);
        }
    }

    private void see(String word, long now) {
        synchronized (changes) {
            long[] change = changes.computeIfAbsent(word, none -> new long[3]);
            change[1]++;
            change[2] = now;
        }
    }

    private static Phase.Figure figure(
            String name, List<Answer> some, double seconds, double cpuMillis, double compilerMillis) {
        long[] nanos = some.stream().mapToLong(Answer::nanos).toArray();
        Arrays.sort(nanos);
        return new Phase.Figure(
                name,
                nanos.length,
                (int) some.stream().filter(Answer::wrong).count(),
                nanos.length / seconds,
                nanos.length == 0 ? Double.NaN : nanos[nanos.length / 2] / 1e6,
                nanos.length == 0 ? Double.NaN : nanos[(int) (nanos.length * 0.99)] / 1e6,
                cpuMillis,
                compilerMillis);
    }

    private Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        TrialHospital.PROCESSES.forEach(word -> processes.put(word, hospital.pid(word)));
        return processes;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
