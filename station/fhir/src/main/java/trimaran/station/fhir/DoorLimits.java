package trimaran.station.fhir;

import trimaran.model.Limits;

/**
 * Every bound of the FHIR door in one place. Just over one of them the answer is a refusal or a closed line, never a crash.
 * What bounds the JSON itself (depth, entries, strings) is in {@link Limits}.
 *
 * @param bodyBytes largest body of one request
 * @param bodiesBytes bodies held at once, all requests together: memory stays bounded however many ask
 * @param headerBytes request line excluded
 * @param lineBytes method, URL and version
 * @param requestMillis for the headers, for the body, for a batch, and for the reader of the answer, each
 * @param idleMillis a connection that has no request under way
 * @param requests answered at once; the next hear that the door is busy
 * @param connections open at once; the next are closed
 * @param pageBytes resources of one page of an answer, so that a page fits in memory beside others
 * @param batchEntries entries of a batch, each of which is an entry of the log of its own
 */
public record DoorLimits(
        int bodyBytes,
        long bodiesBytes,
        int headerBytes,
        int lineBytes,
        long requestMillis,
        long idleMillis,
        int requests,
        int connections,
        int pageBytes,
        int batchEntries) {

    /** Entries of one page unless fewer are asked for, and the most that can be asked for. */
    public static final int PAGE_ENTRIES = 1_000;

    /** Search parameters of one URL: more than all there are. */
    public static final int PARAMETERS_MAX = 32;

    /** Alternatives of one parameter, as in {@code _id=a,b,c}. Each may cost a lookup. */
    public static final int ALTERNATIVES_MAX = 100;

    /** Entries of a batch under way at once. They share their author's place in the queue. */
    public static final int BATCH_AT_ONCE = 16;

    /** Patients a search by name may find; more are nobody's answer, and each may have to be opened. */
    public static final int PATIENTS_MAX = 1_000;

    /** Tokens remembered, good ones and bad ones apart. */
    public static final int TOKENS_MAX = 1_000;

    /** Key files unlocked at once: each is some computing. */
    public static final int UNLOCKINGS_AT_ONCE = 2;

    /** How long a refused token is refused without looking again. */
    public static final long REFUSED_TOKEN_MILLIS = 10_000;

    /** How long the station may take for one answer: longer than the patience of its core, which answers before. */
    public static final long ANSWER_MILLIS = 30_000;

    /** Above this a body is large: such bodies take turns, so that together they are no more than the largest may be. */
    int largeBytes() {
        return bodyBytes / 16;
    }

    /** What a station is run with. */
    public static final DoorLimits STANDARD = new DoorLimits(
            Limits.BODY_BYTES_MAX, 96L << 20, 16 << 10, 8 << 10, 60_000, 60_000, 256, 1_024, 8 << 20, 5_000);
}
