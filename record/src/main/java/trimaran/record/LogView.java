package trimaran.record;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;

/** What the log says before an entry, as far as judging it needs: a keeper's store, or a simulator's plain list. */
public interface LogView {

    /** The end of the cell; {@link CellHead#empty} for a cell nobody opened. */
    CellHead head(CellId cell);

    /** Whether a valid entry opened this cell. */
    default boolean cellExists(CellId cell) {
        return opened(cell).isPresent();
    }

    /** How a valid entry opened this cell; empty for a cell nobody opened. */
    Optional<NewCell> opened(CellId cell);

    /** The sessions that drew the later keys this cell was given by entries that have their place: one for each key. */
    List<Digest> drawers(CellId cell);

    /** The present version of a resource, 0 if there is none. */
    long version(ResourceId resource);

    /** Whether an entry of this digest has a place that counts. */
    boolean placed(Digest entry);
}
