package trimaran.station;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.EntryKind;
import trimaran.record.Ground;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Verdict;

/**
 * Carries every entry of the outbox into the record: approval, submission to data, and where data does not answer in time
 * two held statements. Goes on by itself through falls and restarts until a quorum covers the entry or it is refused for
 * good.
 */
final class Courier {

    private final StationSetting setting;
    private final Outbox outbox;
    private final TierTable tiers;
    private final Registry registry;
    private final Ground ground;
    private final Approvals approvals;
    private final Holding holding;
    private final Refusing refusing;
    private final DraftBox drafts;
    private final Function<Digest, Optional<OwnSession>> sessions;
    private final HeadWatch watch;
    private final StagedElsewhere staged;
    private final Map<Digest, Submission> submissions = new LinkedHashMap<>();
    private final Map<Digest, Submission> byNonce = new HashMap<>();
    private final Leaning leaning;

    /**
     * @param watch names the entries some tier holds that have no place, and the tiers' time
     * @param sessions the session under which drafts of an author's session are filed: itself, else the station's own
     */
    Courier(
            StationSetting setting,
            Outbox outbox,
            TierTable tiers,
            Registry registry,
            DraftBox drafts,
            Function<Digest, Optional<OwnSession>> sessions,
            HeadWatch watch) {
        this.setting = setting;
        this.outbox = outbox;
        this.tiers = tiers;
        this.registry = registry;
        this.ground = new Ground(registry, setting.verifier());
        this.drafts = drafts;
        this.leaning = new Leaning(drafts);
        this.sessions = sessions;
        this.watch = watch;
        this.staged = new StagedElsewhere(setting.loop(), tiers);
        this.approvals = new Approvals(setting.loop(), tiers);
        this.refusing = new Refusing(setting, outbox, tiers, registry);
        this.holding = new Holding(setting, tiers, registry, leaning::isUnheld, this::again, this::letOthersOn);
    }

    /** Goes on with what an earlier life of this process left, and tells what becomes of it. */
    void resume(Function<StoredEntry, Submission.Fate> fates) {
        for (StoredEntry entry : outbox.entries()) {
            begin(Submission.resumed(
                    entry,
                    Refusing.author(entry),
                    fates.apply(entry),
                    setting.loop().monotonicNanos()));
        }
    }

    /** Takes an entry over once the outbox holds it. */
    void begin(Submission submission) {
        submissions.put(submission.digest(), submission);
        byNonce.put(submission.author().nonce(), submission);
        leaning.begin(submission);
        holding.begin(submission);
        // Where nobody has been reached for a while nobody is waited for.
        setting.loop().after(tiers.isAlone() ? 0 : StationLimits.PATIENCE_MILLIS, () -> {
            if (!submission.finished && !submission.heldAcknowledged) {
                submission.promised = true;
                submission.fate().waiting(submission.lastReason);
            }
        });
        sanction(submission);
    }

    /** An entry of this station's own under way, if it is one. */
    Optional<Submission> underWay(Digest entry) {
        return Optional.ofNullable(submissions.get(entry));
    }

    Leaning leaning() {
        return leaning;
    }

    /** A tier is back: whatever waited for it goes on. */
    void up(Party tier) {
        for (Submission submission : List.copyOf(submissions.values())) {
            submission.forgetStaging(tier);
            submission.approvals = tier == Party.APPLICATION ? 0 : submission.approvals;
            sanction(submission);
            if (tier == Party.DATA) {
                // It may have been rebuilt meanwhile: what it said before it fell is asked again.
                submission.appending = false;
                submission.placedSaid = false;
                append(submission);
            }
            holding.hold(submission);
            holding.tell(submission);
        }
    }

    void down(Party tier) {
        for (Submission submission : List.copyOf(submissions.values())) {
            submission.forgetWord(tier);
            if (tier == Party.DATA) {
                submission.unreached();
                holding.hold(submission);
            }
        }
    }

