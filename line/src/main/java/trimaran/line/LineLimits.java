package trimaran.line;

/** Every limit of a line, in one place, with its reason. A test goes just over each. */
public final class LineLimits {

    /** DESIGN.md §12: frames up to 1 MiB, the header of a call included, the 4 bytes of length not. */
    public static final int FRAME_MAX_BYTES = 1 << 20;

    /** Kind (1) and id (8) before the payload of a call. */
    public static final int CALL_HEADER_BYTES = 9;

    public static final int PAYLOAD_MAX_BYTES = FRAME_MAX_BYTES - CALL_HEADER_BYTES;

    /** What may wait for a slow peer: eight of the largest frames. A peer further behind is better served anew. */
    public static final int OUTBOUND_MAX_BYTES = 8 << 20;

    /** What may wait for a slow owner before its peer is no longer read: one frame being handled, one behind it. */
    public static final int INBOUND_MAX_BYTES = 2 << 20;

    /** Calls under way in one direction of a channel: a second of a busy ward's work, and an end to a peer's mischief. */
    public static final int CALLS_IN_FLIGHT_MAX = 256;

    /** Payload of requests taken and not answered yet, on one channel: so that 256 large ones are not held at once. */
    public static final int CALLS_IN_FLIGHT_MAX_BYTES = 8 << 20;

    /** Longest wait for an answer that may be asked for: longer work is asked about again. */
    public static final long CALL_MAX_MILLIS = 10 * 60_000;

    /** Channels one key may have with us: its own, one dying after a line went down, and room for a tool. */
    public static final int CHANNELS_PER_PEER_MAX = 4;

    /** Channels in all: the stations of a large hospital, each key with one or two. */
    public static final int CHANNELS_MAX = 1024;

    /** Handshakes under way; one more closes the oldest. An honest one takes milliseconds, so a flood of idle ones loses. */
    public static final int HANDSHAKES_MAX = 64;

    /** From connection to proven keys: ten slow round trips. */
    public static final long HANDSHAKE_MILLIS = 5_000;

    /** To connect, and to hear of a relay that it has: a machine that is up answers in a round trip. */
    public static final long CONNECT_MILLIS = 3_000;

    /** Silence after which a sign of life is sent. */
    public static final long KEEPALIVE_MILLIS = 3_000;

    /** Silence after which the other end counts as gone: three signs of life missed. */
    public static final long IDLE_MILLIS = 10_000;

    /** What a closing channel may still take to send what is queued. */
    public static final long LINGER_MILLIS = 1_000;

    /** First wait before dialling again once every route failed. */
    public static final long REDIAL_MIN_MILLIS = 100;

    /** Longest wait before dialling again: a tier that comes back is used within this. */
    public static final long REDIAL_MAX_MILLIS = 5_000;

    /** A channel that lived this long counts as a success and dialling starts afresh. */
    public static final long STABLE_MILLIS = 5_000;

    /** Routes to one peer: the direct line and its relays. */
    public static final int ROUTES_MAX = 8;

    private LineLimits() {}
}
