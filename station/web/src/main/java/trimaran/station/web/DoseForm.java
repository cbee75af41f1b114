package trimaran.station.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.chart.Administration;
import trimaran.station.chart.DosePlan;
import trimaran.station.chart.Language;
import trimaran.station.chart.Prescription;
import trimaran.station.chart.Slot;

/**
 * One dose: given, or not and why. A planned dose is written once, whoever writes it and at whichever station: the second is shown
 * who was first. What is on demand asks again where it comes too soon or too often.
 */
final class DoseForm implements BedsideForms.Sheet {

    /** One planned dose of one prescription, by which it is written once. */
    static final String DOSE = "urn:trimaran:dose";

    /** Why a dose is not given. */
    private static final List<String> WHY =
            List.of("refused", "fasting", "absent", "vomiting", "low", "line", "unavailable", "swallow");

    /** The same as the record says it, which is French whoever reads the page. */
    static final List<String> REASONS = WHY.stream()
            .map(why -> Words.of(Language.FRENCH).say("give.reason." + why))
            .toList();

    /** A reason of the list in the reader's language. */
    static String reason(String recorded, Words words) {
        int at = REASONS.indexOf(recorded);
        return at < 0 ? recorded : words.say("give.reason." + WHY.get(at));
    }

    static final String OTHER = "autre";

    /**
     * The page of one dose.
     *
     * @param planned its time in seconds since 1970; empty for what is on demand
     * @param hour when it is or was to be given; empty for what is on demand
     * @param late how late it is; empty if it is not
     * @param open whether something is still to be written of it
     * @param givable whether it may be given now
     * @param from when it may be given at the earliest, in words; empty if now
     * @param became who did what when; empty for nothing yet
     * @param undo what its author can still take back
     */
    record View(
            Prescription prescription,
            String planned,
            String hour,
            String late,
            String unit,
            boolean open,
            boolean givable,
            String from,
            String became,
            Optional<Said.Undo> undo) {}

    private final PatientPages patients;
    private final Writing writing;

    DoseForm(PatientPages patients, Writing writing) {
        this.patients = patients;
        this.writing = writing;
    }

    /** The address of one dose below a record. */
    static String href(String record, Prescription prescription, Optional<Instant> planned) {
        return record + "/" + Act.GIVE.word() + "?p=" + prescription.source().id()
                + planned.map(at -> "&a=" + at.getEpochSecond()).orElse("");
    }

    @Override
    public Reply show(Ground ground) {
        if (!ground.entered().has("p")) {
            // Whoever comes back from a log-in without having typed anything.
            return Reply.to(ground.record().href(PatientPages.Tab.PLAN));
        }
        return Dose.of(ground).map(dose -> page(ground, 200, dose)).orElseGet(() -> gone(ground));
    }

    /** Why the page that was asked for is not there, and who stopped or changed its prescription, if that is why. */
    private static Reply gone(Ground ground) {
        Optional<Meanwhile> changed = Inside.id(ground.entered().text("p"))
                .flatMap(ground.chart()::prescription)
                .filter(one -> !ground.chart().active().contains(one) || isChanged(ground, one))
                .flatMap(one -> ground.resource(one.source().id())
                        .map(latest -> Meanwhile.of(
                                ground.inside(),
                                ground.visit(),
                                Optional.of(ground.patient()),
                                latest,
                                "",
                                state(ground, one),
                                typed(ground))));
        return ground.inside().problem(ground.visit(), Code.GONE, changed);
    }

    /** Whether somebody changed it since the form that was sent was made: what is older is not why the dose is gone. */
    private static boolean isChanged(Ground ground, Prescription one) {
        String seen = ground.entered().text("vp");
        return !seen.isEmpty() && !seen.equals(String.valueOf(one.source().version()));
    }

    /** That it is stopped, or what it says now. */
    private static String state(Ground ground, Prescription now) {
        Language language = ground.language();
        return ground.chart().active().contains(now)
                ? String.join(
                        ", ",
                        now.drugWords(language),
                        now.doseWords(language),
                        now.routeWords(language),
                        now.rhythmWords(ground.zone(), language))
                : StopForm.state(ground, now);
    }

