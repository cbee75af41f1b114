package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.record.PublicKey;

/**
 * What a station asks of its buddy, another ward's station; each is answered by one {@link BuddyResponse} or a refusal. No tier
 * reads these and no station a tier's: they share the numbers of one table, so that none is taken for the other. Bytes: {@link
 * BuddyCodec}.
 */
public sealed interface BuddyRequest {

    /**
     * First on every line. Answer: Kept.
     *
     * @param before what this station was called when the buddy last answered; zero if it never did, or has lost some of its outbox
     * @param life what it is called from now on. Whoever knows neither speaks from another disk, and what the buddy has of the one
     *     before is brought to the tiers by the buddy
     */
    record Greet(Digest origin, int version, Digest before, Digest life) implements BuddyRequest {}

    /** A piece of an entry as the outbox has it, in order; with the last it is kept. Answer: Done, once it is on disk. */
    record Keep(Digest whole, long total, long offset, Bytes piece) implements BuddyRequest {}

    /** These left the asker's outbox, and it saw them leave. Answer: Done. */
    record Leave(List<Digest> entries) implements BuddyRequest {
        public Leave {
            entries = List.copyOf(entries);
        }
    }

    /**
     * These are at the buddy and not with the asker, which did not see them leave: its disk may be an older one. The buddy brings them
     * to the tiers, which is harmless where they are placed. Answer: Done.
     */
    record Lost(List<Digest> entries) implements BuddyRequest {
        public Lost {
            entries = List.copyOf(entries);
        }
    }

    /** A sign of life, with how many entries wait. Answer: Done. */
    record Alive(long waiting) implements BuddyRequest {}

    /**
     * The sealed ward copies the asker has, and no others. Answer: Lacking.
     *
     * @param badge whose signature they bear
     */
    record Copies(PublicKey badge, List<Copy> copies) implements BuddyRequest {
        public Copies {
            copies = List.copyOf(copies);
        }
    }

    /** A piece of a sealed ward copy, in order. Answer: Done. */
    record KeepCopy(Copy copy, Digest whole, long total, long offset, Bytes piece) implements BuddyRequest {}

    /** Of which ward a copy is, and of when. */
    record Copy(ResourceId ward, WallTime made) {}
}
