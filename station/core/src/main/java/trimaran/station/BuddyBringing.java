package trimaran.station;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

/**
 * Brings another station's entries to the tiers in the order they were written: to data, and where that does not answer or has a
 * later version, to two tiers to be held, so that both versions stand. Nobody here may ask application about them, since only
 * their own station can show it what they are: those that cannot go on without it stay. One that was placed goes once a
 * quorum's tree is proven to hold it. To bring one twice is harmless, also while its own station does.
 */
final class BuddyBringing {

    private final Station.Inside inside;
    private final StationSetting setting;
    private final BuddyJournal journal;
    private final BooleanSupplier silent;
    private final BuddyProof proof;
    /** Those that stay, why, and until when they are left alone; monotonic. */
    private final Map<Digest, Stay> stays = new HashMap<>();
    /** Two tiers hold it, as long as data has not answered: it has no place yet. */
    private final Set<Digest> held = new HashSet<>();

    /** Where data says it is, until a quorum's tree shows it there. */
    private final Map<Digest, Place> placed = new LinkedHashMap<>();

    private boolean under;
    private boolean tookOver;
    private long brought;

    private record Stay(Refusal why, long untilNanos) {
        boolean isLasting() {
            return !Approvals.isPassing(why.code()) && why.code() != Code.BAD_REFERENCE;
        }
    }

    /** @param silent whether the station itself brings nothing */
    BuddyBringing(Station.Inside inside, BuddyJournal journal, BooleanSupplier silent) {
        this.inside = inside;
        this.setting = inside.setting();
        this.journal = journal;
        this.silent = silent;
        this.proof = new BuddyProof(inside);
    }

    /** How many stay for a reason that does not pass by itself. */
    int stay() {
        return (int) stays.values().stream().filter(Stay::isLasting).count();
    }

    long brought() {
        return brought;
    }

    Optional<Refusal> why() {
        return stays.values().stream().filter(Stay::isLasting).map(Stay::why).findFirst();
    }

    /** Looks now and from now on. */
    void look() {
        if (!under) {
            round();
        }
        setting.loop().after(BuddyLimits.ROUND_MILLIS, this::look);
    }

    private void round() {
        Set<Digest> due = journal.toBring(silent.getAsBoolean());
        stays.keySet().retainAll(due);
        held.retainAll(due);
        placed.keySet().retainAll(due);
        if (due.isEmpty()) {
            tookOver = false;
            return;
        }
        if (inside.tiers().up().isEmpty()) {
            return;
        }
        if (!tookOver) {
            tookOver = true;
            setting.events().accept(new StationEvent.WardTakenOver(due.size()));
        }
        long now = setting.loop().monotonicNanos();
        due.removeIf(entry -> stays.containsKey(entry) && stays.get(entry).untilNanos() - now > 0);
        under = true;
        next(new ArrayDeque<>(due));
    }

    private void next(ArrayDeque<Digest> due) {
        Digest digest = due.poll();
        if (digest == null) {
            prove(new ArrayDeque<>(placed.keySet()));
            return;
        }
        Optional<StoredEntry> entry = journal.entry(digest);
        if (entry.isEmpty() || placed.containsKey(digest)) {
            setting.loop().run(() -> next(due));
            return;
        }
        bring(digest, entry.get(), outcome -> {
            switch (outcome) {
                case Outcome.Done<Optional<Place>>(Optional<Place> place) -> {
                    stays.remove(digest);
                    place.ifPresent(one -> placed.put(digest, one));
                }
                case Outcome.Refused<Optional<Place>>(Refusal refusal) -> stays(digest, refusal);
            }
            // A turn of the loop for this station's own work.
            setting.loop().run(() -> next(due));
        });
    }

    private void stays(Digest digest, Refusal why) {
        boolean lasting = new Stay(why, 0).isLasting();
        Stay before = stays.get(digest);
        if (lasting && (before == null || before.why().code() != why.code())) {
            setting.events().accept(new StationEvent.WardEntryStays(digest, why.code()));
        }
        long wait = lasting ? BuddyLimits.STAYS_MILLIS * 1_000_000 : 0;
        stays.put(digest, new Stay(why, setting.loop().monotonicNanos() + wait));
    }

