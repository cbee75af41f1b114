package trimaran.exposure;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;

/**
 * A patient of whom the fallen party could have read something.
 *
 * @param subject the patient's identity cell: the ids of the patient's resources begin with its handle
 * @param resource what was first written there, nearly always the patient; empty while nothing was
 * @param certainty of the surest of the cells
 * @param certain how many cells of each kind were surely readable
 * @param possible how many more may have been
 * @param named how many of those possible a draft told of and nothing else: of these it had neither a text nor a key
 * @param keysReleased of how many of their cells the newest key is one that was handed out
 * @param first when the first of them was handed out, by the clock of the tier that did
 */
public record Exposed(
        CellId subject,
        Optional<ResourceId> resource,
        Certainty certainty,
        Set<Way> ways,
        Map<CellKind, Integer> certain,
        Map<CellKind, Integer> possible,
        Map<CellKind, Integer> named,
        int keysReleased,
        RecordTime first,
        RecordTime last) {

    public Exposed {
        ways = Set.copyOf(ways);
        certain = Map.copyOf(certain);
        possible = Map.copyOf(possible);
        named = Map.copyOf(named);
    }
}
