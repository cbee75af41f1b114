package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.record.Ground;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.NewCell;
import trimaran.record.Session;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.record.Verifier;

/**
 * What a tier can say of an entry before there is a place: everything but premises, expiry and versions, as if what is held here
 * stood in the record already.
 */
record HeldJudgement(Copy copy, Verifier verifier, HeldSet held) {

    /**
     * How long a held entry waits for the badge, session or cell it leans on, once nothing held here brings it: two tiers that hold
     * the entry held that, too, and offer it every second they reach one another.
     */
    static final long LEANING_MILLIS = 600_000;

    /**
     * How long a held entry whose author is cut waits for a reopening that may be on its way: one of the two that hold it may have let
     * its author in on it while data knows of the cut alone. Longer than it takes to find a line dead and to have it up again.
     */
    static final long REOPENING_MILLIS = 60_000;

    /**
     * Why this entry would be void.
     *
     * @param words two held statements that acknowledge it, or none: with them their earlier time counts
     */
    Optional<Refusal> refusal(Header header, RecordTime now, List<Held> words) {
        Set<CellId> own = held.index().marks().containsKey(header.digest()) ? opened(header) : Set.of();
        Validity validity = new Validity(copy.registry(), new HeldView(copy, held, own), verifier, this::session);
        Judgement judgement = words.isEmpty() ? validity.judgeAsOf(header, now) : validity.judge(header, now, words);
        if (judgement.verdict() != Verdict.VOID) {
            return Optional.empty();
        }
        return judgement.reason().filter(refusal -> switch (refusal.code()) {
            case PREMISE_MOVED, APPROVAL_EXPIRED, VERSION_CONFLICT -> false;
            default -> true;
        });
    }

    /**
     * Whether no tier that keeps the promise can have held the entry under this header, whatever it knew: what two tiers said of it was
     * said of another. A word names what the author signed, and not what whoever passes it on has put around it.
     */
    boolean isUntrue(Header header) {
        return new Ground(copy.registry(), verifier)
                .untrue(header, this::session)
                .isPresent();
    }

    private static Set<CellId> opened(Header header) {
        return header.author().newCells().stream().map(NewCell::cell).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether no entry that may still come could heal this. What leans on a badge, session or cell may be healed by theirs. */
    static boolean isForGood(Code code) {
        return switch (code) {
            case BAD_SIGNATURE, WRONG_ORIGIN, MALFORMED, CUT, SESSION_ENDED, DUPLICATE, CELL_EXISTS, BAD_SHARE -> true;
            default -> false;
        };
    }

    /** How long what is void for this reason is kept for something that may heal it: no time where nothing can. */
    long patienceMillis(Header header, Refusal reason) {
        return reason.code() == Code.CUT && mayOpenAgain(header) ? REOPENING_MILLIS : patienceMillis(reason.code());
    }

    boolean waitsForReopening(HeldEntry one, RecordTime now) {
        return refusal(one.header(), now, one.acknowledgement())
                .filter(reason -> patienceMillis(one.header(), reason) == REOPENING_MILLIS)
                .isPresent();
    }

    static long patienceMillis(Code code) {
        return switch (code) {
            case SESSION_UNKNOWN, BAD_REFERENCE, NOT_SIGNED_IN, NOT_ALLOWED, OFFICERS_MISSING -> LEANING_MILLIS;
            default -> isForGood(code) ? 0 : Long.MAX_VALUE;
        };
    }

    /**
     * As long for what another tier refuses to hold, and never less than a reopening takes: its author has this tier's word, and asks that
     * other tier again. It may be an epoch behind, too, and take for nobody's what application signed since.
     */
    static long refusedPatienceMillis(Code code) {
        return Math.max(REOPENING_MILLIS, patienceMillis(code));
    }

    /** Two officers end a cut; a badge that was revoked stays so. */
    private boolean mayOpenAgain(Header header) {
        return session(header.author().session())
                .filter(session -> !copy.registry().revoked(session.badge()))
                .isPresent();
    }

    /** A session of the record, or one whose opening is held here. */
    private Optional<Session> session(Digest id) {
        return copy.registry()
                .session(id)
                .or(() -> held.index()
                        .openingSession(id)
                        .flatMap(held::of)
                        .flatMap(HeldIndex::statement)
                        .flatMap(opening -> copy.registry().session(opening)));
    }
}
