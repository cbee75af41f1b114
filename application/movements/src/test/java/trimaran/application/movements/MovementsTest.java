package trimaran.application.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.application.movements.Board.encounter;
import static trimaran.application.movements.Board.refusal;

import org.junit.jupiter.api.Test;
import trimaran.application.Decision;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.record.CellKind;

final class MovementsTest {

    private static final String MONDAY = "2026-11-23T08:00:00+01:00";
    private static final String NOON = "2026-11-23T12:00:00+01:00";
    private static final String LATER = "2026-11-23T12:30:00+01:00";

    private final Board board = new Board();
    private final CellId stay = board.stay(1);
    private final CellId other = board.stay(2);
    private final CellId ward = board.ward(1);
    private final CellId icu = board.ward(2);

    // ---- admission

    @Test
    void aPatientIsAdmittedToAFreeBedOnPremisesOfStayAndWard() {
        board.opens(stay).creates(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.creates(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        assertThat(board.decide())
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.premises().stream()
                                        .map(premise -> premise.cell())
                                        .toList())
                                .contains(ward)
                                .doesNotContain(stay));
    }

    @Test
    void aTakenBedIsRefused() {
        lies(other, 8, "12");
        admission("12");
        assertThat(board.refusal()).isEqualTo(refusal(Code.BED_TAKEN, "Trimaran.Bed.bed"));
    }

