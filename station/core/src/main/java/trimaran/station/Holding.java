package trimaran.station;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Registry;

/** Asks two tiers to hold an entry that no quorum covered in time; their two signed statements acknowledge it. */
final class Holding {

    /** How the courier waits before a step is tried once more. */
    interface Retry {
        void later(Submission submission, Runnable step);
    }

    private final StationSetting setting;
    private final TierTable tiers;
    private final Registry registry;
    private final Predicate<Submission> waits;
    private final Retry retry;
    private final Consumer<Submission> letOthersOn;
    /** Whether an entry waited for data in vain, and no quorum has covered any since. */
    private boolean inVain;

    /**
     * @param waits whether something has to be held or placed before it
     * @param letOthersOn hears of what two tiers hold: what waited for that may go on
     */
    Holding(
            StationSetting setting,
            TierTable tiers,
            Registry registry,
            Predicate<Submission> waits,
            Retry retry,
            Consumer<Submission> letOthersOn) {
        this.setting = setting;
        this.tiers = tiers;
        this.registry = registry;
        this.waits = waits;
        this.retry = retry;
        this.letOthersOn = letOthersOn;
    }

    /**
     * Leaves an entry to data for as long as data is waited for: not at all where it is down, and for a moment only where it was last
     * waited for in vain. Each entry waiting its two seconds anew, a ward stood still for five.
     */
    void begin(Submission submission) {
        submission.holdDue = !tiers.line(Party.DATA).isUp();
        boolean soon = inVain && !submission.entry().isLarge();
        setting.loop().after(soon ? StationLimits.HOLD_SOON_MILLIS : StationLimits.HOLD_AFTER_MILLIS, () -> {
            if (soon
                    && !submission.holdDue
                    && !submission.gaveData(StationLimits.HOLD_SOON_MILLIS / 2, setting.loop())) {
                // Its approval came late, or what it leans on: it is data's turn first.
                setting.loop()
                        .after(StationLimits.HOLD_AFTER_MILLIS - StationLimits.HOLD_SOON_MILLIS, () -> due(submission));
                return;
            }
            inVain |= !soon && submission.isOwedItsCover(setting.loop());
            due(submission);
        });
    }

    private void due(Submission submission) {
        submission.holdDue = true;
        hold(submission);
    }

    /** A quorum covers entries: data is waited for again. */
    void covered() {
        inVain = false;
    }

    /**
     * Goes on with holding, if it is due and not done: one tier after the other is asked, and the next at once where that one is late.
     * Whoever answers counts. What changes something that waits here, too, waits for that, since data places what it hears is held.
     */
    void hold(Submission submission) {
        if (submission.finished
                || submission.heldAcknowledged
                || submission.isHoldFresh(setting.loop())
                || !submission.holdDue
                || submission.header().isEmpty()
                || waits.test(submission)) {
            return;
        }
        Header header = submission.header().get();
        next(submission).ifPresentOrElse(line -> ask(submission, header, line), () -> {
            if (submission.holding().isEmpty()) {
                later(submission);
            }
        });
    }

    /** Whoever has not said no yet, and else who did so longest ago. */
    private Optional<TierLine> next(Submission submission) {
        return tiers.holders().stream()
                .filter(line -> !submission.holders().contains(line.tier())
                        && !submission.holding().containsKey(line.tier()))
                .min(Comparator.comparingInt(line -> submission.declined().indexOf(line.tier())));
    }

    private void ask(Submission submission, Header header, TierLine line) {
        submission.holding().put(line.tier(), setting.loop().monotonicNanos());
        setting.loop().after(StationLimits.ASK_NEXT_MILLIS, () -> {
            if (submission.holding().containsKey(line.tier())) {
                hold(submission);
            }
        });
        holdAt(submission, header, line);
    }

    /** One such wait at a time: whoever comes by meanwhile adds none. */
    private void later(Submission submission) {
        if (!submission.holdsLater && !submission.heldAcknowledged) {
            submission.holdsLater = true;
            retry.later(submission, () -> {
                submission.holdsLater = false;
                hold(submission);
            });
        }
    }

