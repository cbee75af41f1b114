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
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;

/** What a tier that is made anew begins with where refreshes hang: everything has to open with it, or nothing is lost by the next rebuild alone. */
class RefreshSuccessorTest {

    private static final long WHILE_MILLIS = 60_000;

    private final RefreshHouse house = new RefreshHouse();
    private final List<CellId> cells = new ArrayList<>();

    private void opened(int many) {
        house.run(5_000);
        open(many);
        house.run(5_000);
    }

    private void open(int many) {
        for (int i = 0; i < many; i++) {
            cells.add(house.open());
        }
    }

    private void everythingOpens() {
        for (Party tier : Party.TIERS) {
            assertThat(house.counters(tier)).as(tier + house.faults(tier)).containsEntry("shares.lacking", 0L);
        }
        assertThat(cells).allMatch(house::opensEverywhere);
    }

    private void allAre(long generation) {
        for (Party tier : Party.TIERS) {
            assertThat(house.generation(tier))
                    .as(tier + ": " + house.faults(tier))
                    .isEqualTo(generation);
        }
        everythingOpens();
    }

    /** What application says as its seed, before it is made anew. */
    private Outcome<Response> sown(Party to, String seed) {
        RefreshStep.Seed given = new RefreshStep.Seed(
                1, 0, SecretBytes.taking(Digest.sha256(Bytes.ofText(seed)).toArray()), List.of());
        return house.keeper(to).upkeep().refresh().answer(Optional.of(Party.APPLICATION), false, given);
    }

    private boolean hasPrepared(Party tier) {
        return house.keeper(tier).upkeep().refresh().words(1).of(tier).isPresent();
    }

    /** Application lies: the two others prepare, each from another seed, and contradict one another. */
    private void splitByApplication() {
        house.refresh();
        house.house.crash(Party.APPLICATION);
        assertThat(sown(Party.ACCESS, "one").isDone()).isTrue();
        assertThat(sown(Party.DATA, "another").isDone()).isTrue();
        house.run(WHILE_MILLIS);
        assertThat(hasPrepared(Party.ACCESS) && hasPrepared(Party.DATA)).isTrue();
        assertThat(house.generation(Party.ACCESS) + house.generation(Party.DATA))
                .isZero();
    }

    /** One share of each set of seeds opens with neither, and no commitment shows it. */
    @Test
    void whoIsMadeAnewTakesNoGenerationTheTwoOthersMadeFromDifferentSeeds() {
        opened(3);
        splitByApplication();
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        assertThat(house.generation(Party.APPLICATION)).isZero();
        everythingOpens();
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    /** Two refreshes were named, cells were opened in each, and none has ended. */
    @Test
    void cellsOpenedWhileARefreshHungAreGotBackByATierMadeAnew() {
        opened(8);
        house.refresh();
        open(4);
        house.refresh();
        open(2);
        house.rebuild(Party.APPLICATION, 2);
        house.run(WHILE_MILLIS);
        everythingOpens();
        house.run(WHILE_MILLIS);
        allAre(2);
    }

    /** The keys of its draft are of before, and what was opened since is given to it first. */
    @Test
    void cellsOpenedSinceARefreshKeepNobodyWithKeysOfBeforeFromTheRest() {
        opened(4);
        house.refresh();
        open(8);
        house.run(WHILE_MILLIS);
        allAre(1);
        house.rebuild(Party.APPLICATION, 0);
        house.run(WHILE_MILLIS);
        allAre(1);
    }

    /** It gave its seed to one of them alone, and nobody has that seed any more. */
    @Test
    void theSeedOfATierThatWasMadeAnewStandsInPlaceOfTheOneBefore() {
        opened(2);
        house.refresh();
        house.house.crash(Party.APPLICATION);
        assertThat(sown(Party.DATA, "one").isDone()).isTrue();
        assertThat(sown(Party.DATA, "another").isDone())
                .as("under the same keys")
                .isFalse();
        house.rebuild(Party.APPLICATION, 1);
        house.run(WHILE_MILLIS);
        allAre(1);
    }

    /** What it made of the seed is said: another one would only contradict it. */
    @Test
    void noSeedIsReplacedOnceATierHasPrepared() {
        opened(2);
        splitByApplication();
        house.rebuild(Party.APPLICATION, 1);
        assertThat(sown(Party.DATA, "third").isDone()).isFalse();
    }

    @Test
    void whatIsLostBehindARefreshThatHangsIsGotBackByARebuildAlone() {
        opened(3);
        splitByApplication();
        house.house
                .disk(Party.DATA)
                .write(List.of(new Store.Change.Put(Space.SHARES, Key.share(0, cells.getFirst()), Bytes.of((byte) 1))));
        house.house.start(Party.APPLICATION);
        house.refresh();
        house.run(WHILE_MILLIS);
        assertThat(house.generation(Party.DATA)).isZero();
        assertThat(house.faults(Party.DATA))
                .contains("until then: rebuild it")
                .doesNotContain("refresh once more", "--again");
    }

    /** They never change, so that the entry's commitments tell always. */
    @Test
    void aLookupSecretIsHeldAgainstItsEntryHoweverOftenItWasRefreshed() {
        house.run(5_000);
        CellId lookup = house.open(CellKind.LOOKUP);
        open(1);
        house.run(5_000);
        house.refresh();
        house.run(WHILE_MILLIS);
        allAre(1);
        Shares shares = house.keeper(Party.DATA).copy().shares();
        SharePair wrong = shares.pair(cells.getFirst()).orElseThrow();
        house.house.disk(Party.DATA).write(List.of(shares.put(1, lookup, wrong)));
        house.rebuild(Party.APPLICATION, 1);
        house.run(10_000);
        assertThat(house.keeper(Party.APPLICATION).copy().shares().pair(lookup)).isEmpty();
        assertThat(house.counters(Party.APPLICATION)).containsEntry("shares.lacking", 1L);
    }

    /** All pairs would be read, at every page of a rebuild. */
    @Test
    void whereNothingWasRefreshedNothingIsReadToKnowWhereToBegin() {
        opened(1);
        Keeper data = house.keeper(Party.DATA);
        ShareKeys keys = data.setting().keys().shares();
        SharesBeginning beginning = new SharesBeginning(
                data.copy().shares(), new Unread(), keys, data.copy().registry());
        long index = data.copy().opening(cells.getFirst()).orElseThrow().index();
        assertThat(beginning.takes(0, index)).isTrue();
    }

    private static final class Unread implements Store {
        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            throw new AssertionError("read");
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            throw new AssertionError("read");
        }

        @Override
        public void write(List<Change> batch) {
            throw new AssertionError("written");
        }

        @Override
        public long sizeOnDisk() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
