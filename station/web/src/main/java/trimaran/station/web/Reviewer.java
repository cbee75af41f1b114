package trimaran.station.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.ContinuityReview;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

/**
 * Writes reviews in a person's name and keeps what application said against them. A review bears an id that follows from what it
 * reviews, so that nothing is reviewed twice, whoever presses where.
 */
final class Reviewer {

    /** Entries one press reviews: each may have to be written and judged for itself, and a person waits. The rest stays. */
    static final int AT_ONCE_MAX = 20;

    /** Ids one press tries: each review that was taken back keeps its own, and nobody takes one back so often. */
    static final int IDS_MAX = 4;

    /** What the rules say where they cannot judge: nobody said yet that the entry is wrong. */
    static final Set<Code> UNJUDGED = Set.of(Code.UNREAD, Code.SESSION_UNKNOWN);

    /** What a rule says of the entry itself, or why none can: only such a no stands with the entry. */
    private static final Set<Code> JUDGEMENTS = Set.of(
            Code.RULE, Code.ROLE_MISSING, Code.BED_TAKEN, Code.NOT_ADMITTED, Code.ALREADY_DISCHARGED, Code.UNREAD);

    /** The same where it names the type it is said of; without, it is said of whoever reviews. */
    private static final Set<Code> OF_ITS_AUTHOR = Set.of(Code.SESSION_UNKNOWN, Code.CUT);

    /** What says nothing of the entry, and would be said of the next as well: it is pressed again. */
    private static final Set<Code> NOT_NOW = Set.of(
            Code.SESSION_ENDED, Code.SESSION_UNKNOWN, Code.CUT, Code.UNAVAILABLE, Code.BUSY, Code.TOO_SLOW, Code.STALE);

    private final Inside inside;
    private final ReviewReasons reasons = new ReviewReasons();
    private final ReviewsUnderWay underWay = new ReviewsUnderWay();

    Reviewer(Inside inside) {
        this.inside = inside;
    }

    /** What became of one press. */
    private record Tally(int confirmed, int refused, int waiting) {
        Tally plus(int more, int no, int later) {
            return new Tally(confirmed + more, refused + no, waiting + later);
        }
    }

    /** How far one press has come. */
    private static final class Course {

        final List<Refusal> others = new ArrayList<>();
        Tally tally;
        Optional<Refusal> stopped = Optional.empty();
        boolean over;

        Course(Tally before) {
            tally = before;
        }
    }

    /**
     * One press: who, on whose record, with which words.
     *
     * @param wanted the one entry that is meant; empty for all that this press is for
     */
    private record Press(Visit visit, Seat seat, ResourceId patient, String wanted, String remark) {

        boolean confirms() {
            return !remark.isEmpty();
        }
    }

    /** Whether this person may ask, and somebody answers: a review that waits in the outbox helps nobody. */
    boolean asks(Seat seat) {
        return Deeds.mayReview(seat.care().roles())
                && Optional.ofNullable(inside.record().state().tiers().get(Party.APPLICATION))
                        .filter(tier -> tier.up())
                        .isPresent();
    }

    /** Why application refused this entry the last time it was asked from here. */
    Optional<Code> no(Digest entry) {
        return reasons.of(entry);
    }

    Reply review(Visit visit, Seat seat, ResourceId patient) {
        Press press = new Press(
                visit,
                seat,
                patient,
                visit.form().text("entree"),
                visit.form().text("phrase").strip());
        if (!asks(seat)) {
            return inside.problem(visit, Deeds.mayReview(seat.care().roles()) ? Code.UNAVAILABLE : Code.ROLE_MISSING);
        }
        if (press.remark().length() > ContinuityReview.REMARK_MAX) {
            return inside.problem(visit, Code.BAD_PARAMETER);
        }
        return switch (seat.care().unreviewed(patient)) {
            case Outcome.Refused<List<Unreviewed>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<List<Unreviewed>>(List<Unreviewed> entries) -> pressed(press, entries);
        };
    }

    private Reply pressed(Press press, List<Unreviewed> entries) {
        Set<Digest> waiting = underWay.still(inside.record());
        List<Unreviewed> meant = entries.stream()
                .filter(Unreviewed::isReviewable)
                .filter(one -> isMeant(press, one))
                .toList();
        if (meant.isEmpty() && press.confirms() && press.wanted().isEmpty() && !entries.isEmpty()) {
            // A sentence for all is for what the rules were asked about and could not judge: of nothing here.
            return inside.problem(press.visit(), Code.BAD_PARAMETER);
        }
        // What was asked about before comes last: somebody of its ward may press now, and it keeps nobody else's
        // waiting.
        List<Unreviewed> chosen = meant.stream()
                .filter(one -> !waiting.contains(one.entry()))
                .sorted(Comparator.comparing(
                        (Unreviewed one) -> reasons.of(one.entry()).isPresent()))
                .limit(AT_ONCE_MAX)
                .toList();
        int before = (int)
                meant.stream().filter(one -> waiting.contains(one.entry())).count();
        return written(press, chosen, new Tally(0, 0, before));
    }

