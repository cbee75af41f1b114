package trimaran.station;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.model.ResourceWriter;
import trimaran.record.Verdict;

/**
 * One version of a resource as the record holds it.
 *
 * @param json the author's bytes; empty if this version takes the resource back
 * @param lastUpdated place time, or the held time its place names; the held time while there is no place
 * @param continuity whether it was written without application's approval and, where a patient's whole record is shown, nobody has
 *     reviewed it since
 * @param entry digest of the entry that brought it
 * @param session in which its author signed it, so that a reader can be told whose change they meet; zero where that is not known,
 *     as of what a ward copy holds
 * @param late whether it came into the record long after it was written ({@link StationLimits#LATE_SHOWN_MILLIS}); not known of what a
 *     ward copy holds
 */
public record ResourceVersion(
        ResourceId id,
        String type,
        long version,
        RecordTime lastUpdated,
        Bytes json,
        Standing standing,
        boolean continuity,
        Digest entry,
        Digest session,
        boolean late) {

    /** A version of which nobody knows who wrote it. */
    public ResourceVersion(
            ResourceId id,
            String type,
            long version,
            RecordTime lastUpdated,
            Bytes json,
            Standing standing,
            boolean continuity,
            Digest entry) {
        this(id, type, version, lastUpdated, json, standing, continuity, entry, Digest.ZERO);
    }

    /** A version of which is not known whether it came late. */
    public ResourceVersion(
            ResourceId id,
            String type,
            long version,
            RecordTime lastUpdated,
            Bytes json,
            Standing standing,
            boolean continuity,
            Digest entry,
            Digest session) {
        this(id, type, version, lastUpdated, json, standing, continuity, entry, session, false);
    }

    /** Both are times of machines that may lie some seconds apart: what is told of is hours. */
    static boolean isLate(WallTime authored, RecordTime came) {
        return came.millis() - authored.millis() > StationLimits.LATE_SHOWN_MILLIS;
    }

    /** How far a version can be relied on. */
    public enum Standing {
        RECORDED,
        /** Placed over a version its author did not know: a person looks at both. */
        CONFLICT,
        /** Held by two tiers or more and not placed yet: the version number may still change. */
        PROVISIONAL;

        static Standing of(Verdict verdict) {
            return verdict == Verdict.CONFLICT ? CONFLICT : RECORDED;
        }
    }

    /** The same once somebody had it reviewed. */
    ResourceVersion approved() {
        return new ResourceVersion(id, type, version, lastUpdated, json, standing, false, entry, session, late);
    }

    public boolean isDeleted() {
        return json.isEmpty();
    }

    /** The bytes a reader gets, with versionId and lastUpdated; never for a deleted version. */
    public byte[] supplied() {
        return ResourceWriter.supplied(json.unsafeArray(), version, lastUpdated);
    }
}
