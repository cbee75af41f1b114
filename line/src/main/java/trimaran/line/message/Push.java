package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.CellHead;
import trimaran.record.Place;

/** What a tier tells a follower of its head feed without being asked. Bytes: {@link PushCodec}. */
public sealed interface Push {

    /** Placed entries in order: enough to append each leaf, to notice one's own entry and to know which cells moved. */
    record Moved(long from, List<MovedEntry> entries) implements Push {
        public Moved {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One placed entry. Nonce, header's digest and place make its leaf, so a checkpoint over the leaf proves these three,
     * whoever tells them; the entry's name and the heads are the teller's word.
     *
     * @param header SHA-256 of the header as it was placed
     * @param heads the new heads of the cells it touches, one for each part of the place; empty for a void entry
     */
    record MovedEntry(Digest entry, Digest nonce, Digest header, Bytes place, List<CellHead> heads) {
        public MovedEntry {
            heads = List.copyOf(heads);
        }

        public Digest leaf() {
            return Place.leaf(nonce, header, place);
        }
    }

    /** The latest checkpoint with a quorum of cosignatures: new size, or the heartbeat of the same. */
    record Beat(Bytes note) implements Push {}

    /**
     * How the set of what this tier holds without a place changed since the last of these; all of it comes in as many as it
     * takes.
     *
     * @param afresh whether the follower forgets first what it was told
     */
    record HeldSet(boolean afresh, List<Digest> more, List<Digest> gone) implements Push {
        public HeldSet {
            more = List.copyOf(more);
            gone = List.copyOf(gone);
        }
    }

    /** A cut or reopening to be applied at once. */
    record Announced(Bytes statement) implements Push {}
}
