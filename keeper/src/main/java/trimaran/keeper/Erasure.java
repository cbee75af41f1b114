package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Erase;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Reader;
import trimaran.record.Annex;
import trimaran.record.Header;

/**
 * Deletes what an erasure in the record names, once a quorum has that record: the blobs of a cell's first parts, the annexes of
 * their entries, and the lookup tokens that lead into the cell. Nothing else takes away what an entry brought.
 */
final class Erasure {

    /** How often it looks whether something is to be erased. */
    static final long LOOK_MILLIS = 5_000;

    private final Store store;
    private final Copy copy;
    private final Cosigner cosigner;

    /** How large this copy was when an erasure was first seen: a quorum has to have that much. */
    private final Map<CellId, Long> seenAt = new HashMap<>();

    Erasure(KeeperSetting setting, Copy copy, Cosigner cosigner) {
        this.store = setting.store();
        this.copy = copy;
        this.cosigner = cosigner;
    }

    void look() {
        for (CellId cell : copy.registry().erasedCells()) {
            long done = done(cell);
            if (done >= copy.registry().erased(cell)) {
                seenAt.remove(cell);
            } else if (seenAt.computeIfAbsent(cell, fresh -> copy.size()) <= cosigner.coveredSize()) {
                erase(cell, done);
                return;
            }
        }
    }

    /** How many of a cell's first parts are gone from here. */
    long done(CellId cell) {
        return store.get(Space.STATE, Key.erased(cell))
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(0L);
    }

    private void erase(CellId cell, long from) {
        long end =
                Math.min(from + KeeperLimits.ERASED_PARTS_MAX, copy.registry().erased(cell));
        List<Store.Change> batch = new ArrayList<>();
        copy.parts(cell, from, at -> {
            Copy.Stored stored = copy.entry(at.index()).orElseThrow();
            long sequence = stored.place().parts().get(at.part()).sequence();
            if (sequence >= end) {
                return false;
            }
            Header header = stored.header();
            batch.addAll(
                    copy.blobs().erased(header.author().parts().get(at.part()).blob()));
            annex(cell, stored, header, batch);
            return true;
        });
        batch.add(new Put(Space.STATE, Key.erased(cell), Key.number(end)));
        store.write(batch);
    }

    private void annex(CellId cell, Copy.Stored stored, Header header, List<Store.Change> batch) {
        Bytes key = Key.number(stored.index());
        store.get(Space.ANNEXES, key).ifPresent(bytes -> {
            for (Annex.Token token : annex(stored.index(), bytes).tokens()) {
                // A later entry may have brought the same token again.
                boolean brought = store.get(Space.TOKENS, Key.token(token.value(), token.resource()))
                        .filter(row -> CopyRows.TokenRow.of(row).index() == stored.index())
                        .isPresent();
                if (brought && token.resource().cell().equals(cell)) {
                    batch.add(new Erase(Space.TOKENS, Key.token(token.value(), token.resource())));
                }
            }
            batch.add(new Erase(Space.ANNEXES, key));
            batch.add(copy.blobs().packed().gone(header.author().annex(), key));
        });
    }

    private static Annex annex(long index, Bytes bytes) {
        try {
            return Annex.decode(bytes);
        } catch (trimaran.kernel.MalformedException broken) {
            throw new UnreadableCopyException("annex " + index + " of this copy cannot be read", broken);
        }
    }
}
