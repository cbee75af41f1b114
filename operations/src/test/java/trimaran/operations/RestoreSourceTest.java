package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** A lost data is restored from a backup that is the beginning of what the two others hold, and from no other. */
class RestoreSourceTest {

    private static final int ALL = 9;

    private final BranchingTree record = new BranchingTree(ALL, ALL);
    private final Map<Party, TreeHead> signed = new EnumMap<>(Party.class);
    private boolean proves = true;
    private boolean reached = true;

    private void required(TreeHead backed) throws RefusedException {
        RestoreSource.requireBeginning(
                backed, Party.DATA, party -> Optional.ofNullable(signed.get(party)), this::answer);
    }

    private Outcome<Response> answer(Party party, Request request) {
        if (reached && request instanceof Request.Highest) {
            return Outcome.done(new Response.Note(Bytes.EMPTY));
        }
        return proves && request instanceof Request.ProveConsistency prove
                ? Outcome.done(new Response.Proof(ConsistencyProof.of(record, prove.oldSize(), prove.newSize())
                        .path()))
                : Outcome.refused(Code.UNAVAILABLE, party.word() + " is not reached");
    }

    private void refused(TreeHead backed, Code code, String words) {
        assertThatThrownBy(() -> required(backed)).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.refusal().code()).isEqualTo(code);
            assertThat(no.refusal().sentence()).contains(words);
        });
    }

    @Test
    void theBeginningIsTakenWhoeverOfTheTwoShowsIt() throws RefusedException {
        signed.put(Party.ACCESS, record.head(ALL));
        required(record.head(5));
        required(record.head(ALL));
        signed.clear();
        signed.put(Party.APPLICATION, record.head(7));
        required(record.head(5));
    }

    @Test
    void whatIsNoBeginningIsOfAnotherCourseOfThings() {
        signed.put(Party.ACCESS, record.head(ALL));
        refused(
                new BranchingTree(ALL, 3).head(5),
                Code.EQUIVOCATION,
                "is not the beginning of the record access holds");
    }

    @Test
    void whatTellsOfMoreThanTheOthersHoldIsAskedAbout() {
        signed.put(Party.ACCESS, record.head(5));
        refused(record.head(6), Code.EQUIVOCATION, "tells of 6 entries, access of 5");
    }

    @Test
    void whereNobodyShowsTheRecordNothingIsRestored() {
        refused(record.head(5), Code.UNAVAILABLE, "no other tier shows its record: application has no checkpoint");
        reached = false;
        refused(
                record.head(5),
                Code.UNAVAILABLE,
                "no other tier shows its record: application is not reached; start what is down, then try again");
        signed.put(Party.ACCESS, record.head(ALL));
        proves = false;
        refused(record.head(5), Code.UNAVAILABLE, "no other tier shows its record");
        // Whose backup it is has no say.
        signed.clear();
        signed.put(Party.DATA, record.head(ALL));
        proves = true;
        refused(record.head(5), Code.UNAVAILABLE, "no other tier shows its record");
    }
}
