package trimaran.station.web;

import static trimaran.station.web.Json.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WriteResult;

/**
 * <i>Accès motivé</i> (DESIGN §6, break-glass): the record of somebody who is neither present nor expected in any ward opens
 * after a reason. Each tier's ledger has the opening as such; the reason itself is kept in the patient's record, where the next
 * reader sees it. Never a refusal of care: whoever gives a reason is let in.
 */
final class AccessForms {

    /** Kinds of reason, as the form names them. */
    static final List<String> KINDS = List.of("emergency", "call", "prepare", "after", "other");

    /** The system of what this door writes about an access. */
    static final String SYSTEM = "urn:trimaran:access";

    static final String BADGE = "urn:trimaran:badge";

    /** Roles that may write why (trimaran.application.Roles, Communication). */
    private static final List<String> WRITING = List.of("nurse", "physician", "pharmacist");

    /**
     * The page.
     *
     * @param person nobody if who it is cannot be shown before a reason is given either
     * @param href of the record
     * @param isSpent whether a reason is asked for because of how many records were opened, not because of whose this is
     */
    record View(
            Optional<PersonLine> person,
            String href,
            boolean isSpent,
            Filled form,
            String summary,
            String submission) {}

    private final Inside inside;

    AccessForms(Inside inside) {
        this.inside = inside;
    }

    /** The page that asks for a reason; empty if none is needed. */
    Optional<Reply> asked(Visit visit, Seat seat, ResourceId patient) {
        if (!needsReason(seat, patient)) {
            return Optional.empty();
        }
        return Optional.of(
                mayWriteWhy(seat)
                        ? page(visit, seat, patient, 200, Filled.of(Form.NONE), "")
                        : inside.problem(visit, Code.ROLE_MISSING, visit.words().say("access.role"), Optional.empty()));
    }

    private static boolean mayWriteWhy(Seat seat) {
        return seat.care().roles().stream().anyMatch(WRITING::contains);
    }

    /** The page that asks for a reason where a session has opened as many records as an hour allows: care goes on by it. */
    Reply spent(Visit visit, Seat seat, ResourceId patient) {
        return mayWriteWhy(seat)
                ? page(visit, seat, patient, Code.OVER_BUDGET.httpStatus(), Filled.of(Form.NONE), "")
                : inside.problem(visit, Code.OVER_BUDGET, visit.words().say("access.spent.role"), Optional.empty());
    }

    /** Whoever was in care when this person opened their record stays so for them till they log out. */
    static boolean needsReason(Seat seat, ResourceId patient) {
        if (seat.knows(patient)) {
            return false;
        }
        if (!(seat.care().wards() instanceof Outcome.Done<List<WardBoard>>(List<WardBoard> boards))) {
            // Who is in care cannot be told now: nobody is kept from care for that.
            return false;
        }
        boolean inCare = boards.stream()
                .anyMatch(board -> java.util.stream.Stream.concat(board.present().stream(), board.expected().stream())
                        .anyMatch(stay -> stay.patient().equals(patient)));
        if (inCare) {
            seat.cares(patient);
        }
        return !inCare;
    }

    private Reply page(Visit visit, Seat seat, ResourceId patient, int status, Filled form, String summary) {
        PeopleSearch search = new PeopleSearch(inside, visit, seat);
        Optional<PersonLine> person = search.one(patient);
        // Of whom no reason is needed for where they lie, one is asked only for that.
        boolean isSpent = !needsReason(seat, patient)
                || search.refusal()
                        .filter(why -> why.code() == Code.OVER_BUDGET)
                        .isPresent();
        if (person.isEmpty() && !isSpent) {
            return visit.isPost()
                    ? KeptForms.notOpened(inside, visit, seat, Refusal.of(Code.UNAVAILABLE, "nobody can be shown"))
                    : inside.problem(visit, Code.NOT_FOUND);
        }
        View view = new View(
                person,
                "/patients/" + patient,
                isSpent,
                form,
                summary,
                Cookies.fresh(inside.setting().entropy()));
        Frame frame = inside.frame(visit, visit.words().say("access.title"), "patients");
        return Inside.page(status, (out, tags) -> JteaccesmotiveGenerated.render(out, tags, frame, view));
    }

    Reply taken(Visit visit, Seat seat, ResourceId patient) {
        if (!mayWriteWhy(seat)) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        Filled form = Filled.of(visit.form());
        Filled checked = form;
        if (!KINDS.contains(form.text("motif"))) {
            checked = checked.wrong("motif", visit.words().say("access.missing.kind"));
        }
        if (form.text("mots").isEmpty() || form.text("mots").length() > WebLimits.REASON_MAX) {
            checked = checked.wrong("mots", visit.words().say("access.missing.words", WebLimits.REASON_MAX));
        }
        if (!checked.isGood()) {
            return page(visit, seat, patient, 422, checked, "");
        }
        if (!Submissions.isName(form.text("envoi"))) {
            return page(visit, seat, patient, 422, checked, visit.words().refusal(Code.BAD_PARAMETER));
        }
        return seat.submissions().once(Submissions.name(visit, seat), () -> open(visit, seat, patient, form));
    }

    private Reply open(Visit visit, Seat seat, ResourceId patient, Filled form) {
        Outcome<List<ResourceVersion>> opened = seat.care().breakGlass(patient);
        if (opened instanceof Outcome.Refused<List<ResourceVersion>>(Refusal refusal)) {
            return page(
                    visit,
                    seat,
                    patient,
                    refusal.code().httpStatus(),
                    form,
                    visit.words().refusal(refusal.code()));
        }
        WriteResult result =
                Writing.reason(inside, seat.care(), reason(visit, seat, patient, form), Submissions.name(visit, seat));
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            return page(
                    visit,
                    seat,
                    patient,
                    refusal.code().httpStatus(),
                    form,
                    visit.words().refusal(refusal.code()));
        }
        seat.gaveReason(patient);
        return Reply.to("/patients/" + patient);
    }

    private Map<String, Object> reason(Visit visit, Seat seat, ResourceId patient, Filled form) {
        return Json.of(
                "resourceType",
                "Communication",
                "meta",
                FhirJson.meta(inside.setting().demo()),
                "status",
                "completed",
                "category",
                list(FhirJson.concept(SYSTEM, "break-glass")),
                "subject",
                Json.reference("Patient/" + patient),
                "sent",
                MovementTime.fhir(visit.now(), inside.setting().zone()),
                "sender",
                Json.of("identifier", Json.of("system", BADGE, "value", seat.badge()), "display", seat.badge()),
                "reasonCode",
                list(Json.of("coding", list(FhirJson.coding(SYSTEM, form.text("motif"))), "text", form.text("mots"))));
    }
}
