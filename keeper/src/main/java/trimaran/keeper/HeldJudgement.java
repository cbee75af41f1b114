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

    /** Whether it may be healed by an entry that is still to come, if one does. */
    static boolean isLeaning(Code code) {
        return switch (code) {
            case SESSION_UNKNOWN, BAD_REFERENCE, NOT_SIGNED_IN, NOT_ALLOWED, OFFICERS_MISSING -> true;
            default -> false;
        };
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
