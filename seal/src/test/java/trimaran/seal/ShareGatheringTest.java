package trimaran.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.seal.ShareGathering.Copy;
import trimaran.seal.ShareGathering.Gathered;
import trimaran.shares.CellCommitments;
import trimaran.shares.Increments;
import trimaran.shares.SharePair;

class ShareGatheringTest {

    private static final CellId CELL = new CellId(0, 7);
    private static final CellShares SHARES = CellShares.draw(new SeededEntropy(1));
    private static final CellKey KEY = SHARES.combine(CELL);
    private static final Digest COMMITMENT = SHARES.keyCommitment();

    /** A keeper's pair after a refresh. */
    private static SharePair refreshed(Party tier) {
        SecretBytes seed = SecretBytes.random(new SeededEntropy(2), Increments.SEED_BYTES);
        return Outcomes.done(Increments.derive(seed, 2, CELL).refresh(SHARES.pairFor(tier)));
    }

    private static SecretBytes flipped(SecretBytes secret) {
        byte[] bytes = Arrays.copyOf(secret.expose(), secret.size());
        bytes[0] ^= 1;
        return SecretBytes.taking(bytes);
    }

    /** Every way a keeper can bend its pair: the lower share, the higher, both alike, both swapped. */
    private static List<SharePair> lies(SharePair pair) {
        return List.of(
                new SharePair(pair.keeper(), flipped(pair.lower()), pair.higher()),
                new SharePair(pair.keeper(), pair.lower(), flipped(pair.higher())),
                new SharePair(pair.keeper(), flipped(pair.lower()), flipped(pair.higher())),
                new SharePair(pair.keeper(), pair.higher(), pair.lower()));
    }

    private static List<SharePair> pairs(Party... keepers) {
        return new ArrayList<>(Arrays.stream(keepers).map(SHARES::pairFor).toList());
    }

    @Test
    void anyTwoKeepersGiveTheKey() {
        for (Party absent : Party.TIERS) {
            List<SharePair> answers = new ArrayList<>(pairs(Party.ACCESS, Party.APPLICATION, Party.DATA));
            answers.removeIf(pair -> pair.keeper() == absent);
            Gathered gathered = Outcomes.done(ShareGathering.gatherPairs(CELL, COMMITMENT, answers));
            assertThat(gathered.key()).isEqualTo(KEY);
            assertThat(gathered.disputed()).isEmpty();
            assertThat(gathered.liars()).isEmpty();
        }
    }

    /** nothingOpensWithOneTiersShares. */
    @Test
    void oneKeeperIsNotEnough() {
        for (Party one : Party.TIERS) {
            assertThat(Outcomes.code(ShareGathering.gatherPairs(CELL, COMMITMENT, pairs(one))))
                    .isEqualTo(Code.UNAVAILABLE);
        }
    }

    @Test
    void aLiarNeverMakesAnotherKeyComeOut() {
        for (Party liar : Party.TIERS) {
            for (SharePair lie : lies(SHARES.pairFor(liar))) {
                for (Party honest : Party.TIERS) {
                    if (honest == liar) {
                        continue;
                    }
                    var outcome = ShareGathering.gatherPairs(CELL, COMMITMENT, List.of(lie, SHARES.pairFor(honest)));
                    if (outcome.isDone()) {
                        assertThat(Outcomes.done(outcome).key()).isEqualTo(KEY);
                        assertThat(Outcomes.done(outcome).liars()).isEmpty();
                    } else {
                        assertThat(Outcomes.code(outcome)).isEqualTo(Code.BAD_SHARE);
                    }
                }
            }
        }
    }

    /** acknowledgedCellOpens: the third keeper's answer both opens the cell and names who lied. */
    @Test
    void theLiarIsNamedFromTheThirdCopy() {
        for (Party liar : Party.TIERS) {
            for (SharePair lie : lies(SHARES.pairFor(liar))) {
                List<SharePair> answers = pairs(Party.ACCESS, Party.APPLICATION, Party.DATA);
                answers.replaceAll(pair -> pair.keeper() == liar ? lie : pair);
                Gathered gathered = Outcomes.done(ShareGathering.gatherPairs(CELL, COMMITMENT, answers));
                assertThat(gathered.key()).isEqualTo(KEY);
                assertThat(gathered.liars()).containsExactly(liar);
                assertThat(gathered.disputed()).isNotEmpty();
            }
        }
    }

