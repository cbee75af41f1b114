package trimaran.keeper;

import java.util.function.LongSupplier;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Writer;

/**
 * How many tails this tier took back in the present epoch. An honest data may cause one: it crashed, its disk lost what it had said it
 * held, and it placed other entries there. One that goes on would have this tier look through its copy before it serves, and sign
 * nothing for long, as often as it likes; so from then on this tier takes in what a quorum signed, and nothing on data's word
 * alone, until data has other keys.
 */
final class TailCount {

    /** Tails of one epoch: one for a crash, one for the crash in which it is mended. */
    static final int TAILS_MAX = 2;

    private record Count(long epoch, long tails) {}

    private final LongSupplier epoch;

    /** Read at the start: a tail that is to go begins a new keeper. */
    private final Count found;

    TailCount(Store store, LongSupplier epoch) {
        this.epoch = epoch;
        this.found = store.get(Space.STATE, Key.TAILS)
                .map(bytes -> Copy.own(bytes, reader -> new Count(reader.count(), reader.count())))
                .orElse(new Count(0, 0));
    }

    /** Whether nothing is taken in any more that no quorum signed. */
    boolean isWary() {
        return now() >= TAILS_MAX;
    }

    /** Written with whatever condemns a tail. */
    Store.Change oneMore() {
        Bytes count = new Writer(16).i64(epoch.getAsLong()).i64(now() + 1).toBytes();
        return new Store.Change.Put(Space.STATE, Key.TAILS, count);
    }

    private long now() {
        return found.epoch() == epoch.getAsLong() ? found.tails() : 0;
    }
}