    /**
     * One sentence may serve for all of one list that the rules cannot judge: somebody looked at them together. What a rule says is
     * wrong takes a sentence each.
     */
    private boolean isMeant(Press press, Unreviewed entry) {
        if (!press.wanted().isEmpty()) {
            return entry.entry().hex().equals(press.wanted());
        }
        Optional<Code> no = reasons.of(entry.entry());
        boolean kind = press.confirms()
                ? no.filter(UNJUDGED::contains).isPresent()
                : no.filter(code -> !UNJUDGED.contains(code)).isEmpty();
        return kind && entry.service() == press.visit().form().text("liste").equals(ReviewPages.SERVICES);
    }

    private Reply written(Press press, List<Unreviewed> chosen, Tally before) {
        Course course = new Course(before);
        together(press, chosen, course);
        if (course.stopped.isPresent()) {
            return stopped(press, course, course.stopped.get());
        }
        // Where one could not be written the others are told all the same: it stays on the list.
        if (!course.others.isEmpty() && (course.tally.equals(before) || press.confirms())) {
            return press.confirms()
                    ? notConfirmed(press, course.tally, course.others)
                    : inside.problem(press.visit(), course.others.getFirst());
        }
        return told(press, course.tally);
    }

    /**
     * Several as one entry, with one lookup for all. A set that is refused is halved, until what was refused stands alone: one among
     * twenty costs some nine lookups, not twenty. Until one waits: the others would wait as long, one after the other.
     */
    private void together(Press press, List<Unreviewed> chosen, Course course) {
        if (chosen.isEmpty() || course.over) {
            return;
        }
        List<ContinuityReview.Target> all =
                chosen.stream().flatMap(one -> one.targets().stream()).toList();
        if (chosen.size() > 1 && all.size() > ContinuityReview.TARGETS_MAX) {
            halves(press, chosen, course);
            return;
        }
        switch (write(press, all)) {
            case WriteResult.Recorded _ -> {
                chosen.forEach(one -> reasons.forget(one.entry()));
                course.tally = course.tally.plus(chosen.size(), 0, 0);
            }
            case WriteResult.Waiting waiting -> {
                chosen.forEach(one -> underWay.keep(one.entry(), waiting.entry()));
                course.tally = course.tally.plus(0, 0, chosen.size());
                course.over = true;
            }
            case WriteResult.Refused(Refusal refusal) -> refused(press, chosen, refusal, course);
        }
    }

    private void refused(Press press, List<Unreviewed> chosen, Refusal refusal, Course course) {
        if (isNotNow(refusal)) {
            course.stopped = Optional.of(refusal);
            course.over = true;
        } else if (chosen.size() > 1) {
            halves(press, chosen, course);
        } else if (!press.confirms() && isJudgement(refusal)) {
            reasons.keep(chosen.getFirst().entry(), refusal.code());
            course.tally = course.tally.plus(0, 1, 0);
        } else {
            course.others.add(refusal);
        }
    }

    private void halves(Press press, List<Unreviewed> chosen, Course course) {
        int half = chosen.size() / 2;
        together(press, chosen.subList(0, half), course);
        together(press, chosen.subList(half, chosen.size()), course);
    }

    /** Nothing was said of the rest; what was confirmed before that is told. */
    private Reply stopped(Press press, Course course, Refusal refusal) {
        if (course.tally.confirmed() == 0 && course.tally.refused() == 0) {
            return inside.problem(press.visit(), refusal);
        }
        Words words = press.visit().words();
        press.seat()
                .tell(new Notice(
                        "toast-conflict",
                        "revoir",
                        notice(course.tally, words).words() + " " + words.say("review.stopped")));
        return back(press);
    }

    private static boolean isNotNow(Refusal refusal) {
        return NOT_NOW.contains(refusal.code()) && !isJudgement(refusal);
    }

    private static boolean isJudgement(Refusal refusal) {
        return JUDGEMENTS.contains(refusal.code())
                || (OF_ITS_AUTHOR.contains(refusal.code()) && !refusal.place().isEmpty());
    }

