package trimaran.line.message;

import trimaran.record.RecordLimits;

/** The limits of messages, each with its reason. */
public final class MessageLimits {

    /** Cells one opening names (DESIGN §6). */
    public static final int CELLS_MAX = 256;

    /** Cells one fetch asks parts of: what a patient of many years has, and few enough to answer in one turn. */
    public static final int STRETCHES_MAX = 64;

    /** Cells one draft shows, and cells it names: each of an entry's, and for those it opens the patient. */
    public static final int SHOWN_CELLS_MAX = 2 * RecordLimits.PARTS_MAX;

    /** Lookup values in one request: a Bundle's identifiers. */
    public static final int LOOKUPS_MAX = 256;

    /** Resources one lookup token may lead to: namesakes born on one day. */
    public static final int HITS_MAX = 256;

    /** Entries in one replication or feed message; the frame's bytes end it earlier. */
    public static final int ENTRIES_MAX = 4096;

    /** Bytes of content a fetch or replication message carries, so that it fits a frame of 1 MiB with its headers. */
    public static final int CONTENT_BYTES_MAX = 768 << 10;

    /** A draft shown to application inside its request, and what one resource may show. */
    public static final int DRAFT_BYTES_MAX = 256 << 10;

    /** A draft or author part shown piece by piece: a 64 MiB Bundle of a patient's life shows its encounters in less. */
    public static final int SHOWN_BYTES_MAX = 8 << 20;

    /** A signed note: a checkpoint with the signatures of four parties is about 15 kB. */
    public static final int NOTE_BYTES_MAX = 64 << 10;

    /** Hashes of a proof: twice the height of a tree of 2^48. */
    public static final int PROOF_MAX = 128;

    /** Ledger lines copied in one message. */
    public static final int LINES_MAX = 1024;

    /** Lines of each ledger that tell who was handed some cells: a page, which fits a frame if every line names them all. */
    public static final int FOUND_LINES_MAX = 50;

    /** A page of shares handed to a rebuilt tier. */
    public static final int PAIRS_MAX = 4096;

    /** Names and numbers of a status report. */
    public static final int COUNTERS_MAX = 256;

    /** Entries a station may have at its buddy: as many as wait in an outbox. */
    public static final int BUDDY_ENTRIES_MAX = 10_000;

    /** Sealed ward copies a station may have at its buddy: the newest of each ward it may keep copies of. */
    public static final int BUDDY_COPIES_MAX = 64;

    private MessageLimits() {}
}