    private void prove(ArrayDeque<Digest> left) {
        Digest digest = left.poll();
        if (digest == null) {
            under = false;
            return;
        }
        Place place = placed.get(digest);
        if (place == null) {
            setting.loop().run(() -> prove(left));
            return;
        }
        proof.prove(digest, place, outcome -> {
            switch (outcome) {
                case Outcome.Done<Boolean> done -> {
                    brought++;
                    stays.remove(digest);
                    placed.remove(digest);
                    journal.covered(digest);
                }
                case Outcome.Refused<Boolean>(Refusal refusal) -> {
                    if (refusal.code() != Code.STALE) {
                        // Data is asked again: it may have been rebuilt without it.
                        placed.remove(digest);
                        stays(digest, refusal);
                    }
                }
            }
            setting.loop().run(() -> prove(left));
        });
    }

    // ---- one entry

    /** Its place; empty if two tiers hold it. */
    private void bring(Digest digest, StoredEntry entry, Consumer<Outcome<Optional<Place>>> then) {
        Outcome<Submission> made = submission(digest, entry);
        switch (made) {
            case Outcome.Refused<Submission>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
            case Outcome.Done<Submission>(Submission submission) -> {
                TierLine data = inside.tiers().line(Party.DATA);
                if (data.isUp()) {
                    append(submission, data, then);
                } else {
                    hold(submission, Refusal.of(Code.UNAVAILABLE, "data is not reached"), then);
                }
            }
        }
    }

    private Outcome<Submission> submission(Digest digest, StoredEntry entry) {
        AuthorPart author = author(entry);
        boolean goesOn = author.kind() == EntryKind.CONTINUITY || author.mayContinue();
        if (author.kind() != EntryKind.REGISTRY && !goesOn) {
            return Outcome.refused(Code.RULE, "this needs an approval for which its own station must ask");
        }
        long now = setting.loop().monotonicNanos();
        Fates fate = new Fates();
        Submission submission = new Submission(entry, author, digest, Optional.empty(), false, fate, now);
        submission.promised = true;
        submission.sanctioned(
                author.kind() == EntryKind.REGISTRY ? new Sanction.OwnSignatures() : new Sanction.Unanswered(0));
        return Outcome.done(submission);
    }

    static AuthorPart author(StoredEntry entry) {
        try {
            return AuthorPart.decode(entry.author());
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry that was read when it came cannot be read", broken);
        }
    }

    private void append(Submission submission, TierLine data, Consumer<Outcome<Optional<Place>>> then) {
        Header header = submission.header().orElseThrow();
        submission.staging(data).bring(header, submission.entry(), staged -> {
            switch (staged) {
                case Outcome.Refused<SealedEntry>(Refusal refusal) -> notPlaced(submission, refusal, then);
                case Outcome.Done<SealedEntry>(SealedEntry sealed) ->
                    data.ask(new Request.Append(sealed), Response.Placed.class, StationLimits.APPEND_MILLIS, answer -> {
                        switch (answer) {
                            case Outcome.Done<Response.Placed>(Response.Placed(Bytes place)) ->
                                then.accept(placed(place));
                            case Outcome.Refused<Response.Placed>(Refusal refusal) ->
                                notPlaced(submission, refusal, then);
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
     * What came in between costs it nothing: two tiers hold it, and it is placed in conflict, which a person sees. What somebody else
     * made meanwhile under its number is not made once more.
     */
    private void notPlaced(Submission submission, Refusal refusal, Consumer<Outcome<Optional<Place>>> then) {
        boolean unreached = refusal.code() == Code.UNAVAILABLE || refusal.code() == Code.TOO_SLOW;
        if (unreached || held.contains(submission.digest()) || submission.outlives(refusal.code())) {
            hold(submission, refusal, then);
        } else {
            then.accept(Outcome.refused(refusal));
        }
    }

    private void hold(Submission submission, Refusal refusal, Consumer<Outcome<Optional<Place>>> then) {
        Digest digest = submission.digest();
        if (held.contains(digest)) {
            then.accept(Outcome.done(Optional.empty()));
            return;
        }
        boolean[] told = {false};
        Consumer<Outcome<Optional<Place>>> once = outcome -> {
            if (!told[0]) {
                told[0] = true;
                submission.finished = true;
                then.accept(outcome);
            }
        };
        ((Fates) submission.fate()).held = () -> {
            held.add(digest);
            once.accept(Outcome.done(Optional.empty()));
        };
        submission.holdDue = true;
        submission.lastReason = refusal;
        new Holding(
                        setting,
                        inside.tiers(),
                        inside.registry(),
                        (again, step) -> once.accept(Outcome.refused(again.lastReason)))
                .hold(submission);
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
