package trimaran.station;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Ground;
import trimaran.record.Header;
import trimaran.record.Sanction;
import trimaran.record.SignedRefusal;

/** Asks application whether an entry may be, after another tier has ledgered what it will be shown. */
final class Approvals {

    /** What application said. */
    sealed interface Answer {
        record Yes(Sanction.Approved sanction) implements Answer {}

        /** @param signed its signed word, or null if it refused to look at all */
        record No(@org.jspecify.annotations.Nullable SignedRefusal signed, Refusal refusal) implements Answer {}

        record Silent(Refusal reason) implements Answer {}
    }

    private static final Set<String> CARE_GIVEN =
            Set.of("Observation", "MedicationAdministration", "Communication", "AllergyIntolerance");

    private static final Answer NOBODY = silent("no tier is reached that could ledger what application is shown");

    private final Loop loop;
    private final TierTable tiers;

    Approvals(Loop loop, TierTable tiers) {
        this.loop = loop;
        this.tiers = tiers;
    }

    void ask(Submission submission, OwnSession session, Draft draft, Consumer<Answer> then) {
        if (!tiers.line(Party.APPLICATION).isUp()) {
            then.accept(silent("application is not reached"));
            return;
        }
        Request.FileDraft request = new Request.FileDraft(
                submission.digest(),
                draft.digest(),
                draft.shown(submission.author().newCells()),
                draft.reads());
        new Filing(submission, session, draft, request, then).next();
    }

    /** Files a draft with one tier, and with the next where that one says no, or is late: the first receipt counts. */
    private final class Filing {
        private final Submission submission;
        private final OwnSession session;
        private final Draft draft;
        private final Request.FileDraft request;
        private final Consumer<Answer> then;
        private final ArrayDeque<TierLine> ledgers = new ArrayDeque<>(tiers.ledgers());
        private int asked;
        private boolean approving;
        private Answer last = NOBODY;

        Filing(
                Submission submission,
                OwnSession session,
                Draft draft,
                Request.FileDraft request,
                Consumer<Answer> then) {
            this.submission = submission;
            this.session = session;
            this.draft = draft;
            this.request = request;
            this.then = then;
        }

        void next() {
            TierLine line = ledgers.poll();
            if (line == null) {
                if (asked == 0) {
                    then.accept(last);
                }
                return;
            }
            asked++;
            Loop.Timer patience = loop.after(StationLimits.ASK_NEXT_MILLIS, () -> {
                if (!approving && !ledgers.isEmpty()) {
                    next();
                }
            });
            line.ask(session, request, Response.Filed.class, StationLimits.APPROVE_MILLIS, outcome -> {
                asked--;
                patience.cancel();
                if (!approving) {
                    filed(outcome);
                }
            });
        }

        private void filed(Outcome<Response.Filed> outcome) {
            switch (outcome) {
                case Outcome.Done<Response.Filed>(Response.Filed(Receipt receipt)) -> {
                    approving = true;
                    approve(submission, draft, receipt, this::answered);
                }
                case Outcome.Refused<Response.Filed>(Refusal refusal) -> {
                    // One tier's no is not two tiers' no: the next is asked, whatever the reason.
                    last = isPassing(refusal.code()) ? NOBODY : new Answer.No(null, refusal);
                    next();
                }
            }
        }

        /** With the shares of the next tier it may be readable: one that lies must not stop anybody. */
        private void answered(Answer answer) {
            if (isUnread(answer) && (!ledgers.isEmpty() || asked > 0)) {
                approving = false;
                last = answer;
                next();
            } else {
                then.accept(answer);
            }
        }
    }

    private void approve(Submission submission, Draft draft, Receipt receipt, Consumer<Answer> then) {
        Bytes author = submission.entry().author();
        Bytes shown = draft.encode();
        if (author.size() <= StationLimits.APPROVE_BYTES_MAX && shown.size() <= MessageLimits.DRAFT_BYTES_MAX) {
            Request request = new Request.Approve(author, submission.entry().signature(), draft, receipt);
            // What nobody may write down without application waits for it a while longer than what goes on without it.
            boolean goesOn = submission.author().mayContinue();
            decide(request, goesOn ? StationLimits.APPROVE_MILLIS : StationLimits.CALL_MILLIS, then);
            return;
        }
        show(author, first -> {
            if (first instanceof Outcome.Refused<Digest>(Refusal refusal)) {
                then.accept(unapproved(refusal));
                return;
            }
            show(shown, second -> {
                switch (second) {
                    case Outcome.Refused<Digest>(Refusal refusal) -> then.accept(unapproved(refusal));
                    case Outcome.Done<Digest>(Digest digest) ->
                        decide(
                                new Request.ApproveShown(
                                        Digest.sha256(author),
                                        submission.entry().signature(),
                                        digest,
                                        receipt),
                                StationLimits.APPROVE_LARGE_MILLIS,
                                then);
                }
            });
        });
    }

