package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * Forms that came and could not be taken for a reason that is none of their person's: the log-in was over, or what they are about
 * cannot be opened just now. What was typed is kept for the same badge and page, and nothing of it is in a browser.
 */
final class KeptForms {

    /**
     * The page of one that could not be taken just now.
     *
     * @param kept whether this station keeps it, too; else it is on this page alone
     * @param why what happened
     * @param path where it goes again, and where it is filled in
     * @param fields all that it says, but for the token of its page
     * @param typed what a person typed of it, with its labels
     */
    record View(boolean kept, String why, String path, Map<String, String> fields, List<Typed> typed) {
        View {
            fields = Map.copyOf(fields);
            typed = List.copyOf(typed);
        }
    }

    /** One field. */
    record Typed(String label, String value) {}

    /** That the form would not be taken later either: it says why, and keeps nothing. */
    private static final Set<Code> FOR_GOOD = Set.of(
            Code.NOT_FOUND, Code.GONE, Code.ROLE_MISSING, Code.NOT_ALLOWED, Code.SESSION_ENDED, Code.SESSION_UNKNOWN);

    private KeptForms() {}

    /** Whether what is typed at this address is kept, which its page then reads back. */
    static boolean isKept(String path) {
        return path.equals("/admettre")
                || path.matches("/patients/[A-Za-z0-9-]{1,60}/mouvement")
                || BedsideForms.isForm(path);
    }

    /** A form of a log-in that is over: kept for its person, who logs in first. */
    static Reply late(Inside inside, Visit visit) {
        boolean ours = !visit.cookie().isEmpty()
                && inside.cookies().isFormToken(visit.form().text("jeton"), visit.cookie());
        if (ours && isKept(visit.path())) {
            inside.seats().lapsed(Cookies.key(visit.cookie())).ifPresent(seat -> inside.lock(seat, visit.now()));
            inside.kept().drafts().keepEnded(Cookies.key(visit.cookie()), visit.path(), visit.form());
        }
        return Inside.toLogIn(visit);
    }

    /** What this person was typing at this address; none if they came by a link that says what it is about. */
    static Optional<Form> draft(Inside inside, Visit visit, Seat seat) {
        return visit.query().fields().isEmpty()
                ? inside.kept().drafts().peek(seat.badge(), visit.path())
                : Optional.empty();
    }

    /** Once the page has it, it is kept no longer. */
    static Reply shown(Inside inside, Visit visit, Seat seat, Reply reply) {
        if (reply.status() == 200) {
            inside.kept().drafts().take(seat.badge(), visit.path());
        }
        return reply;
    }

    /** A form that was kept and sent again is offered no more once it is written. */
    static Reply written(Inside inside, Visit visit, Reply reply) {
        boolean done = reply.status() == 303
                && !reply.headers().getOrDefault("Location", "").startsWith("/connexion");
        if (done && isKept(visit.path())) {
            visit.seat().ifPresent(seat -> inside.kept().drafts().take(seat.badge(), visit.path()));
        }
        return reply;
    }

    /**
     * The record a form is about does not open: a form that was sent can be sent again as it is, and is kept where its page reads it
     * back. Another is not: it would only take the place of one that is.
     */
    static Reply notOpened(Inside inside, Visit visit, Seat seat, Refusal refusal) {
        if (!visit.isPost() || FOR_GOOD.contains(refusal.code())) {
            return inside.problem(visit, refusal);
        }
        boolean kept = isKept(visit.path());
        if (kept) {
            inside.kept().drafts().keep(seat.badge(), visit.path(), visit.form());
        }
        Words words = visit.words();
        Map<String, String> fields = new TreeMap<>(visit.form().fields());
        fields.remove("jeton");
        List<Typed> typed = fields.entrySet().stream()
                .filter(one -> !one.getValue().isBlank())
                .flatMap(
                        one -> Labels.find(one.getKey(), words).map(label -> new Typed(label, one.getValue())).stream())
                .toList();
        View view = new View(kept, words.refusal(refusal.code()), visit.path(), fields, typed);
        Frame frame = inside.frame(visit, words.say(kept ? "kept.title" : "kept.here.title"), "");
        return Inside.page(
                refusal.code().httpStatus(), (out, tags) -> JtegardeGenerated.render(out, tags, frame, view));
    }
}