    private void sanction(Submission submission) {
        if (submission.finished || submission.sanctioning || submission.header().isPresent()) {
            return;
        }
        if (submission.author().kind() == EntryKind.REGISTRY) {
            submission.sanctioned(new Sanction.OwnSignatures());
            go(submission);
            return;
        }
        if (submission.author().kind() == EntryKind.CONTINUITY) {
            submission.sanctioned(new Sanction.Unanswered(0));
            go(submission);
            return;
        }
        Optional<OwnSession> session = sessions.apply(submission.author().session());
        Optional<Draft> draft = submission.draft().or(() -> drafts.open(submission.entry()));
        if (draft.isEmpty() && submission.promised && !submission.author().mayContinue()) {
            refuse(submission, Refusal.of(Code.APPROVAL_EXPIRED, "what application would be shown of it is not here"));
            return;
        }
        if (session.isEmpty() || draft.isEmpty()) {
            silent(submission, Refusal.of(Code.SESSION_ENDED, "nobody here may ask for the approval"));
            return;
        }
        submission.sanctioning = true;
        approvals.ask(submission, session.get(), draft.get(), answer -> {
            submission.sanctioning = false;
            if (submission.finished || submission.header().isPresent()) {
                return;
            }
            switch (answer) {
                case Approvals.Answer.Yes(Sanction.Approved approved) -> {
                    submission.approvals++;
                    submission.sanctioned(approved);
                    go(submission);
                }
                case Approvals.Answer.Silent(Refusal reason) -> silent(submission, reason);
                case Approvals.Answer.No no -> denied(submission, no, draft.get());
            }
        });
    }

    private void silent(Submission submission, Refusal reason) {
        submission.lastReason = reason;
        long waitedMillis = (setting.loop().monotonicNanos() - submission.startedNanos()) / 1_000_000;
        boolean listens = tiers.line(Party.APPLICATION).isUp() && reason.code() != Code.TOO_SLOW;
        if (listens && waitedMillis < StationLimits.APPROVE_MILLIS) {
            // It has not heard of the session or the cell yet: a moment's matter, not silence.
            setting.loop().after(StationLimits.ASK_AGAIN_MILLIS, () -> sanction(submission));
        } else if (submission.author().mayContinue()) {
            submission.sanctioned(new Sanction.Unanswered(Math.min(waitedMillis, 0xffff_ffffL)));
            go(submission);
        } else {
            again(submission, () -> sanction(submission));
        }
    }

    private void denied(Submission submission, Approvals.Answer.No no, Draft draft) {
        if (submission.heldAcknowledged || !submission.mayHold().isEmpty()) {
            submission.sanctionedAsBefore();
            holdOn(submission, no.refusal());
        } else {
            Approvals.nonetheless(submission, no, draft)
                    .ifPresentOrElse(
                            sanction -> {
                                submission.sanctioned(sanction);
                                go(submission);
                            },
                            () -> refuse(submission, no.refusal()));
        }
    }

    private void go(Submission submission) {
        append(submission);
        holding.hold(submission);
    }

    private void append(Submission submission) {
        Optional<Header> header = submission.header();
        TierLine data = tiers.line(Party.DATA);
        if (submission.finished
                || submission.appending
                || submission.placedSaid
                || header.isEmpty()
                || !data.isUp()
                || leaning.waits(submission)) {
            return;
        }
        submission.asks(setting.loop());
        // What is large lies at the others, too, before it has its place: then nobody who comes after waits for its
        // copying.
        staged.elsewhere(submission, header.get(), () -> {
            if (submission.finished) {
                submission.appending = false;
            } else {
                bring(submission, data, header.get());
            }
        });
    }

    private void bring(Submission submission, TierLine data, Header header) {
        submission.staging(data).bring(header, submission.entry(), outcome -> {
            switch (outcome) {
                case Outcome.Refused<SealedEntry>(Refusal refusal) -> notPlaced(submission, refusal);
                case Outcome.Done<SealedEntry>(SealedEntry sealed) ->
                    data.ask(new Request.Append(sealed), Response.Placed.class, StationLimits.APPEND_MILLIS, answer -> {
                        switch (answer) {
                            case Outcome.Done<Response.Placed> placed -> {
                                submission.appending = false;
                                submission.placedSaid = true;
                                submission.failures = 0;
                                letOthersOn(submission);
                            }
                            case Outcome.Refused<Response.Placed>(Refusal refusal) -> notPlaced(submission, refusal);
                        }
                    });
            }
        });
    }

    private void letOthersOn(Submission ground) {
        leaning.on(ground).forEach(this::go);
    }

