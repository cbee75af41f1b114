package trimaran.station.chart;

import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/**
 * Where something shown stands in the record.
 *
 * @param lastUpdated when this version came into the record
 * @param continuity written without application's approval and not reviewed yet
 * @param late came into the record long after it was written
 */
public record Source(
        ResourceId id,
        String type,
        long version,
        RecordTime lastUpdated,
        ResourceVersion.Standing standing,
        boolean continuity,
        boolean late) {

    static Source of(ResourceVersion version) {
        return new Source(
                version.id(),
                version.type(),
                version.version(),
                version.lastUpdated(),
                version.standing(),
                version.continuity(),
                version.late());
    }

    /** {@code Type/id}. */
    public String reference() {
        return type + "/" + id;
    }
}
