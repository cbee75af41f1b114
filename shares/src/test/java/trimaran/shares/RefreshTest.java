package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

class RefreshTest {

    private static final CellId CELL = new CellId(0, 7);
    private static final SecretBytes R1 = CellCommitmentsTest.filled(1);
    private static final SecretBytes R2 = CellCommitmentsTest.filled(2);
    private static final SecretBytes R3 = CellCommitmentsTest.filled(4);

    private static SharePair pair(Party keeper) {
        return switch (keeper) {
            case ACCESS -> new SharePair(keeper, R2, R3);
            case APPLICATION -> new SharePair(keeper, R1, R3);
            case DATA -> new SharePair(keeper, R1, R2);
            case WITNESS -> throw new IllegalArgumentException("no tier");
        };
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    @Test
    void aRefreshKeepsTheKeyAndChangesEveryShare() {
        Increments increments = Increments.draw(new SeededEntropy(1)).plus(Increments.draw(new SeededEntropy(2)));
        SharePair data = done(increments.refresh(pair(Party.DATA)));
        SharePair access = done(increments.refresh(pair(Party.ACCESS)));
        assertThat(data.share(2)).isEqualTo(access.share(2));
        assertThat(data.share(1).xor(data.share(2)).xor(access.share(3)))
                .isEqualTo(R1.xor(R2).xor(R3));
        assertThat(data.share(1)).isNotEqualTo(R1);
        assertThat(data.share(2)).isNotEqualTo(R2);
        assertThat(access.share(3)).isNotEqualTo(R3);
    }

    @Test
    void incrementsThatDoNotCancelAreRefused() {
        SecretBytes one = CellCommitmentsTest.filled(1);
        Increments wrong = new Increments(one, one, one);
        assertThat(wrong.cancel()).isFalse();
        assertThat(CellCommitmentsTest.code(wrong.refresh(pair(Party.DATA)))).isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void incrementsFromASeedCancelAndDifferByCellAndGeneration() {
        SecretBytes seed = CellCommitmentsTest.filled(9);
        Increments increments = Increments.derive(seed, 2, CELL);
        assertThat(increments.cancel()).isTrue();
        assertThat(increments).isEqualTo(Increments.derive(seed, 2, CELL));
        assertThat(increments).isNotEqualTo(Increments.derive(seed, 3, CELL));
        assertThat(increments).isNotEqualTo(Increments.derive(seed, 2, new CellId(0, 8)));
    }

    @Test
    void incrementsAreReadBack() throws MalformedException {
        Increments increments = Increments.draw(new SeededEntropy(1));
        Writer writer = new Writer();
        increments.write(writer);
        assertThat(Reader.whole(writer.toBytes(), Increments::read)).isEqualTo(increments);
    }

    @Test
    void eachTierIsRebuiltFromTheOtherTwo() {
        for (Party fallen : Party.TIERS) {
            var survivors = Party.TIERS.stream().filter(each -> each != fallen).toList();
            var one = ShareRebuild.contribution(pair(survivors.get(0)), fallen);
            var other = ShareRebuild.contribution(pair(survivors.get(1)), fallen);
            assertThat(ShareRebuild.rebuild(fallen, one, other)).isEqualTo(Outcome.done(pair(fallen)));
            assertThat(ShareRebuild.rebuild(fallen, other, one)).isEqualTo(Outcome.done(pair(fallen)));
        }
    }

    @Test
    void contributionsThatAreNotTheFallenTiersSharesAreRefused() {
        var fromAccess = ShareRebuild.contribution(pair(Party.ACCESS), Party.DATA);
        var forAnother = ShareRebuild.contribution(pair(Party.APPLICATION), Party.ACCESS);
        assertThat(CellCommitmentsTest.code(ShareRebuild.rebuild(Party.DATA, fromAccess, fromAccess)))
                .isEqualTo(Code.BAD_SHARE);
        assertThat(CellCommitmentsTest.code(ShareRebuild.rebuild(Party.DATA, fromAccess, forAnother)))
                .isEqualTo(Code.BAD_SHARE);
        assertThatThrownBy(() -> ShareRebuild.contribution(pair(Party.DATA), Party.DATA))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivorsThatDisagreeAreSeen() {
        assertThat(ShareRebuild.agree(pair(Party.ACCESS), pair(Party.DATA))).isTrue();
        assertThat(ShareRebuild.agree(pair(Party.ACCESS), new SharePair(Party.DATA, R1, R3)))
                .isFalse();
    }

    @Test
    void twoHoldersOfAShareComeToOneGenerationDigest() {
        Digest atData = new GenerationDigest(2, 2).add(CELL, pair(Party.DATA)).digest();
        Digest atAccess =
                new GenerationDigest(2, 2).add(CELL, pair(Party.ACCESS)).digest();
        assertThat(atData).isEqualTo(atAccess);
        assertThat(new GenerationDigest(3, 2).add(CELL, pair(Party.DATA)).digest())
                .isNotEqualTo(atData);
        assertThat(new GenerationDigest(2, 2).digest()).isNotEqualTo(atData);
        assertThatThrownBy(() ->
                        new GenerationDigest(2, 2).add(CELL, pair(Party.DATA)).add(CELL, pair(Party.DATA)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
