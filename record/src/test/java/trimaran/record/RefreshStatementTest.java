package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.NOW;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;

/** Who may have shares refreshed, and to whom authors seal from there on. */
class RefreshStatementTest {

    private static final RecordTime LATE = new RecordTime(NOW.millis() + 1000);

    private final SmallHospital hospital = new SmallHospital();

    private static Statement.Refresh refresh(long generation) {
        return new Statement.Refresh(generation, 1, List.of(key(1), key(2), key(3)), LATE, NOW);
    }

    private static Bytes key(int first) {
        byte[] key = new byte[RecordLimits.SEALING_KEY_BYTES];
        key[0] = (byte) first;
        return Bytes.wrap(key);
    }

    private Optional<Code> judged(Statement statement, int officers) {
        SignedStatement signed = hospital.signed(
                statement, hospital.officers.subList(0, officers).toArray(StandInSigner[]::new));
        return StatementJudgement.judge(signed, hospital.registry, NOW, hospital::verify)
                .map(Refusal::code);
    }

    @Test
    void twoOfficersNameTheNextGenerationAndNoOther() {
        assertThat(judged(refresh(2), 2)).isEmpty();
        assertThat(judged(refresh(2), 1)).contains(Code.OFFICERS_MISSING);
        for (long other : new long[] {0, 1, 3}) {
            assertThat(judged(refresh(other), 2)).contains(Code.WRONG_ORIGIN);
        }
        hospital.registry.apply(refresh(2), NOW);
        assertThat(judged(refresh(2), 2)).as("said twice").isNotEmpty();
        assertThat(judged(refresh(3), 2)).isEmpty();
    }

    @Test
    void eachGenerationsEnvelopesHaveTheirOwnTime() {
        hospital.registry.apply(refresh(2), NOW);
        RecordTime sooner = LATE.plusMillis(-500);
        hospital.registry.apply(new Statement.Refresh(3, 1, List.of(key(1), key(2), key(3)), sooner, NOW), NOW);
        assertThat(hospital.registry.isOver(Party.DATA, 1, LATE)).isFalse();
        assertThat(hospital.registry.isOver(Party.DATA, 2, LATE)).isTrue();
        assertThat(hospital.registry.isOver(Party.DATA, 0, NOW))
                .as("never in use")
                .isTrue();
    }

    /** Signed before a tier fell and kept back, it would name the key of whoever has that tier. */
    @Test
    void aRefreshSignedInAnotherEpochCountsForNothing() {
        Statement kept = refresh(2);
        assertThat(judged(kept, 2)).isEmpty();
        hospital.registry.apply(new Statement.EpochChange(2, Party.DATA, SmallHospital.keys(Party.DATA, 2), NOW), NOW);
        assertThat(judged(kept, 2)).contains(Code.WRONG_ORIGIN);
        Statement fresh = new Statement.Refresh(2, 2, List.of(key(1), key(2), key(3)), LATE, NOW);
        assertThat(judged(fresh, 2)).isEmpty();
        hospital.registry.apply(fresh, NOW);
        assertThat(hospital.registry.epochOf(2)).isEqualTo(2);
        assertThat(hospital.registry.epochOf(1)).isEqualTo(1);
    }

    @Test
    void authorsSealToTheNewKeysAndEverythingElseStays() {
        PartyKeys before = hospital.registry.party(Party.DATA);
        long epoch = hospital.registry.epoch();
        hospital.registry.apply(refresh(2), NOW);
        PartyKeys after = hospital.registry.party(Party.DATA);
        assertThat(after.sealing()).isEqualTo(key(3));
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.line()).isEqualTo(before.line());
        assertThat(after.statements()).isEqualTo(before.statements());
        assertThat(hospital.registry.party(Party.WITNESS).sealing())
                .isEqualTo(new SmallHospital().registry.party(Party.WITNESS).sealing());
        assertThat(hospital.registry.epoch()).isEqualTo(epoch);
        assertThat(hospital.registry.generation()).isEqualTo(2);
        assertThat(hospital.registry.isOver(Party.DATA, 1, LATE)).isFalse();
        assertThat(hospital.registry.isOver(Party.DATA, 1, LATE.plusMillis(1))).isTrue();
        assertThat(hospital.registry.isOver(Party.DATA, 2, LATE.plusMillis(1))).isFalse();
    }

    private static PartyKeys datas(long generation) {
        PartyKeys keys = SmallHospital.keys(Party.DATA, 2);
        return new PartyKeys(
                keys.party(), keys.cosigner(), keys.log(), keys.statements(), keys.line(), keys.sealing(), generation);
    }

    /** Void in the log, and agreed to by the parties, it would leave a hospital whose membership can never change again. */
    @Test
    void aChangeOfMembershipStandsThoughARefreshWasNamedSinceItWasSigned() {
        hospital.registry.apply(refresh(2), NOW);
        assertThat(judged(new Statement.EpochChange(2, Party.DATA, datas(1), NOW), 2))
                .isEmpty();
        assertThat(judged(new Statement.EpochChange(2, Party.DATA, datas(2), NOW), 2))
                .isEmpty();
        assertThat(judged(new Statement.EpochChange(2, Party.DATA, datas(3), NOW), 2))
                .as("of a generation nobody named")
                .contains(Code.MALFORMED);
        Statement witness = new Statement.EpochChange(2, Party.WITNESS, SmallHospital.keys(Party.WITNESS, 2), NOW);
        assertThat(judged(witness, 2)).as("the witness keeps no shares").isEmpty();
    }

    /** Authors seal to the key officers signed for it: with that key refused, nothing that opens a cell could be written any more. */
    @Test
    void whatIsSealedToTheKeyATierWasMadeAnewWithIsNeverLate() {
        hospital.registry.apply(refresh(2), NOW);
        hospital.registry.apply(new Statement.EpochChange(2, Party.DATA, datas(1), NOW), NOW);
        RecordTime after = LATE.plusMillis(1);
        assertThat(hospital.registry.isOver(Party.DATA, 1, after)).isFalse();
        assertThat(hospital.registry.isOver(Party.ACCESS, 1, after)).isTrue();
        hospital.registry.apply(new Statement.Refresh(3, 2, List.of(key(1), key(2), key(3)), LATE, NOW), NOW);
        assertThat(hospital.registry.isOver(Party.DATA, 1, after)).isTrue();
    }

    @Test
    void oneKeyOfEachTierAndNoneThatIsNone() {
        for (List<Bytes> keys : List.of(
                List.of(key(1), key(2)),
                List.of(key(1), key(2), Bytes.wrap(new byte[RecordLimits.SEALING_KEY_BYTES - 1])),
                List.of(key(1), key(2), Bytes.wrap(new byte[RecordLimits.SEALING_KEY_BYTES + 1])))) {
            Bytes bytes = new Statement.Refresh(2, 1, keys, LATE, NOW).encode();
            assertThatThrownBy(() -> Statement.decode(bytes)).isInstanceOf(MalformedException.class);
        }
    }
}