    /** Whoever gave a sentence may not, or not for all: that is said to them, and is no reason against the entry. */
    private Reply notConfirmed(Press press, Tally tally, List<Refusal> others) {
        Words words = press.visit().words();
        Refusal refusal = others.getFirst();
        if (tally.confirmed() > 0) {
            String kept = words.count("review.nonetheless.kept", others.size());
            press.seat()
                    .tell(new Notice(
                            "toast-conflict", "revoir", notice(tally, words).words() + " " + kept));
            return back(press);
        }
        Optional<String> sentence = switch (refusal.code()) {
            case ROLE_MISSING -> Optional.of(words.say("review.nonetheless.role"));
            case NOT_ALLOWED -> Optional.of(words.say("review.nonetheless.own"));
            default -> Optional.empty();
        };
        if (sentence.isEmpty()) {
            return inside.problem(press.visit(), refusal);
        }
        press.seat().tell(new Notice("toast-conflict", "revoir", sentence.get()));
        return back(press);
    }

    private static Reply back(Press press) {
        return Reply.to(ReviewPages.PATH + "/" + press.patient());
    }

    private static Reply told(Press press, Tally tally) {
        press.seat().tell(notice(tally, press.visit().words()));
        return back(press);
    }

    private static Notice notice(Tally tally, Words words) {
        List<String> sentences = new ArrayList<>();
        if (tally.confirmed() > 0) {
            sentences.add(words.count("review.confirmed", tally.confirmed()));
        }
        if (tally.refused() > 0) {
            sentences.add(words.count("review.refused", tally.refused()));
        }
        if (tally.waiting() > 0) {
            sentences.add(words.count("review.waiting", tally.waiting()));
        }
        if (sentences.isEmpty()) {
            sentences.add(words.say("review.already"));
        }
        boolean plain = tally.refused() == 0 && tally.waiting() == 0;
        return new Notice(plain ? "" : "toast-conflict", plain ? "donne" : "revoir", String.join(" ", sentences));
    }

    /**
     * Under the id that follows from what it reviews. One that is taken means that it is reviewed, by somebody who was faster; where
     * it is open all the same its review was taken back, and the next id is tried.
     */
    private WriteResult write(Press press, List<ContinuityReview.Target> targets) {
        WriteResult result = write(press, targets, 0);
        for (int taken = 1; taken < IDS_MAX && isTaken(result); taken++) {
            Outcome<Boolean> open = isOpen(press, targets);
            if (open instanceof Outcome.Refused<Boolean>(Refusal refusal)) {
                return new WriteResult.Refused(refusal);
            }
            if (open.equals(Outcome.done(false))) {
                return new WriteResult.Recorded(
                        Digest.ZERO, List.of(), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false);
            }
            result = write(press, targets, taken);
        }
        return result;
    }

    private static boolean isTaken(WriteResult result) {
        return result instanceof WriteResult.Refused(Refusal refusal) && refusal.code() == Code.DUPLICATE;
    }

    /** Whether one of these is on the list still. */
    private static Outcome<Boolean> isOpen(Press press, List<ContinuityReview.Target> targets) {
        return press.seat()
                .care()
                .unreviewed(press.patient())
                .map(entries ->
                        entries.stream().flatMap(one -> one.targets().stream()).anyMatch(targets::contains));
    }

    /** Where the hour's lookups are spent, without its id: that it is open was read in this very press. */
    private WriteResult write(Press press, List<ContinuityReview.Target> targets, int taken) {
        Map<String, Object> review = review(press, targets);
        WriteResult result = press.seat()
                .care()
                .write(Transaction.of(Writing.createNamed(review, ContinuityReview.idOf(targets, taken))));
        return result instanceof WriteResult.Refused(Refusal refusal) && refusal.code() == Code.OVER_BUDGET
                ? press.seat().care().write(Transaction.of(Writing.create(review)))
                : result;
    }

    private Map<String, Object> review(Press press, List<ContinuityReview.Target> named) {
        String badge = press.seat().badge();
        String remark = press.remark();
        List<Object> targets = new ArrayList<>();
        targets.add(Json.reference("Patient/" + press.patient()));
        named.forEach(one -> targets.add(Json.reference(one.reference())));
        Map<String, Object> author = Json.of(
                "type",
                "Practitioner",
                "identifier",
                Json.of("system", Json.BADGE, "value", badge),
                "display",
                Words.of(Language.FRENCH).badge(badge));
        return Json.resource(
                ContinuityReview.TYPE,
                inside.setting().demo(),
                "target",
                targets,
                "recorded",
                Json.time(press.visit().now(), inside.setting().zone()),
                "reason",
                remark.isEmpty() ? List.of() : Json.list(Json.words(remark)),
                "activity",
                activity(),
                "agent",
                Json.list(Json.of("who", author)));
    }

    private Map<String, Object> activity() {
        String chance = inside.setting().entropy().nonce().hex().substring(0, ContinuityReview.CHANCE_HEX);
        Map<String, Object> activity = Json.of("id", chance);
        activity.putAll(Json.concept(ContinuityReview.SYSTEM, ContinuityReview.CODE, "relecture"));
        return activity;
    }
}
