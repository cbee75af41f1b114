package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.PlacedPart;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;

/** Packs entries of this copy for the way: small pieces inline, large ones by digest, to be fetched. */
final class EntryTransit {

    private final Store store;
    private final Blobs blobs;
    private final Packed packed;
    private final Registry registry;

    EntryTransit(Store store, Blobs blobs, Registry registry) {
        this.store = store;
        this.blobs = blobs;
        this.packed = blobs.packed();
        this.registry = registry;
    }

    /** A placed entry whole, for another tier. */
    SealedEntry whole(Copy.Stored stored) {
        Header header = stored.header();
        Bytes annex = store.get(Space.ANNEXES, Key.number(stored.index())).orElse(Bytes.EMPTY);
        Bytes escrow = store.get(Space.ESCROW, Key.number(stored.index())).orElse(Bytes.EMPTY);
        SealedEntry.Item headerItem = item(stored.headerBytes(), stored.index());
        SealedEntry.Item annexItem = item(annex, stored.index());
        SealedEntry.Item escrowItem = item(escrow, stored.index());
        int room = MessageLimits.CONTENT_BYTES_MAX
                - stored.placeBytes().size()
                - headerItem.inlineSize()
                - annexItem.inlineSize()
                - escrowItem.inlineSize();
        List<SealedEntry.Item> items = new ArrayList<>();
        List<PlacedPart> places = stored.place().parts();
        boolean erased = false;
        for (int i = 0; i < places.size(); i++) {
            CellPart part = header.author().parts().get(i);
            // Many small blobs may be too much for one frame together: the rest is fetched like a large one, and not
            // read.
            SealedEntry.Item item = blob(part, places.get(i), room);
            room -= item.inlineSize();
            items.add(item);
            erased |= isErased(part, places.get(i));
        }
        if (erased && annex.isEmpty() && !header.author().annex().equals(Digest.ZERO)) {
            annexItem = SealedEntry.Item.erased(header.author().annex());
        }
        return new SealedEntry(headerItem, annexItem, escrowItem, items, stored.placeBytes());
    }

    /** A placed entry without content, for a station that folds the log. */
    SealedEntry bare(Copy.Stored stored) {
        return new SealedEntry(
                item(stored.headerBytes(), stored.index()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                stored.placeBytes());
    }

    private boolean isErased(CellPart part, PlacedPart place) {
        return place.sequence() < registry.erased(part.cell());
    }

    /** The blob of one part: inline if it is small. */
    SealedEntry.Item blob(CellPart part, PlacedPart place) {
        return blob(part, place, RecordLimits.INLINE_MAX);
    }

    private SealedEntry.Item blob(CellPart part, PlacedPart place, int room) {
        if (isErased(part, place) && !blobs.has(part.blob())) {
            return SealedEntry.Item.erased(part.blob());
        }
        // By what lies here: the size an author gave may be a lie, and what is large would be read whole.
        OptionalLong size = blobs.total(part.blob());
        if (size.isEmpty() || size.getAsLong() > Math.min(RecordLimits.INLINE_MAX, room)) {
            return SealedEntry.Item.staged(part.blob());
        }
        return SealedEntry.Item.inline(blobs.whole(part.blob()).orElseThrow());
    }

    /** Inline if small; else by digest, packed so that it can be fetched. */
    SealedEntry.Item item(Bytes content, long index) {
        if (content.size() <= RecordLimits.INLINE_MAX) {
            return SealedEntry.Item.inline(content);
        }
        Digest digest = Digest.sha256(content);
        Bytes owner = Key.number(index);
        if (!packed.has(digest, owner)) {
            store.write(List.of(packed.kept(digest, owner, content)));
        }
        return SealedEntry.Item.staged(digest);
    }
}
