package trimaran.station;

import java.util.function.Consumer;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/**
 * Asks again while the answer is "not now": when a tier falls, the others are found within a moment, and nobody at a door
 * should have to press twice for it. Only for questions that change nothing.
 */
final class Patience {

    private static final long PAUSE_MILLIS = 250;

    /** Something that is asked, and asked again. */
    interface Question<T> {
        void ask(Consumer<Outcome<T>> then);
    }

    private Patience() {}

    static <T> void ask(Loop loop, long maxMillis, Question<T> question, Consumer<Outcome<T>> then) {
        again(loop, loop.monotonicNanos() + maxMillis * 1_000_000, question, then);
    }

    private static <T> void again(Loop loop, long untilNanos, Question<T> question, Consumer<Outcome<T>> then) {
        question.ask(outcome -> {
            boolean notNow = outcome instanceof Outcome.Refused<T>(Refusal refusal)
                    && Approvals.isPassing(refusal.code())
                    && loop.monotonicNanos() - untilNanos < 0;
            if (notNow) {
                loop.after(PAUSE_MILLIS, () -> again(loop, untilNanos, question, then));
            } else {
                then.accept(outcome);
            }
        });
    }
}
