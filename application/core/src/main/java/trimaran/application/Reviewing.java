package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.model.ContinuityReview;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;

/**
 * Judges late what nobody judged when it was written (DESIGN §5 Continuity, "reviewed when application is back"). What the office
 * asks of every draft, who may write which type, it asks here of the author of each reviewed version; the applications' own
 * rules come after. Which type a version is of is its station's word, as it is in any draft; everything else stands in headers
 * this tier has. So nothing is opened for it but what a movement's rule reads.
 *
 * <p>Whoever gives a sentence confirms against the rules: then they themselves must have the right to write what they confirm, and
 * must be somebody else than who wrote it. What is said here of a version or its author names its type; what is said of whoever
 * reviews names nothing.
 */
final class Reviewing {

    private static final Set<CellKind> OF_A_PATIENT =
            Set.of(CellKind.IDENTITY, CellKind.DOSSIER, CellKind.STAY, CellKind.QUARTER);

    private final Registry registry;
    private final CellSource cells;
    private final List<Application> applications;

    Reviewing(Registry registry, CellSource cells, List<Application> applications) {
        this.registry = registry;
        this.cells = cells;
        this.applications = applications;
    }

    /** One version that is named, and how. */
    private record Named(ContinuityReview.Target target, boolean nonetheless) {}

    /**
     * Answers once, unless it is over before: the draft with what its reviews name, or why they may not stand; {@code UNAVAILABLE} if this
     * tier cannot tell yet. A draft that reviews nothing, and most that do, at once; else a few parts at a time, so that whoever asks
     * meanwhile is answered in between.
     *
     * @param over whether nobody waits for the answer any more
     */
    void settle(DraftView draft, Author reader, Loop loop, BooleanSupplier over, Consumer<Outcome<DraftView>> then) {
        switch (named(draft)) {
            case Outcome.Refused<List<Named>>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
            case Outcome.Done<List<Named>>(List<Named> named) -> {
                List<ResourceId> wanted =
                        named.stream().map(one -> one.target().id()).toList();
                AuthorSearch search = new AuthorSearch(cells, wanted);
                searched(search, loop, over, () -> then.accept(settled(draft, reader, named, search)));
            }
        }
    }

    private static void searched(AuthorSearch search, Loop loop, BooleanSupplier over, Runnable then) {
        if (over.getAsBoolean()) {
            return;
        }
        if (search.step()) {
            then.run();
        } else {
            loop.run(() -> searched(search, loop, over, then));
        }
    }

    /** What the reviews of a draft name, each the present version of something: only for that is anybody's entry looked for. */
    private Outcome<List<Named>> named(DraftView draft) {
        List<Named> all = new ArrayList<>();
        List<DraftItem> reviews = draft.items(ContinuityReview.TYPE).stream()
                .filter(item -> item.content().isPresent())
                .toList();
        if (reviews.size() > ContinuityReview.OF_AN_ENTRY_MAX) {
            return Outcome.refused(Refusal.at(Code.RULE, ContinuityReview.TYPE, "an entry is one review and no more"));
        }
        for (DraftItem item : reviews) {
            Optional<Refusal> wrong = review(draft, item, item.content().orElseThrow(), all);
            if (wrong.isPresent()) {
                return Outcome.refused(wrong.get());
            }
        }
        return Outcome.done(all);
    }

    private Outcome<DraftView> settled(DraftView draft, Author reader, List<Named> named, AuthorSearch search) {
        List<DraftView.Reviewed> reviewed = new ArrayList<>();
        for (Named one : named) {
            ContinuityReview.Target target = one.target();
            Optional<CellSource.Written> written = search.found(target.id());
            Optional<Refusal> wrong = written.isEmpty()
                    ? refuse(Code.UNREAD, target.type(), "too much was written since to find who wrote this")
                    : version(reader, one, written.get());
            if (wrong.isPresent()) {
                return Outcome.refused(wrong.get());
            }
            CellKind kind = cells.opening(target.id().cell()).orElseThrow().kind();
            reviewed.add(new DraftView.Reviewed(target.type(), target.id(), kind, target.version(), one.nonetheless()));
        }
        return Outcome.done(reviewed.isEmpty() ? draft : draft.reviewing(reviewed));
    }

