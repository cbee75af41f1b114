package trimaran.keeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.StoreFailure;
import trimaran.kernel.Bytes;

/** The store in memory passes what real engines pass, and its planned failures do what they say. */
class MemoryStoreTest extends StoreConformance {

    private static final Bytes KEY = Bytes.of((byte) 1);

    @Override
    protected Store create() {
        return new MemoryStore();
    }

    @Override
    protected Store afterCrash(Store running) {
        return ((MemoryStore) running).snapshotDurable();
    }

    @Override
    protected Store afterClose(Store closed) {
        return ((MemoryStore) closed).snapshotDurable();
    }

    @Test
    void aSnapshotDoesNotFollowItsOriginal() {
        MemoryStore store = new MemoryStore();
        MemoryStore snapshot = store.snapshotDurable();
        store.write(List.of(new Put(Space.STATE, KEY, KEY)));
        assertThat(snapshot.get(Space.STATE, KEY)).isEmpty();
    }

    @Test
    void aPlannedFailureIsThrownOnceWithTheBatchDoneOrNot() {
        for (boolean done : List.of(true, false)) {
            MemoryStore store = new MemoryStore();
            store.failNextWrite(done);
            assertThatThrownBy(() -> store.write(List.of(new Put(Space.STATE, KEY, KEY))))
                    .isInstanceOf(StoreFailure.class);
            assertThat(store.snapshotDurable().get(Space.STATE, KEY).isPresent())
                    .isEqualTo(done);
            store.write(List.of(new Put(Space.STATE, KEY, KEY)));
            assertThat(store.get(Space.STATE, KEY)).contains(KEY);
        }
    }

    @Test
    void damageIsNeverAnsweredAndSurvivesACrash() {
        MemoryStore store = new MemoryStore();
        store.write(List.of(new Put(Space.BLOBS, KEY, KEY)));
        store.damage(Space.BLOBS, KEY);
        MemoryStore next = store.snapshotDurable();
        assertThatThrownBy(() -> next.get(Space.BLOBS, KEY)).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> next.scan(Space.BLOBS, Bytes.EMPTY, Bytes.of((byte) 2), (_, _) -> true))
                .isInstanceOf(StoreFailure.class);
    }
}