    /** Brings what does not fit a request to application beforehand. */
    private void show(Bytes whole, Consumer<Outcome<Digest>> then) {
        Digest digest = Digest.sha256(whole);
        Pieces.send(
                tiers.line(Party.APPLICATION),
                whole,
                (offset, piece) -> new Request.Show(digest, whole.size(), offset, piece),
                outcome -> then.accept(outcome.map(done -> digest)));
    }

    /**
     * On what ground an entry goes on against application's no: where its author insists, or where it was promised and tells of what
     * was seen, said or given, which nobody can undo: the no goes into the record with it. What is only wanted, an order or a
     * movement, waits for a person. A no nobody signed is none: whoever refused to look keeps nobody from going on without.
     */
    static Optional<Sanction> nonetheless(Submission submission, Answer.No no, Draft draft) {
        if (!submission.author().mayContinue()) {
            return Optional.empty();
        }
        SignedRefusal signed = no.signed();
        if (signed == null) {
            boolean goesOn = submission.promised || submission.overrule() || isUnread(no);
            return goesOn ? Optional.of(new Sanction.Unanswered(0)) : Optional.empty();
        }
        boolean given = draft.items().stream().allMatch(item -> CARE_GIVEN.contains(item.type()));
        boolean owed = submission.promised && given && no.refusal().code() != Code.ROLE_MISSING;
        return submission.overrule() || owed ? Optional.of(new Sanction.Overruled(signed)) : Optional.empty();
    }

    /** Application cannot read what its rule needs, and never will: whoever may goes on without it, and others are told. */
    private static boolean isUnread(Answer answer) {
        return answer instanceof Answer.No(var signed, Refusal refusal)
                && signed == null
                && refusal.code() == Code.UNREAD;
    }

    private static Answer unapproved(Refusal refusal) {
        return isPassing(refusal.code()) ? new Answer.Silent(refusal) : new Answer.No(null, refusal);
    }

    private void decide(Request request, long millis, Consumer<Answer> then) {
        tiers.line(Party.APPLICATION).ask(request, Response.class, millis, outcome -> {
            switch (outcome) {
                case Outcome.Done<Response>(Response.Approved(var approval)) ->
                    then.accept(new Answer.Yes(new Sanction.Approved(approval)));
                case Outcome.Done<Response>(Response.Denied denied) ->
                    then.accept(new Answer.No(
                            denied.refusal(), new Refusal(denied.code(), denied.sentence(), denied.place())));
                case Outcome.Done<Response> other -> then.accept(silent("application answered something else"));
                case Outcome.Refused<Response>(Refusal refusal) -> then.accept(unapproved(refusal));
            }
        });
    }

    private static Answer.Silent silent(String why) {
        return new Answer.Silent(Refusal.of(Code.UNAVAILABLE, why));
    }

    /** Whether a refusal says "not now" and not "no". */
    static boolean isPassing(Code code) {
        return switch (code) {
            case UNAVAILABLE, STALE, BUSY, NOT_HELD, BROKEN, SESSION_UNKNOWN, UNKNOWN_ENTRY, DISK_FULL, TOO_SLOW ->
                true;
            default -> false;
        };
    }

    /**
     * Whether what a submission was approved by counts for nothing. Looked at only once data refused it: an approval acknowledges nothing,
     * so a false one costs a round. One of an application that was replaced is no lie.
     */
    static boolean isNone(Submission submission, Ground ground, Consumer<StationEvent> events) {
        Optional<Header> approved =
                submission.header().filter(header -> header.sanction() instanceof Sanction.Approved);
        if (approved.flatMap(header -> ground.refusal(header, true)).isPresent()) {
            events.accept(new StationEvent.BadSignature(Party.APPLICATION, submission.digest()));
        }
        return approved.flatMap(header -> ground.refusal(header, false)).isPresent();
    }
}
