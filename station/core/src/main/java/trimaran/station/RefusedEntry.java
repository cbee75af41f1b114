package trimaran.station;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;

/**
 * What somebody wrote at this station, was promised, and is not in the record: it was refused when it came to be shared.
 *
 * @param authored when it was written, by the clock of this machine
 * @param session in which
 * @param author whose badge opened that; empty where this station does not know any more
 * @param at when it was refused
 * @param cells it changes or opens
 * @param owner a cell by which its patient's record opens; empty if the record knows none, since the entry itself would have opened
 *     the first
 */
public record RefusedEntry(
        Digest entry,
        WallTime authored,
        Digest session,
        Optional<LedgerView.Badge> author,
        WallTime at,
        Code code,
        List<CellId> cells,
        Optional<CellId> owner) {

    public RefusedEntry {
        cells = List.copyOf(cells);
    }

    /**
     * What was in it, as far as whoever looks can open it.
     *
     * @param closed parts of records that are not open now: they are read when asked again, or after their patient is opened
     * @param lost parts it would have opened a record for: nobody has a key to them
     */
    public record Content(List<ResourceVersion> versions, int closed, int lost) {
        public Content {
            versions = List.copyOf(versions);
        }
    }
}
