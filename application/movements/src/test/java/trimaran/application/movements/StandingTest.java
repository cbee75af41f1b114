package trimaran.application.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.application.movements.Board.encounter;
import static trimaran.application.movements.Board.refusal;

import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.record.CellKind;

/** A movement nobody judged when it was made is judged as it stands. */
final class StandingTest {

    private static final String MONDAY = "2026-11-23T08:00:00Z";
    private static final String SUNDAY = "2026-11-22T08:00:00Z";

    private final Board board = new Board();
    private final CellId stay = board.stay(1);
    private final CellId other = board.stay(2);
    private final CellId ward = board.ward(1);

    private void present() {
        board.holds(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
    }

    @Test
    void aStayWithItsBedIsConfirmed() {
        present();
        board.reviews(stay, false);
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void whereSomebodyElseLiesInTheBedAPersonIsShownThat() {
        present();
        board.holds(ward, 8, "Trimaran.Bed", board.line("present", other, "12", MONDAY));
        board.reviews(stay, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.BED_TAKEN, "Trimaran.Bed.bed"));
    }

    @Test
    void aBedOfSomebodyWhoLeftIsFound() {
        present();
        board.holds(stay, 1, "Encounter", encounter("finished", SUNDAY, MONDAY));
        board.reviews(stay, false);
        assertThat(board.refusal()).startsWith(Code.ALREADY_DISCHARGED.toString());
    }

    @Test
    void datesOutOfOrderAreFound() {
        board.holds(stay, 1, "Encounter", encounter("finished", MONDAY, SUNDAY));
        board.reviews(stay, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.period"));
    }

    @Test
    void whoeverConfirmsAllTheSameIsAskedNothing() {
        board.holds(stay, 1, "Encounter", encounter("finished", MONDAY, SUNDAY));
        board.reviews(stay, true);
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aStayThatIsNotReadIsNotConfirmed() {
        present();
        board.reviews(stay, false).without(stay);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter"));
    }

    /** Whoever reviews is of another ward: who lies in the bed by now was not looked at. */
    @Test
    void aStayWhoseBoardIsNotReadWaitsForSomebodyOfTheWard() {
        board.holds(stay, 1, "Encounter", Board.placed("in-progress", "12", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        board.reviews(stay, false).without(ward);
        assertThat(board.refusal()).isEqualTo(refusal(Code.UNREAD, "Encounter.location"));
    }

    @Test
    void aBoardThatSaysTheyLeftIsNotTheOneToLookAt() {
        board.holds(stay, 1, "Encounter", Board.placed("in-progress", "12", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("left", stay, "11", SUNDAY, MONDAY));
        board.reviews(stay, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.UNREAD, "Encounter.location"));
    }

    @Test
    void withItsBoardAPlacedStayIsConfirmed() {
        board.holds(stay, 1, "Encounter", Board.placed("in-progress", "12", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        board.reviews(stay, false);
        assertThat(board.accepted()).isTrue();
    }

    /** Quarters are not opened for a rule. */
    @Test
    void whatLiesWhereNobodyLooksAsksForASentence() {
        CellId quarter = board.cell(3, CellKind.QUARTER);
        board.reviews(quarter, CellKind.QUARTER, 1, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.UNREAD, "Encounter"));
        assertThat(new Board().reviews(quarter, CellKind.QUARTER, 1, true).accepted())
                .isTrue();
    }

    @Test
    void anotherTypeOrVersionThanWasReadIsNotConfirmed() {
        board.holds(stay, 1, "Observation", encounter("in-progress", MONDAY));
        board.reviews(stay, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter"));
        Board other = new Board();
        CellId second = other.stay(1);
        other.holds(second, 1, "Encounter", encounter("in-progress", MONDAY));
        other.reviews(second, CellKind.STAY, 2, false);
        assertThat(other.refusal()).isEqualTo(refusal(Code.RULE, "Encounter"));
    }

    /** What was there before decides what might become of it, as it would have when it was written. */
    @Test
    void aStepTheRulesDoNotAllowIsFound() {
        board.holds(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.held(stay, 1, "Encounter", encounter("cancelled", MONDAY));
        board.reviews(stay, CellKind.STAY, 2, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Encounter.status"));
    }

    @Test
    void aStepTheRulesAllowIsConfirmed() {
        board.holds(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.held(stay, 1, "Encounter", encounter("planned", MONDAY));
        board.reviews(stay, CellKind.STAY, 2, false);
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aStayThatWasDeletedOverItsBedIsFound() {
        board.held(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        board.reviews(stay, CellKind.STAY, 2, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Trimaran.Bed.encounter"));
    }

    @Test
    void aStayThatWasDeletedAndLeavesNothingBehindIsConfirmed() {
        board.held(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.reviews(stay, CellKind.STAY, 2, false);
        assertThat(board.accepted()).isTrue();
    }

    /** Of several nobody approved, the last is judged over what was approved before them, or over nothing. */
    @Test
    void aDeletionOverWhatNobodyApprovedIsJudgedByItsOwnVersion() {
        board.held(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.tookBack(stay, 1, "Encounter", 4);
        board.reviews(stay, CellKind.STAY, 4, false);
        assertThat(board.accepted()).isTrue();
        Board fresh = new Board();
        CellId second = fresh.stay(1);
        fresh.tookBack(second, 1, "Encounter", 2).reviews(second, CellKind.STAY, 2, false);
        assertThat(fresh.accepted()).isTrue();
    }

    @Test
    void anotherDeletionThanTheOneThatIsNamedIsNotConfirmed() {
        board.held(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.reviews(stay, CellKind.STAY, 3, false);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter"));
    }
}
