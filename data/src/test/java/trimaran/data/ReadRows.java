package trimaran.data;

import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/** Counts what is read from a store. */
final class ReadRows {

    private int rows;

    /** How many rows were read since this was asked last. */
    int takeRows() {
        int taken = rows;
        rows = 0;
        return taken;
    }

    Store over(Store store) {
        return new Store() {
            @Override
            public Optional<Bytes> get(Space space, Bytes key) {
                rows++;
                return store.get(space, key);
            }

            @Override
            public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
                store.scan(space, from, to, (key, value) -> {
                    rows++;
                    return visitor.visit(key, value);
                });
            }

            @Override
            public void write(List<Change> batch) {
                store.write(batch);
            }

            @Override
            public long sizeOnDisk() {
                return store.sizeOnDisk();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
