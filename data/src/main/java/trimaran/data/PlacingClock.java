package trimaran.data;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import trimaran.keeper.Keeper;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/**
 * Whether data's clock may give entries their time. What is placed more than {@link RecordLimits#AHEAD_MILLIS_MAX} ahead nobody takes, and
 * it stays at the end of data's own copy: as time never goes back, data would place nothing anybody takes until that time has come.
 * The three others are asked for theirs; one alone may lie or be wrong, two are believed.
 */
final class PlacingClock {

    /** How often they are asked. */
    static final long LOOK_MILLIS = 5_000;

    private static final long ANSWER_MILLIS = 2_000;

    /** So many of the three must say so. */
    private static final int OTHERS = 2;

    private final Keeper keeper;

    /** How far this clock is ahead of theirs, as they said last. */
    private final Map<Party, Long> ahead = new EnumMap<>(Party.class);

    /** What wall and monotonic clock were apart as somebody answered last: a clock that was set anew is compared before it is used. */
    private OptionalLong apart = OptionalLong.empty();

    PlacingClock(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Compares once, then again and again. What is run first begins when all have answered, or will not. */
    void start(Runnable compared) {
        int[] left = {OTHERS + 1};
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION, Party.WITNESS}) {
            keeper.peers().ask(party, new Request.Status(), ANSWER_MILLIS, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Report report)) {
                    ahead.put(party, wallMillis() - report.time().millis());
                    apart = OptionalLong.of(apartMillis());
                } else {
                    ahead.remove(party);
                }
                left[0]--;
                if (left[0] == 0) {
                    compared.run();
                }
            });
        }
        keeper.setting().loop().after(LOOK_MILLIS, () -> start(() -> {}));
    }

    boolean isRight() {
        boolean wasSet =
                apart.isPresent() && Math.abs(apartMillis() - apart.getAsLong()) > RecordLimits.AHEAD_MILLIS_MAX;
        return !wasSet
                && ahead.values().stream()
                                .filter(millis -> millis > RecordLimits.AHEAD_MILLIS_MAX)
                                .count()
                        < OTHERS;
    }

    private long wallMillis() {
        return keeper.setting().now().millis();
    }

    private long apartMillis() {
        return wallMillis() - keeper.setting().loop().monotonicNanos() / 1_000_000;
    }
}
