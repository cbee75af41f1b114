package trimaran.station;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.record.PartContent;

/**
 * What was in the entries that were promised here and refused since, of cells whose keys went with the refusal: nobody else has it, and
 * somebody has to write it anew. In memory alone, so a restart loses it. On the loop.
 */
final class RefusedContents {

    /** The parts of one entry, by the cell each was to open. */
    private record Kept(Map<CellId, PartContent> parts, long sizeBytes) {}

    /** Oldest first. */
    private final Map<Digest, Kept> kept = new LinkedHashMap<>();

    private long bytes;

    /** Beyond {@link StationLimits#REFUSED_CONTENT_BYTES_MAX} what was refused first is forgotten. */
    void keep(Digest entry, Map<CellId, PartContent> parts) {
        forget(entry);
        long size = parts.values().stream()
                .flatMap(part -> part.items().stream())
                .mapToLong(item -> item.json().size())
                .sum();
        kept.put(entry, new Kept(Map.copyOf(parts), size));
        bytes += size;
        while (bytes > StationLimits.REFUSED_CONTENT_BYTES_MAX) {
            forget(kept.keySet().iterator().next());
        }
    }

    Optional<PartContent> of(Digest entry, CellId cell) {
        return Optional.ofNullable(kept.get(entry)).map(one -> one.parts().get(cell));
    }

    /** Somebody has seen it, or it is in the record after all. */
    void forget(Digest entry) {
        Kept gone = kept.remove(entry);
        bytes -= gone == null ? 0 : gone.sizeBytes();
    }
}
