package trimaran.station;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Sanction;

/** Brings one entry of another station to data, or to two tiers to be held. The answer is its place; none if two tiers hold it. */
final class BuddyErrand {

    private final Inside inside;
    private final StationSetting setting;

    /** Two tiers hold it: data places it, sooner or later. */
    private final Set<Digest> held = new HashSet<>();

    /** What a tier may hold: that one is not brought it again, and its word counts once there is another. */
    private final Map<Digest, Submission> begun = new HashMap<>();

    BuddyErrand(Inside inside) {
        this.inside = inside;
        this.setting = inside.setting();
    }

    void only(Set<Digest> due) {
        held.retainAll(due);
        begun.keySet().retainAll(due);
    }

    boolean isHeld(Digest entry) {
        return held.contains(entry);
    }

    static AuthorPart author(StoredEntry entry) {
        try {
            return AuthorPart.decode(entry.author());
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry that was read when it came cannot be read", broken);
        }
    }

    /** Nobody here may ask application about it, since only its own station can show it what it is. */
    static boolean needsApproval(AuthorPart author) {
        return author.kind() != EntryKind.REGISTRY && author.kind() != EntryKind.CONTINUITY && !author.mayContinue();
    }

    private Submission submission(Digest digest, StoredEntry entry, AuthorPart author) {
        Submission before = begun.get(digest);
        if (before != null) {
            before.finished = false;
            before.holdsLater = false;
            before.holdsNot().clear();
            Party.TIERS.forEach(before::forgetStaging);
            return before;
        }
        long now = setting.loop().monotonicNanos();
        Submission submission = new Submission(entry, author, digest, Optional.empty(), false, new Fates(), now);
        submission.promised = true;
        submission.sanctioned(
                author.kind() == EntryKind.REGISTRY ? new Sanction.OwnSignatures() : new Sanction.Unanswered(0));
        return submission;
    }

    /**
     * Asks data. One that needs an approval gets no place so, but is told the one it has.
     *
     * @param again whether data said no before: then a no that would pass does not keep it from the others for ever
     * @param late whether it was waited for long enough that what it leans on comes
     */
    void append(
            Digest digest, StoredEntry entry, boolean again, boolean late, Consumer<Outcome<Optional<Place>>> then) {
        Submission submission = submission(digest, entry, author(entry));
        TierLine data = inside.tiers().line(Party.DATA);
        Header header = submission.header().orElseThrow();
        Consumer<Refusal> no = refusal -> notPlaced(submission, refusal, again, late, then);
        submission.staging(data).bring(header, entry, staged -> {
            switch (staged) {
                case Outcome.Refused<SealedEntry>(Refusal refusal) -> no.accept(refusal);
                case Outcome.Done<SealedEntry>(SealedEntry sealed) ->
                    data.ask(new Request.Append(sealed), Response.Placed.class, StationLimits.APPEND_MILLIS, answer -> {
                        switch (answer) {
                            case Outcome.Done<Response.Placed>(Response.Placed(Bytes place)) ->
                                then.accept(placed(place));
                            case Outcome.Refused<Response.Placed>(Refusal refusal) -> no.accept(refusal);
                        }
                    });
            }
        });
    }

    private static Outcome<Optional<Place>> placed(Bytes place) {
        try {
            return Outcome.done(Optional.of(Place.decode(place)));
        } catch (MalformedException foreign) {
            return Outcome.refused(Code.MALFORMED, "data's answer cannot be read");
        }
    }

    /**
     * What came in between costs it nothing: two tiers hold it, and it is placed in conflict, which a person sees. Data's no alone
     * gives up nothing. What somebody else made meanwhile under its number is not made once more.
     */
    private void notPlaced(
            Submission submission,
            Refusal refusal,
            boolean again,
            boolean late,
            Consumer<Outcome<Optional<Place>>> then) {
        Code code = refusal.code();
        boolean passing = Approvals.isPassing(code);
        if (needsApproval(submission.author())) {
            then.accept(Outcome.refused(passing && !again ? refusal : unapproved()));
            return;
        }
        boolean unreached = code == Code.UNAVAILABLE || code == Code.TOO_SLOW;
        boolean due = passing
                ? unreached || again
                : submission.outlives(code)
                        || (submission.isWorthHolding(code) && (code != Code.BAD_REFERENCE || late));
        if (due && !held.contains(submission.digest())) {
            hold(submission, then);
        } else {
            then.accept(Outcome.refused(refusal));
        }
    }

    static Refusal unapproved() {
        return Refusal.of(Code.RULE, "this needs an approval for which its own station must ask");
    }

    void hold(Digest digest, StoredEntry entry, Consumer<Outcome<Optional<Place>>> then) {
        if (held.contains(digest)) {
            then.accept(Outcome.done(Optional.empty()));
        } else {
            hold(submission(digest, entry, author(entry)), then);
        }
    }

    private void hold(Submission submission, Consumer<Outcome<Optional<Place>>> then) {
        Digest digest = submission.digest();
        boolean[] told = {false};
        Consumer<Outcome<Optional<Place>>> once = outcome -> {
            if (!told[0]) {
                told[0] = true;
                submission.finished = true;
                if (outcome.isDone()) {
                    held.add(digest);
                }
                if (outcome.isDone() || submission.mayHold().isEmpty()) {
                    begun.remove(digest);
                } else {
                    begun.put(digest, submission);
                }
                then.accept(outcome);
            }
        };
        ((Fates) submission.fate()).held = () -> once.accept(Outcome.done(Optional.empty()));
        submission.holdDue = true;
        submission.lastReason = Refusal.of(Code.UNAVAILABLE, "two tiers are not reached");
        new Holding(
                        setting,
                        inside.tiers(),
                        inside.registry(),
                        // What was written before it was brought before it.
                        one -> false,
                        (again, step) -> over(again, once),
                        one -> {})
                .hold(submission);
    }

    /** Nobody is asked again before the next round, and that begins once everybody has answered. */
    private static void over(Submission submission, Consumer<Outcome<Optional<Place>>> then) {
        if (submission.holding().isEmpty()) {
            then.accept(Outcome.refused(submission.lastReason));
        } else {
            submission.holdsLater = false;
        }
    }

    /** Only that two tiers hold it is told here. */
    private static final class Fates implements Submission.Fate {
        private Runnable held = () -> {};

        @Override
        public void placed(Header header, Place place) {}

        @Override
        public void held(Header header, List<Held> statements) {
            held.run();
        }

        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void waiting(Refusal reason) {}
    }
}
