package trimaran.application;

import java.util.List;
import trimaran.record.CellPart;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.PlacedPart;

/**
 * A cell opened for one filed draft: all its placed parts that are not void, in order and in clear. Whoever made it has
 * checked blobs, chain and shares against the record.
 */
public record OpenCell(NewCell opening, List<Part> parts) {

    public OpenCell {
        parts = List.copyOf(parts);
    }

    /**
     * One part: what its header announces, how it was placed, and what it holds.
     *
     * @param approved whether application approved it when it was written
     */
    public record Part(CellPart part, PlacedPart placed, PartContent content, boolean approved) {}
}
