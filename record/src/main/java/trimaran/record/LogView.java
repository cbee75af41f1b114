package trimaran.record;

import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;

/** What the log says before an entry, as far as judging it needs: a keeper's store, or a simulator's plain list. */
public interface LogView {

    /** The end of the cell; {@link CellHead#empty} for a cell nobody opened. */
    CellHead head(CellId cell);

    /** Whether a valid entry opened this cell. */
    boolean cellExists(CellId cell);

    /** The present version of a resource, 0 if there is none. */
    long version(ResourceId resource);

    /** Whether an entry of this digest has a place that counts. */
    boolean placed(Digest entry);
}
