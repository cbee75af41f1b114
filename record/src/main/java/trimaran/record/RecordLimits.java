package trimaran.record;

/** Every limit of the record's formats, in one place, with its reason. */
public final class RecordLimits {

    /** Cells one entry may touch: a century of quarters and stays of one patient, imported at once. */
    public static final int PARTS_MAX = 2048;

    /**
     * Resources one entry may change, in all its parts: a 64 MiB Bundle of small resources. Its place says a version of each, and
     * goes through one frame.
     */
    public static final int CHANGES_MAX = 100_000;

    /** A header; above {@link #INLINE_MAX} it is staged and named by digest. */
    public static final int HEADER_BYTES_MAX = 4 << 20;

    /** What travels inside a frame beside other things; larger blobs, headers and annexes are staged first. */
    public static final int INLINE_MAX = 64 << 10;

    /** One staged piece. */
    public static final int CHUNK_BYTES = 256 << 10;

    /** A sealed blob: a 64 MiB body deflates to less. */
    public static final int BLOB_BYTES_MAX = 64 << 20;

    /**
     * Later keys one station may give a cell for each order: it draws one, and another after it started anew before that one had its
     * place. Others count for themselves: one that is hostile MUST NOT use up what all who write into the cell need.
     */
    public static final int KEYS_OF_ORDER_MAX = 8;

    /** A registry statement with its signatures. */
    public static final int STATEMENT_BYTES_MAX = 48 << 10;

    /** Lookup tokens and placement statements of one entry. */
    public static final int ANNEX_ITEMS_MAX = 10_000;

    /** Premises an approval may name. */
    public static final int PREMISES_MAX = 256;

    /** Siblings in an approval's batch path: a batch of a million. */
    public static final int PATH_MAX = 20;

    /** Any public key: an ML-DSA-44 key has 1,312 bytes. */
    public static final int KEY_BYTES_MAX = 2048;

    /** A key that is sealed to: an ML-KEM-768 encapsulation key (FIPS 203). */
    public static final int SEALING_KEY_BYTES = 1184;

    /** Any signature: an ML-DSA-44 signature has 2,420 bytes. */
    public static final int SIGNATURE_BYTES_MAX = 4096;

    /** A sealed pair of shares of all new cells of an entry. */
    public static final int ENVELOPE_BYTES_MAX = 512 << 10;

    /** Signatures under one statement. */
    public static final int STATEMENT_SIGNATURES_MAX = 16;

    /** Roles, scopes or wards of one badge. */
    public static final int GRANTS_MAX = 64;

    /** A name of a role, scope or station, in bytes. */
    public static final int NAME_BYTES_MAX = 128;

    /** Why something was cut, in bytes: three lines of a card, read out over a telephone. */
    public static final int WHY_BYTES_MAX = 240;

    /** How far a place time may lie ahead of a cosigner's clock. */
    public static final long AHEAD_MILLIS_MAX = 10_000;

    /** How far a session's opening may lie ahead of the record: a station further off has its requests refused anyway. */
    public static final long SESSION_AHEAD_MILLIS_MAX = 120_000;

    /** How long an approval may be used. */
    public static final long APPROVAL_MILLIS = 30_000;

    /**
     * How long after the end of its session what was written in it may still come: longer than any station is away. Sessions are
     * remembered as long, some 100 MB for a hospital of 3,000.
     */
    public static final long LATE_MILLIS = 14L * 24 * 3_600_000;

    private RecordLimits() {}
}
