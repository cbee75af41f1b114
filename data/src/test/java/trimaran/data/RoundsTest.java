package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.message.Request;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.Statement;

/** How a checkpoint comes to its quorum: the tiers first, the witness last, and nothing published before. */
class RoundsTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @Test
    void aPlacedEntryIsPublishedUnderAQuorumToBothTiers() throws MalformedException {
        placedOne();
        data.loops.runMillis(2000);
        assertThat(data.keeper().cosigner().noteSize()).isEqualTo(2);
        for (Party tier : List.of(Party.ACCESS, Party.APPLICATION)) {
            List<Request.Publish> published = other(tier).asked(Request.Publish.class);
            assertThat(published).isNotEmpty();
            for (Request.Publish one : published) {
                assertThat(quorum().check(one.note()).quorum()).isTrue();
            }
            assertThat(other(tier).size).isEqualTo(2);
        }
    }

    @Test
    void theWitnessIsAskedOverTwoTiersOnly() throws MalformedException {
        placedOne();
        data.loops.runMillis(2000);
        List<Request.AddCheckpoint> asked = other(Party.WITNESS).asked(Request.AddCheckpoint.class);
        assertThat(asked).isNotEmpty();
        for (Request.AddCheckpoint one : asked) {
            assertThat(tiersOn(one.note())).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void withOneTierAloneNobodyAsksTheWitnessAndNothingIsPublished() throws MalformedException {
        other(Party.ACCESS).silent = false;
        serving();
        other(Party.ACCESS).silent = true;
        other(Party.APPLICATION).silent = true;
        data.append(writing.grant()).place();
        data.loops.runMillis(3000);
        assertThat(sizesAsked(Party.WITNESS)).doesNotContain(2L);
        assertThat(data.keeper().cosigner().noteSize()).isLessThan(2);
    }

    @Test
    void aSilentTierDoesNotHoldUpTheOthers() throws MalformedException {
        serving();
        other(Party.ACCESS).silent = true;
        data.append(writing.grant()).place();
        data.loops.runMillis(3000);
        assertThat(data.keeper().cosigner().noteSize()).isEqualTo(2);
        assertThat(quorum().check(data.keeper().cosigner().note().orElse(Bytes.EMPTY))
                        .cosigners())
                .containsExactlyInAnyOrder(Party.APPLICATION, Party.DATA, Party.WITNESS);
    }

    @Test
    void aSilentWitnessDoesNotHoldUpTheTiers() throws MalformedException {
        serving();
        other(Party.WITNESS).silent = true;
        data.append(writing.grant()).place();
        data.loops.runMillis(3000);
        assertThat(quorum().check(data.keeper().cosigner().note().orElse(Bytes.EMPTY))
                        .cosigners())
                .containsExactlyInAnyOrder(Party.ACCESS, Party.APPLICATION, Party.DATA);
    }

    @Test
    void aFalseCosignatureCountsForNothing() throws MalformedException {
        serving();
        other(Party.ACCESS).signsFalsely = true;
        other(Party.WITNESS).silent = true;
        data.append(writing.grant()).place();
        data.loops.runMillis(3000);
        assertThat(data.keeper().cosigner().noteSize()).isLessThan(2);
        assertThat(other(Party.ACCESS).asked(Request.Replicate.class))
                .as("asked again, with pauses")
                .hasSizeBetween(3, 30);
        other(Party.ACCESS).signsFalsely = false;
        data.loops.runMillis(3000);
        assertThat(data.keeper().cosigner().noteSize()).isEqualTo(2);
    }

    @Test
    void aTierThatIsBehindIsSentWhatItLacks() throws MalformedException {
        serving();
        other(Party.ACCESS).silent = true;
        data.append(writing.grant()).place();
        data.append(writing.grant()).place();
        data.loops.runMillis(1000);
        other(Party.ACCESS).silent = false;
        // The question that was never answered is given up first.
        data.loops.runMillis(70_000);
        assertThat(other(Party.ACCESS).size).isEqualTo(3);
    }

    private void placedOne() throws MalformedException {
        serving();
        assertThat(data.append(writing.grant()).place().index()).isEqualTo(1);
    }

    private List<Long> sizesAsked(Party party) throws MalformedException {
        List<Long> sizes = new ArrayList<>();
        for (Request.AddCheckpoint one : other(party).asked(Request.AddCheckpoint.class)) {
            sizes.add(quorum().check(one.note()).checkpoint().size());
        }
        return sizes;
    }

    private long tiersOn(Bytes note) throws MalformedException {
        return quorum().check(note).cosigners().stream().filter(Party::isTier).count();
    }

    private Quorum quorum() throws MalformedException {
        Registry registry = new Registry((Statement.Founding) data.house.founding.statement());
        return Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
    }

    private FakeParty other(Party party) {
        return Map.copyOf(data.others).entrySet().stream()
                .filter(one -> one.getKey() == party)
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private void serving() {
        assertThat(data.serves(10_000)).isTrue();
        data.loops.runMillis(1000);
    }
}
