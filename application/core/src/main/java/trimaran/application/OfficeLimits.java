package trimaran.application;

/** Every limit of the office, with its reason. */
public final class OfficeLimits {

    /** Requests waiting for cells or a signature. Each may hold a frame of 1 MiB: 128 fit beside a small heap. */
    public static final int UNDER_WAY_MAX = 128;

    /** Life of a request: a station takes 2 s without an answer for silence, so a later answer helps nobody. */
    public static final long DEADLINE_MILLIS = 1_900;

    /** Age of a receipt: filing and asking follow each other, so this is slack for clocks and a full queue. */
    public static final long RECEIPT_MILLIS = 60_000;

    /** Levels of JSON a rule looks into; as deep as the FHIR door lets in. */
    public static final int JSON_DEPTH_MAX = 48;

    private OfficeLimits() {}
}
