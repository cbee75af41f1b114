package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Statement;

/** One entry on its way from the outbox into the record. */
final class Submission {

    /** What data was given of the time an entry waits: one whose approval came late says nothing of data. */
    private static final long OWED_MILLIS = StationLimits.HOLD_AFTER_MILLIS / 2;

    /** Who waits for the entry; each method is called at most once, {@code waiting} only before the others. */
    interface Fate {
        /** A quorum covers it. Also called after {@code held}. */
        void placed(Header header, Place place);

        /** Two tiers hold it. */
        void held(Header header, List<Held> statements);

        void refused(Refusal refusal);

        void waiting(Refusal reason);

        /** Nobody waits: an entry of an earlier life of this process. */
        Fate NONE = new Fate() {
            @Override
            public void placed(Header header, Place place) {}

            @Override
            public void held(Header header, List<Held> statements) {}

            @Override
            public void refused(Refusal refusal) {}

            @Override
            public void waiting(Refusal reason) {}
        };
    }

    /** A header as it was sent, since a fresh approval makes another one and either may be placed. */
    record Variant(Header header, Bytes bytes) {}

    /** What a tier said, and when it was heard; monotonic clock. */
    private record Word(Held held, long heardNanos) {}

    private final StoredEntry entry;
    private final AuthorPart author;
    private final Digest digest;
    private final Optional<Draft> draft;
    private final boolean overrule;
    private final Fate fate;
    private final long startedNanos;
    private final List<Variant> variants = new ArrayList<>(1);
    private final Map<Party, Word> words = new EnumMap<>(Party.class);
    private final Set<Party> told = EnumSet.noneOf(Party.class);
    private final Set<Party> mayHold = EnumSet.noneOf(Party.class);
    private final Map<Party, Long> holding = new EnumMap<>(Party.class);
    private final Set<Party> holdsNot = EnumSet.noneOf(Party.class);
    private final List<Party> declined = new ArrayList<>(0);
    private final Map<Party, Staging> stagings = new EnumMap<>(Party.class);
    private @Nullable Header header;
    boolean sanctioning;
    boolean appending;
    boolean holdDue;
    boolean holdsLater;
    boolean tellsLater;
    boolean placedSaid;
    private boolean putOff;
    private OptionalLong askedNanos = OptionalLong.empty();
    boolean heldAcknowledged;

    /** Its author was told that it is written down here, or may have been, in an earlier life of this process. */
    boolean promised;

    /** A quorum covers a void place that names two tiers' words: it was acknowledged, and may count for nothing after all. */
    boolean voided;

    boolean finished;

    /** It will not be in the record, and so nothing that leans on it. */
    boolean refused;

    int approvals;
    int failures;

    /** Since when data says, and has said nothing else, that what this leans on is not there; monotonic clock. */
    private OptionalLong leaningNanos = OptionalLong.empty();

    Refusal lastReason;

    Submission(
            StoredEntry entry,
            AuthorPart author,
            Digest digest,
            Optional<Draft> draft,
            boolean overrule,
            Fate fate,
            long startedNanos) {
        this.entry = entry;
        this.author = author;
        this.digest = digest;
        this.draft = draft;
        this.overrule = overrule;
        this.fate = fate;
        this.startedNanos = startedNanos;
        this.lastReason = Refusal.of(Code.UNAVAILABLE, "no tier has answered yet");
    }

    /** One that an earlier life of this process left: its author may have been promised anything. */
    static Submission resumed(StoredEntry entry, AuthorPart author, Fate fate, long startedNanos) {
        Submission submission =
                new Submission(entry, author, entry.digest(), Optional.empty(), false, fate, startedNanos);
        submission.promised = true;
        return submission;
    }

    StoredEntry entry() {
        return entry;
    }

    AuthorPart author() {
        return author;
    }

    Digest digest() {
        return digest;
    }

    Optional<Draft> draft() {
        return draft;
    }

