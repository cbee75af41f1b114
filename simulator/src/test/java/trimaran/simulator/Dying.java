package trimaran.simulator;

import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/** A party's disk, whose failure is the party's death: the world outside learns who died. */
record Dying(Mortal party, Store disk) implements Store {

    /** A process whose machine starts it again. */
    interface Mortal {
        void crash();

        /** Does nothing for one that lives. */
        void start();
    }

    /** The process stopped because its disk failed. */
    static final class Died extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Mortal who;

        Died(Mortal who, RuntimeException cause) {
            super("a process died: " + cause.getMessage(), cause);
            this.who = who;
        }

        Mortal who() {
            return who;
        }
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        try {
            return disk.get(space, key);
        } catch (StoreFailure failure) {
            throw new Died(party, failure);
        }
    }

    @Override
    public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
        try {
            disk.scan(space, from, to, visitor);
        } catch (StoreFailure failure) {
            throw new Died(party, failure);
        }
    }

    @Override
    public void write(List<Change> batch) {
        try {
            disk.write(batch);
        } catch (StoreFailure failure) {
            throw new Died(party, failure);
        }
    }

    @Override
    public long sizeOnDisk() {
        return disk.sizeOnDisk();
    }

    @Override
    public void close() {
        disk.close();
    }
}
