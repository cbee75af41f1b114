package trimaran.keeper;

import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.CellHead;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;

/**
 * Derived rows as the disk has them, whatever is remembered in memory: what a check of the disk reads. A row that cannot be
 * read is an IllegalStateException.
 */
final class CopyRows {

    private final Store store;
    private final Copy copy;
    private final CheckSlice slice = new CheckSlice();
    private Optional<Read> last = Optional.empty();

    CopyRows(Store store, Copy copy) {
        this.store = store;
        this.copy = copy;
    }

    /** What was read here since the loop breathed last. */
    CheckSlice slice() {
        return slice;
    }

    private Optional<Bytes> get(Space space, Bytes key) {
        Optional<Bytes> value = store.get(space, key);
        slice.row(value.map(Bytes::size).orElse(0));
        return value;
    }

    /** An entry, taken apart. */
    record Read(Copy.Stored stored, Header header, Place place) {}

    /** The entry read last is remembered: most cells lie whole in the entry that opened them. */
    Optional<Read> entry(long index) {
        if (last.isPresent() && last.get().stored().index() == index) {
            return last;
        }
        Optional<Copy.Stored> found = copy.entry(index);
        slice.row(found.map(stored ->
                        stored.headerBytes().size() + stored.placeBytes().size())
                .orElse(0));
        Optional<Read> read = found.map(stored -> new Read(stored, stored.header(), stored.place()));
        if (read.isPresent()) {
            last = read;
        }
        return read;
    }

    Optional<Copy.Opening> opening(CellId cell) {
        return get(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0)).map(CopyRows::openingOf);
    }

    static Copy.Opening openingOf(Bytes value) {
        return Copy.own(value, reader -> new Copy.Opening(reader.i64(), NewCell.read(reader)));
    }

    Optional<CellHead> head(CellId cell) {
        return get(Space.CELLS, Key.cellItem(cell, Key.CellItem.HEAD, 0)).map(bytes -> Copy.own(bytes, CellHead::read));
    }

    Optional<Copy.PartAt> part(CellId cell, long sequence) {
        return get(Space.CELLS, Key.cellItem(cell, Key.CellItem.PART, sequence)).map(CopyRows::partAt);
    }

    static Copy.PartAt partAt(Bytes value) {
        return Copy.own(value, reader -> new Copy.PartAt(reader.count(), reader.u16()));
    }

    /** The later keys a cell was ever given. */
    Set<CellId> keys(CellId cell) {
        return KeyCells.placed(store, cell);
    }

    /** How many parts of a cell lie before this position: their rows are in the order of their entries. */
    long partsBefore(CellId cell, long index) {
        long low = 0;
        long high = head(cell).map(CellHead::parts).orElse(0L);
        while (low < high) {
            long middle = (low + high) >>> 1;
            boolean before = part(cell, middle).filter(at -> at.index() < index).isPresent();
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long version(ResourceId resource) {
        return get(Space.VERSIONS, Key.resource(resource))
                .map(bytes -> Copy.own(bytes, Reader::u32))
                .orElse(0L);
    }

    /** Where an entry that counts has its place, or {@link Long#MAX_VALUE}. */
    long position(Digest entry) {
        return get(Space.POSITIONS, Key.digest(entry))
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(Long.MAX_VALUE);
    }

    Optional<Bytes> annexBytes(long index) {
        return get(Space.ANNEXES, Key.number(index));
    }

    boolean hasAnnex(long index) {
        return annexBytes(index).isPresent();
    }

    /** Where a token comes from, beside its key. */
    record TokenRow(boolean unique, long index) {

        Bytes encode() {
            return new Writer(9).flag(unique).i64(index).toBytes();
        }

        static TokenRow of(Bytes value) {
            return Copy.own(value, reader -> new TokenRow(reader.flag(), reader.count()));
        }
    }

    Optional<TokenRow> token(Annex.Token token) {
        return get(Space.TOKENS, Key.token(token.value(), token.resource())).map(TokenRow::of);
    }
}
