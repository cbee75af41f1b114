package trimaran.record;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/**
 * What officers closed, revoked and opened again, by the log and on sight (DESIGN §10). The log says what counts, what was only
 * announced says who may ask now.
 */
final class Cuts {

    private final Map<Digest, RecordTime> cuts = new HashMap<>();
    private final Map<Digest, RecordTime> revoked = new HashMap<>();
    /** The first cut by the log of each of {@link #cuts}: what people are told of it. */
    private final Map<Digest, Statement.Cut> first = new HashMap<>();
    /** What was announced last of each: a cut, or that it is open again. */
    private final Map<Digest, Optional<Statement.Cut>> onSight = new HashMap<>();

    private long reopenings;
    private long reopeningsOnSight;

    /** A cut of the log, placed at this time. */
    void cut(Statement.Cut cut, RecordTime placed) {
        Digest subject = cut.target().subject(cut.subject());
        begin(cuts, subject, placed, cut.time());
        first.putIfAbsent(subject, cut);
        onSight.remove(subject);
    }

    /** A revocation of the log, placed at this time. */
    void revoke(Statement.Revocation revocation, RecordTime placed) {
        begin(revoked, revocation.badge(), placed, revocation.time());
    }

    /** A reopening of the log. */
    void reopen(Statement.Reopening reopening) {
        Digest subject = reopening.target().subject(reopening.subject());
        cuts.remove(subject);
        first.remove(subject);
        onSight.remove(subject);
        reopenings++;
    }

    /** Takes in a cut or reopening that has no place yet. True if it is one. */
    boolean announce(Statement statement) {
        if (statement instanceof Statement.Cut cut) {
            onSight.merge(
                    cut.target().subject(cut.subject()),
                    Optional.of(cut),
                    (one, other) -> one.isPresent() ? one : other);
            return true;
        }
        if (statement instanceof Statement.Reopening reopening) {
            onSight.put(reopening.target().subject(reopening.subject()), Optional.empty());
            reopeningsOnSight++;
            return true;
        }
        return false;
    }

    void forgetAnnounced() {
        onSight.clear();
        reopeningsOnSight = 0;
    }

    /**
     * A cut begins when it was signed, or later, when it took its place: data's clock may be behind, and data that has fallen may
     * place it with a time of long ago, before what two tiers held meanwhile. Of several the first counts.
     */
    private static void begin(Map<Digest, RecordTime> ends, Digest subject, RecordTime placed, RecordTime signed) {
        RecordTime begin = signed.isAfter(placed) ? signed : placed;
        ends.merge(subject, begin, (one, other) -> one.isAfter(other) ? other : one);
    }

    /** Whether it is closed, as the log says. */
    boolean isClosed(Digest subject) {
        return cuts.containsKey(subject);
    }

    /** Whether it is closed, by the log or by what was announced. */
    boolean isShut(Digest subject) {
        Optional<Statement.Cut> last = onSight.get(subject);
        return last == null ? cuts.containsKey(subject) : last.isPresent();
    }

    /** What is closed now, by the log or by what was announced, the oldest first. */
    List<Statement.Cut> standing() {
        Map<Digest, Statement.Cut> now = new HashMap<>(first);
        onSight.forEach((subject, last) ->
                last.ifPresentOrElse(cut -> now.merge(subject, cut, Cuts::standing), () -> now.remove(subject)));
        return now.values().stream()
                .sorted(Comparator.comparingLong(cut -> cut.time().millis()))
                .toList();
    }

    /** Of two cuts of one thing the first, unless it was opened between them. */
    private static Statement.Cut standing(Statement.Cut one, Statement.Cut later) {
        return later.reopeningsSeen() > one.reopeningsSeen() ? later : one;
    }

    boolean isAllShut() {
        return isShut(Statement.Target.EVERYTHING);
    }

    boolean isRevoked(Digest badge) {
        return revoked.containsKey(badge);
    }

    /** Whether it, or everything, was cut or revoked at or before this time, as the log says. */
    boolean before(Digest subject, RecordTime time) {
        return since(cuts.get(subject), time)
                || since(revoked.get(subject), time)
                || since(cuts.get(Statement.Target.EVERYTHING), time);
    }

    /** Whether it, or everything, is cut or revoked as the log says, whatever the time. */
    boolean byLog(Digest subject) {
        return isClosed(subject) || isRevoked(subject) || isClosed(Statement.Target.EVERYTHING);
    }

    private static boolean since(@Nullable RecordTime begin, RecordTime time) {
        return begin != null && !begin.isAfter(time);
    }

    long reopenings() {
        return reopenings;
    }

    /** Reopenings of the log and those announced that have no place in it yet. */
    long reopeningsOnSight() {
        return reopenings + reopeningsOnSight;
    }
}