    private void holdAt(Submission submission, Header header, TierLine line) {
        submission.mayHold().add(line.tier());
        submission.staging(line).bring(header, submission.entry(), outcome -> {
            switch (outcome) {
                case Outcome.Refused<SealedEntry>(Refusal refusal) -> notHeld(submission, line, refusal);
                case Outcome.Done<SealedEntry>(SealedEntry sealed) ->
                    line.ask(
                            new Request.Hold(sealed),
                            Response.HeldAnswer.class,
                            StationLimits.APPEND_MILLIS,
                            answer -> {
                                switch (answer) {
                                    case Outcome.Refused<Response.HeldAnswer>(Refusal refusal) ->
                                        notHeld(submission, line, refusal);
                                    case Outcome.Done<Response.HeldAnswer>(Response.HeldAnswer(Held held)) ->
                                        held(submission, header, line, held);
                                }
                            });
            }
        });
    }

    private void held(Submission submission, Header header, TierLine line, Held held) {
        submission.holding().remove(line.tier());
        boolean good = held.tier() == line.tier()
                && held.entry().equals(submission.digest())
                && registry.partyAt(held.tier(), held.epoch())
                        .filter(keys -> setting.verifier()
                                .verify(keys.statements(), held.signedBytes(registry.origin()), held.signature()))
                        .isPresent();
        if (!good) {
            setting.events().accept(new StationEvent.BadSignature(line.tier(), submission.digest()));
            notHeld(submission, line, Refusal.of(Code.BAD_SIGNATURE, "a held statement its tier did not sign"));
            return;
        }
        if (submission.finished || submission.heldAcknowledged) {
            return;
        }
        submission.hears(held, setting.loop());
        if (submission.holders().size() < 2) {
            hold(submission);
        } else {
            submission.heldAcknowledged = true;
            // First: whoever brings it for another is done with it once that hears of it.
            tell(submission);
            submission.fate().held(header, submission.words());
            letOthersOn.accept(submission);
        }
    }

    /** Has each of the two that hold it know of the other: one that lies could deny it, and the other would let go of it. */
    void tell(Submission submission) {
        if (submission.finished || !submission.heldAcknowledged) {
            return;
        }
        for (Held word : submission.words()) {
            submission.holders().stream()
                    .filter(holder ->
                            holder != word.tier() && !submission.told().contains(holder))
                    .map(tiers::line)
                    .filter(TierLine::isUp)
                    .toList()
                    .forEach(line -> tell(submission, line, word));
        }
    }

    private void tell(Submission submission, TierLine line, Held word) {
        submission.told().add(line.tier());
        line.ask(new Request.TellHeld(word), Response.Done.class, answer -> {
            if (answer instanceof Outcome.Refused<Response.Done>(Refusal refusal) && !submission.finished) {
                submission.told().remove(line.tier());
                if (refusal.code() == Code.NOT_FOUND) {
                    submission.header().ifPresent(header -> holdAt(submission, header, line));
                }
                tellLater(submission);
            }
        });
    }

    private void tellLater(Submission submission) {
        if (!submission.tellsLater) {
            submission.tellsLater = true;
            retry.later(submission, () -> {
                submission.tellsLater = false;
                tell(submission);
            });
        }
    }

    private void notHeld(Submission submission, TierLine line, Refusal refusal) {
        submission.holding().remove(line.tier());
        submission.lastReason = refusal;
        if (!Approvals.isPassing(refusal.code())) {
            submission.mayHold().remove(line.tier());
            submission.holdsNot().add(line.tier());
        }
        submission.forgetStaging(line.tier());
        submission.declined().remove(line.tier());
        submission.declined().add(line.tier());
        if (next(submission)
                .filter(one -> !submission.declined().contains(one.tier()))
                .isPresent()) {
            hold(submission);
        } else {
            later(submission);
        }
    }

    /**
     * Whether an acknowledged entry whose void place a quorum covers is given up for this reason. What leans on something still
     * held may yet be placed: data may have been hasty.
     */
    static boolean isLost(Code code, boolean somethingHeld) {
        return switch (code) {
            case CUT, SESSION_ENDED, BAD_SIGNATURE, MALFORMED, WRONG_ORIGIN, CELL_EXISTS -> true;
            case SESSION_UNKNOWN, BAD_REFERENCE, NOT_SIGNED_IN, NOT_ALLOWED -> !somethingHeld;
            default -> false;
        };
    }

    /** What held entries are placed with all the same, in conflict where need be (DESIGN §5 Validity). */
    static boolean forgives(Code code) {
        return switch (code) {
            case VERSION_CONFLICT, DUPLICATE, PREMISE_MOVED, APPROVAL_EXPIRED, SESSION_ENDED -> true;
            default -> false;
        };
    }
}
