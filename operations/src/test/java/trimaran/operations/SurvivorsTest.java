package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.message.Response;

class SurvivorsTest {

    private final List<String> said = new ArrayList<>();
    private int looks;

    /** Access was rebuilt a moment ago and gets its shares back at this look. */
    private Survivors wholeAt(int look) {
        return new Survivors(
                party -> party == Party.ACCESS && looks < look ? lacking(party, 61, 0) : lacking(party, 0, 0),
                said::add,
                () -> looks++);
    }

    private static PartyStatus lacking(Party party, long shares, long blobs) {
        return lacking(party, shares, blobs, 0);
    }

    private static PartyStatus lacking(Party party, long shares, long blobs, long hopeless) {
        return PartyStatus.of(
                party,
                Outcome.done(new Response.Report(
                        new WallTime(0),
                        List.of(
                                new Response.Counter("size", 9),
                                new Response.Counter("shares.lacking", shares),
                                new Response.Counter("shares.hopeless", hopeless),
                                new Response.Counter("blobs.missing", blobs)),
                        List.of())));
    }

    @Test
    void what_is_on_its_way_is_waited_for() throws RefusedException {
        wholeAt(Survivors.LOOKS_MAX - 1).requireWhole(Party.APPLICATION);

        assertThat(said)
                .hasSize(Survivors.LOOKS_MAX - 1)
                .allMatch(line -> line.equals("access lacks the shares of 61 cells; waiting until that is mended"));
    }

    @Test
    void rubbish_an_author_sent_keeps_nobody_from_a_refresh() throws RefusedException {
        new Survivors(party -> lacking(party, 3, 0, 3), said::add, () -> looks++).requireAllWhole();
        assertThat(said).isEmpty();
        assertThatThrownBy(() ->
                        new Survivors(party -> lacking(party, 3, 0, 2), said::add, () -> looks++).requireAllWhole())
                .hasMessageContaining("the shares of 1 cells");
    }

    private static PartyStatus unproven(Party party) {
        return PartyStatus.of(
                party,
                Outcome.done(new Response.Report(
                        new WallTime(0),
                        List.of(new Response.Counter("size", 9), new Response.Counter("shares.unproven", 1)),
                        List.of())));
    }

    @Test
    void shares_that_may_not_be_true_are_no_ground_to_make_another_hull_from() throws RefusedException {
        Survivors one = new Survivors(
                party -> party == Party.ACCESS ? unproven(party) : lacking(party, 0, 0), said::add, () -> looks++);
        assertThatThrownBy(() -> one.requireWhole(Party.APPLICATION))
                .hasMessageContaining("access lacks the proof that its refreshed shares are true")
                .hasMessageContaining("--accept-loss");
        one.requireAllWhole();
        assertThat(unproven(Party.ACCESS).line(9)).contains("lacks nothing").contains("has not yet shown");
    }

    @Test
    void a_second_hull_is_not_made_anew_while_the_first_lacks_what_only_it_has() {
        assertThatThrownBy(() -> wholeAt(Survivors.LOOKS_MAX).requireWhole(Party.APPLICATION))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(Code.TIER_INCOMPLETE);
                    assertThat(refused)
                            .hasMessageContaining("access lacks the shares of 61 cells")
                            .hasMessageContaining("Start application")
                            .hasMessageContaining("--accept-loss");
                });
    }

    @Test
    void whoever_does_not_answer_or_is_still_copying_is_not_whole() {
        PartyStatus silent = PartyStatus.of(Party.DATA, Outcome.refused(Code.UNAVAILABLE, "nobody listens"));
        Survivors away =
                new Survivors(party -> party == Party.DATA ? silent : lacking(party, 0, 0), said::add, () -> looks++);
        assertThatThrownBy(() -> away.requireWhole(Party.APPLICATION)).hasMessageContaining("data lacks an answer");

        PartyStatus copying = PartyStatus.of(
                Party.DATA,
                Outcome.done(
                        new Response.Report(new WallTime(0), List.of(new Response.Counter("size", 4)), List.of())));
        Survivors behind =
                new Survivors(party -> party == Party.DATA ? copying : lacking(party, 0, 0), said::add, () -> looks++);
        assertThatThrownBy(() -> behind.requireWhole(Party.APPLICATION)).hasMessageContaining("data lacks 5 entries");
    }

    @Test
    void what_the_fallen_one_lacks_does_not_matter() throws RefusedException {
        wholeAt(Survivors.LOOKS_MAX).requireWhole(Party.ACCESS);

        assertThat(said).isEmpty();
    }

    @Test
    void status_says_what_a_tier_lacks() {
        assertThat(lacking(Party.DATA, 3, 2).line(12)).contains("lacks 3 entries, 2 blobs, the shares of 3 cells");
        assertThat(lacking(Party.DATA, 0, 0).line(9)).contains("lacks nothing");
    }
}
