package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;

/** What a tier whose disk lied may have lost for good: lines of its own release ledger, and nothing else. */
class LostWriteDrillsTest {

    private static final String COPY =
            "FAULT the copy access keeps of data's release ledger is another ledger's before line 40\n";
    private static final String LINES =
            "FAULT the copy application keeps of data's release ledger has lines the ledger does not have\n";
    private static final String INDEX =
            "FAULT access: cell 01 leads to line 4 of data's release ledger, which does not name it\n";

    @Test
    void linesOfItsOwnLedgerMayBeGone() {
        assertThat(LostWriteDrills.beyondLedger(Party.DATA, failed(COPY + LINES + INDEX + "3 faults\n")))
                .isEmpty();
    }

    @Test
    void anythingElseIsABreach() {
        for (String other : new String[] {
            "FAULT data: entry 41 is missing\n",
            "FAULT access and data differ in root at size 40\n",
            "FAULT data lacks 2 entries\n",
            "FAULT the copy data keeps of access's release ledger ends at line 3 of 9\n",
            "FAULT access: 12 more faults\n"
        }) {
            assertThat(LostWriteDrills.beyondLedger(Party.DATA, failed(COPY + other)))
                    .as(other)
                    .containsExactly(other.strip());
        }
    }

    @Test
    void aCheckThatFailsAndNamesNothingIsABreach() {
        assertThat(LostWriteDrills.beyondLedger(Party.DATA, failed("data is not reached\n")))
                .singleElement()
                .asString()
                .contains("data is not reached");
    }

    private static Said failed(String out) {
        return new Said(6, out, "");
    }
}
