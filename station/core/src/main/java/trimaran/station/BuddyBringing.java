package trimaran.station;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.record.AuthorPart;
import trimaran.record.Place;

/**
 * Brings another station's entries to the tiers in the order they were written: to data, and where that does not answer, does not
 * show what it says, or has a later version, to two tiers to be held, so that both versions stand. What follows in the same cells
 * waits for it. Nobody here may ask application about them: those that cannot go on without it stay, unless they have a place. One
 * that was placed goes once a quorum's tree is proven to hold it. To bring one twice is harmless, also while its own station does.
 */
final class BuddyBringing {

    private final Inside inside;
    private final StationSetting setting;
    private final BuddyJournal journal;
    private final BooleanSupplier silent;
    private final BuddyProof proof;
    private final BuddyErrand errand;
    private final BuddyStays stays;

    /** Where data says it is, until a quorum's tree shows it there. */
    private final Map<Digest, Named> placed = new LinkedHashMap<>();

    /** Of these no tree showed in time what data said: two tiers are asked to hold them. */
    private final Set<Digest> doubted = new HashSet<>();

    /** The tiers that were reached in the last round, and since when. */
    private Map<Party, WallTime> reached = Map.of();

    private boolean under;
    private boolean tookOver;
    private long brought;

    /** @param sinceNanos since when it is waited for; monotonic */
    private record Named(Place place, long sinceNanos) {}

    /** @param silent whether the station itself brings nothing */
    BuddyBringing(Inside inside, BuddyJournal journal, BooleanSupplier silent) {
        this.inside = inside;
        this.setting = inside.setting();
        this.journal = journal;
        this.silent = silent;
        this.proof = new BuddyProof(inside);
        this.errand = new BuddyErrand(inside);
        this.stays = new BuddyStays(setting);
    }

    /** How many stay for a reason that does not pass by itself, of each reason. */
    Map<Code, Integer> stays() {
        return stays.lasting();
    }

    long brought() {
        return brought;
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
        stays.only(due);
        errand.only(due);
        placed.keySet().retainAll(due);
        doubted.retainAll(due);
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
        follow();
        under = true;
        next(new BuddyOrder(), new ArrayDeque<>(due));
    }

    /** A tier that came back may have been rebuilt: what data said before it fell is asked again. */
    private void follow() {
        Map<Party, WallTime> now = new EnumMap<>(Party.class);
        inside.tiers().up().forEach(line -> now.put(line.tier(), line.since()));
        if (!now.equals(reached)) {
            stays.passingMayGoOn();
            if (!Optional.ofNullable(now.get(Party.DATA)).equals(Optional.ofNullable(reached.get(Party.DATA)))) {
                placed.clear();
            }
            reached = now;
        }
    }

    private void next(BuddyOrder order, ArrayDeque<Digest> due) {
        Digest digest = due.poll();
        if (digest == null) {
            prove(new ArrayDeque<>(placed.keySet()));
            return;
        }
        Optional<StoredEntry> entry = journal.entry(digest);
        if (entry.isEmpty() || placed.containsKey(digest) || (stays.waits(digest) && stays.isLasting(digest))) {
            setting.loop().run(() -> next(order, due));
            return;
        }
        AuthorPart author = BuddyErrand.author(entry.get());
        boolean orderly = !BuddyErrand.needsApproval(author);
        if (stays.waits(digest) || (orderly && order.isBehindWaiting(author))) {
            if (orderly) {
                order.later(author, errand.isHeld(digest));
            }
            setting.loop().run(() -> next(order, due));
            return;
        }
        bring(digest, entry.get(), orderly && order.isBehindHeld(author), outcome -> {
            switch (outcome) {
                case Outcome.Done<Optional<Place>>(Optional<Place> place) ->
                    place.ifPresentOrElse(
                            one -> placed.put(
                                    digest, new Named(one, setting.loop().monotonicNanos())),
                            () -> {
                                doubted.remove(digest);
                                stays.over(digest);
                                order.later(author, true);
                            });
                case Outcome.Refused<Optional<Place>>(Refusal refusal) -> {
                    // Data is asked once more, which may have shown it meanwhile.
                    doubted.remove(digest);
                    stays(digest, refusal);
                    if (orderly && !stays.isLasting(digest)) {
                        order.later(author, errand.isHeld(digest));
                    }
                }
            }
            // A turn of the loop for this station's own work.
            setting.loop().run(() -> next(order, due));
        });
    }

    private void bring(Digest digest, StoredEntry entry, boolean behindHeld, Consumer<Outcome<Optional<Place>>> then) {
        if (!inside.tiers().line(Party.DATA).isUp()) {
            if (BuddyErrand.needsApproval(BuddyErrand.author(entry))) {
                then.accept(Outcome.refused(Code.UNAVAILABLE, "data is not reached"));
            } else {
                errand.hold(digest, entry, then);
            }
        } else if (behindHeld || (doubted.contains(digest) && !errand.isHeld(digest))) {
            errand.hold(digest, entry, then);
        } else {
            errand.append(digest, entry, stays.has(digest), stays.isLasting(digest), then);
        }
    }

    private void stays(Digest digest, Refusal why) {
        stays.refused(digest, why, why.code() == Code.BAD_REFERENCE || errand.isHeld(digest));
    }

    private void prove(ArrayDeque<Digest> left) {
        Digest digest = left.poll();
        if (digest == null) {
            under = false;
            return;
        }
        Named named = placed.get(digest);
        if (named == null) {
            setting.loop().run(() -> prove(left));
            return;
        }
        proof.prove(digest, named.place(), outcome -> {
            switch (outcome) {
                case Outcome.Done<Boolean> done -> {
                    brought++;
                    stays.over(digest);
                    placed.remove(digest);
                    journal.covered(digest);
                }
                case Outcome.Refused<Boolean>(Refusal refusal) -> notShown(digest, named, refusal);
            }
            setting.loop().run(() -> prove(left));
        });
    }

    /** Data's word alone gives up nothing: what no tree shows in time is held by two. */
    private void notShown(Digest digest, Named named, Refusal refusal) {
        if (refusal.code() == BuddyProof.VOID) {
            placed.remove(digest);
            stays(digest, refusal);
        } else if (setting.loop().monotonicNanos() - named.sinceNanos() > StationLimits.PATIENCE_MILLIS * 1_000_000) {
            placed.remove(digest);
            if (errand.isHeld(digest)) {
                stays(digest, Refusal.of(Code.BAD_PROOF, "no quorum's tree shows the place data names"));
            } else {
                doubted.add(digest);
            }
        }
    }
}
