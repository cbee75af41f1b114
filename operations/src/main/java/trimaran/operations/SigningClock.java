package trimaran.operations;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;

/**
 * The time officers sign with. What they sign is judged by it for good: a cut that is signed years ahead shuts out nobody who writes
 * until then, and nobody can take it back. One tier's clock is no measure; where two agree and this machine's does not, it is wrong.
 */
final class SigningClock {

    /** How far this machine's clock may be from the tiers'. A station further off has its requests refused anyway. */
    static final long APART_MILLIS_MAX = 60_000;

    /** A cut does not wait for a tier that hangs. */
    private static final long ANSWER_MILLIS = 400;

    private SigningClock() {}

    /** This machine's time; {@code BAD_VALUE} if two tiers agree that it is not. */
    static RecordTime now(Console console, Shell shell) throws RefusedException {
        List<WallTime> said = asked(tier -> PartyStatus.ask(console, tier));
        WallTime now = shell.now();
        require(now, said);
        return new RecordTime(now.millis());
    }

    private static List<WallTime> asked(Function<Party, PartyStatus> ask) {
        LinkedBlockingQueue<WallTime> answers = new LinkedBlockingQueue<>();
        for (Party tier : Party.TIERS) {
            Thread.ofVirtual().start(() -> ask.apply(tier).report().ifPresent(report -> answers.add(report.time())));
        }
        List<WallTime> said = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        try {
            while (said.size() < 2) {
                WallTime time = answers.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (time == null) {
                    break;
                }
                said.add(time);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return said;
    }

    /** @param tiers what tiers said a moment ago */
    static void require(WallTime now, List<WallTime> tiers) throws RefusedException {
        for (WallTime one : tiers) {
            long agreeing = tiers.stream()
                    .filter(other -> Math.abs(other.millis() - one.millis()) <= APART_MILLIS_MAX)
                    .filter(other -> Math.abs(other.millis() - now.millis()) > APART_MILLIS_MAX)
                    .count();
            if (agreeing >= 2) {
                throw new RefusedException(
                        Code.BAD_VALUE,
                        "this machine's clock says " + text(now) + ", two tiers say " + text(one)
                                + ": what officers sign counts from the time they sign it. Set this machine's clock right,"
                                + " then run the command again; nothing was signed");
            }
        }
    }

    private static Instant text(WallTime time) {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
