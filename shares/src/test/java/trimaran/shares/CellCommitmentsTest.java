package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
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

class CellCommitmentsTest {

    private static final CellId CELL = new CellId(0, 7);
    private static final SecretBytes R1 = filled(1);
    private static final SecretBytes R2 = filled(2);
    private static final SecretBytes R3 = filled(3);
    private static final CellCommitments COMMITTED = commitments(CELL);

    static SecretBytes filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return SecretBytes.taking(bytes);
    }

    private static CellCommitments commitments(CellId cell) {
        return new CellCommitments(
                cell,
                Digest.ZERO,
                CellCommitments.ofShare(1, R1),
                CellCommitments.ofShare(2, R2),
                CellCommitments.ofShare(3, R3));
    }

    @Test
    void eachKeeperFindsItsOwnPairCovered() {
        assertThat(COMMITTED.check(new SharePair(Party.ACCESS, R2, R3)).isDone())
                .isTrue();
        assertThat(COMMITTED.check(new SharePair(Party.APPLICATION, R1, R3)).isDone())
                .isTrue();
        assertThat(COMMITTED.check(new SharePair(Party.DATA, R1, R2)).isDone()).isTrue();
    }

    @Test
    void sharesInTheWrongOrderAreRefusedByNumber() {
        assertThat(COMMITTED.check(new SharePair(Party.DATA, R2, R1)))
                .isEqualTo(Outcome.refused(
                        Code.BAD_SHARE, "Share 1 of cell " + CELL.handle() + " is not the committed one."));
        assertThat(COMMITTED.check(new SharePair(Party.ACCESS, R2, R1)))
                .isEqualTo(Outcome.refused(
                        Code.BAD_SHARE, "Share 3 of cell " + CELL.handle() + " is not the committed one."));
    }

    @Test
    void aCommitmentSaysWhichShareItIs() {
        assertThat(CellCommitments.ofShare(1, R1)).isNotEqualTo(CellCommitments.ofShare(2, R1));
    }

    @Test
    void theCommitmentBytesStay() {
        assertThat(CellCommitments.ofShare(1, R1).hex())
                .isEqualTo("6e994de249db878d18444645cac32790328745e450abb52c83c881fd96813e7e");
    }

    @Test
    void theEncodingIsReadBackWhole() throws MalformedException {
        Writer writer = new Writer();
        COMMITTED.write(writer);
        assertThat(writer.size()).isEqualTo(CellCommitments.SIZE_BYTES);
        assertThat(Reader.whole(writer.toBytes(), CellCommitments::read)).isEqualTo(COMMITTED);
    }

    @Test
    void aPackageHoldsExactlyTheCommittedCells() {
        var pair = new SharePackage.CellPair(CELL, new SharePair(Party.DATA, R1, R2));
        var swapped = new SharePackage.CellPair(CELL, new SharePair(Party.DATA, R2, R1));
        var sealedForData = new SharePackage(Party.DATA, List.of(pair));
        assertThat(sealedForData.check(List.of(COMMITTED)).isDone()).isTrue();
        assertThat(code(sealedForData.check(List.of()))).isEqualTo(Code.BAD_SHARE);
        assertThat(code(sealedForData.check(List.of(commitments(new CellId(0, 8))))))
                .isEqualTo(Code.BAD_SHARE);
        assertThat(code(new SharePackage(Party.DATA, List.of(swapped)).check(List.of(COMMITTED))))
                .isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void aPackageIsReadBackAndTrailingBytesAreRefused() throws MalformedException {
        var pair = new SharePackage.CellPair(CELL, new SharePair(Party.ACCESS, R2, R3));
        var given = new SharePackage(Party.ACCESS, List.of(pair));
        assertThat(Reader.whole(given.encode(), SharePackage::read)).isEqualTo(given);
        Bytes longer = Bytes.wrap(
                Arrays.copyOf(given.encode().toArray(), given.encode().size() + 1));
        assertThatThrownBy(() -> Reader.whole(longer, SharePackage::read)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aPackageOfTheWitnessOrWithACellTwiceIsMalformed() {
        Bytes ofWitness = new Writer().u8(Party.WITNESS.ordinal()).u32(0).toBytes();
        assertThatThrownBy(() -> Reader.whole(ofWitness, SharePackage::read)).isInstanceOf(MalformedException.class);
        Writer twice = new Writer().u8(Party.DATA.ordinal()).u32(2);
        for (int i = 0; i < 2; i++) {
            CELL.write(twice);
            new SharePair(Party.DATA, R1, R2).write(twice);
        }
        assertThatThrownBy(() -> Reader.whole(twice.toBytes(), SharePackage::read))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aPackageTakesItsLimitAndNotOneMore() throws MalformedException {
        assertThat(Reader.whole(packageOf(SharePackage.CELLS_MAX), SharePackage::read)
                        .pairs())
                .hasSize(SharePackage.CELLS_MAX);
        assertThatThrownBy(() -> Reader.whole(packageOf(SharePackage.CELLS_MAX + 1), SharePackage::read))
                .isInstanceOf(MalformedException.class);
    }

    private static Bytes packageOf(int cells) {
        Writer writer = new Writer().u8(Party.DATA.ordinal()).u32(cells);
        for (int i = 0; i < cells; i++) {
            new CellId(0, i).write(writer);
            new SharePair(Party.DATA, R1, R2).write(writer);
        }
        return writer.toBytes();
    }

    @Test
    void aPairKnowsOnlyItsOwnNumbers() {
        var pair = new SharePair(Party.APPLICATION, R1, R3);
        assertThat(pair.share(1)).isEqualTo(R1);
        assertThat(pair.share(3)).isEqualTo(R3);
        assertThatThrownBy(() -> pair.share(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SharePair(Party.WITNESS, R1, R3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(pair.toString()).doesNotContain("0101");
    }

    static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }
}
