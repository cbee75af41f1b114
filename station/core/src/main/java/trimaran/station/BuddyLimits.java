package trimaran.station;

import trimaran.line.message.MessageLimits;

/** Every limit and patience of a station and its buddy, in one place, with its reason. */
public final class BuddyLimits {

    /** How often a station looks what its buddy lacks: what a quorum covers before that never travels. */
    static final long LOOK_MILLIS = 100;

    /** One piece, a sync, and a slow line. */
    static final long CALL_MILLIS = 10_000;

    /** How often a sign of life is sent. */
    static final long ALIVE_MILLIS = 10_000;

    /** How long a station may be silent before its buddy brings what it has of it: several signs of life, and a restart. */
    public static final long SILENT_MILLIS = 60_000;

    /** How long an entry may lie here and not at the buddy before that is said. */
    static final long BEHIND_MILLIS = 30_000;

    /** Wait before what the buddy refused is offered once more; where it is full, before anything is, and twice as long each time. */
    static final long AGAIN_MILLIS = 5_000;

    /** The longest wait for room at a full buddy. */
    static final long FULL_MILLIS_MAX = 300_000;

    /** A welcome costs a sync: one a second on a line. */
    static final long GREET_MILLIS = 1_000;

    /** How often operators are told that somebody was refused for the same reason. */
    static final long SAID_MILLIS = 3_600_000;

    /** Entries of which operators are told that they cannot be brought, in the life of a process. */
    static final int SAID_MAX = 1_000;

    /** How often the registry is looked at for who is enrolled and cut: a cut counts within a second (DESIGN §10). */
    static final long PEERS_MILLIS = 500;

    /** How often what is kept for a silent station is looked through. */
    static final long ROUND_MILLIS = 2_000;

    /** Wait before an entry that was refused for a reason that hardly passes is brought once more, and twice as long each time. */
    static final long STAYS_MILLIS = 60_000;

    /** The longest such wait: a few times in a shift. */
    static final long STAYS_MILLIS_MAX = 4L * 3_600_000;

    /** Entries kept for another station: as many as wait in its outbox. */
    static final int ENTRIES_MAX = MessageLimits.BUDDY_ENTRIES_MAX;

    /** Bytes kept for another station, which lie in memory, too: half an outbox. */
    static final long BYTES_MAX = 48L << 20;

    /** One entry: a scanned letter. A larger one lies at its own station alone, which says so. */
    static final long ENTRY_BYTES_MAX = 16L << 20;

    /** One sealed ward copy: more than a seal takes in. */
    static final long COPY_BYTES_MAX = 32L << 20;

    /** Sealed ward copies kept for another station: the last two of each ward it may name. */
    static final int COPIES_MAX = 2 * MessageLimits.BUDDY_COPIES_MAX;

    /** Their bytes, on disk alone: a copy of a ward takes a megabyte or two. */
    public static final long COPIES_BYTES_MAX = 256L << 20;

    /** Badges under which another station's copies are read: its own, and of the machines it replaced. */
    static final int BADGES_MAX = 4;

    /** How far another station's clock may be ahead of this one's: a copy of later is not taken. */
    static final long COPY_AHEAD_MILLIS = 5L * 60_000;

    /** How old a copy must be before it goes once its station does not name its ward any more: a long weekend without anybody. */
    static final long COPY_AGE_MILLIS = 4L * 24 * 3_600_000;

    /** Pause between two pieces of a copy, which must not delay an entry: 2.5 MB a second. */
    static final long COPY_PAUSE_MILLIS = 100;

    /** How often the copies are compared. */
    static final long COPIES_MILLIS = 30_000;

    private BuddyLimits() {}
}
