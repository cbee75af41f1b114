package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.NOW;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;

/** Who may order that what somebody was handed is given new keys. */
class RollStatementTest {

    private static final Digest APPLICATION = Statement.Target.subjectOf(Party.APPLICATION);

    private final SmallHospital hospital = new SmallHospital();

    private static Statement.Roll roll(long from, long to) {
        return new Statement.Roll(Statement.Holder.PARTY, APPLICATION, NOW.plusMillis(from), NOW.plusMillis(to), NOW);
    }

    private Optional<Code> judged(int officers) {
        SignedStatement signed = hospital.signed(
                roll(-10, 0), hospital.officers.subList(0, officers).toArray(StandInSigner[]::new));
        return StatementJudgement.judge(signed, hospital.registry, NOW, hospital::verify)
                .map(Refusal::code);
    }

    @Test
    void twoOfficersOrderIt() {
        assertThat(judged(1)).contains(Code.OFFICERS_MISSING);
        assertThat(judged(2)).isEmpty();
        hospital.registry.apply(roll(-10, 0), NOW);
        assertThat(judged(2)).as("said twice").isNotEmpty();
    }

    @Test
    void ordersStandInTheRegistryInTheirOrder() {
        assertThat(hospital.registry.rolls()).isEmpty();
        hospital.registry.apply(roll(-10, 0), NOW, 5);
        hospital.registry.apply(roll(-20, 0), NOW, 7);
        assertThat(hospital.registry.rolls())
                .containsExactly(new RollOrder(roll(-10, 0), 5), new RollOrder(roll(-20, 0), 7));
    }

    /** Data whose clock was put back gives order and keys one time for a while. */
    @Test
    void aKeyDrawnBehindTheOrderIsNoneOfTheOldOnesWhateverTheTimesSay() {
        RollOrder order = new RollOrder(roll(-10, 0), 5);
        assertThat(order.asksAnew(4)).isTrue();
        assertThat(order.asksAnew(6)).isFalse();
        hospital.registry.apply(roll(-10, 0), NOW);
        assertThat(hospital.registry.rolls().getFirst().asksAnew(Long.MAX_VALUE - 1))
                .as("whose place nobody knows")
                .isTrue();
    }

    @Test
    void theWindowIsOverWhenItIsSigned() throws MalformedException {
        assertThat(Statement.decode(roll(0, 0).encode())).isEqualTo(roll(0, 0));
        assertThatThrownBy(() -> Statement.decode(roll(0, 1).encode())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Statement.decode(roll(-1, -2).encode())).isInstanceOf(MalformedException.class);
    }
}
