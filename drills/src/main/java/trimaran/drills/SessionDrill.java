package trimaran.drills;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * The cookies of a nurse and of an officer who are logged in, shown by another browser from another address while both go on
 * (MITRE T1539, T1550.004). A cookie is a bearer's, and is drilled as one: it may what the session may, for as long as that lasts.
 */
final class SessionDrill {

    /** Records the thief opens for an invented reason. */
    private static final int READ = 4;

    /** From the log-out, or from when an officer's word is placed, to the thief's first refusal. */
    static final long ENDED_MILLIS_MAX = 1_000;

    /** What is not ended then is looked at no longer: each look counts for the badge's budget, and the nurse is to log in again. */
    private static final long WATCHED_MILLIS_MAX = 3_000;

    private static final long LOOK_MILLIS = 20;

    /** Columns of the report. The ward reads at the same station who its patients are, and no dossier: these the thief opened. */
    private static final int CERTAINTY = 2;

    private static final int DOSSIERS_CERTAIN = 5;

    private static final Pattern SUBMISSION = Pattern.compile("name=\"envoi\" value=\"([^\"]+)\"");

    /** Words of the breach that is expected where the defence is missing. */
    static final String READS_ON = "the thief reads on for as long as it is watched after ";

    private SessionDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "stolen-session",
                "15",
                "the cookies of a nurse and of an officer at work, shown by another browser",
                "may what the nurse may, and it is reported; cuts nothing; ends with the session",
                SessionDrill::stolen));
    }

    private static void stolen(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        // A station that began anew has nothing open: what is opened now stands on the ledgers.
        scene.forgetAtTheStation();
        String badge = "nuit-" + Long.toString(scene.random().nextLong() >>> 1, 36);
        BudgetDrill.enrol(scene, badge, "nurse");
        scene.strike();
        Instant from = Instant.now();
        List<Cohort.Patient> all = scene.cohort().patients();
        List<Cohort.Patient> victims = all.subList(all.size() - READ, all.size());
        String record = "/patients/" + victims.getFirst().id();
        try (PlainBrowser nurse = new PlainBrowser(hospital, badge);
                StolenCookies stranger = new StolenCookies(hospital.port(), "");
                StolenCookies thief = new StolenCookies(hospital.port(), nurse.cookies())) {
            scene.evidence(
                    StolenCookies.isTurnedAway(stranger.look(record)),
                    "without a cookie the same browser is turned away");
            long read = victims.stream().filter(one -> isRead(thief, one)).count();
            scene.evidence(read == READ, "from " + StolenCookies.ADDRESS + " the thief reads " + read + " records");
            noMore(scene, thief, record);
            scene.require(
                    nurse.look("/services").statusCode() == 200, Breach.Kind.UNDEFENDED, "the nurse does not go on");
            loggedOut(scene, nurse, thief, badge, record);
        }
        officer(scene);
        revoked(scene, badge, victims.getFirst());
        scene.stopMeasuring();
        reported(scene, victims, from);
    }

    /** Gives a reason if it is asked for one, as the nurse herself may. */
    private static boolean isRead(StolenCookies thief, Cohort.Patient victim) {
        String path = "/patients/" + victim.id();
        HttpResponse<String> shown = thief.look(path);
        Matcher form = SUBMISSION.matcher(shown.body());
        if (form.find()) {
            HttpResponse<String> given = thief.post(
                    path + "/acces-motive",
                    "envoi",
                    Objects.requireNonNull(form.group(1)),
                    "motif",
                    "emergency",
                    "mots",
                    "exercice");
            shown = given.statusCode() == 303 ? thief.look(path) : given;
        }
        return shown.statusCode() == 200 && isOpen(shown.body(), victim);
    }

    private static boolean isOpen(String page, Cohort.Patient victim) {
        String name = victim.canaries().getFirst().text().toUpperCase(Locale.ROOT);
        return page.contains("/plan-de-soins") && page.toUpperCase(Locale.ROOT).contains(name);
    }

    /** A nurse's cookie is no officer's and no physician's. */
    private static void noMore(Scene scene, StolenCookies thief, String record) {
        Map<String, HttpResponse<String>> tried = Map.of(
                "the page of cuts",
                thief.look("/coques/couper"),
                "a cut",
                thief.post("/coques/coupure", "quoi", "all", "pourquoi", "exercice", "pin", TrialHospital.PIN),
                "a prescription's form",
                thief.look(record + "/prescrire"),
                "a prescription",
                thief.post(record + "/prescrire", "envoi", "x"));
        tried.forEach((what, answer) -> {
            scene.say("  the nurse's cookie asks for " + what + ": " + answer.statusCode());
            scene.require(
                    answer.statusCode() == Code.ROLE_MISSING.httpStatus()
                            && answer.body().contains(Code.ROLE_MISSING.tag()),
                    Breach.Kind.UNDEFENDED,
                    what + " is answered with " + answer.statusCode() + " to a nurse's cookie");
        });
    }

    /** The person locks their screen: with all that was stolen nothing opens, and no log-in without the PIN. */
    private static void loggedOut(Scene scene, PlainBrowser nurse, StolenCookies thief, String badge, String record) {
        nurse.post("/verrouiller");
        ended(scene, "the nurse logged out", System.nanoTime(), () -> thief.look(record));
        thief.look("/connexion");
        HttpResponse<String> alone = thief.post("/connexion", "badge", badge, "pin", "");
        scene.say("  the badge's name with the stolen browser's cookie and no PIN: " + alone.statusCode());
        scene.require(
                alone.statusCode() == 422,
                Breach.Kind.UNDEFENDED,
                "a log-in without a PIN is answered with " + alone.statusCode());
    }

    /** An officer's cookie shows the form; the word itself takes the PIN, each time. */
    private static void officer(Scene scene) {
        TrialHospital hospital = scene.hospital();
        try (PlainBrowser officer = new PlainBrowser(hospital, "direction");
                StolenCookies thief = new StolenCookies(hospital.port(), officer.cookies())) {
            HttpResponse<String> form = thief.look("/coques/couper");
            scene.evidence(form.statusCode() == 200, "an officer's stolen cookie is shown the form of cuts");
            for (String pin : List.of("", "000000")) {
                HttpResponse<String> answer =
                        thief.post("/coques/coupure", "quoi", "all", "pourquoi", "exercice", "pin", pin);
                scene.say("  the officer's cookie cuts all with " + (pin.isEmpty() ? "no" : "a guessed") + " PIN: "
                        + answer.statusCode());
                scene.require(
                        answer.statusCode() == (pin.isEmpty() ? 422 : 403),
                        Breach.Kind.UNDEFENDED,
                        "a cut without the PIN is answered with " + answer.statusCode());
            }
            String status = hospital.run("status").out();
            scene.require(!status.contains("knows CUT"), Breach.Kind.FORGED, "something is cut: " + status);
            officer.post("/verrouiller");
        }
    }

    /** One officer's word ends the badge, and with it the session that was stolen. */
    private static void revoked(Scene scene, String badge, Cohort.Patient victim) {
        TrialHospital hospital = scene.hospital();
        Path home = hospital.home();
        String record = "/patients/" + victim.id();
        Digest origin = Membership.of(home).origin();
        try (PlainBrowser nurse = new PlainBrowser(hospital, badge);
                StolenCookies thief = new StolenCookies(hospital.port(), nurse.cookies());
                PartyLine line = PeerDrills.operator(scene, Party.DATA)) {
            scene.evidence(isRead(thief, victim), "logged in anew and stolen anew, the cookie opens again");
            Statement word = new Statement.Revocation(
                    PeopleDrills.officer(home.resolve("badges/" + badge + ".key"))
                            .publicKey()
                            .id(),
                    new RecordTime(System.currentTimeMillis()));
            SignedStatement signed = SignedStatement.signed(
                    origin, word, List.of(PeopleDrills.officer(home.resolve("officers/direction.key"))));
            PartyLine.got(line.ask(PeopleDrills.append(origin, signed)));
            ended(scene, "an officer revoked the badge", System.nanoTime(), () -> thief.look(record));
            scene.require(
                    StolenCookies.isTurnedAway(thief.look("/services")),
                    Breach.Kind.READABLE,
                    "the cookie of a revoked badge still shows the wards");
        }
    }

    private static void ended(Scene scene, String why, long sinceNanos, Supplier<HttpResponse<String>> asked) {
        while (!StolenCookies.isTurnedAway(asked.get()) && millis(sinceNanos) < WATCHED_MILLIS_MAX) {
            Waiting.pause(LOOK_MILLIS);
        }
        long millis = millis(sinceNanos);
        scene.say("  the thief is turned away " + millis + " ms after " + why);
        scene.require(
                millis <= ENDED_MILLIS_MAX,
                Breach.Kind.READABLE,
                millis < WATCHED_MILLIS_MAX
                        ? "the thief is turned away " + millis + " ms after " + why + ", and not within "
                                + ENDED_MILLIS_MAX
                        : READS_ON + why + ": " + millis + " ms");
    }

    private static long millis(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000;
    }

    private static void reported(Scene scene, List<Cohort.Patient> victims, Instant from) throws IOException {
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Waiting.pause(1_000);
        List<String> certain =
                TheftDrills.rows(scene, List.of("station", TrialHospital.STATION), from, Instant.now()).stream()
                        .filter(row -> row.get(CERTAINTY).equals("certain")
                                && !row.get(DOSSIERS_CERTAIN).equals("0"))
                        .map(List::getFirst)
                        .toList();
        List<String> missing = victims.stream()
                .map(Cohort.Patient::handle)
                .filter(handle -> !certain.contains(handle))
                .toList();
        scene.say("  dossiers the report calls certain: " + (victims.size() - missing.size()) + " of the "
                + victims.size() + " the thief read, and " + certain.size() + " in all");
        scene.require(
                certain.size() < scene.cohort().patients().size(),
                Breach.Kind.UNREPORTED,
                "the report calls everybody's dossier certain, which says nothing");
        scene.exposureNames(missing.isEmpty());
        scene.require(missing.isEmpty(), Breach.Kind.UNREPORTED, "whom the thief read is not certain: " + missing);
    }
}
