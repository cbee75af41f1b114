package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/** Which page stands at which address, and who may ask for it. */
final class Routes {

    private final Inside inside;
    private final LogInPages logIn;
    private final HullPages hulls;
    private final CutPages cuts;
    private final ExposurePages exposure;
    private final WardPages wards;
    private final PatientPages patients;
    private final MovementRoutes movements;
    private final BedsideForms bedside;
    private final ReceivedPages received;
    private final PaperPages paper;
    private final CopyPages copies;
    private final RefusedPages refused;
    private final ReviewPages reviews;

    Routes(Inside inside, Received messages, SealedCopies sealed) {
        this.inside = inside;
        this.received = new ReceivedPages(inside, messages);
        this.logIn = new LogInPages(inside);
        this.cuts = new CutPages(inside);
        this.hulls = new HullPages(inside, cuts);
        this.exposure = new ExposurePages(inside);
        this.wards = new WardPages(inside);
        this.patients = new PatientPages(inside);
        this.movements = new MovementRoutes(inside, patients);
        this.bedside = new BedsideForms(inside, patients);
        this.paper = new PaperPages(inside);
        this.copies = new CopyPages(inside, sealed);
        this.refused = new RefusedPages(inside);
        this.reviews = new ReviewPages(inside);
    }

    Reply answer(Visit visit) {
        if (visit.path().startsWith(Assets.PREFIX)) {
            return inside.assets()
                    .at(visit.path().substring(Assets.PREFIX.length()))
                    .map(Reply::asset)
                    .orElseGet(() -> inside.problem(visit, Code.NOT_FOUND));
        }
        return visit.isPost() ? taken(visit) : shown(visit);
    }

    /** A form: only one of a page this browser was shown by this door. */
    private Reply taken(Visit visit) {
        if (!inside.cookies().isFormToken(visit.form().text("jeton"), visit.formCookie())) {
            // The log-in it was made under is over, or it comes from elsewhere: in both cases a fresh page.
            return visit.seat().isPresent() ? inside.problem(visit, Code.NOT_ALLOWED) : KeptForms.late(inside, visit);
        }
        return switch (visit.path()) {
            case "/connexion" -> logIn.enter(visit);
            case "/verrouiller" -> logIn.lock(visit);
            case "/fin-de-poste" -> logIn.endShift(visit);
            case "/reglages" -> logIn.choose(visit);
            case CopyPages.PATH -> copies.taken(visit);
            case ExposurePages.PATH -> exposure.taken(visit);
            case CutPages.CHOOSE, CutPages.CUT -> cuts.taken(visit);
            default ->
                (visit.path().startsWith("/messages/")
                                ? Optional.of(received.again(visit))
                                : refused.taken(visit)
                                        .or(() -> reviews.taken(visit))
                                        .or(() -> movements.taken(visit))
                                        .or(() -> paper.taken(visit)))
                        .map(reply -> KeptForms.written(inside, visit, ended(visit, reply)))
                        .orElseGet(() -> BedsideForms.isForm(visit.path())
                                ? bedside.taken(visit)
                                : inside.problem(visit, Code.METHOD_NOT_ALLOWED));
        };
    }

    private Reply shown(Visit visit) {
        List<String> steps = List.of(visit.path().substring(1).split("/", -1));
        return switch (steps.getFirst()) {
            case "" -> Reply.to(visit.seat().map(Seat::home).orElse("/connexion"));
            case "connexion" -> steps.size() == 1 ? logIn.show(visit) : inside.problem(visit, Code.NOT_FOUND);
            case "copie" -> steps.size() == 1 ? copies.show(visit) : inside.problem(visit, Code.NOT_FOUND);
            case "coques" -> hulls(visit, steps);
            case "services", "patients" ->
                visit.seat().map(seat -> inside(visit, seat, steps)).orElseGet(() -> outside(visit, steps));
            case "recherche",
                    "admettre",
                    "rapprocher",
                    "rattacher",
                    "messages",
                    RefusedPages.PLACE,
                    ReviewPages.PLACE ->
                visit.seat().map(seat -> inside(visit, seat, steps)).orElseGet(() -> Inside.toLogIn(visit));
            default -> inside.problem(visit, Code.NOT_FOUND);
        };
    }

