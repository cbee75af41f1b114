package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.Response;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** What the console says of a refresh of shares, and which keys a rebuild goes on with after one. */
class RefreshToldTest {

    private static PartyStatus tier(Party party, Object... counters) {
        List<Response.Counter> all = new ArrayList<>();
        for (int i = 0; i < counters.length; i += 2) {
            all.add(new Response.Counter(String.valueOf(counters[i]), ((Number) counters[i + 1]).longValue()));
        }
        return PartyStatus.of(party, Outcome.done(new Response.Report(new WallTime(0), all, List.of())));
    }

    @Test
    void whileOldKeysAreThereItSaysUntilWhenAndWhatToDo() {
        List<PartyStatus> tiers = List.of(
                tier(Party.ACCESS, "shares.late", 0),
                tier(Party.APPLICATION, "shares.late", 1),
                tier(Party.DATA, "shares.late", 1, "shares.unproven", 1));
        String said = String.join("\n", RefreshTold.of(2, tiers, Optional.of(new RecordTime(0))));
        assertThat(said)
                .contains("generation 2", "until 1970-01-01T00:00:00Z", "refresh once more", "data cannot show yet");
        assertThat(String.join("\n", RefreshTold.of(2, tiers, Optional.empty())))
                .contains("--late");
        assertThat(tiers.get(1).line(0)).contains("keeps the sealing keys of 1 generations before");
        assertThat(tiers.get(2).line(0)).contains("has not yet shown");
        assertThat(tiers.get(0).line(0)).doesNotContain("sealing keys", "not yet shown");
    }

    @Test
    void onceTheyAreGoneNothingIsLeftToSay() {
        assertThat(RefreshTold.of(2, List.of(tier(Party.DATA, "shares.late", 0)), Optional.empty()))
                .hasSize(1);
    }

    @Test
    void anOlderReleaseIsToldApartFromOneThatLags() throws Exception {
        PartyStatus one = tier(Party.ACCESS, "shares.named", 2);
        assertThat(RebuildGround.generationOf(List.of(one, tier(Party.DATA, "shares.named", 2))))
                .isEqualTo(2);
        assertThatThrownBy(() -> RebuildGround.generationOf(List.of(one, tier(Party.DATA, "size", 9))))
                .satisfies(thrown -> assertThat(
                                ((RefusedException) thrown).refusal().sentence())
                        .contains("older release"));
        assertThatThrownBy(() -> RebuildGround.generationOf(List.of(one, tier(Party.DATA, "shares.named", 1))))
                .satisfies(thrown ->
                        assertThat(((RefusedException) thrown).refusal().code()).isEqualTo(Code.TIER_INCOMPLETE));
    }

    /** Keys drafted before a refresh are drafted anew, unless somebody has agreed to them and agrees to no others. */
    @Test
    void aDraftOfBeforeARefreshIsGivenUpUnlessSomebodyAgreed() {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText("key"));
        PartyKeys keys =
                new PartyKeys(Party.DATA, Bytes.EMPTY, Bytes.EMPTY, key, Digest.ZERO, Bytes.ofText("sealing"), 1);
        SignedStatement draft = SignedStatement.signed(
                Digest.ZERO, new Statement.EpochChange(2, Party.DATA, keys, new RecordTime(0)), List.of());
        assertThat(Rebuilder.isOfToday(draft, 2, List.of(tier(Party.ACCESS, "epoch", 1, "shares.named", 1))))
                .isTrue();
        assertThat(Rebuilder.isOfToday(draft, 2, List.of(tier(Party.ACCESS, "epoch", 1, "shares.named", 2))))
                .isFalse();
        assertThat(Rebuilder.isOfToday(
                        draft,
                        2,
                        List.of(tier(Party.ACCESS, "epoch", 1, "shares.named", 2), tier(Party.WITNESS, "epoch", 2))))
                .isTrue();
    }
}
