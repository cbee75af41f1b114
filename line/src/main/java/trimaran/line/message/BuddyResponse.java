package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Digest;

/** What a buddy answers. Bytes: {@link BuddyCodec}. */
public sealed interface BuddyResponse {

    record Done() implements BuddyResponse {}

    /** The entries of the asker that are on the buddy's disk. */
    record Kept(List<Digest> entries) implements BuddyResponse {
        public Kept {
            entries = List.copyOf(entries);
        }
    }

    /** The copies the buddy has not. */
    record Lacking(List<BuddyRequest.Copy> copies) implements BuddyResponse {
        public Lacking {
            copies = List.copyOf(copies);
        }
    }
}