    private Reply hulls(Visit visit, List<String> steps) {
        if (steps.size() == 1) {
            return hulls.show(visit);
        }
        return List.of(ExposurePages.PATH, ExposurePages.TABLE).contains(visit.path())
                ? exposure.shown(visit)
                : cuts.shown(visit, steps);
    }

    /** A page that asks by itself is led to the log-in as well, so that what it shows does not stay on the screen. */
    private static Reply outside(Visit visit, List<String> steps) {
        boolean asksItself = steps.size() == 3 && steps.get(2).equals("tableau");
        return asksItself
                ? Reply.empty(401).with("HX-Redirect", "/connexion?vers=/services/" + steps.get(1))
                : Inside.toLogIn(visit);
    }

    private Reply inside(Visit visit, Seat seat, List<String> steps) {
        if (steps.size() == 3
                && steps.getFirst().equals("services")
                && steps.get(2).equals("tableau")) {
            return Inside.id(steps.get(1))
                    .map(ward -> wards.changed(visit, seat, ward))
                    .orElseGet(() -> Reply.empty(404));
        }
        seat.touch(inside.setting().nanos().getAsLong());
        Optional<ResourceId> id = steps.size() > 1 ? Inside.id(steps.get(1)) : Optional.empty();
        Optional<Reply> moving = movements.shown(visit, seat, steps);
        Reply reply;
        if (moving.isPresent()) {
            return ended(visit, seat, moving.get());
        }
        if (steps.getFirst().equals("messages")) {
            return ended(visit, seat, received.shown(visit, seat, steps));
        }
        if (steps.getFirst().equals(RefusedPages.PLACE)) {
            return ended(visit, seat, refused.shown(visit, seat, steps));
        }
        if (steps.getFirst().equals(ReviewPages.PLACE)) {
            return ended(visit, seat, reviews.shown(visit, seat, steps));
        }
        if (steps.getFirst().equals("services") && steps.size() == 1) {
            reply = wards.all(visit, seat);
            if (reply.status() == Code.UNAVAILABLE.httpStatus() && inside.isApart()) {
                // What there is to work with then.
                reply = Reply.to(CopyPages.PATH);
            }
        } else if (steps.getFirst().equals("services") && steps.size() == 2 && id.isPresent()) {
            reply = wards.one(visit, seat, id.get());
        } else if (PaperPages.ward(visit.path()).isPresent()) {
            reply = paper.show(visit, seat, PaperPages.ward(visit.path()).get());
        } else if (BedsideForms.isForm(visit.path())) {
            reply = bedside.shown(visit, seat);
        } else if (steps.getFirst().equals("patients") && id.isPresent() && steps.size() <= 3) {
            reply = PatientPages.Tab.of(steps.size() == 3 ? steps.get(2) : "")
                    .map(tab -> patients.show(visit, seat, id.get(), tab))
                    .orElseGet(() -> inside.problem(visit, Code.NOT_FOUND));
        } else {
            reply = inside.problem(visit, Code.NOT_FOUND);
        }
        if (reply.status() == 200 && !visit.path().equals("/services") && !BedsideForms.isForm(visit.path())) {
            seat.shown(visit.path());
        }
        return ended(visit, seat, reply);
    }

    private Reply ended(Visit visit, Reply reply) {
        return visit.seat().map(seat -> ended(visit, seat, reply)).orElse(reply);
    }

    /** A session the registry ended is no log-in any more. */
    private Reply ended(Visit visit, Seat seat, Reply reply) {
        if (reply.status() != Code.SESSION_ENDED.httpStatus()) {
            return reply;
        }
        if (visit.isPost() && KeptForms.isKept(visit.path())) {
            inside.kept().drafts().keep(seat.badge(), visit.path(), visit.form());
        }
        inside.lock(seat, visit.now());
        return Inside.toLogIn(visit).cookie(Cookies.drop(Cookies.SEAT, visit.secure()));
    }

    /** What is said without knowing who asked or for what. */
    static Bytes bare(Refusal refusal) {
        return Bytes.ofText("<!DOCTYPE html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Trimaran</title><h1>"
                + refusal.code().tag()
                + "</h1><p>Cette demande n’a pas pu être lue. Rien n’a été enregistré. <a href=\"/\">Revenir à"
                + " l’accueil</a></p><p lang=\"en\">This request could not be read. Nothing was saved. <a"
                + " href=\"/\">Back to the start</a></p></html>\n");
    }
}