    @Test
    void twoLiarsAreSeenThoughNotNamed() {
        List<SharePair> answers = List.of(
                lies(SHARES.pairFor(Party.ACCESS)).get(2),
                lies(SHARES.pairFor(Party.APPLICATION)).get(0),
                SHARES.pairFor(Party.DATA));
        Gathered gathered = Outcomes.done(ShareGathering.gatherPairs(CELL, COMMITMENT, answers));
        assertThat(gathered.key()).isEqualTo(KEY);
        assertThat(gathered.disputed()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(gathered.liars()).isEmpty();
    }

    @Test
    void sharesOfAnotherCellDoNotOpenThisOne() {
        CellShares other = CellShares.draw(new SeededEntropy(2));
        List<SharePair> answers = List.of(other.pairFor(Party.ACCESS), other.pairFor(Party.DATA));
        assertThat(Outcomes.code(ShareGathering.gatherPairs(CELL, COMMITMENT, answers)))
                .isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void sharesOfTwoGenerationsDoNotMixAndOfOneOpen() {
        Increments increments = Increments.draw(new SeededEntropy(3));
        SharePair fresh = Outcomes.done(increments.refresh(SHARES.pairFor(Party.ACCESS)));
        SharePair alsoFresh = Outcomes.done(increments.refresh(SHARES.pairFor(Party.DATA)));
        SharePair old = SHARES.pairFor(Party.DATA);
        assertThat(Outcomes.done(ShareGathering.gatherPairs(CELL, COMMITMENT, List.of(fresh, alsoFresh)))
                        .key())
                .isEqualTo(KEY);
        assertThat(Outcomes.code(ShareGathering.gatherPairs(CELL, COMMITMENT, List.of(fresh, old))))
                .isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void singleSharesAreEnoughWhenTheThreeAreThere() {
        List<Copy> copies = List.of(
                new Copy(Party.DATA, 1, SHARES.first()),
                new Copy(Party.ACCESS, 2, SHARES.second()),
                new Copy(Party.ACCESS, 3, SHARES.third()));
        assertThat(Outcomes.done(ShareGathering.gather(CELL, COMMITMENT, copies))
                        .key())
                .isEqualTo(KEY);
        assertThatThrownBy(() -> new Copy(Party.ACCESS, 1, SHARES.first()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShareGathering.gatherPairs(CELL, COMMITMENT, pairs(Party.DATA, Party.DATA)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commitmentsCoverEveryPair() {
        List<Digest> shares = SHARES.shareCommitments();
        CellCommitments commitments =
                new CellCommitments(CELL, COMMITMENT, shares.get(0), shares.get(1), shares.get(2));
        for (Party keeper : Party.TIERS) {
            assertThat(commitments.check(SHARES.pairFor(keeper)).isDone()).isTrue();
        }
        assertThat(SHARES.combine(CELL).commitment()).isEqualTo(COMMITMENT);
    }

    @Test
    void theKeyCommitmentBytesStay() {
        SecretBytes zeros = SecretBytes.taking(new byte[CellKey.SIZE_BYTES]);
        assertThat(new CellKey(CELL, zeros).commitment().hex())
                .isEqualTo("0125010ff41abf4e5a9d4d489468c587eaf859c09ad25b0965f64fe792217b42");
    }

    @Test
    void noSecretIsPrinted() {
        String printed = KEY + " " + SHARES + " " + SHARES.pairFor(Party.DATA);
        assertThat(printed).contains("secret of 32 bytes").doesNotContainPattern("[0-9a-f]{32}");
    }

    private static List<ShareGathering.Given> given(long generation, SharePair pair) {
        return List.of(
                new ShareGathering.Given(
                        generation, new Copy(pair.keeper(), SharePair.lowerNumber(pair.keeper()), pair.lower())),
                new ShareGathering.Given(
                        generation, new Copy(pair.keeper(), SharePair.higherNumber(pair.keeper()), pair.higher())));
    }

    private static List<ShareGathering.Given> rubbish(long generation, Party keeper) {
        SharePair pair = SHARES.pairFor(keeper);
        return given(generation, new SharePair(keeper, flipped(pair.lower()), flipped(pair.higher())));
    }

    private static Outcome<Gathered> newest(List<List<ShareGathering.Given>> answers) {
        return ShareGathering.gatherNewest(
                CELL, COMMITMENT, answers.stream().flatMap(List::stream).toList());
    }

    @Test
    void whatALiarSaysOfANewerGenerationStandsInNobodysWay() {
        for (Party liar : Party.TIERS) {
            for (long claimed : new long[] {0, 1, 2, 9}) {
                List<List<ShareGathering.Given>> answers = new ArrayList<>();
                for (Party tier : Party.TIERS) {
                    if (tier == liar) {
                        answers.add(rubbish(claimed, tier));
                    } else {
                        answers.add(given(1, SHARES.pairFor(tier)));
                        answers.add(given(2, refreshed(tier)));
                    }
                }
                assertThat(Outcomes.done(newest(answers)).key()).isEqualTo(KEY);
            }
        }
    }

    /** One honest tier has prepared, the other has gone over, and the third labels rubbish as both. */
    @Test
    void tiersAMomentApartInARefreshHaveOneGenerationInCommon() {
        Gathered gathered = Outcomes.done(newest(List.of(
                given(1, SHARES.pairFor(Party.ACCESS)),
                given(2, refreshed(Party.ACCESS)),
                given(2, refreshed(Party.DATA)),
                rubbish(1, Party.APPLICATION),
                rubbish(2, Party.APPLICATION))));
        assertThat(gathered.key()).isEqualTo(KEY);
        assertThat(gathered.liars()).containsExactly(Party.APPLICATION);
    }

    @Test
    void whereTheNewestInCommonDoesNotFitAllIsDisputedSoThatTheThirdIsAsked() {
        Gathered gathered = Outcomes.done(newest(List.of(
                given(1, SHARES.pairFor(Party.ACCESS)),
                given(2, refreshed(Party.ACCESS)),
                given(1, SHARES.pairFor(Party.DATA)),
                rubbish(2, Party.DATA))));
        assertThat(gathered.key()).isEqualTo(KEY);
        assertThat(gathered.disputed()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(Outcomes.code(
                        newest(List.of(given(1, SHARES.pairFor(Party.ACCESS)), given(2, refreshed(Party.DATA))))))
                .isEqualTo(Code.UNAVAILABLE);
        assertThat(Outcomes.code(newest(List.of(given(2, refreshed(Party.ACCESS)), rubbish(2, Party.DATA)))))
                .isEqualTo(Code.BAD_SHARE);
    }

    /** Seed 321 of the simulator: a cell that is held, and only one tier's record has come to where a refresh begins. */
    @Test
    void sharesAsTheyWereDrawnGiveTheKeyWhateverGenerationTheirKeepersName() {
        Gathered gathered = Outcomes.done(
                newest(List.of(given(0, SHARES.pairFor(Party.ACCESS)), given(1, SHARES.pairFor(Party.APPLICATION)))));
        assertThat(gathered.key()).isEqualTo(KEY);
        assertThat(gathered.disputed()).isEmpty();
    }
}
