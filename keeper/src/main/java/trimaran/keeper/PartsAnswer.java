package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.Header;
import trimaran.record.Place;

/** One answer to a fetch, filled cell by cell until its room is used up. */
final class PartsAnswer {

    /** What a part takes besides header, place and blob. */
    private static final int FRAME_BYTES = 128;

    private final Copy copy;
    private final EntryTransit transit;
    private final int bytesMax;
    private final Set<Digest> headers = new HashSet<>();
    private int bytes;
    private int count;

    /** An entry as it was read. */
    private record Known(Copy.Stored stored, Header header, Place place, SealedEntry.Item item) {}

    /** The last one: the cells of a patient mostly end with one entry. */
    private @Nullable Known last;

    PartsAnswer(Copy copy, EntryTransit transit, int bytesMax) {
        this.copy = copy;
        this.transit = transit;
        this.bytesMax = bytesMax;
    }

    Response.CellParts cell(Request.Stretch stretch) {
        CellHead head = copy.head(stretch.cell());
        List<Response.SealedPart> parts = new ArrayList<>();
        if (hasRoom()) {
            copy.parts(stretch.cell(), stretch.from(), at -> add(parts, at) && hasRoom());
        }
        return new Response.CellParts(parts, head, stretch.from() + parts.size() < head.parts());
    }

    private boolean hasRoom() {
        return bytes < bytesMax && count < MessageLimits.ENTRIES_MAX;
    }

    /** False if it does not fit; the first always does. */
    private boolean add(List<Response.SealedPart> parts, Copy.PartAt at) {
        Known entry = entry(at.index());
        Bytes place = entry.stored().placeBytes();
        SealedEntry.Item header = entry.item();
        SealedEntry.Item blob = transit.blob(
                entry.header().author().parts().get(at.part()),
                entry.place().parts().get(at.part()));
        // A header travels once, however many cells its entry has a part in.
        int size = (headers.contains(header.digest()) ? 0 : header.inlineSize())
                + place.size()
                + blob.inlineSize()
                + FRAME_BYTES;
        if (count > 0 && bytes + size > bytesMax) {
            return false;
        }
        bytes += size;
        count++;
        headers.add(header.digest());
        parts.add(new Response.SealedPart(header, place, at.part(), blob));
        return true;
    }

    private Known entry(long index) {
        Known known = last;
        if (known == null || known.stored().index() != index) {
            Copy.Stored stored = copy.entry(index).orElseThrow();
            known = new Known(stored, stored.header(), stored.place(), transit.item(stored.headerBytes(), index));
            last = known;
        }
        return known;
    }
}
