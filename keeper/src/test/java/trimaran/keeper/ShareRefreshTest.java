package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.Statement;
import trimaran.shares.SealingKeyPair;

/** What a refresh of shares does where something is damaged, missing, late or lied about. */
class ShareRefreshTest {

    private static final long WHILE_MILLIS = 30_000;

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
                    .as(tier + ": " + house.faults(tier))
                    .isEqualTo(generation);
        }
        cells.forEach(cell -> assertThat(house.opensEverywhere(cell)).isTrue());
    }

    private void damage(Party tier, long generation, CellId cell) {
        house.house
                .disk(tier)
                .write(List.of(new Store.Change.Put(Space.SHARES, Key.share(generation, cell), Bytes.of((byte) 1))));
    }

    @Test
    void allThreeGoOverAndEverythingOpens() {
        opened(3);
        cells.add(house.open(CellKind.LOOKUP));
        house.refresh();
        cells.add(house.open());
        house.run(WHILE_MILLIS);
        allAre(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    /** The pass before found it, gave it up and began again without it: its word was of one cell less, for good. */
    @Test
    void aPairThatIsDamagedIsGotBackBeforeTheRefreshGoesOn() {
        opened(3);
        damage(Party.DATA, 0, cells.get(1));
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(1);
        for (Party tier : Party.TIERS) {
            assertThat(house.faults(tier)).isEmpty();
            assertThat(house.counters(tier)).containsEntry("shares.lacking", 0L);
        }
    }

    /** It came in behind a pass, or vanished since: with the old generation it would be gone without a trace. */
    @Test
    void whatHasNoNewPairWhenARefreshEndsIsLackingAndNothingElse() {
        opened(3);
        house.refresh();
        Copy copy = house.keeper(Party.DATA).copy();
        Store store = house.house.disk(Party.DATA);
        for (CellId made : cells.subList(1, 3)) {
            store.write(List.of(
                    copy.shares().put(1, made, copy.shares().pair(0, made).orElseThrow())));
        }
        store.write(copy.shares().lost(0, copy.opening(cells.get(2)).orElseThrow()));
        RefreshEnd end = new RefreshEnd(
                house.keeper(Party.DATA).setting(),
                copy,
                1,
                copy.shares().beginning(1).orElseThrow());
        while (!end.goOn()) {
            assertThat(end.generation()).isEqualTo(1);
        }
        assertThat(copy.shares().lacking(one -> true).stream().map(Shares.Lacking::cell))
                .containsExactlyInAnyOrder(cells.get(0), cells.get(2));
        assertThat(store.get(Space.SHARES, Key.share(1, cells.get(1)))).isPresent();
        assertThat(store.get(Space.SHARES, Key.share(1, cells.get(2))))
                .as("of a pass that was given up")
                .isEmpty();
    }

    @Test
    void fromThePassToTheEndNothingOpenedBeforeIsTakenIn() {
        opened(1);
        house.refresh();
        cells.add(house.open());
        Copy copy = house.keeper(Party.DATA).copy();
        Store store = house.house.disk(Party.DATA);
        long begin = copy.shares().beginning(1).orElseThrow();
        for (CellId cell : cells) {
            Copy.Opening opening = copy.opening(cell).orElseThrow();
            store.write(copy.shares().lost(copy.shares().of(opening.index()), opening));
        }
        copy.shares().prepared(List.of(), begin);
        assertThat(late(copy, cells.get(0))).as("opened before").isEmpty();
        assertThat(late(copy, cells.get(1))).as("opened after").isNotEmpty();
        copy.shares().prepared(List.of(), 0);
        assertThat(late(copy, cells.get(0))).isNotEmpty();
    }

    private List<Store.Change> late(Copy copy, CellId cell) {
        long index = copy.opening(cell).orElseThrow().index();
        EntryContent content = house.placed(index);
        return copy.shares().late(content.header().author(), content.escrow(), index);
    }

    /** A tier that was down while two refreshes were named finds its way through both. */
    @Test
    void aGenerationNamedBeforeTheOneBeforeHasEndedStrandsNobody() {
        opened(2);
        house.refresh();
        house.refresh();
        cells.add(house.open());
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    @Test
    void aTierThatHadPreparedGoesThroughAnOldGenerationTheOthersHaveEnded() {
        opened(2);
        house.refresh();
        long looks = 0;
        while (house.keeper(Party.DATA).copy().shares().prepared().isEmpty()
                && house.generation(Party.DATA) == 0
                && looks++ < 200) {
            house.run(50);
        }
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    @Test
    void whoHasGoneOverTakesNoMoreSeeds() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        RefreshStep.Seed late = new RefreshStep.Seed(
                1, 0, SecretBytes.random(house.keeper(Party.DATA).setting().entropy(), 32), List.of());
        Outcome<Response> answer =
                house.keeper(Party.DATA).upkeep().refresh().answer(java.util.Optional.of(Party.ACCESS), false, late);
        assertThat(answer.isDone()).isFalse();
    }

    @Test
    void rowsOfAGenerationThatIsGoneAreRemovedSomeAtATime() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        Store store = house.house.disk(Party.DATA);
        List<Store.Change> rows = new ArrayList<>();
        for (int i = 0; i <= SharesSweep.SWEPT_MAX; i++) {
            rows.add(new Store.Change.Put(Space.SHARES, Key.share(0, new CellId(9, i)), Bytes.of((byte) 1)));
        }
        store.write(rows);
        SharesSweep sweep = new SharesSweep(
                house.keeper(Party.DATA).setting(),
                house.keeper(Party.DATA).copy().shares());
        for (int left : new int[] {1, 0, 0}) {
            sweep.look();
            assertThat(noise(store)).isEqualTo(left);
        }
        allAre(1);
    }

    private static int noise(Store store) {
        int[] rows = {0};
        store.scan(Space.SHARES, Key.number(0), Key.number(1), (key, value) -> {
            rows[0]++;
            return true;
        });
        return rows[0];
    }

    @Test
    void noMoreGenerationsAreNamedThanAreHandedOut() {
        opened(1);
        house.house.crash(Party.APPLICATION);
        house.house.start(Party.APPLICATION);
        long present = house.generation(Party.DATA);
        var refresh = house.keeper(Party.DATA).upkeep().refresh();
        for (int i = 1; i <= RefreshStep.UNFINISHED_MAX; i++) {
            assertThat(refresh.answer(java.util.Optional.empty(), true, new RefreshStep.Draw(present + i))
                            .isDone())
                    .as("generation %d", i)
                    .isTrue();
            house.refresh();
        }
        assertThat(refresh.answer(
                                java.util.Optional.empty(),
                                true,
                                new RefreshStep.Draw(present + RefreshStep.UNFINISHED_MAX + 1))
                        .isDone())
                .isFalse();
    }

    @Test
    void oldSealingKeysGoByTheRecordsTimeAndNotWhileSomethingIsHeld() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        var keys = house.keeper(Party.DATA).setting().keys().shares();
        assertThat(keys.lateNumbers()).containsExactly(0L);
        house.run(RefreshHouse.LATE_MILLIS + 2 * LateKeys.MARGIN_MILLIS);
        assertThat(keys.lateNumbers()).as("the record has not come so far").containsExactly(0L);
        cells.add(house.open());
        house.run(5_000);
        assertThat(keys.lateNumbers()).isEmpty();
        assertThat(keys.sealing(0)).isEmpty();
    }

    @Test
    void whatIsSealedToOldKeysIsRefusedAMarginBeforeTheyGo() {
        opened(1);
        EntryContent old = house.opening(CellKind.DOSSIER);
        house.refresh();
        var registry = house.keeper(Party.DATA).copy().registry();
        LateKeys late = new LateKeys(registry);
        var until = house.now().plusMillis(RefreshHouse.LATE_MILLIS);
        assertThat(late.stale(old, until)).isEmpty();
        assertThat(late.stale(old, until.plusMillis(1))).isPresent();
        assertThat(late.staleSoon(old, until.plusMillis(-LateKeys.MARGIN_MILLIS)))
                .isEmpty();
        assertThat(late.staleSoon(old, until.plusMillis(1 - LateKeys.MARGIN_MILLIS)))
                .isPresent();
        assertThat(late.stale(house.opening(CellKind.DOSSIER), until.plusMillis(1)))
                .isEmpty();
    }

    @Test
    void aGenerationWithoutKeysHereLacksItsPairsAndStopsNothing() {
        opened(1);
        var shares = house.keeper(Party.DATA).setting().keys().shares();
        List<Bytes> strange = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            strange.add(
                    SealingKeyPair.generate(house.keeper(Party.DATA).setting().entropy())
                            .publicKey()
                            .raw());
        }
        house.state(new Statement.Refresh(1, 1, strange, house.now(), house.now()));
        EntryContent old = house.opening(CellKind.DOSSIER);
        assertThat(shares.generation(1)).isEmpty();
        house.place(old);
        house.run(5_000);
        assertThat(house.counters(Party.DATA)).containsEntry("shares.lacking", 1L);
        assertThat(house.faults(Party.DATA)).contains("has not drawn");
    }

    @Test
    void whoIsWaitedForIsNamed() {
        opened(1);
        house.refresh();
        house.house.crash(Party.APPLICATION);
        house.run(ShareRefresh.PATIENCE_MILLIS + 5_000);
        assertThat(house.faults(Party.DATA)).contains("waits for application");
        house.house.start(Party.APPLICATION);
        house.run(WHILE_MILLIS);
        allAre(1);
        assertThat(house.faults(Party.DATA)).isEmpty();
    }

    @Test
    void aTierThatWasNotProvenSaysSoWhenItIsVerified() {
        opened(1);
        house.refresh();
        house.run(WHILE_MILLIS);
        house.house.disk(Party.DATA).write(List.of(new Store.Change.Remove(Space.STATE, Key.prepared(1, Party.DATA))));
        house.house.crash(Party.DATA);
        house.house.start(Party.DATA);
        List<String> faults = new ArrayList<>();
        new CopyCheck(house.keeper(Party.DATA), done -> {
                    if (done instanceof Response.Report report) {
                        faults.addAll(report.faults());
                    }
                })
                .start();
        house.run(500);
        assertThat(faults).anyMatch(fault -> fault.contains("have not been held against"));
    }
}
