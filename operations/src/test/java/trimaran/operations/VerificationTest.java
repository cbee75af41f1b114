package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.message.Response;

class VerificationTest {

    private static PartyStatus copy(Party party, long root, String... faults) {
        return PartyStatus.of(
                party,
                Outcome.done(new Response.Report(
                        new WallTime(70_500),
                        List.of(
                                new Response.Counter("size", 9),
                                new Response.Counter("root.0", root),
                                new Response.Counter("cosigners", 0b1101),
                                new Response.Counter("checkpoint.time", 69)),
                        List.of(faults))));
    }

    private static List<PartyStatus> copies(PartyStatus... copies) {
        return new ArrayList<>(Arrays.asList(copies));
    }

    @Test
    void equalCopiesAreClean() {
        Verification verification =
                Verification.of(copies(copy(Party.ACCESS, 5), copy(Party.APPLICATION, 5), copy(Party.DATA, 5)));
        assertThat(verification.isClean()).isTrue();
        assertThat(verification.lines()).last().isEqualTo("clean");
    }

    @Test
    void twoRootsOfOneSizeAreAFault() {
        Verification verification =
                Verification.of(copies(copy(Party.ACCESS, 5), copy(Party.APPLICATION, 5), copy(Party.DATA, 6)));
        assertThat(verification.faults())
                .containsExactly(
                        "access and data differ in root.0 at size 9",
                        "application and data differ in root.0 at size 9");
    }

    @Test
    void aFaultAKeeperFoundIsAFaultWithItsName() {
        Verification verification = Verification.of(copies(copy(Party.ACCESS, 5, "leaf 3 differs")));
        assertThat(verification.faults()).containsExactly("access: leaf 3 differs");
    }

    @Test
    void aKeeperThatIsNotReachedIsAFault() {
        PartyStatus silent = PartyStatus.of(Party.DATA, Outcome.refused(Code.UNAVAILABLE, "nobody listens"));
        Verification verification = Verification.of(copies(copy(Party.ACCESS, 5), silent));
        assertThat(verification.isClean()).isFalse();
        assertThat(silent.line(9)).contains("data").contains("down").contains("nobody listens");
    }

    @Test
    void aStatusSaysWhatIsWrongWithACopy() {
        assertThat(copy(Party.ACCESS, 5, "this copy is another tree").line(9)).endsWith("this copy is another tree");
    }

    @Test
    void aStatusSaysCosignersAgeAndWhatIsLacking() {
        String line = copy(Party.ACCESS, 5).line(12);
        assertThat(line)
                .contains("9 entries")
                .contains("1.5 s old")
                .contains("cosigned by access data witness")
                .contains("lacks 3 entries");
    }

    @Test
    void aStatusNamesWhatAPartyAlarms() {
        assertThat(copy(Party.ACCESS, 5, "the release ledger of data contradicts the copy kept here at line 3")
                        .line(9)
                        .lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("ALARM the release ledger of data contradicts the copy kept here at line 3");
    }

    @Test
    void aStatusShowsAnAlarmOnceThereIsOne() {
        PartyStatus alarmed = PartyStatus.of(
                Party.DATA,
                Outcome.done(new Response.Report(
                        new WallTime(70_500),
                        List.of(new Response.Counter("alarm.void", 0), new Response.Counter("alarm.overdue", 2)),
                        List.of())));
        assertThat(alarmed.alarms()).isEqualTo(Map.of("overdue", 2L));
        assertThat(alarmed.line(0)).contains("ALARM overdue 2").doesNotContain("void");
    }

    @Test
    void jsonQuotesWhatNeedsIt() {
        assertThat(Json.text(Map.of("a", List.of("x\"\\\n", 1L, true, List.of(), Map.of()))))
                .isEqualTo("{\"a\":[\"x\\\"\\\\\\u000a\",1,true,[],{}]}");
    }
}
