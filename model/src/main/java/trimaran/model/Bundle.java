package trimaran.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Bundle whose entries were read one by one.
 *
 * @param type as in R4 bundle-type: transaction, batch, collection…
 */
public record Bundle(String type, List<BundleEntry> entries) {

    public Bundle {
        entries = List.copyOf(entries);
    }

    /** Position of each entry by its fullUrl; entries without one are left out, the first of two alike counts. */
    public Map<String, Integer> byFullUrl() {
        Map<String, Integer> positions = new HashMap<>(entries.size() * 2);
        for (BundleEntry entry : entries) {
            if (!entry.fullUrl().isEmpty()) {
                positions.putIfAbsent(entry.fullUrl(), entry.index());
            }
        }
        return positions;
    }
}
