package trimaran.application;

/** Every limit of the office, with its reason. */
public final class OfficeLimits {

    /** Requests waiting for cells or a signature. Each may hold a frame of 1 MiB: 128 fit beside a small heap. */
    public static final int UNDER_WAY_MAX = 128;

    /** Life of a request: a station takes 2 s without an answer for silence, so a later answer helps nobody. */
    public static final long DEADLINE_MILLIS = 1_900;

    /** Changes above which a draft is large: it is looked at beside the loop, so that the small ones go on meanwhile. */
    public static final int LARGE_ITEMS = 500;

    /** Life of a request with a large draft; its station waits as long. */
    public static final long DEADLINE_LARGE_MILLIS = 25_000;

    /** Bytes of drafts and author parts that came piece by piece: two of the largest, beside a small heap. */
    public static final long SHOWN_BYTES_MAX = 20L << 20;

    /** How long a piece waits for the rest. */
    public static final long SHOWN_MILLIS = 60_000;

    /** Age of a receipt: filing and asking follow each other, so this is slack for clocks and a full queue. */
    public static final long RECEIPT_MILLIS = 60_000;

    /** Levels of JSON a rule looks into; as deep as the FHIR door lets in. */
    public static final int JSON_DEPTH_MAX = 48;

    private OfficeLimits() {}
}
