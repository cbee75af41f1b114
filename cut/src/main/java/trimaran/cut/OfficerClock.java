package trimaran.cut;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;

/**
 * The clock officers sign by. What they sign is judged by it for good: a cut that is signed years ahead shuts out nobody who writes
 * until then, and nobody can take it back. One tier's clock is no measure; where two agree and this machine's does not, it is wrong.
 */
public final class OfficerClock {

    /** How far this machine's clock may be from the tiers'. A station further off has its requests refused anyway. */
    public static final long APART_MILLIS_MAX = 60_000;

    private OfficerClock() {}

    /**
     * {@code BAD_VALUE} if two tiers agree that it is not now.
     *
     * @param tiers what tiers said a moment ago
     */
    public static Optional<Refusal> wrong(WallTime now, List<WallTime> tiers) {
        for (WallTime one : tiers) {
            long agreeing = tiers.stream()
                    .filter(other -> Math.abs(other.millis() - one.millis()) <= APART_MILLIS_MAX)
                    .filter(other -> Math.abs(other.millis() - now.millis()) > APART_MILLIS_MAX)
                    .count();
            if (agreeing >= 2) {
                return Optional.of(Refusal.of(
                        Code.BAD_VALUE,
                        "this machine's clock says " + text(now) + ", two tiers say " + text(one)
                                + ": what officers sign counts from the time they sign it. Set this machine's clock right,"
                                + " then do it again; nothing was signed"));
            }
        }
        return Optional.empty();
    }

    /** Whether two of these tell the same time: with them it is known what time it is. */
    public static boolean agree(List<WallTime> tiers) {
        return tiers.stream()
                .anyMatch(one -> tiers.stream()
                                .filter(other -> Math.abs(other.millis() - one.millis()) <= APART_MILLIS_MAX)
                                .count()
                        >= 2);
    }

    private static Instant text(WallTime time) {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
