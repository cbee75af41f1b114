package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Prepared;
import trimaran.line.message.RefreshStep;
import trimaran.record.Signature;

/** A refresh of shares on whose way a tier falls and is made anew, and one that lies the while. */
class RefreshFallTest {

    private static final long WHILE_MILLIS = 60_000;

    private final RefreshHouse house = new RefreshHouse();
    private final List<CellId> cells = new ArrayList<>();

    private void opened(int many) {
        house.run(5_000);
        for (int i = 0; i < many; i++) {
            cells.add(house.open());
        }
        house.run(5_000);
    }

    private void allAre(long generation) {
        for (Party tier : Party.TIERS) {
            assertThat(house.generation(tier))
                    .as(tier + ": " + house.faults(tier) + house.counters(tier))
                    .isEqualTo(generation);
            assertThat(house.counters(tier)).containsEntry("shares.lacking", 0L);
        }
        cells.forEach(cell -> assertThat(house.opensEverywhere(cell)).isTrue());
    }

    private RefreshWords words(Party tier, long generation) {
        return house.keeper(tier).upkeep().refresh().words(generation);
    }

    private void runUntilPrepared(Party... tiers) {
        for (int looks = 0; looks < 600; looks++) {
            boolean all = List.of(tiers).stream()
                    .allMatch(tier -> words(tier, 1).of(tier).isPresent());
            if (all) {
                return;
            }
            house.run(50);
        }
        throw new AssertionError("they do not prepare");
    }