    private Optional<Refusal> review(DraftView draft, DraftItem item, JsonValue review, List<Named> into) {
        if (item.action() != Draft.Action.CREATE) {
            return refuse(Code.RULE, item.place(""), "a review is not changed: take it back and review anew");
        }
        if (review.text("activity", "id").filter(ContinuityReview::isChance).isEmpty()) {
            return refuse(Code.RULE, item.place("activity.id"), "a review bears 128 bits of chance");
        }
        String remark = review.items("reason").stream()
                .flatMap(reason -> reason.text("text").stream())
                .findFirst()
                .orElse("");
        if (remark.length() > ContinuityReview.REMARK_MAX) {
            return refuse(Code.RULE, item.place("reason"), "the sentence of a review is too long");
        }
        NewCell own = draft.touched().get(item.id().cell());
        if (own == null || !OF_A_PATIENT.contains(own.kind())) {
            return refuse(Code.RULE, item.place("target"), "a review lies in the record of the patient it is about");
        }
        List<Named> named = new ArrayList<>();
        for (JsonValue target : review.items("target")) {
            String reference = target.text("reference").orElse("");
            Optional<ContinuityReview.Target> one = ContinuityReview.Target.of(reference);
            if (one.isPresent()) {
                named.add(new Named(one.get(), !remark.isBlank()));
            } else if (!reference.startsWith("Patient/")) {
                return refuse(Code.RULE, item.place("target"), "a review names versions of this record");
            }
        }
        if (named.isEmpty() || named.size() > ContinuityReview.TARGETS_MAX) {
            return refuse(Code.RULE, item.place("target"), "a review names between one version and a hundred");
        }
        into.addAll(named);
        return present(own.subject(), item, named);
    }

    /** Whether each is of this patient, and the present version: one look each. */
    private Optional<Refusal> present(CellId subject, DraftItem item, List<Named> named) {
        for (Named one : named) {
            ContinuityReview.Target target = one.target();
            Optional<NewCell> opening = cells.opening(target.id().cell());
            if (opening.isEmpty()) {
                return refuse(Code.UNAVAILABLE, "", "the review names a cell application does not know yet");
            }
            if (!OF_A_PATIENT.contains(opening.get().kind())
                    || !opening.get().subject().equals(subject)) {
                return refuse(
                        Code.RULE, item.place("target"), "a review speaks of the patient in whose record it lies");
            }
            long version = cells.version(target.id());
            if (version < target.version()) {
                return refuse(Code.UNAVAILABLE, "", "the review names a version application does not know yet");
            }
            if (version > target.version()) {
                return changedSince(target.type());
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> changedSince(String type) {
        return refuse(Code.RULE, type, "this was changed since: look at it as it stands now");
    }

    private Optional<Refusal> version(Author reader, Named named, CellSource.Written written) {
        String type = named.target().type();
        if (written.version() != named.target().version()) {
            return changedSince(type);
        }
        if (!written.continuity()) {
            return refuse(Code.RULE, type, "this was approved when it was written: there is nothing to review");
        }
        return named.nonetheless()
                ? confirmer(reader, type, written)
                : author(type, written).or(() -> identity(type, written)).or(() -> answered(named, written));
    }

    /** Against the rules a second pair of eyes confirms: whoever might write it, and did not. */
    private Optional<Refusal> confirmer(Author reader, String type, CellSource.Written written) {
        if (!Roles.may(reader, type, written.action())) {
            return refuse(Code.ROLE_MISSING, type, "only who may write this confirms it against a rule");
        }
        boolean own = registry.session(written.session())
                .map(Session::badge)
                .or(() -> cells.badge(written.session()))
                .filter(reader.badge()::equals)
                .isPresent();
        return own
                ? refuse(
                        Code.NOT_ALLOWED,
                        type,
                        "whoever wrote this does not confirm it against a rule: a colleague does")
                : Optional.empty();
    }

    /** What the office asks of any author, asked late. */
    private Optional<Refusal> author(String type, CellSource.Written written) {
        Optional<Session> session = registry.session(written.session());
        if (session.isEmpty()) {
            // A registry remembers sessions for so long after their end; what they wrote stands longer.
            return refuse(Code.SESSION_UNKNOWN, type, "the session it was written in is not known any more");
        }
        if (registry.isCut(session.get().id())
                || registry.isCut(session.get().badge())
                || registry.isCut(session.get().station())) {
            return refuse(Code.CUT, type, "the session, station or badge that wrote it was cut");
        }
        return Roles.may(Author.of(session.get()), type, written.action())
                ? Optional.empty()
                : refuse(Code.ROLE_MISSING, type, "none of its author's roles may write a resource of this type");
    }

    /** A record that is gone may have been merged into another, which nobody sees here. */
    private static Optional<Refusal> identity(String type, CellSource.Written written) {
        return type.equals("Patient") && written.action() == Draft.Action.DELETE
                ? refuse(Code.UNREAD, type, "no rule sees what became of a patient whose record was taken back")
                : Optional.empty();
    }

    private Optional<Refusal> answered(Named named, CellSource.Written written) {
        DraftItem item =
                new DraftItem(0, named.target().id(), named.target().type(), written.action(), 0, Optional.empty());
        List<Application> concerned =
                applications.stream().filter(one -> one.concerns(item)).toList();
        if (concerned.isEmpty()) {
            return refuse(Code.NOT_SUPPORTED, item.type(), "no application answers for this type");
        }
        return concerned.stream()
                .filter(one -> registry.isCut(Statement.Target.subjectOfApplication(one.name())))
                .findFirst()
                .map(one -> Refusal.of(Code.CUT, "the application " + one.name() + " is closed"));
    }

    private static Optional<Refusal> refuse(Code code, String place, String sentence) {
        return Optional.of(Refusal.at(code, place, sentence));
    }
}
