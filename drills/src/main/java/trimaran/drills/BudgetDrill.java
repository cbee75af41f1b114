package trimaran.drills;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.process.SystemEntropy;
import trimaran.record.Policy;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Somebody at a station with a nurse's badge opens every record there is, again and again, to use up what the ward may open: nobody
 * may be kept from a patient by it, the badge's owner neither (MITRE T1499).
 */
final class BudgetDrill {

    /** Patients who lie in no ward: half as many again as one badge opens in an hour. */
    private static final int PATIENTS = Policy.DEFAULT.cellsBeforeSecondPerson() * 3 / 2;

    /** Requests of the thief at a time. */
    private static final int AT_ONCE = 20;

    /** Of these so many ask on while others have emergencies, with a breath between: it is the hour that is used up, not the machine. */
    private static final int HAMMERS = 4;

    private static final long BREATH_MILLIS = 10;

    /** Where reasons are given: at one, each waits for the one before. */
    private static final int BROWSERS = 12;

    /** Records the thief opens with an invented reason: without an end to the delay, the next one would wait half a minute. */
    private static final int REASONS = 60;

    /** Emergencies of another person meanwhile. */
    private static final int EMERGENCIES = 8;

    /** And of the badge's owner, who waits longer for each. */
    private static final int OWN_EMERGENCIES = 3;

    /** A number no patient has, nor any that follows. */
    private static final int UNKNOWN = 90_000_000;

    private static final String STOLEN = "veilleuse";

    private static final String OTHER = "urgentiste";

    private static final Pattern SUBMISSION = Pattern.compile("name=\"envoi\" value=\"([^\"]+)\"");

    private static final Pattern MAIN = Pattern.compile("(?s)<main[^>]*>(.*)</main>");

    /** Letters of a page that is not what was expected, as a breach cites it. */
    private static final int TOLD_MAX = 300;

    /** Words of the breach that is expected where the defence is missing. */
    static final String NO_REASON = " records without a reason, where an hour allows ";

