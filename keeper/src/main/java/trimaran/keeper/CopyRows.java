package trimaran.keeper;

import java.util.List;
import java.util.Optional;
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
    private Optional<Read> last = Optional.empty();

    CopyRows(Store store, Copy copy) {
        this.store = store;
        this.copy = copy;
    }

    /** An entry, taken apart. */
    record Read(Copy.Stored stored, Header header, Place place) {}

    /** The entry read last is remembered: most cells lie whole in the entry that opened them. */
    Optional<Read> entry(long index) {
        if (last.isPresent() && last.get().stored().index() == index) {
            return last;
        }
        Optional<Read> read = copy.entry(index).map(stored -> new Read(stored, stored.header(), stored.place()));
        if (read.isPresent()) {
            last = read;
        }
        return read;
    }

    Optional<Copy.Opening> opening(CellId cell) {
        return store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0))
                .map(CopyRows::openingOf);
    }

    static Copy.Opening openingOf(Bytes value) {
        return Copy.own(value, reader -> new Copy.Opening(reader.i64(), NewCell.read(reader)));
    }

    Optional<CellHead> head(CellId cell) {
        return store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.HEAD, 0))
                .map(bytes -> Copy.own(bytes, CellHead::read));
    }

    Optional<Copy.PartAt> part(CellId cell, long sequence) {
        return store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.PART, sequence))
                .map(CopyRows::partAt);
    }

    static Copy.PartAt partAt(Bytes value) {
        return Copy.own(value, reader -> new Copy.PartAt(reader.count(), reader.u16()));
    }

    /** Whether an entry before this position opened the cell. */
    boolean isOpenBefore(CellId cell, long index) {
        return opening(cell).filter(opening -> opening.index() < index).isPresent();
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

    /** The version a resource had before this position: that of the last part before it that changes the resource. */
    long versionBefore(ResourceId resource, long index) {
        if (version(resource) == 0) {
            return 0;
        }
        for (long sequence = partsBefore(resource.cell(), index) - 1; sequence >= 0; sequence--) {
            Optional<Copy.PartAt> at = part(resource.cell(), sequence);
            Optional<Read> read = at.flatMap(one -> copy.entry(one.index()))
                    .map(stored -> new Read(stored, stored.header(), stored.place()));
            if (read.isPresent()) {
                long version = versionIn(read.get(), at.get().part(), resource.local());
                if (version > 0) {
                    return version;
                }
            }
        }
        return 0;
    }

    private static long versionIn(Read read, int part, long local) {
        if (part >= read.place().parts().size()) {
            return 0;
        }
        var changes = read.header().author().parts().get(part).changes();
        List<Long> versions = read.place().parts().get(part).versions();
        for (int i = 0; i < Math.min(changes.size(), versions.size()); i++) {
            if (changes.get(i).local() == local) {
                return versions.get(i);
            }
        }
        return 0;
    }

    long version(ResourceId resource) {
        return store.get(Space.VERSIONS, Key.resource(resource))
                .map(bytes -> Copy.own(bytes, Reader::u32))
                .orElse(0L);
    }

    /** Where an entry that counts has its place, or {@link Long#MAX_VALUE}. */
    long position(Digest entry) {
        return store.get(Space.POSITIONS, Key.digest(entry))
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(Long.MAX_VALUE);
    }

    Optional<Bytes> annexBytes(long index) {
        return store.get(Space.ANNEXES, Key.number(index));
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
        return store.get(Space.TOKENS, Key.token(token.value(), token.resource()))
                .map(TokenRow::of);
    }
}