    @Test
    void aBedSomebodyLeftIsFree() {
        board.holds(ward, 8, "Trimaran.Bed", board.line("left", other, "12", MONDAY, NOON));
        admission("12");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aBedSomebodyIsOnlyExpectedInIsFree() {
        board.holds(ward, 8, "Trimaran.Bed", board.line("expected", other, "12", MONDAY));
        admission("12");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void twoPatientsOfAWardMayBothLieInNoBed() {
        lies(other, 8, "");
        admission("");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void twoAdmissionsToOneBedInOneEntryAreRefused() {
        admission("12");
        board.creates(other, 1, "Encounter", encounter("in-progress", MONDAY));
        board.creates(ward, 9, "Trimaran.Bed", board.line("present", other, "12", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.BED_TAKEN, "Trimaran.Bed.bed"));
    }

    @Test
    void aBedLineOfAnExpectedPatientDoesNotMakeThemPresent() {
        board.creates(stay, 1, "Encounter", encounter("planned", MONDAY));
        board.creates(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Trimaran.Bed.encounter"));
    }

    @Test
    void aBedLineOfAStayNobodySeesIsRefused() {
        board.creates(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Trimaran.Bed.encounter"));
    }

    @Test
    void aMovementWithoutItsWardToReadIsRefused() {
        lies(other, 8, "12");
        admission("12").without(ward);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed"));
    }

    @Test
    void nobodyIsPresentFromATimeToCome() {
        board.creates(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.creates(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", "2026-11-23T12:10:01Z"));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period.start"));
    }

    @Test
    void aCancelledAdmissionFreesTheBedInTheSameMovement() {
        admitted();
        board.changes(stay, 1, "Encounter", encounter("cancelled", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.status"));
        board.changes(ward, 7, "Trimaran.Bed", board.line("entered-in-error", stay, "12"));
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aCancelledStayIsNotTakenUpAgain() {
        board.holds(stay, 1, "Encounter", encounter("cancelled", MONDAY));
        board.changes(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Encounter.status"));
    }

    // ---- transfer

    @Test
    void aTransferClosesOneLineAndOpensAnother() {
        admitted();
        board.changes(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.changes(ward, 7, "Trimaran.Bed", board.line("left", stay, "12", MONDAY, NOON));
        board.creates(icu, 3, "Trimaran.Bed", board.line("present", stay, "R1", NOON));
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aTransferThatLeavesTheOldLineOpenIsRefused() {
        admitted();
        board.creates(icu, 3, "Trimaran.Bed", board.line("present", stay, "R1", NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.encounter"));
    }

    @Test
    void nobodyIsTransferredWhoIsNotPresent() {
        board.holds(stay, 1, "Encounter", encounter("planned", MONDAY));
        board.creates(icu, 3, "Trimaran.Bed", board.line("present", stay, "R1", NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Trimaran.Bed.encounter"));
    }

    @Test
    void nobodyIsTransferredAfterTheirDischarge() {
        discharged();
        board.creates(icu, 3, "Trimaran.Bed", board.line("present", stay, "R1", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.ALREADY_DISCHARGED, "Trimaran.Bed.encounter"));
    }

    @Test
    void twoPatientsChangeBedsInOneMovement() {
        admitted();
        lies(other, 8, "14");
        board.changes(ward, 7, "Trimaran.Bed", board.line("present", stay, "14", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.BED_TAKEN, "Trimaran.Bed.bed"));
        board.changes(ward, 8, "Trimaran.Bed", board.line("present", other, "12", MONDAY));
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aBedLineIsNotGivenToAnotherStay() {
        admitted();
        lies(other, 8, "14");
        board.changes(ward, 7, "Trimaran.Bed", board.line("left", other, "12", MONDAY, NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.encounter"));
    }

    // ---- discharge

    @Test
    void aDischargeEndsTheStayAndFreesTheBed() {
        admitted();
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY, NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.status"));
        board.changes(ward, 7, "Trimaran.Bed", board.line("left", stay, "12", MONDAY, NOON));
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aDischargeSaysWhen() {
        admitted();
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.period.end"));
    }

    @Test
    void nobodyIsDischargedWhoWasNotAdmitted() {
        board.holds(stay, 1, "Encounter", encounter("planned", MONDAY));
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY, NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.NOT_ADMITTED, "Encounter.status"));
    }

    @Test
    void nobodyIsDischargedTwice() {
        discharged();
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY, LATER));
        assertThat(board.refusal()).isEqualTo(refusal(Code.ALREADY_DISCHARGED, "Encounter.period.end"));
    }

    @Test
    void aFinishedStayMayStillBeCoded() {
        discharged();
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY, NOON));
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aCancelledDischargeBringsThePatientBackIfTheBedIsFree() {
        discharged();
        board.holds(ward, 7, "Trimaran.Bed", board.line("left", stay, "12", MONDAY, NOON));
        board.changes(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.changes(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
        assertThat(board.accepted()).isTrue();
        lies(other, 8, "12");
        assertThat(board.refusal()).isEqualTo(refusal(Code.BED_TAKEN, "Trimaran.Bed.bed"));
    }

    @Test
    void aCancelledDischargeLeavesNoEnd() {
        discharged();
        board.changes(stay, 1, "Encounter", encounter("in-progress", MONDAY, NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.period.end"));
    }

    @Test
    void aStayThatEndedIsNeitherCancelledNorExpectedAgain() {
        discharged();
        board.changes(stay, 1, "Encounter", encounter("cancelled", MONDAY, NOON));
        assertThat(board.refusal()).isEqualTo(refusal(Code.ALREADY_DISCHARGED, "Encounter.status"));
        Board again = new Board();
        CellId cell = again.stay(1);
        again.holds(cell, 1, "Encounter", encounter("finished", MONDAY, NOON));
        again.changes(cell, 1, "Encounter", encounter("planned", MONDAY));
        assertThat(again.refusal()).isEqualTo(refusal(Code.ALREADY_DISCHARGED, "Encounter.status"));
    }

    @Test
    void aDeletedStayLeavesNobodyInABed() {
        admitted();
        board.deletes(stay, 1, "Encounter");
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.status"));
        board.deletes(ward, 7, "Trimaran.Bed");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aChangeOfAStayThatIsNotToBeReadIsRefused() {
        admitted();
        board.changes(stay, 1, "Encounter", encounter("finished", MONDAY, NOON)).without(stay);
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter"));
    }

    // ---- dates

    @Test
    void aStayDoesNotEndBeforeItBegins() {
        board.creates(stay, 1, "Encounter", encounter("finished", NOON, MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.period"));
    }

    @Test
    void aTimeInAPlaceDoesNotEndBeforeItBegins() {
        board.creates(
                stay,
                1,
                "Encounter",
                "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"location\":[{\"period\":{\"start\":\"" + NOON
                        + "\",\"end\":\"" + MONDAY + "\"}}]}");
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Encounter.location.period"));
    }

    @Test
    void aTimeInTheWardLiesWithinTheStay() {
        admitted();
        board.changes(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", "2026-11-22T08:00:00+01:00"));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period"));
    }

    @Test
    void aTimeInTheWardDoesNotEndBeforeItBegins() {
        admitted();
        board.changes(ward, 7, "Trimaran.Bed", board.line("left", stay, "12", NOON, MONDAY));
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period"));
    }

    @Test
    void aDateThatOnlyMayBeOutOfOrderIsAccepted() {
        board.creates(stay, 1, "Encounter", encounter("finished", MONDAY, "2026-11-23"));
        assertThat(board.accepted()).isTrue();
    }

    // ---- history and others

    @Test
    void aFinishedStayOfAnImportClaimsNoBedAndReadsNothing() {
        lies(other, 8, "12");
        board.creates(stay, 1, "Encounter", encounter("finished", "2019-03-01", "2019-03-04"));
        assertThat(new Movements().reads(board.draft())).isEmpty();
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void anEncounterOutsideAStayHasNoPhases() {
        CellId quarter = board.cell(5, CellKind.QUARTER);
        board.holds(quarter, 1, "Encounter", encounter("planned", MONDAY));
        board.changes(quarter, 1, "Encounter", encounter("finished", MONDAY, NOON));
        assertThat(new Movements().reads(board.draft())).isEmpty();
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aBedLineThatLacksSomethingIsRefusedWithItsPlace() {
        String stayed = "\"encounter\":{\"reference\":\"Encounter/x\"}";
        assertThat(lineRefusal("{}")).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.status"));
        assertThat(lineRefusal("{\"status\":\"asleep\"}")).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.status"));
        assertThat(lineRefusal("{\"status\":\"present\"}")).isEqualTo(refusal(Code.RULE, "Trimaran.Bed.encounter"));
        assertThat(lineRefusal("{\"status\":\"present\"," + stayed + "}"))
                .isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period.start"));
        assertThat(lineRefusal("{\"status\":\"present\"," + stayed + ",\"bed\":\"12\"}"))
                .isEqualTo(refusal(Code.RULE, "Trimaran.Bed.bed"));
        assertThat(lineRefusal("{\"status\":\"left\"," + stayed + ",\"period\":{\"start\":\"2026\"}}"))
                .isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period.end"));
        assertThat(lineRefusal(
                        "{\"status\":\"present\"," + stayed + ",\"period\":{\"start\":\"2026\",\"end\":\"2026\"}}"))
                .isEqualTo(refusal(Code.RULE, "Trimaran.Bed.period.end"));
    }

    // ---- identity

    @Test
    void aProvisionalIdentityIsAccepted() {
        board.creates(board.cell(6, CellKind.IDENTITY), 1, "Patient", "");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aMergeByLinkIsAccepted() {
        board.changes(board.cell(6, CellKind.IDENTITY), 1, "Patient", "");
        board.changes(board.cell(7, CellKind.IDENTITY), 1, "Patient", "");
        assertThat(board.accepted()).isTrue();
    }

    @Test
    void aSilentMergeIsRefused() {
        board.changes(board.cell(6, CellKind.IDENTITY), 1, "Patient", "");
        board.deletes(board.cell(7, CellKind.IDENTITY), 1, "Patient");
        assertThat(board.refusal()).isEqualTo(refusal(Code.RULE, "Patient.link"));
    }

    // ---- fixtures

    private String lineRefusal(String json) {
        Board one = new Board();
        one.creates(one.ward(1), 1, "Trimaran.Bed", json);
        return one.refusal();
    }

    private Board admission(String bed) {
        board.opens(stay).creates(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        return board.creates(ward, 7, "Trimaran.Bed", board.line("present", stay, bed, MONDAY));
    }

    private void admitted() {
        board.holds(stay, 1, "Encounter", encounter("in-progress", MONDAY));
        board.holds(ward, 7, "Trimaran.Bed", board.line("present", stay, "12", MONDAY));
    }

    private void discharged() {
        board.holds(stay, 1, "Encounter", encounter("finished", MONDAY, NOON));
    }

    private void lies(CellId whose, long local, String bed) {
        board.holds(whose, 1, "Encounter", encounter("in-progress", MONDAY));
        board.holds(ward, local, "Trimaran.Bed", board.line("present", whose, bed, MONDAY));
    }
}