    private BudgetDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "exhaust-budget",
                "13",
                "a nurse's badge at a station left open, to open every record there is",
                "it stops at the budget; every emergency is answered meanwhile, also of the badge's owner",
                BudgetDrill::exhausted));
    }

    /** What the thief was shown, and how often it asked. */
    private static final class Thief implements AutoCloseable {
        private final PlainBrowser browser;
        private final List<PlainBrowser> others = new ArrayList<>();
        private final List<String> marks;
        private final List<String> ids;
        private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicInteger asked = new AtomicInteger();

        Thief(TrialHospital hospital, List<String> ids, List<String> marks) {
            this.browser = new PlainBrowser(hospital, STOLEN);
            for (int i = 0; i < BROWSERS; i++) {
                others.add(new PlainBrowser(hospital, STOLEN));
            }
            this.ids = ids;
            this.marks = marks;
        }

        /** Whether a record, or the form before it, says whose it is. */
        private boolean isShown(int patient) {
            asked.incrementAndGet();
            return browser.get("/patients/" + ids.get(patient))
                    .toLowerCase(Locale.ROOT)
                    .contains(marks.get(patient));
        }

        /** Those whose names it is shown. */
        List<String> scrape() {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                int patient = i;
                running.add(threads.submit(() -> isShown(patient)));
            }
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (got(running.get(i), false)) {
                    shown.add(ids.get(i));
                }
            }
            return shown;
        }

        /** Looks for numbers nobody has; how often it was told that this hour has no more. */
        int lookUps() {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < Policy.DEFAULT.lookupsPerHour(); i++) {
                String path = "/recherche?q=" + (UNKNOWN + i);
                running.add(threads.submit(() -> browser.get(path).contains(Code.OVER_BUDGET.tag())));
            }
            return (int) running.stream().filter(one -> got(one, false)).count();
        }

        /** Asks on and on. */
        void hammer() {
            for (int i = 0; i < HAMMERS; i++) {
                int first = i;
                threads.execute(() -> {
                    for (int patient = first; going.get(); patient = (patient + 1) % ids.size()) {
                        isShown(patient);
                        Waiting.pause(BREATH_MILLIS);
                    }
                });
            }
        }

        /** Gives reasons for one record after another, so that each next one is slower; what was said where one was not taken. */
        List<String> reasons() {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < REASONS; i++) {
                String id = ids.get(i);
                String mark = marks.get(i);
                // Without asking for the form: a hand that knows it needs none.
                PlainBrowser at = others.get(i % BROWSERS);
                running.add(threads.submit(() -> given(at, id, submission(), mark)));
            }
            return running.stream()
                    .map(one -> got(one, "no answer"))
                    .filter(otherwise -> !otherwise.isEmpty())
                    .toList();
        }

        private static <T> T got(Future<T> running, T otherwise) {
            try {
                return running.get();
            } catch (ExecutionException lost) {
                return otherwise;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return otherwise;
            }
        }

        @Override
        public void close() {
            going.set(false);
            threads.close();
            others.forEach(PlainBrowser::close);
            browser.close();
        }
    }

    private static void exhausted(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        List<String> ids = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < PATIENTS; i++) {
            String mark = "charted-" + Long.toString(scene.random().nextLong() >>> 1, 36);
            Reply written = scene.client().create("Patient", Load.patient(mark));
            if (!written.isDone()) {
                throw new IllegalStateException("a patient of the drill is not taken: " + written);
            }
            ids.add(written.id());
            marks.add(mark);
        }
        enrol(scene, STOLEN, "nurse");
        enrol(scene, OTHER, "physician");
        Instant from = Instant.now();
        scene.strike();
        try (Thief thief = new Thief(hospital, ids, marks);
                PlainBrowser owner = new PlainBrowser(hospital, STOLEN);
                PlainBrowser other = new PlainBrowser(hospital, OTHER)) {
            List<String> shown = thief.scrape();
            scene.evidence(
                    shown.size() >= Policy.DEFAULT.cellsPerHour(),
                    "of " + PATIENTS + " records asked for, " + shown.size() + " said whose they are");
            scene.require(
                    shown.size() <= Policy.DEFAULT.cellsBeforeSecondPerson(),
                    Breach.Kind.READABLE,
                    shown.size() + NO_REASON + Policy.DEFAULT.cellsBeforeSecondPerson());
            int spent = thief.lookUps();
            scene.evidence(
                    spent > 0,
                    "of " + Policy.DEFAULT.lookupsPerHour() + " searches by number " + spent + " were refused");
            List<String> refused = thief.reasons();
            scene.evidence(
                    refused.isEmpty(),
                    REASONS - refused.size() + " of " + REASONS + " invented reasons were taken" + first(refused));
            thief.hammer();
            emergencies(scene, other, "of a physician", EMERGENCIES);
            emergencies(scene, owner, "of the badge's owner", OWN_EMERGENCIES);
            scene.say("  the thief asked " + thief.asked.get() + " times");
            scene.stopMeasuring();
            Set<String> report =
                    TheftDrills.report(scene, List.of("station", TrialHospital.STATION), from, Instant.now());
            List<String> read = ids.stream()
                    .map(id -> id.substring(0, id.indexOf('-')))
                    .filter(handle -> !report.contains(handle))
                    .toList();
            scene.exposureNames(read.isEmpty());
            scene.require(read.isEmpty(), Breach.Kind.UNREPORTED, "whom the thief opened is missing: " + read);
        }
    }

    /** A badge that opens with the PIN of all of them, granted by two officers. */
    static void enrol(Scene scene, String name, String role) throws IOException {
        Path home = scene.hospital().home();
        Path file = Files.createDirectories(home.resolve("badges")).resolve(name + ".key");
        if (Files.exists(file)) {
            return;
        }
        Said made = scene.hospital().commands().run("badge", "--file", file.toString());
        if (!made.isWell()) {
            throw new IllegalStateException("no badge is made: " + made);
        }
        Digest origin = Membership.of(home).origin();
        Statement grant = new Statement.Grant(
                PeopleDrills.officer(file).publicKey(),
                Statement.BadgeKind.PERSON,
                List.of(role),
                List.of(),
                List.of(),
                new RecordTime(System.currentTimeMillis()));
        List<Signer> officers = List.of(
                PeopleDrills.officer(home.resolve("officers/direction.key")),
                PeopleDrills.officer(home.resolve("officers/informatique.key")));
        try (PartyLine line = PeerDrills.operator(scene, Party.DATA)) {
            PartyLine.got(line.ask(PeopleDrills.append(origin, SignedStatement.signed(origin, grant, officers))));
        }
    }

    /** Records of the cohort, one after another, each for a reason: all open. */
    private static void emergencies(Scene scene, PlainBrowser at, String whose, int count) {
        List<Cohort.Patient> patients = scene.cohort().patients().subList(0, count);
        List<String> missed = new ArrayList<>();
        long longest = 0;
        for (Cohort.Patient patient : patients) {
            long begun = System.nanoTime();
            String otherwise =
                    missed(at, patient.id(), patient.canaries().getFirst().text());
            if (!otherwise.isEmpty()) {
                missed.add(otherwise);
            }
            longest = Math.max(longest, (System.nanoTime() - begun) / 1_000_000);
        }
        scene.say("  emergencies " + whose + ": " + (count - missed.size()) + " of " + count
                + " answered, the slowest in " + longest + " ms");
        scene.require(
                missed.isEmpty(),
                Breach.Kind.UNDEFENDED,
                missed.size() + " of " + count + " emergencies " + whose + " were not answered" + first(missed));
    }

    /** A name as the forms of the door give themselves. */
    private static String submission() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new SystemEntropy().nonce().toArray());
    }

    private static String first(List<String> otherwise) {
        return otherwise.isEmpty() ? "" : "; instead: " + otherwise.getFirst();
    }

    /** Gives a reason, as the form asks for it, and reads on. Empty if the record opens and is of this name, else what there is instead. */
    private static String missed(PlainBrowser at, String patient, String name) {
        HttpResponse<String> asked = at.look("/patients/" + patient);
        Matcher form = SUBMISSION.matcher(asked.body());
        return form.find() ? given(at, patient, Objects.requireNonNull(form.group(1)), name) : told(asked);
    }

    /** @param submission what the form calls itself */
    private static String given(PlainBrowser at, String patient, String submission, String name) {
        HttpResponse<String> record = at.post(
                "/patients/" + patient + "/acces-motive",
                "envoi",
                submission,
                "motif",
                "emergency",
                "mots",
                "exercice");
        boolean isOpen = record.statusCode() == 200
                && record.body().contains("/patients/" + patient + "/plan-de-soins")
                && record.body().toUpperCase(Locale.ROOT).contains(name.toUpperCase(Locale.ROOT));
        return isOpen ? "" : told(record);
    }

    private static String told(HttpResponse<String> page) {
        Matcher main = MAIN.matcher(page.body());
        String text = main.find() ? Objects.requireNonNull(main.group(1)) : page.body();
        String plain = text.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        return page.statusCode() + " " + plain.substring(0, Math.min(plain.length(), TOLD_MAX));
    }
}