    private void notPlaced(Submission submission, Refusal refusal) {
        submission.appending = false;
        submission.notPlaced(refusal);
        if (submission.finished) {
            return;
        }
        if (refusal.code() == Code.DUPLICATE && !submission.claimsUniqueness()) {
            // It has its place already; the feed brings it.
            submission.placedSaid = true;
            letOthersOn(submission);
        } else if (refusal.code() == Code.BAD_SIGNATURE && Approvals.isNone(submission, ground, setting.events())) {
            // Before anything is made of the refusal: another ground is to be had, and what was acknowledged needs one.
            freshApproval(submission, refusal);
        } else if (submission.voided
                && Holding.isLost(refusal.code(), !watch.held().isEmpty())) {
            refuse(submission, refusal);
        } else if (submission.heldAcknowledged
                || Approvals.isPassing(refusal.code())
                || submission.beginsAfter(watch.newestMillis(), refusal.code())
                || (refusal.code() == Code.BAD_REFERENCE
                        && (submission.isBeyondRecall() || !leaning.isLost(submission))
                        && (!watch.held().isEmpty() || submission.mayLean(setting.loop())))) {
            // What it leans on may only be held yet: data places the held set soon.
            submission.forgetStaging(Party.DATA);
            again(submission, () -> append(submission));
        } else if (refusal.code() == Code.PREMISE_MOVED || refusal.code() == Code.APPROVAL_EXPIRED) {
            freshApproval(submission, refusal);
        } else if (submission.outlives(refusal.code()) || submission.isWorthHolding(refusal.code())) {
            holdOn(submission, refusal);
        } else {
            refuse(submission, refusal);
        }
    }

    /** Goes on until two tiers hold it: then its author is told, and its place says whether it is in conflict. */
    private void holdOn(Submission submission, Refusal refusal) {
        submission.lastReason = refusal;
        submission.holdDue = true;
        holding.hold(submission);
        again(submission, () -> append(submission));
    }

    private void freshApproval(Submission submission, Refusal refusal) {
        if (submission.approvals >= StationLimits.APPROVALS_MAX) {
            if (submission.isBeyondRecall()) {
                holdOn(submission, refusal);
            } else {
                refuse(submission, refusal);
            }
            return;
        }
        submission.unsanctioned();
        sanction(submission);
    }

    private void again(Submission submission, Runnable step) {
        submission.failures++;
        long wait = Math.min(
                StationLimits.RETRY_MAX_MILLIS,
                StationLimits.RETRY_MIN_MILLIS << Math.min(10, submission.failures - 1));
        setting.loop().after(wait, () -> {
            if (!submission.finished) {
                step.run();
            }
        });
    }

    /** The feed tells of a covered entry, which the leaf's nonce names; false if it is none of this station's under way. */
    boolean covered(long index, Push.MovedEntry moved) {
        holding.covered();
        Submission submission = byNonce.get(moved.nonce());
        if (submission == null) {
            return refusing.covered(index, moved);
        }
        try {
            Place place = Place.decode(moved.place());
            Optional<Header> sent = submission.variantOf(moved.leaf(), moved.place());
            if (sent.isPresent()) {
                placed(submission, sent.get(), place);
            } else {
                new PlacedHeader(setting, tiers, submission, index, moved, this::placed).fetch();
            }
        } catch (MalformedException malformed) {
            new PlacedHeader(setting, tiers, submission, index, moved, this::placed).fetch();
        }
        return true;
    }

    private void placed(Submission submission, Header header, Place place) {
        if (submission.finished || place.verdict() == Verdict.VOID) {
            // Under a false header a fallen data can place anything void: who holds it in truth has it placed yet.
            submission.voided |= !place.held().isEmpty()
                    && ground.untrue(header, registry::session).isEmpty();
            return;
        }
        end(submission);
        outbox.leave(submission.digest());
        if (place.verdict() == Verdict.CONFLICT) {
            setting.events().accept(new StationEvent.PlacedInConflict(submission.digest()));
        }
        submission.fate().placed(header, place);
        letOthersOn(submission);
    }

    private void refuse(Submission submission, Refusal refusal) {
        boolean owed = submission.isOwed() || submission.opensPromisedSession();
        if (owed && !submission.voided && watch.held().contains(submission.digest())) {
            // An earlier life had a tier hold it: it gets its place whatever is said of it now.
            submission.lastReason = refusal;
            again(submission, () -> {
                sanction(submission);
                append(submission);
            });
            return;
        }
        if (submission.opensPromisedSession()) {
            // First what was signed under it: no crash in between leaves that waiting for a session nobody will know.
            leaning.on(submission).forEach(one -> refuse(one, refusal));
        }
        end(submission);
        refusing.refuse(submission, refusal);
        letOthersOn(submission);
    }

    private void end(Submission submission) {
        submission.finished = true;
        submissions.remove(submission.digest());
        byNonce.remove(submission.author().nonce());
        leaning.end(submission);
    }
}
