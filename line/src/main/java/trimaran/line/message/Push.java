package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.CellHead;

/** What a tier tells a follower of its head feed without being asked. Bytes: {@link PushCodec}. */
public sealed interface Push {

    /** Placed entries in order: enough to append each leaf, to notice one's own entry and to know which cells moved. */
    record Moved(long from, List<MovedEntry> entries) implements Push {
        public Moved {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One placed entry.
     *
     * @param heads the new heads of the cells it touches; empty for a void entry
     */
    record MovedEntry(Digest entry, Digest leaf, Bytes place, List<CellHead> heads) {
        public MovedEntry {
            heads = List.copyOf(heads);
        }
    }

    /** The latest checkpoint with a quorum of cosignatures: new size, or the heartbeat of the same. */
    record Beat(Bytes note) implements Push {}

    /** Digests this tier holds that have no place, all of them. */
    record HeldSet(List<Digest> entries) implements Push {
        public HeldSet {
            entries = List.copyOf(entries);
        }
    }

    /** A cut or reopening to be applied at once. */
    record Announced(Bytes statement) implements Push {}
}