    /** What was to be written of the dose; empty of a page that was only asked for. */
    private static String typed(Ground ground) {
        Entered entered = ground.entered();
        Words words = ground.words();
        String reason = entered.text("raison");
        List<String> said = switch (entered.text("fait")) {
            case "donne" -> List.of(words.say("give.go"), entered.text("quantite"), entered.text("heure"));
            case "non" ->
                List.of(
                        words.say("give.not"),
                        REASONS.contains(reason) ? reason(reason, words) : "",
                        entered.text("precision"));
            default -> List.of();
        };
        return said.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static Map<String, String> usual(Ground ground, Dose dose) {
        String amount = dose.dosage()
                .filter(one -> one.amounts().size() == 1)
                .map(one -> one.amounts().getFirst().value().replace('.', ','))
                .orElse("");
        return Map.of("heure", ground.clock().hour(ground.now()), "quantite", amount);
    }

    private static Reply page(Ground asked, int status, Dose dose) {
        Ground ground = asked.or(usual(asked, dose));
        Frame frame = ground.frame(Act.GIVE);
        View view = view(ground, dose);
        return Inside.page(
                status,
                (out, tags) -> JtedonnerGenerated.render(out, tags, frame, ground.record(), ground.entered(), view));
    }

    private static View view(Ground ground, Dose dose) {
        Instant now = ground.now();
        Clock clock = ground.clock();
        boolean late = dose.slot()
                .filter(slot -> slot.state() == Slot.State.LATE || slot.state() == Slot.State.MISSED)
                .isPresent();
        String from =
                dose.isTooEarly(now) ? clock.since(dose.planned().orElse(now).minus(DosePlan.DUE_BEFORE), now) : "";
        return new View(
                dose.prescription(),
                dose.planned().map(at -> String.valueOf(at.getEpochSecond())).orElse(""),
                dose.planned().map(at -> clock.since(at, now)).orElse(""),
                late
                        ? dose.slot()
                                .flatMap(slot -> slot.lateness(now))
                                .map(clock::length)
                                .orElse("")
                        : "",
                dose.unit(),
                dose.isOpen(),
                dose.isOpen() && from.isEmpty(),
                from,
                dose.became().map(one -> words(ground, one)).orElse(""),
                dose.became().flatMap(one -> UndoForm.undo(ground, one)));
    }

    /** {@code donné, 40 mg, Infirmière, 08:04}. */
    private static String words(Ground ground, Administration one) {
        Clock clock = ground.clock();
        String state = switch (one.status()) {
            case GIVEN -> Slot.State.GIVEN.words(ground.language());
            case NOT_GIVEN -> Slot.State.NOT_GIVEN.words(ground.language());
            case RUNNING -> Slot.State.RUNNING.words(ground.language());
            case HELD -> Slot.State.HELD.words(ground.language());
            case INTERRUPTED -> Slot.State.INTERRUPTED.words(ground.language());
            case UNKNOWN -> Slot.State.UNKNOWN.words(ground.language());
        };
        return String.join(
                ", ",
                List.of(
                                state,
                                one.dose()
                                        .map(dose -> dose.dose(ground.language()))
                                        .orElse(""),
                                one.reason(),
                                one.note(),
                                one.performer(),
                                one.moment()
                                        .map(at -> clock.since(at, ground.now()))
                                        .orElse(""))
                        .stream()
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    @Override
    public Reply take(Ground ground) {
        Optional<Dose> found = Dose.of(ground);
        if (found.isEmpty()) {
            return gone(ground);
        }
        Dose dose = found.get();
        if (!dose.isOpen()) {
            return second(ground, dose);
        }
        boolean given = ground.entered().text("fait").equals("donne");
        Optional<Map<String, Object>> resource = given ? given(ground, dose) : notGiven(ground, dose);
        if (resource.isEmpty()) {
            return page(ground, 422, dose);
        }
        String token = dose.planned()
                .map(at -> dose.prescription().source().id() + "/" + at.getEpochSecond() + "/" + dose.takenBack(ground))
                .orElse("");
        Map<String, Object> written = resource.get();
        if (!token.isEmpty()) {
            written.put("identifier", Json.list(Json.of("system", DOSE, "value", token)));
        }
        List<Change> changes =
                List.of(token.isEmpty() ? Writing.create(written) : Writing.createOnce(written, DOSE, token));
        WriteResult result = writing.write(ground, changes);
        if (result instanceof WriteResult.Refused(Refusal refusal) && refusal.code() == Code.DUPLICATE) {
            return second(ground.again(patients, Act.GIVE), dose);
        }
        String what = dose.prescription().drugWords(ground.language()) + ", "
                + ground.words()
                        .say(
                                given ? "give.done" : "give.notdone",
                                ground.entered().text("heure"));
        return writing.answer(ground, Act.GIVE, what, true, changes, result, status -> page(ground, status, dose));
    }

    /** Somebody was first: the page says who and when, and nothing is written. */
    private static Reply second(Ground ground, Dose before) {
        Dose dose = Dose.of(ground).orElse(before);
        ground.entered().refuse(ground.words().say(dose.became().isEmpty() ? "give.second.unseen" : "give.second"));
        dose.became()
                .flatMap(one -> ground.resource(one.source().id())
                        .map(latest -> Meanwhile.of(
                                ground.inside(),
                                ground.visit(),
                                Optional.of(ground.patient()),
                                latest,
                                "",
                                words(ground, one),
                                typed(ground))))
                .ifPresent(ground.entered()::against);
        return page(ground, 409, dose);
    }

    private static Optional<Map<String, Object>> given(Ground ground, Dose dose) {
        Entered entered = ground.entered();
        if (dose.isTooEarly(ground.now())) {
            entered.fault("heure", "give.early");
        }
        Optional<Instant> at = entered.justNow("heure", ground.now(), ground.zone());
        Optional<BigDecimal> amount = entered.number("quantite").filter(number -> number.signum() > 0);
        if (amount.isEmpty()) {
            entered.fault("quantite", "form.number");
        }
        if (at.isPresent() && amount.isPresent() && dose.planned().isEmpty()) {
            tooOften(ground, dose, at.get(), amount.get());
        }
        if (!entered.isRight() || at.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> how = Json.of(
                "route",
                dose.dosage().map(one -> Ground.concept(one.route())).orElse(Map.of()),
                "dose",
                Json.quantity(amount.get().stripTrailingZeros().toPlainString(), dose.unit(), ""));
        return Optional.of(dose.written(ground, "completed", "", at.get(), how));
    }

    /** On demand: too soon after the last, or more than a day's most, only with a second word. */
    private static void tooOften(Ground ground, Dose dose, Instant at, BigDecimal amount) {
        if (ground.entered().text("confirme").equals("oui")) {
            return;
        }
        Prescription one = dose.prescription();
        one.possibleFrom()
                .filter(at::isBefore)
                .ifPresent(from -> ground.entered()
                        .fault("confirme", "give.soon", ground.clock().since(from, ground.now())));
        Optional<BigDecimal> most = dose.dosage()
                .filter(dosage -> dosage.most().size() == 2)
                .flatMap(dosage -> decimal(dosage.most().getFirst().value()));
        BigDecimal today = ground.chart().administrations().stream()
                .filter(each -> each.status() == Administration.Status.GIVEN)
                .filter(each ->
                        each.prescription().filter(one.source().id()::equals).isPresent())
                .filter(each -> each.moment()
                        .filter(when -> when.isAfter(at.minus(Duration.ofDays(1))))
                        .isPresent())
                .flatMap(each -> each.dose().stream())
                .flatMap(each -> decimal(each.value()).stream())
                .reduce(amount, BigDecimal::add);
        most.filter(limit -> today.compareTo(limit) > 0)
                .ifPresent(limit -> ground.entered()
                        .fault(
                                "confirme",
                                "give.most",
                                today.stripTrailingZeros().toPlainString().replace('.', ',') + "\u00a0" + dose.unit(),
                                limit.stripTrailingZeros().toPlainString().replace('.', ',')));
    }

    private static Optional<BigDecimal> decimal(String value) {
        return value.matches("[0-9]{1,9}(\\.[0-9]{1,6})?") ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }

    private static Optional<Map<String, Object>> notGiven(Ground ground, Dose dose) {
        Entered entered = ground.entered();
        String chosen = entered.text("raison");
        String words = entered.limited("precision", WebLimits.COMMENT_MAX);
        if (!chosen.equals(OTHER) && !REASONS.contains(chosen)) {
            entered.fault("raison", "give.reason.missing");
        } else if (chosen.equals(OTHER) && words.isEmpty()) {
            entered.fault("precision", "give.words.missing");
        }
        if (!entered.isRight()) {
            return Optional.empty();
        }
        String reason = chosen.equals(OTHER) ? words : chosen;
        Map<String, Object> resource = dose.written(ground, "not-done", reason, ground.now(), Map.of());
        if (!chosen.equals(OTHER) && !words.isEmpty()) {
            resource.put("note", Json.list(Json.words(words)));
        }
        return Optional.of(resource);
    }
}
