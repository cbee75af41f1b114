package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.record.Annex;
import trimaran.record.CellKind;
import trimaran.record.Policy;
import trimaran.record.Session;
import trimaran.record.SignedStatement;

/** How many patients one person opens in an hour before somebody asks why. */
class WardBudgetTest {

    private static final Set<CellKind> KINDS = Set.of(CellKind.IDENTITY, CellKind.DOSSIER);
    private static final Policy POLICY = Policy.DEFAULT;
    private static final long HOUR_MILLIS = 3_600_000;

    private final KeptTier access = new KeptTier();
    private final WardBudget budget = new WardBudget(access.store, access.copy.registry());
    private final RecordTime now = KeptTier.START;
    private final Session nurse = access.copy
            .registry()
            .session(SignedStatement.id(access.openSession()))
            .orElseThrow();

    private static List<CellId> patients(int from, int count) {
        List<CellId> patients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            patients.add(new CellId(0, 1000L + from + i));
        }
        return patients;
    }

    private Outcome<Budget.Grace> open(List<CellId> patients) {
        return budget.open(nurse, patients, KINDS, false, now);
    }

    private static long delay(Outcome<Budget.Grace> outcome) {
        return outcome instanceof Outcome.Done<Budget.Grace>(Budget.Grace grace) ? grace.delayMillis() : -1;
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }

    private void placed(CellId patient, Annex.Placement.State state) {
        access.store.write(
                List.of(new Put(Space.STATE, Key.placement(KeptTier.WARD, patient), Bytes.of((byte) state.ordinal()))));
    }

    @Test
    void asManyAsThePolicySaysOpenAtOnceAndOneMoreWaits() {
        assertThat(delay(open(patients(0, POLICY.cellsPerHour())))).isZero();
        assertThat(delay(open(patients(POLICY.cellsPerHour(), 1)))).isEqualTo(POLICY.delayMillis());
    }

    @Test
    void theSamePatientAgainCostsNothing() {
        open(patients(0, POLICY.cellsPerHour()));
        assertThat(delay(open(patients(0, POLICY.cellsPerHour())))).isZero();
    }

    @Test
    void beyondTheSecondNumberASecondPersonIsWantedAndTheRefusalCostsNothing() {
        int most = POLICY.cellsBeforeSecondPerson();
        assertThat(delay(open(patients(0, most)))).isEqualTo(POLICY.delayMillis());
        assertThat(code(open(patients(most, 1)))).isEqualTo(Code.OVER_BUDGET);
        assertThat(delay(open(patients(0, 1)))).as("who is counted already").isZero();
    }

    @Test
    void whoeverIsSlowedDownOpensTheWardAndItsBoardAtOnce() {
        open(patients(0, POLICY.cellsBeforeSecondPerson()));
        placed(patients(200, 1).getFirst(), Annex.Placement.State.PRESENT);
        assertThat(delay(open(patients(200, 1)))).isZero();
        assertThat(delay(budget.open(nurse, List.of(), Set.of(CellKind.WARD), false, now)))
                .isZero();
    }

    @Test
    void afterAnHourCountingBeginsAnew() {
        open(patients(0, POLICY.cellsBeforeSecondPerson()));
        assertThat(delay(budget.open(nurse, patients(100, 1), KINDS, false, now.plusMillis(HOUR_MILLIS))))
                .isEqualTo(-1);
        assertThat(delay(budget.open(nurse, patients(100, 1), KINDS, false, now.plusMillis(HOUR_MILLIS + 1))))
                .isZero();
    }

    @Test
    void patientsOfTheWardAreFreeUntilTheyLeave() {
        List<CellId> ward = patients(0, POLICY.cellsBeforeSecondPerson() + 1);
        for (Annex.Placement.State state : Annex.Placement.State.values()) {
            ward.forEach(patient -> placed(patient, state));
            boolean left = state == Annex.Placement.State.LEFT;
            assertThat(open(ward).isDone()).as(state.name()).isEqualTo(!left);
        }
    }

    @Test
    void brokenGlassAlwaysAnswersAndWaitsLongerEachTime() {
        open(patients(0, POLICY.cellsBeforeSecondPerson()));
        for (int times = 1; times <= 3; times++) {
            assertThat(delay(budget.open(nurse, patients(500, 1), KINDS, true, now)))
                    .isEqualTo(times * WardBudget.BREAK_GLASS_STEP_MILLIS);
        }
    }

    @Test
    void brokenGlassIsNeverMadeToWaitLongerThanAStationWaits() {
        long full = WardBudget.BREAK_GLASS_MILLIS_MAX / WardBudget.BREAK_GLASS_STEP_MILLIS;
        for (int times = 1; times <= full + 1; times++) {
            assertThat(delay(budget.open(nurse, patients(times, 1), KINDS, true, now)))
                    .isEqualTo(Math.min(times, full) * WardBudget.BREAK_GLASS_STEP_MILLIS);
        }
    }

    /** A station opens anew what it could not open whole, or what is new of a patient: whoever gave a reason gives no other for it. */
    @Test
    void whoGaveAReasonIsServedForTheHour() {
        open(patients(0, POLICY.cellsBeforeSecondPerson()));
        List<CellId> urgent = patients(500, 1);
        assertThat(code(open(urgent))).isEqualTo(Code.OVER_BUDGET);
        budget.open(nurse, urgent, KINDS, true, now);
        assertThat(code(open(urgent))).as("as long as it waits").isEqualTo(Code.OVER_BUDGET);
        budget.reasonGiven(nurse, urgent, now);
        assertThat(delay(open(urgent))).isZero();
        assertThat(code(open(patients(501, 1)))).as("another patient").isEqualTo(Code.OVER_BUDGET);
        RecordTime later = now.plusMillis(HOUR_MILLIS + 1);
        budget.open(nurse, patients(0, POLICY.cellsBeforeSecondPerson()), KINDS, false, later);
        assertThat(code(budget.open(nurse, urgent, KINDS, false, later)))
                .as("an hour later")
                .isEqualTo(Code.OVER_BUDGET);
    }

    @Test
    void soManyReasonsAreRememberedAndNoMore() {
        open(patients(0, POLICY.cellsBeforeSecondPerson()));
        for (int i = 0; i <= WardBudget.REASONS_MAX; i++) {
            budget.reasonGiven(nurse, patients(500 + i, 1), now);
        }
        assertThat(delay(open(patients(500 + WardBudget.REASONS_MAX - 1, 1)))).isZero();
        assertThat(code(open(patients(500 + WardBudget.REASONS_MAX, 1)))).isEqualTo(Code.OVER_BUDGET);
    }

    @Test
    void lookUpsHaveANumberOfTheirOwn() {
        assertThat(delay(budget.lookUp(nurse, POLICY.lookupsPerHour(), now))).isZero();
        assertThat(code(budget.lookUp(nurse, 1, now))).isEqualTo(Code.OVER_BUDGET);
        assertThat(delay(open(patients(0, 1)))).isZero();
    }
}
