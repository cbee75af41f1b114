package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is lent something finds it as if nobody had had it before. */
class LoansTest {

    /** Something that can be spoilt, and then cannot be settled. */
    private static final class Thing {
        private boolean spoilt;
        private int settled;
        private boolean away;
    }

    private final List<Thing> made = new ArrayList<>();

    private final Loans<Thing> loans = new Loans<>(new Loans.Keeper<>() {
        @Override
        public Thing made() {
            Thing thing = new Thing();
            made.add(thing);
            return thing;
        }

        @Override
        public void settle(Thing thing) {
            if (thing.spoilt) {
                throw new IllegalStateException("spoilt");
            }
            thing.settled++;
        }

        @Override
        public void throwAway(Thing thing) {
            thing.away = true;
        }
    });

    @Test
    void whatIsWellIsSettledAndLentAgain() {
        Thing first = loans.lend();
        loans.back(first);
        assertThat(loans.lend()).isSameAs(first);
        assertThat(first.settled).isEqualTo(2);
        assertThat(made).hasSize(1);
    }

    @Test
    void whatWasSpoiltIsThrownAwayAndAnotherIsMade() {
        Thing first = loans.lend();
        first.spoilt = true;
        loans.back(first);
        Thing second = loans.lend();
        assertThat(second).isNotSameAs(first);
        assertThat(first.away).isTrue();
        loans.close();
        assertThat(second.away).isTrue();
        assertThat(made).hasSize(2);
    }

    @Test
    void ofSeveralThatCameBackTheNextThatIsWellIsLent() {
        Thing first = loans.lend();
        Thing second = loans.lend();
        first.spoilt = true;
        loans.back(first);
        loans.back(second);
        assertThat(loans.lend()).isSameAs(second);
        assertThat(made).hasSize(2);
    }
}