    boolean overrule() {
        return overrule;
    }

    Fate fate() {
        return fate;
    }

    long startedNanos() {
        return startedNanos;
    }

    /**
     * Data was asked for its place and let it wait in vain. Not where it has first to be brought piece by piece, waits for what it leans
     * on, or was refused: that says nothing of data.
     */
    boolean isOwedItsCover(Loop loop) {
        return !finished && !entry.isLarge() && (appending || placedSaid || putOff) && gaveData(OWED_MILLIS, loop);
    }

    /** Whether data has had so long, at least, since it was asked first. */
    boolean gaveData(long millis, Loop loop) {
        return askedNanos.isPresent() && loop.monotonicNanos() - askedNanos.getAsLong() >= millis * 1_000_000;
    }

    /** Data is asked for its place. */
    void asks(Loop loop) {
        appending = true;
        askedNanos = OptionalLong.of(askedNanos.orElse(loop.monotonicNanos()));
    }

    /**
     * Data went away: nobody places it for now, what data alone said is worth nothing should it not come back, and what this leans on may
     * come to data once it is.
     */
    void unreached() {
        appending = false;
        placedSaid = false;
        holdDue = true;
        leaningNanos = OptionalLong.empty();
    }

    /** Data gave it no place. Whoever answers anything else, or nothing, does not say that what this leans on is missing. */
    void notPlaced(Refusal reason) {
        lastReason = reason;
        putOff = switch (reason.code()) {
            case UNAVAILABLE, STALE, BUSY, BROKEN, DISK_FULL, TOO_SLOW -> true;
            default -> false;
        };
        if (reason.code() != Code.BAD_REFERENCE) {
            leaningNanos = OptionalLong.empty();
        }
    }

    Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    /** The ground on which it is submitted from now on. */
    void sanctioned(Sanction sanction) {
        Header fresh = header == null && variants.isEmpty()
                ? first(sanction)
                : variants.getFirst().header().with(sanction);
        header = fresh;
        variants.add(new Variant(fresh, fresh.encode()));
    }

    /** As it is shown before anybody approved it in this life of the process. */
    Header unanswered() {
        return first(new Sanction.Unanswered(0));
    }

    private Header first(Sanction sanction) {
        try {
            return Header.of(entry.author(), entry.signature(), sanction);
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry of this station's own cannot be read", broken);
        }
    }

    /** Whether it creates something that must not be there twice: then "duplicate" may speak of that. */
    boolean claimsUniqueness() {
        return !entry.uniqueTokens().isEmpty();
    }

    /** The approval no longer holds. */
    void unsanctioned() {
        header = null;
    }

    /** The header that was placed, if it is one this process sent: the leaf tells. */
    Optional<Header> variantOf(Digest leaf, Bytes place) {
        for (Variant variant : variants) {
            if (Place.leaf(author.nonce(), variant.bytes(), place).equals(leaf)) {
                return Optional.of(variant.header());
            }
        }
        return Optional.empty();
    }

    /**
     * A tier holds it. Another that said so long before is asked once more: what both others refuse it lets go of after a minute, and two
     * words would speak for what one holds.
     */
    void hears(Held word, Loop loop) {
        long now = loop.monotonicNanos();
        words.values().removeIf(other -> now - other.heardNanos() > StationLimits.WORD_MILLIS * 1_000_000);
        words.put(word.tier(), new Word(word, now));
    }

    /** A tier that is away may come back without it, and this station may have slept meanwhile: until two words are there, it is asked again. */
    void forgetWord(Party tier) {
        told.remove(tier);
        if (!heldAcknowledged) {
            words.remove(tier);
        }
    }

    /** Of those that hold it, who was told of the other's word, and has not said that it could not take that in. */
    Set<Party> told() {
        return told;
    }

    /** Who said that it holds it. */
    Set<Party> holders() {
        return words.keySet();
    }

    List<Held> words() {
        return words.values().stream().map(Word::held).toList();
    }

