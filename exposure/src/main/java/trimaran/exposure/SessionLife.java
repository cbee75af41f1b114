package trimaran.exposure;

import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/**
 * A session as the record tells of it.
 *
 * @param end when it expired, or was closed before
 */
record SessionLife(Digest badge, Digest station, RecordTime end) {

    SessionLife closedAt(RecordTime time) {
        return end.isAfter(time) ? new SessionLife(badge, station, time) : this;
    }
}
