package trimaran.station;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/** What became of a transaction. */
public sealed interface WriteResult {

    /**
     * It is in the record: a quorum covers it, or two tiers hold it.
     *
     * @param entry digest of the entry; zero if nothing had to be written
     * @param versions one per change, in the order of the transaction
     * @param conflict it was placed over a version its author did not know: a person looks at both
     */
    record Recorded(Digest entry, List<Changed> versions, Acknowledgement by, boolean conflict) implements WriteResult {
        public Recorded {
            versions = List.copyOf(versions);
        }
    }

    /** It lies in this station's outbox and is not yet shared; the station goes on by itself. */
    record Waiting(Digest entry, List<Changed> versions, Refusal reason) implements WriteResult {
        public Waiting {
            versions = List.copyOf(versions);
        }
    }

    /** It is not and will not be in the record. */
    record Refused(Refusal refusal) implements WriteResult {}

    /** What stands behind "recorded". */
    enum Acknowledgement {
        CHECKPOINT,
        HELD,
        /** Nothing had to be written: all of it was there. */
        NOTHING_TO_WRITE
    }

    /**
     * One changed resource.
     *
     * @param version the counter it took; while it is only held or waiting, the one it will take unless somebody was faster
     * @param existed a conditional create found it there: nothing was written
     */
    record Changed(ResourceId id, String type, long version, RecordTime lastUpdated, boolean existed) {}
}