    /** Tiers that were asked to hold it and have not said no: whatever they hold, data will place. */
    Set<Party> mayHold() {
        return mayHold;
    }

    /**
     * A tier may hold it, and what is held gets a place, or its author was promised that it will: nobody may be told any more that
     * it is not in the record.
     */
    boolean isBeyondRecall() {
        return promised || !mayHold.isEmpty();
    }

    /**
     * Whether data's no to this only means that it will stand in conflict: it is held, and placed so. What somebody else made
     * meanwhile under the same number is not made a second time for a promise's sake, and what comes too late is not held either.
     */
    boolean outlives(Code reason) {
        if (!mayHold.isEmpty()) {
            return Holding.forgives(reason);
        }
        return promised && reason != Code.DUPLICATE && reason != Code.SESSION_ENDED && Holding.forgives(reason);
    }

    /** Tiers that were asked to hold it and have not answered, and when they were; monotonic clock. */
    Map<Party, Long> holding() {
        return holding;
    }

    /** Whether somebody was asked to hold it so lately that the answer may be on its way. */
    boolean isHoldFresh(Loop loop) {
        return holding.values().stream()
                .anyMatch(asked -> loop.monotonicNanos() - asked < StationLimits.ASK_NEXT_MILLIS * 1_000_000);
    }

    /** Tiers that were asked to hold it and did not, for whatever reason, the last of them at the end. */
    List<Party> declined() {
        return declined;
    }

    /** Tiers that said for good that they do not hold it. */
    Set<Party> holdsNot() {
        return holdsNot;
    }

    /**
     * Whether another tier is asked for its word before what was promised is given up. Not where data says that it is there already:
     * of what two tiers hold data looks at no number any more, and it would be there twice.
     */
    boolean isWorthHolding(Code reason) {
        return (isOwed() || opensPromisedSession()) && holdsNot.isEmpty() && reason != Code.DUPLICATE;
    }

    /** Whether it opens a session under which somebody may have been promised something while nobody could say no to it. */
    boolean opensPromisedSession() {
        return promised && Leaning.statement(author) instanceof Statement.SessionOpening;
    }

    /**
     * Whether it opens a session that begins, by the tiers' clock, only later: this station's clock was ahead, and once that time has come
     * what is allowed is told. One that lies further ahead is refused, and a person sees what was written under it.
     */
    boolean beginsAfter(long newestMillis, Code reason) {
        return reason == Code.NOT_ALLOWED
                && promised
                && Leaning.statement(author) instanceof Statement.SessionOpening opening
                && opening.opened().millis() > newestMillis
                && opening.opened().millis() - newestMillis <= StationLimits.OPENING_AHEAD_MILLIS_MAX;
    }

    /** An entry of this station's own under way, as it is shown. */
    HeldView.Own own() {
        return new HeldView.Own(header().orElseGet(this::unanswered), entry.blobs());
    }

    /** Whether a person has to see that it was refused, since somebody goes by what was promised. */
    boolean isOwed() {
        return (promised || heldAcknowledged) && author.kind() != EntryKind.REGISTRY;
    }

    /**
     * Whether what it leans on may still come to data. What a tier may hold is not refused to its author while that tier waits for
     * what it leans on, since it would be placed after all.
     */
    boolean mayLean(Loop loop) {
        long now = loop.monotonicNanos();
        if (leaningNanos.isEmpty()) {
            leaningNanos = OptionalLong.of(now);
        }
        return isBeyondRecall() && now - leaningNanos.getAsLong() < StationLimits.LEANING_MILLIS * 1_000_000;
    }

    /** Submits it once more on the ground it had last, where no fresh one is to be had. */
    void sanctionedAsBefore() {
        header = variants.getLast().header();
    }

    Staging staging(TierLine line) {
        return stagings.computeIfAbsent(line.tier(), tier -> new Staging(line));
    }

    void forgetStaging(Party tier) {
        stagings.remove(tier);
    }
}