    /** Its word is on the others' disks: they wait for the one after it, who begins with what both have prepared. */
    @Test
    void aTierThatIsMadeAnewAfterAllHadPreparedEndsTheRefreshItself() {
        opened(3);
        house.refresh();
        runUntilPrepared(Party.TIERS.toArray(Party[]::new));
        house.rebuild(Party.APPLICATION, 1);
        cells.add(house.open());
        house.run(WHILE_MILLIS);
        allAre(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    /** One of the others had gone over alone before it fell: only the new shares are common to the two that are left. */
    @Test
    void aTierThatIsMadeAnewWhileOneOfTheOthersHadGoneOverGetsWhatBothHave() {
        opened(3);
        house.refresh();
        runUntilPrepared(Party.TIERS.toArray(Party[]::new));
        if (house.generation(Party.DATA) == 0) {
            house.keeper(Party.DATA).setting().keys().shares().advance(1);
        }
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        allAre(1);
    }

    /** Access has the key of application as it was before it fell, and signs with it that application had prepared. */
    @Test
    void aWordUnderTheKeysOfATierThatFellEndsNoRefresh() {
        opened(3);
        house.refresh();
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        allAre(1);
        house.refresh();
        house.house.crash(Party.APPLICATION);
        house.run(5_000);
        RefreshWords datas = words(Party.DATA, 2);
        Prepared own =
                new Prepared(Party.DATA, 2, 1, Digest.ZERO, Digest.ZERO, Digest.ZERO, List.of(), 5, Signature.NONE);
        datas.say(own);
        for (Party other : List.of(Party.ACCESS, Party.APPLICATION)) {
            Prepared word =
                    new Prepared(other, 2, 1, Digest.ZERO, Digest.ZERO, Digest.ZERO, List.of(), 5, Signature.NONE);
            datas.take(
                    Party.ACCESS,
                    word.signed(KeeperHouse.signer(other.word())
                            .sign(word.signedBytes(house.house.founding().id()))));
        }
        assertThat(datas.of(Party.ACCESS)).isPresent();
        assertThat(datas.areAgreed()).isFalse();
        house.run(5_000);
        assertThat(house.generation(Party.DATA)).isEqualTo(1);
    }

    /** The draft of its keys was signed before the refresh was named. */
    @Test
    void aTierThatIsMadeAnewWithKeysOfBeforeARefreshBeginsWhereTheOthersAre() {
        opened(3);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(1);
        house.rebuild(Party.APPLICATION, 0);
        house.run(WHILE_MILLIS);
        allAre(1);
        cells.add(house.open());
        house.run(RefreshHouse.LATE_MILLIS + 60_000);
        cells.add(house.open());
        house.run(WHILE_MILLIS);
        allAre(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    /** As before, and the refresh it knows nothing of has not ended. */
    @Test
    void aTierThatIsMadeAnewWithKeysOfBeforeTakesPartInTheRefresh() {
        opened(3);
        house.house.crash(Party.APPLICATION);
        house.house.start(Party.APPLICATION);
        house.refresh();
        house.rebuild(Party.APPLICATION, 0);
        house.run(WHILE_MILLIS);
        house.run(WHILE_MILLIS);
        allAre(1);
    }

    private void lies(Party on, Party keeper) {
        house.house
                .disk(on)
                .write(List.of(new Store.Change.Put(
                        Space.STATE,
                        Key.prepared(1, keeper),
                        signed(words(on, 1).of(keeper).orElseThrow().base(), keeper)
                                .encode())));
        house.house.crash(on);
        house.house.start(on);
    }

    /** A word of its keeper that contradicts what it had prepared. */
    private Prepared signed(long base, Party keeper) {
        Digest other = Digest.sha256(Bytes.ofText("other"));
        Prepared word =
                new Prepared(keeper, 1, base, other, other, other, List.of(cells.getFirst()), 5, Signature.NONE);
        return word.signed(KeeperHouse.signer(keeper.word())
                .sign(word.signedBytes(house.house.founding().id())));
    }

    /** Access tells who is made anew something else than it told data: what data passes on proves the shares all the same. */
    @Test
    void aLiarsSecondWordKeepsNobodyUnproven() {
        opened(3);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(1);
        lies(Party.ACCESS, Party.ACCESS);
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        assertThat(house.counters(Party.APPLICATION))
                .containsEntry("shares.unproven", 0L)
                .containsEntry("shares.lacking", 0L);
        assertThat(house.faults(Party.APPLICATION)).isEmpty();
    }

    @Test
    void whereTheWordsDoNotFitTheSharesNobodyIsAccused() {
        opened(3);
        house.refresh();
        house.run(WHILE_MILLIS);
        lies(Party.ACCESS, Party.ACCESS);
        lies(Party.DATA, Party.ACCESS);
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        assertThat(house.counters(Party.APPLICATION)).containsEntry("shares.unproven", 1L);
        assertThat(house.faults(Party.APPLICATION))
                .contains("one of the two lies or is damaged")
                .doesNotContain("access", "data ");
        cells.forEach(cell -> assertThat(house.opensEverywhere(cell)).isTrue());
    }

    /** Left out, no digest would show what became of it. */
    @Test
    void aCellTheTwoOthersHaveIsLeftOutOnNobodysWord() {
        opened(2);
        house.house.crash(Party.ACCESS);
        house.house.start(Party.ACCESS);
        house.refresh();
        for (Party honest : List.of(Party.APPLICATION, Party.DATA)) {
            RefreshStep.Seed seed =
                    new RefreshStep.Seed(1, 0, SecretBytes.taking(Digest.ZERO.toArray()), List.of(cells.getFirst()));
            assertThat(house.keeper(honest)
                            .upkeep()
                            .refresh()
                            .answer(Optional.of(Party.ACCESS), false, seed)
                            .isDone())
                    .isTrue();
        }
        house.run(WHILE_MILLIS);
        assertThat(house.faults(Party.DATA)).contains("access says it has no shares");
        assertThat(house.generation(Party.DATA)).isZero();
        cells.forEach(cell -> assertThat(house.opensEverywhere(cell)).isTrue());
    }

    /** A refresh that does not end keeps no key of the one before alive. */
    @Test
    void oldSealingKeysGoAlsoWhileAFurtherRefreshWaits() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        house.refresh();
        house.house.crash(Party.APPLICATION);
        assertThat(house.counters(Party.DATA)).containsEntry("shares.late", 1L);
        house.run(RefreshHouse.LATE_MILLIS + 2 * LateKeys.MARGIN_MILLIS);
        cells.add(house.open());
        house.run(5_000);
        assertThat(house.generation(Party.DATA)).isEqualTo(1);
        assertThat(house.counters(Party.DATA)).containsEntry("shares.late", 0L);
    }

    @Test
    void anOldSealingKeyStaysWhileSomethingHeldIsSealedToIt() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        var keys = house.keeper(Party.DATA).setting().keys().shares();
        LateKeys late = new LateKeys(house.keeper(Party.DATA).copy().registry());
        var over = house.now().plusMillis(RefreshHouse.LATE_MILLIS + 2 * LateKeys.MARGIN_MILLIS);
        late.forget(keys, over, number -> number == 0);
        assertThat(keys.lateNumbers()).containsExactly(0L);
        late.forget(keys, over, number -> number == 1);
        assertThat(keys.lateNumbers()).isEmpty();
    }
}
