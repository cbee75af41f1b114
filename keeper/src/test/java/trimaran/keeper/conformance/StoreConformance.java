package trimaran.keeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change;
import trimaran.keeper.spi.Store.Change.Erase;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.keeper.spi.Store.Change.TakeBack;
import trimaran.kernel.Bytes;

/**
 * What any engine behind {@link Store} must pass. An engine's test extends this class and says how a store is created,
 * how a crash of the running store looks from the next start, and how it is opened again after it was closed.
 */
public abstract class StoreConformance {

    /** Above every key the tests use. */
    private static final Bytes END = bytes(255, 255, 255, 255, 255, 255, 255, 255, 255);

    private Store store = new MemoryStore();

    /** A new, empty store. */
    protected abstract Store create() throws Exception;

    /** What the next start finds if the process dies at this moment; the given store is not asked any more. */
    protected abstract Store afterCrash(Store running) throws Exception;

    /** The same store again after {@link Store#close}. */
    protected abstract Store afterClose(Store closed) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        store = create();
    }

    @AfterEach
    void end() {
        store.close();
    }

    @Test
    void aNewStoreHoldsNothing() {
        for (Space space : Space.values()) {
            assertThat(store.get(space, bytes(1))).isEmpty();
            assertThat(all(store, space)).isEmpty();
        }
    }

    @Test
    void whatIsPutIsReadBack() {
        store.write(List.of(put(Space.BLOBS, bytes(1, 2), bytes(3, 4, 5))));
        assertThat(store.get(Space.BLOBS, bytes(1, 2))).contains(bytes(3, 4, 5));
        assertThat(store.get(Space.BLOBS, bytes(1))).isEmpty();
        assertThat(store.get(Space.BLOBS, bytes(1, 2, 0))).isEmpty();
    }

    @Test
    void aLaterBatchReplacesAValue() {
        store.write(List.of(put(Space.STATE, bytes(1), bytes(3))));
        store.write(List.of(put(Space.STATE, bytes(1), bytes(4))));
        assertThat(store.get(Space.STATE, bytes(1))).contains(bytes(4));
    }

    @Test
    void spacesAreSeparate() {
        for (Space space : Space.values()) {
            store.write(List.of(put(space, bytes(7), Bytes.ofText(space.name()))));
        }
        for (Space space : Space.values()) {
            assertThat(all(store, space)).isEqualTo(Map.of(bytes(7), Bytes.ofText(space.name())));
        }
    }

    @Test
    void emptyKeysAndEmptyValuesAreKept() {
        store.write(List.of(put(Space.STATE, Bytes.EMPTY, bytes(1)), put(Space.STATE, bytes(2), Bytes.EMPTY)));
        assertThat(store.get(Space.STATE, Bytes.EMPTY)).contains(bytes(1));
        assertThat(store.get(Space.STATE, bytes(2))).contains(Bytes.EMPTY);
        assertThat(all(store, Space.STATE)).hasSize(2);
    }

    @Test
    void aValueOfAMebibyteIsKept() {
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        store.write(List.of(put(Space.STAGED, bytes(1), Bytes.of(large))));
        assertThat(store.get(Space.STAGED, bytes(1))).contains(Bytes.of(large));
    }

    @Test
    void theLastChangeOfAKeyInABatchWins() {
        store.write(List.of(
                put(Space.HELD, bytes(1), bytes(1)),
                put(Space.HELD, bytes(1), bytes(2)),
                put(Space.HELD, bytes(2), bytes(1)),
                new Remove(Space.HELD, bytes(2)),
                new Remove(Space.HELD, bytes(3)),
                put(Space.HELD, bytes(3), bytes(3))));
        assertThat(all(store, Space.HELD)).isEqualTo(Map.of(bytes(1), bytes(2), bytes(3), bytes(3)));
    }

    @Test
    void whatIsRemovedIsGone() {
        store.write(List.of(put(Space.HELD, bytes(1), bytes(1)), put(Space.HELD, bytes(2), bytes(2))));
        store.write(List.of(new Remove(Space.HELD, bytes(1)), new Remove(Space.HELD, bytes(9))));
        assertThat(store.get(Space.HELD, bytes(1))).isEmpty();
        assertThat(all(store, Space.HELD)).isEqualTo(Map.of(bytes(2), bytes(2)));
    }

    @Test
    void removalIsRefusedWhereASpaceOnlyGrowsAndNothingOfTheBatchIsDone() {
        for (Space space : Space.values()) {
            Bytes key = Bytes.ofText(space.name());
            store.write(List.of(put(space, key, bytes(1))));
            List<Change> batch = List.of(put(Space.STATE, bytes(9), bytes(9)), new Remove(space, key));
            if (space.removable()) {
                continue;
            }
            assertThatIllegalArgumentException().isThrownBy(() -> store.write(batch));
            assertThat(store.get(space, key)).contains(bytes(1));
            assertThat(store.get(Space.STATE, bytes(9))).isEmpty();
        }
    }

    @Test
    void onlyWhatMayBeErasedIsErased() {
        for (Space space : Space.values()) {
            Bytes key = Bytes.ofText(space.name());
            store.write(List.of(put(space, key, bytes(1))));
            List<Change> batch = List.of(put(Space.STATE, bytes(9), bytes(9)), new Erase(space, key));
            if (space.erasable()) {
                store.write(batch);
                assertThat(store.get(space, key)).isEmpty();
                store.write(List.of(new Remove(Space.STATE, bytes(9))));
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> store.write(batch));
                assertThat(store.get(space, key)).contains(bytes(1));
                assertThat(store.get(Space.STATE, bytes(9))).isEmpty();
            }
        }
    }

    @Test
    void aTailIsTakenBackOnlyWhereASpaceFollowsTheLog() {
        for (Space space : Space.values()) {
            Bytes key = Bytes.ofText(space.name());
            store.write(List.of(put(space, key, bytes(1))));
            List<Change> batch = List.of(put(Space.STATE, bytes(9), bytes(9)), new TakeBack(space, key));
            if (space.followsTheLog()) {
                store.write(batch);
                assertThat(store.get(space, key)).isEmpty();
                store.write(List.of(new Remove(Space.STATE, bytes(9))));
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> store.write(batch));
                assertThat(store.get(space, key)).contains(bytes(1));
                assertThat(store.get(Space.STATE, bytes(9))).isEmpty();
            }
        }
    }

    @Test
    void anEmptyBatchIsFine() {
        store.write(List.of());
        assertThat(all(store, Space.STATE)).isEmpty();
    }

    @Test
    void aScanGoesInUnsignedOrderFromTheFirstKeyToBeforeTheLast() {
        List<Bytes> keys = List.of(bytes(0), bytes(1), bytes(1, 0), bytes(1, 255), bytes(127), bytes(128), bytes(255));
        for (Bytes key : keys.reversed()) {
            store.write(List.of(put(Space.TREE, key, key)));
        }
        assertThat(keysOf(store, bytes(1), bytes(255))).isEqualTo(keys.subList(1, 6));
        assertThat(keysOf(store, bytes(1, 1), bytes(128))).isEqualTo(List.of(bytes(1, 255), bytes(127)));
        assertThat(keysOf(store, Bytes.EMPTY, END)).isEqualTo(keys);
    }

    @Test
    void aScanOfAnEmptyOrReversedRangeVisitsNothing() {
        store.write(List.of(put(Space.TREE, bytes(1), bytes(1)), put(Space.TREE, bytes(2), bytes(1))));
        assertThat(keysOf(store, bytes(1), bytes(1))).isEmpty();
        assertThat(keysOf(store, bytes(2), bytes(1))).isEmpty();
        assertThat(keysOf(store, Bytes.EMPTY, Bytes.EMPTY)).isEmpty();
    }

    @Test
    void aScanEndsWhenTheVisitorSaysSo() {
        store.write(List.of(put(Space.TREE, bytes(1), bytes(1)), put(Space.TREE, bytes(2), bytes(1))));
        List<Bytes> seen = new ArrayList<>();
        store.scan(Space.TREE, Bytes.EMPTY, END, (key, _) -> {
            seen.add(key);
            return false;
        });
        assertThat(seen).containsExactly(bytes(1));
    }

    @Test
    void aScanSeesOneMomentWhateverIsWrittenMeanwhile() {
        store.write(List.of(put(Space.HELD, bytes(1), bytes(1)), put(Space.HELD, bytes(3), bytes(1))));
        NavigableMap<Bytes, Bytes> seen = new TreeMap<>();
        store.scan(Space.HELD, Bytes.EMPTY, END, (key, value) -> {
            if (seen.isEmpty()) {
                store.write(List.of(
                        put(Space.HELD, bytes(2), bytes(9)),
                        put(Space.HELD, bytes(3), bytes(9)),
                        put(Space.HELD, bytes(4), bytes(9))));
            }
            seen.put(key, value);
            return true;
        });
        assertThat(seen).isEqualTo(Map.of(bytes(1), bytes(1), bytes(3), bytes(1)));
        assertThat(all(store, Space.HELD)).hasSize(4);
    }

    @Test
    void anExceptionOfAVisitorPassesAndTheStoreWorksOn() {
        store.write(List.of(put(Space.TREE, bytes(1), bytes(1))));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.scan(Space.TREE, Bytes.EMPTY, END, (_, _) -> {
                    throw new IllegalStateException("planted");
                }))
                .withMessage("planted");
        assertThat(all(store, Space.TREE)).hasSize(1);
    }

    @Test
    void aCrashLeavesEveryWrittenBatchWhole() throws Exception {
        for (int i = 0; i < 20; i++) {
            store.write(List.of(
                    put(Space.ENTRIES, bytes(i), bytes(i, 1)),
                    put(Space.BLOBS, bytes(i), bytes(i, 2)),
                    put(Space.STATE, bytes(0), bytes(i)),
                    put(Space.HELD, bytes(i), bytes(i, 3)),
                    new Remove(Space.HELD, bytes(i - 1 & 255))));
            assertAfterCrash(i);
        }
    }

    private void assertAfterCrash(int last) throws Exception {
        if (last % 7 != 6 && last != 19) {
            return;
        }
        Store next = afterCrash(store);
        assertThat(all(next, Space.ENTRIES)).hasSize(last + 1);
        assertThat(all(next, Space.BLOBS)).hasSize(last + 1);
        assertThat(next.get(Space.STATE, bytes(0))).contains(bytes(last));
        assertThat(all(next, Space.HELD)).isEqualTo(Map.of(bytes(last), bytes(last, 3)));
        store.close();
        store = next;
    }

    @Test
    void aClosedStoreOpensWithAllItHeld() throws Exception {
        store.write(List.of(put(Space.ENTRIES, bytes(1), bytes(2)), put(Space.SHARES, bytes(3), bytes(4))));
        store.write(List.of(new Remove(Space.SHARES, bytes(3))));
        store.close();
        store = afterClose(store);
        assertThat(all(store, Space.ENTRIES)).isEqualTo(Map.of(bytes(1), bytes(2)));
        assertThat(all(store, Space.SHARES)).isEmpty();
    }

    @Test
    void aClosedStoreRefusesEverythingAndClosesTwice() {
        Store closed = store;
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.get(Space.STATE, bytes(1)));
        assertThatIllegalStateException().isThrownBy(() -> all(closed, Space.STATE));
        assertThatIllegalStateException().isThrownBy(() -> closed.write(List.of(put(Space.STATE, bytes(1), bytes(1)))));
        assertThatIllegalStateException().isThrownBy(closed::sizeOnDisk);
    }

    @Test
    void theSizeOnDiskGrowsWithWhatIsPut() {
        long before = store.sizeOnDisk();
        byte[] value = new byte[200_000];
        new Random(2).nextBytes(value);
        store.write(List.of(put(Space.BLOBS, bytes(1), Bytes.of(value))));
        assertThat(store.sizeOnDisk() - before).isBetween(200_000L, 900_000L);
    }

    @Test
    void aReaderOnAnotherThreadNeverSeesHalfABatch() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<@Nullable String> torn = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (done.getCount() > 0 && torn.get() == null) {
                Map<Bytes, Bytes> seen = all(store, Space.HELD);
                if (seen.values().stream().distinct().count() > 1 || (seen.size() != 0 && seen.size() != 5)) {
                    torn.set(seen.toString());
                }
            }
        });
        for (int round = 0; round < 50; round++) {
            List<Change> batch = new ArrayList<>();
            for (int key = 0; key < 5; key++) {
                batch.add(put(Space.HELD, bytes(key), bytes(round)));
            }
            store.write(batch);
        }
        done.countDown();
        reader.join();
        assertThat(torn.get()).isNull();
    }

    @Test
    void randomBatchesLeaveWhatASimpleMapHolds() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        NavigableMap<Bytes, Bytes> model = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            List<Change> batch = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Bytes key = bytes(random.nextInt(256), random.nextInt(2));
                if (random.nextInt(3) == 0) {
                    batch.add(new Remove(Space.HELD, key));
                    model.remove(key);
                } else {
                    Bytes value = bytes(random.nextInt(256));
                    batch.add(put(Space.HELD, key, value));
                    model.put(key, value);
                }
            }
            store.write(batch);
            if (round == 30) {
                Store next = afterCrash(store);
                store.close();
                store = next;
            }
        }
        assertThat(all(store, Space.HELD)).as("seed %d", seed).isEqualTo(model);
    }

    private static Put put(Space space, Bytes key, Bytes value) {
        return new Put(space, key, value);
    }

    private static Bytes bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return Bytes.of(result);
    }

    private static NavigableMap<Bytes, Bytes> all(Store store, Space space) {
        NavigableMap<Bytes, Bytes> pairs = new TreeMap<>();
        store.scan(space, Bytes.EMPTY, END, (key, value) -> {
            pairs.put(key, value);
            return true;
        });
        return pairs;
    }

    private static List<Bytes> keysOf(Store store, Bytes from, Bytes to) {
        List<Bytes> keys = new ArrayList<>();
        store.scan(Space.TREE, from, to, (key, _) -> keys.add(key));
        return keys;
    }
}
