package trimaran.keeper;

import java.util.OptionalLong;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.record.Registry;
import trimaran.shares.ShareKeys;

/**
 * Where a keeper may begin that has nothing yet of what the others refreshed: a rebuilt keeper comes with the keys its officers named,
 * and the two others may be on their way to that generation, or beyond it already.
 */
final class SharesBeginning {

    private final Shares shares;
    private final Store store;
    private final ShareKeys keys;
    private final Registry registry;

    /** The oldest generation that was taken, which the store has only later. */
    private long oldest = Long.MAX_VALUE;

    private boolean refreshedTaken;

    SharesBeginning(Shares shares, Store store, ShareKeys keys, Registry registry) {
        this.shares = shares;
        this.store = store;
        this.keys = keys;
        this.registry = registry;
    }

    /**
     * Whether a pair that went through the refreshes up to this generation is what is kept of its cell here; keys to keep it are drawn if
     * need be. With one of any other generation the cell would lie where nobody looks for it.
     *
     * @param index position of the entry that opened the cell
     */
    boolean takes(long generation, long index) {
        if (generation < shares.openedIn(index)) {
            return false;
        }
        // What is kept is looked at only where the generations differ: where nothing was ever refreshed all of it would
        // be read.
        if (generation < shares.refreshed() && isUntouched()) {
            keys.draw(generation);
        } else if (generation > shares.of(index)
                && generation <= registry.generation()
                && hasNothingBefore(generation)) {
            keys.draw(generation);
            keys.advance(generation);
        }
        boolean takes =
                generation == shares.of(index) && keys.generation(generation).isPresent();
        if (takes) {
            // What is taken next lies beside this one.
            oldest = Math.min(oldest, generation);
            refreshedTaken |= shares.openedIn(index) < generation;
        }
        return takes;
    }

    /** Whether nothing is kept here that would go with the keys before this generation. */
    private boolean hasNothingBefore(long generation) {
        boolean[] none = {oldest >= generation};
        store.scan(Space.SHARES, Key.number(0), Key.number(generation), (key, value) -> {
            none[0] = false;
            return false;
        });
        return none[0];
    }

    /** Whether nothing is kept here of the newest generation that was opened before it. */
    private boolean isUntouched() {
        if (refreshedTaken) {
            return false;
        }
        boolean[] none = {true};
        long newest = shares.refreshed();
        store.scan(Space.SHARES, Key.number(newest), Key.number(newest + 1), (key, value) -> {
            OptionalLong index = shares.openedAt(Key.cellAt(key, 8));
            none[0] = index.isPresent() && shares.openedIn(index.getAsLong()) == newest;
            return none[0];
        });
        return none[0];
    }
}
