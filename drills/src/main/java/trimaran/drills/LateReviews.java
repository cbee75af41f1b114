package trimaran.drills;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.trial.Waiting;

/**
 * What came into the record of one patient while application was away stands on the list of what is to be reviewed, each entry, and
 * leaves it when somebody has it reviewed. What is to be there is taken from the record's headers, what is there from the pages.
 */
final class LateReviews implements AutoCloseable {

    /** A station notices a hull that came back within seconds, and application must have what was placed meanwhile. */
    private static final long BACK_SECONDS_MAX = 60;

    /** Each reviews some twenty; more than that a ward does not write while a hull is killed some times. */
    private static final int PRESSES_MAX = 60;

    /** Presses that change nothing, as where a review waits in the outbox or the list is empty. */
    private static final int IDLE_MAX = 3;

    private static final long IDLE_MILLIS = 1_000;

    private static final Pattern ENTRY = Pattern.compile("name=\"entree\" value=\"([0-9a-f]{64})\"");
    private static final Pattern COUNTED = Pattern.compile("À relire \\(([0-9]{1,6})\\)");
    private static final Pattern REQUEST = Pattern.compile("name=\"demande\" value=\"([^\"]+)\"");
    private static final Pattern SUBMISSION = Pattern.compile("name=\"envoi\" value=\"([^\"]+)\"");

    private final Scene scene;
    private final String patient;
    private final Set<Digest> before;
    private final PlainBrowser nurse;
    private int notes;

    /** Before application is attacked. */
    static LateReviews begin(Scene scene) throws IOException {
        String badge = "relecture-" + Long.toString(scene.random().nextLong() >>> 1, 36);
        BudgetDrill.enrol(scene, badge, "nurse");
        return new LateReviews(scene, new PlainBrowser(scene.hospital(), badge));
    }

    private LateReviews(Scene scene, PlainBrowser nurse) {
        this.scene = scene;
        this.nurse = nurse;
        this.patient = scene.probe().patient();
        this.before = Set.copyOf(unapproved());
        open();
    }

    /** Gives a reason if one is asked for. */
    private void open() {
        String path = "/patients/" + patient;
        Matcher form = SUBMISSION.matcher(nurse.get(path));
        if (form.find()) {
            nurse.post(
                    path + "/acces-motive",
                    "envoi",
                    Objects.requireNonNull(form.group(1)),
                    "motif",
                    "emergency",
                    "mots",
                    "exercice");
        }
    }

    /** A person writes as well, while application is away: what a service sends is a list apart. */
    void note() {
        String path = "/patients/" + patient + "/transmettre";
        HttpResponse<String> shown = nurse.look(path);
        Matcher request = REQUEST.matcher(shown.body());
        if (!request.find()) {
            throw new IllegalStateException("no form to write a note: " + shown.statusCode());
        }
        notes++;
        HttpResponse<String> written = nurse.post(
                path,
                "demande",
                Objects.requireNonNull(request.group(1)),
                "cible",
                "exercice",
                "donnees",
                "écrit sans application");
        scene.require(
                written.statusCode() == 200 || written.statusCode() == 303,
                Breach.Kind.UNDEFENDED,
                "a nurse's note without application is answered with " + written.statusCode());
    }

    /** Application is back. */
    void judge() {
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Set<Digest> meant = new LinkedHashSet<>(unapproved());
        meant.removeAll(before);
        scene.evidence(!meant.isEmpty(), meant.size() + " entries came into one record without application");
        Waiting.until(BACK_SECONDS_MAX, "a review is offered", () -> !listed().isEmpty());
        // What a service sends is a list apart, and no page counts it.
        Waiting.until(BACK_SECONDS_MAX, "every page counts the notes of a person", () -> counted() >= notes);
        Set<Digest> listed = new HashSet<>(listed());
        int presses = pressed("", listed) + pressed("systemes", listed);
        List<Digest> left = listed();
        scene.require(
                listed.containsAll(meant),
                Breach.Kind.LOST,
                meant.stream().filter(one -> !listed.contains(one)).count() + " of " + meant.size()
                        + " entries without approval are on no list");
        // The ward writes on, and on a busy machine application answers it too late now and then.
        Set<Digest> unapproved = Set.copyOf(unapproved());
        scene.require(
                unapproved.containsAll(listed),
                Breach.Kind.FORGED,
                "what application approved, or is not in the record, is on a list");
        scene.require(
                meant.stream().noneMatch(left::contains),
                Breach.Kind.UNDEFENDED,
                meant.stream().filter(left::contains).count()
                        + " measurements and notes are not confirmed when reviewed");
        scene.say(String.format(
                Locale.ROOT,
                "  to review: %d entries without approval and %d of before, %d listed, %d left after %d presses",
                meant.size(),
                before.size(),
                listed.size(),
                left.size(),
                presses));
    }

    /** Until there is nothing left of this list, or nothing happens any more: how many presses it took. */
    private int pressed(String list, Set<Digest> seen) {
        int presses = 0;
        int idle = 0;
        List<Digest> then = listed();
        while (!then.isEmpty() && idle < IDLE_MAX && presses < PRESSES_MAX) {
            nurse.post("/relire/" + patient, "liste", list);
            presses++;
            List<Digest> now = listed();
            seen.addAll(now);
            if (now.equals(then)) {
                idle++;
                Waiting.pause(IDLE_MILLIS);
            }
            then = now;
        }
        return presses;
    }

    /** How many entries of persons the station says are to be reviewed, in the head of any page. */
    private int counted() {
        Matcher counted = COUNTED.matcher(nurse.get("/services"));
        return counted.find() ? Integer.parseInt(Objects.requireNonNull(counted.group(1))) : 0;
    }

    private String page() {
        return nurse.get("/relire/" + patient);
    }

    /** As the page names them, each once for each time it is listed. */
    private List<Digest> listed() {
        List<Digest> listed = new ArrayList<>();
        Matcher entry = ENTRY.matcher(page());
        while (entry.find()) {
            listed.add(Digest.ofHex(Objects.requireNonNull(entry.group(1))));
        }
        return listed;
    }

    /** Entries about this patient whose header says that nobody approved them. */
    private List<Digest> unapproved() {
        List<Digest> found = new ArrayList<>();
        Set<CellId> cells = new HashSet<>();
        for (SealedEntry entry : PeerDrills.shown(scene, Party.ACCESS, 0)) {
            Optional<Header> header = PeerDrills.header(entry);
            if (header.isEmpty()) {
                continue;
            }
            header.get().author().newCells().stream()
                    .filter(cell -> patient.startsWith(cell.subject().handle()))
                    .forEach(cell -> cells.add(cell.cell()));
            boolean here = header.get().author().parts().stream().anyMatch(part -> cells.contains(part.cell()));
            if (here && header.get().sanction().isContinuity()) {
                found.add(header.get().digest());
            }
        }
        return found;
    }

    @Override
    public void close() {
        nurse.close();
    }
}
