package trimaran.data;

import java.util.EnumMap;
import java.util.Map;
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

    /**
     * Their wall time, as they said it last, less this machine's monotonic one: so what they would say now is known, and a clock that is set
     * anew between two looks is found at once.
     */
    private final Map<Party, Long> theirs = new EnumMap<>(Party.class);

    PlacingClock(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Asks now and then again and again. What is run begins when all have answered for the first time, or will not. */
    void start(Runnable compared) {
        int[] left = {OTHERS + 1};
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION, Party.WITNESS}) {
            keeper.peers().ask(party, new Request.Status(), ANSWER_MILLIS, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Report report)) {
                    theirs.put(party, report.time().millis() - monotonicMillis());
                } else {
                    theirs.remove(party);
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
        long own = keeper.setting().now().millis() - monotonicMillis();
        return theirs.values().stream()
                        .filter(other -> own - other > RecordLimits.AHEAD_MILLIS_MAX)
                        .count()
                < OTHERS;
    }

    private long monotonicMillis() {
        return keeper.setting().loop().monotonicNanos() / 1_000_000;
    }
}
